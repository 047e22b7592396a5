/// The words of a text and where its clauses begin, as far as marks and conjunctions tell.
///
/// "The crowd booed Brandt and cheered Lund" says one thing of the one and another of the other: what is about a mention
/// hardly reaches beyond its clause.
struct Surroundings {
  private static let conjunctions = Set(
    ["and", "but", "while", "as", "after", "who", "which", "that"].map { WordScanner.fingerprint(of: $0.utf8) })

  private var words: [Range<Int>] = []
  /// Whether a clause begins with the word of the same number.
  private var beginsClause: [Bool] = []

  init(_ text: Span<UInt8>) {
    var scanner = WordScanner()
    while let word = scanner.next(text) {
      words.append(word.bytes)
      beginsClause.append(
        !scanner.gap.isDisjoint(with: [.stop, .clause]) || Surroundings.conjunctions.contains(word.fingerprint))
    }
  }

  /// What stands around a mention in its clause.
  ///
  /// - Parameters:
  ///   - mention: Where it stands.
  ///   - reach: The most words on each side.
  func window(around mention: Range<Int>, reach: Int) -> Range<Int> {
    let firstOfMention = partition { $0.upperBound > mention.lowerBound }
    let firstBehind = partition { $0.lowerBound >= mention.upperBound }
    var first = firstOfMention
    while first > 0, firstOfMention - first < reach, first >= words.count || !beginsClause[first] { first -= 1 }
    var last = firstBehind
    while last < words.count, last - firstBehind < reach, !beginsClause[last] { last += 1 }
    let start = first < firstOfMention ? words[first].lowerBound : mention.lowerBound
    let end = last > firstBehind ? words[last - 1].upperBound : mention.upperBound
    return start..<end
  }

  /// The number of the first word that fulfils a condition which all behind it fulfil, too.
  private func partition(_ condition: (Range<Int>) -> Bool) -> Int {
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(words[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
