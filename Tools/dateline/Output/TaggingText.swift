import Dateline
import DatelineCore

/// A document's labels for people, with the words that decided.
struct TaggingText {
  let tagger: Tagger

  /// How many words are shown for a label.
  private static let wordCount = 3

  /// Appends the answers for a document, and the title and words that they are about.
  func write(_ answers: TaggedDocument, of document: Document, into bytes: inout [UInt8]) {
    var heading = answers.id
    if !answers.title.isEmpty { heading += (heading.isEmpty ? "" : "  ") + answers.title }
    bytes += "\(heading.printable)\n".utf8
    let width = answers.taggings.map { $0.facet.name.count }.max() ?? 0
    for (model, (facet, tagging)) in zip(tagger.models, answers.taggings) {
      let name = facet.name + String(repeating: " ", count: width - facet.name.count)
      if let reason = tagging.withheld { bytes += "  \(name)  - withheld: \(reason.printable)\n".utf8 }
      let words = model.decisiveWords(of: document, for: tagging.tags.map(\.label), count: TaggingText.wordCount)
      for (tag, words) in zip(tagging.tags, words) {
        let filled = Int((tag.probability * 10).rounded())
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 10 - filled)
        let shown = words.isEmpty ? "" : "  (\(words.joined(separator: ", ")))"
        let label = (tag.label.path + shown).printable
        bytes += "  \(name)  \(bar) \(tag.probability.fixed(2))  \(label)\n".utf8
      }
    }
  }
}
