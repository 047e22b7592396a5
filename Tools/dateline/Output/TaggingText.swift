import Dateline
import DatelineCore

/// A document's labels for people.
enum TaggingText {
  static func write(_ document: TaggedDocument, into bytes: inout [UInt8]) {
    var heading = document.id
    if !document.title.isEmpty { heading += (heading.isEmpty ? "" : "  ") + document.title }
    bytes += "\(Units.printable(heading))\n".utf8
    let width = document.taggings.map { $0.facet.name.count }.max() ?? 0
    for (facet, tagging) in document.taggings {
      let name = facet.name + String(repeating: " ", count: width - facet.name.count)
      if let reason = tagging.withheld { bytes += "  \(name)  - withheld: \(Units.printable(reason))\n".utf8 }
      for tag in tagging.tags {
        let filled = Int((tag.probability * 10).rounded())
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 10 - filled)
        bytes += "  \(name)  \(bar) \(tag.probability.fixed(2))  \(Units.printable(tag.label.path))\n".utf8
      }
    }
  }
}
