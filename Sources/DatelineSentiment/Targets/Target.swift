/// Somebody or something whose mentions are looked for in texts, such as a person or a company.
public struct Target: Sendable {
  /// What stands in a window for the target, so that all targets share what is learnt of the words around them.
  static let placeholder: StaticString = "TheTarget"
  /// How many words on each side of a mention, in its clause, are about the target, as far as a window can tell.
  public static let defaultReach = 8

  /// What a mention looks like: the whole name, then the surname.
  private let forms: [[UInt8]]
  /// The number of words on each side of a mention that make its window.
  private let reach: Int

  /// A target.
  ///
  /// - Parameters:
  ///   - name: Its name, UTF-8. Where each of several words begins with a capital letter, the last one alone is a
  ///     mention, too: that is how news name people again.
  ///     A name of over 200 bytes is nobody's: it has no mention.
  ///   - reach: How many words on each side of a mention make its window.
  public init(name: Span<UInt8>, reach: Int = Target.defaultReach) {
    self.reach = reach
    guard name.count <= 200 else {
      forms = []
      return
    }
    var words: [[UInt8]] = [[]]
    for place in name.indices {
      if name[place] == UInt8(ascii: " ") { words.append([]) } else { words[words.count - 1].append(name[place]) }
    }
    words.removeAll { $0.isEmpty }
    var forms = words.isEmpty ? [] : [Array(words.joined(separator: [UInt8(ascii: " ")]))]
    let isName = words.allSatisfy { $0[0] >= 0x80 || $0[0] &- UInt8(ascii: "A") < 26 }
    while let last = words.last, words.count > 1, Target.isSuffix(last) { words.removeLast() }
    if let last = words.last, words.count > 1, isName, last.count > 2 { forms.append(last) }
    self.forms = forms
  }

  /// `Jr.` and the like.
  private static func isSuffix(_ word: [UInt8]) -> Bool {
    ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"].contains(String(decoding: word, as: UTF8.self))
  }

  /// Where a text mentions the target, in order: by whole words, with capitals as they are, or, where it is not mentioned
  /// so, in any capitals.
  public func mentions(in text: Span<UInt8>) -> [Range<Int>] {
    let exact = mentions(in: text, ignoringCase: false)
    return exact.isEmpty ? mentions(in: text, ignoringCase: true) : exact
  }

  private func mentions(in text: Span<UInt8>, ignoringCase: Bool) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var place = 0
    while place < text.count {
      guard let form = forms.first(where: { Target.stands($0, in: text, at: place, ignoringCase) }) else {
        place += 1
        continue
      }
      found.append(place..<place + form.count)
      place += form.count
    }
    return found
  }

  private static func stands(_ form: [UInt8], in text: Span<UInt8>, at place: Int, _ ignoringCase: Bool) -> Bool {
    let end = place + form.count
    guard end <= text.count, matches(form[0], text[place], ignoringCase), !isInWord(text, before: place),
      end == text.count || !isInWord(text[end])
    else { return false }
    for offset in form.indices where !matches(form[offset], text[place + offset], ignoringCase) { return false }
    return true
  }

  @inline(__always)
  private static func matches(_ first: UInt8, _ second: UInt8, _ ignoringCase: Bool) -> Bool {
    first == second || ignoringCase && first ^ second == 0x20 && (first | 0x20) &- UInt8(ascii: "a") < 26
  }

  /// Whether the character that ends at a place belongs to a word.
  private static func isInWord(_ text: Span<UInt8>, before place: Int) -> Bool {
    var first = place - 1
    while first > 0, text[first] & 0xC0 == 0x80 { first -= 1 }
    return first >= 0 && isInWord(text[first])
  }

  /// Whether the character that begins with a byte belongs to a word.
  @inline(__always)
  private static func isInWord(_ byte: UInt8) -> Bool {
    // What begins with 0xC2 or 0xE2 is mostly punctuation.
    byte >= 0xC3 && byte != 0xE2 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  /// Appends what stands around the mentions of a text within their clauses, with ``placeholder`` in their place; windows
  /// that touch are one.
  ///
  /// - Parameter mentions: From ``mentions(in:)``.
  public func writeWindows(around mentions: [Range<Int>], of text: Span<UInt8>, into output: inout [UInt8]) {
    guard !mentions.isEmpty else { return }
    let surroundings = Surroundings(text)
    var written = 0
    for (number, mention) in mentions.enumerated() {
      let window = surroundings.window(around: mention, reach: reach)
      let (start, end) = (window.lowerBound, window.upperBound)
      if number > 0, start > written { output += [UInt8(ascii: "."), UInt8(ascii: "\n")] }
      append(text, min(max(start, written), mention.lowerBound)..<mention.lowerBound, to: &output)
      output.append(
        contentsOf: UnsafeBufferPointer(
          start: Target.placeholder.utf8Start, count: Target.placeholder.utf8CodeUnitCount))
      // What the next window begins with is its own.
      let limit = number + 1 < mentions.count ? mentions[number + 1].lowerBound : end
      append(text, mention.upperBound..<max(mention.upperBound, min(end, limit)), to: &output)
      written = max(mention.upperBound, min(end, limit))
    }
  }

  private func append(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    for place in range { output.append(text[place]) }
  }
}
