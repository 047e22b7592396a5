import DatelineCore
import DatelineSentiment

/// A document cut into what a model reads at once, in memory that is reused.
///
/// A passage is a sentence, or all of a text that has hardly more. Where the document has a target, it is one that
/// mentions it, and what stands around the mentions, the passage's window, takes the place of a title: so whatever can tell
/// words of the title from others tells words about the target from others, and no vectorizer or classifier needs to know
/// of targets.
struct PassageText {
  /// One passage.
  struct Passage {
    /// Where it stands in ``text``.
    var bytes: Range<Int>
    /// Where its window stands in ``windows``; empty without a target.
    var window: Range<Int>
  }

  /// A text of so many sentences is read at once, as texts that training documents were cut of have them, too.
  private static let mostSentencesAtOnce = 3
  /// What parts title and body: two sentences, and no n-gram of the one reaches into the other.
  private static let gap: [UInt8] = [UInt8(ascii: "\n"), UInt8(ascii: "\n")]

  /// The title, if any, and the body.
  private(set) var text: [UInt8] = []
  private(set) var windows: [UInt8] = []
  private(set) var passages: [Passage] = []
  private var sentences: [Range<Int>] = []
  /// How many bytes of ``text`` the title has with what parts it from the body; 0 without a title.
  private var bodyStart = 0

  /// Cuts a document. With a target that it does not mention there are no passages.
  ///
  /// - Parameter isWhole: Whether it is one passage in any case.
  mutating func cut(title: Span<UInt8>, body: Span<UInt8>, target: Target?, isWhole: Bool = false) {
    text.removeAll(keepingCapacity: true)
    windows.removeAll(keepingCapacity: true)
    passages.removeAll(keepingCapacity: true)
    sentences.removeAll(keepingCapacity: true)
    if title.count > 0 {
      text.append(title)
      text += PassageText.gap
    }
    bodyStart = text.count
    text.append(body)
    // Taken out while they grow: the text is read meanwhile.
    var (sentences, windows) = (exchange(&self.sentences, with: []), exchange(&self.windows, with: []))
    if !isWhole { Sentences.forEach(in: text.span) { sentences.append($0) } }
    if sentences.count <= PassageText.mostSentencesAtOnce { sentences = [0..<text.count] }
    for sentence in sentences {
      let start = windows.count
      if let target {
        let passage = text.span.extracting(sentence)
        let mentions = target.mentions(in: passage)
        if mentions.isEmpty { continue }
        target.writeWindows(around: mentions, of: passage, into: &windows)
      }
      passages.append(Passage(bytes: sentence, window: start..<windows.count))
    }
    (self.sentences, self.windows) = (sentences, windows)
  }

  /// Where a part of ``text`` stands in the document; `nil` for one that reaches from the title into the body.
  func place(of bytes: Range<Int>) -> TextPlace? {
    if bytes.lowerBound >= bodyStart {
      return TextPlace(field: .body, bytes: bytes.lowerBound - bodyStart..<bytes.upperBound - bodyStart)
    }
    return bytes.upperBound <= bodyStart ? TextPlace(field: .title, bytes: bytes) : nil
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
