import DatelineCore

/// A run of a script without spaces. A cluster is a letter with its vowels and marks; neighbouring clusters make a
/// token, and a run of a single cluster is one.
struct ClusterRun {
  /// The previous cluster and the current one.
  private var text: NormalizedText
  private var previous: Range<Int>?
  private var current: Range<Int>?
  /// Where the current cluster begins in ``text``.
  private var middle = 0
  /// Whether the next letter belongs to the current cluster.
  private var joinsNext = false

  init(characters: CharacterTable) { text = NormalizedText(characters: characters) }

  /// Appends a letter, or a vowel or mark that canonical order does not move.
  mutating func append(_ character: CharacterProperties, _ range: Range<Int>, into buffer: inout TokenBuffer) {
    if let cluster = current, joinsNext || character.role == .clusterMark {
      current = cluster.lowerBound..<range.upperBound
    } else {
      text.finish()
      if let previous, let current {
        buffer.append(normalized: text, previous.lowerBound..<current.upperBound)
        text.removeFirst(middle)
      }
      middle = text.count
      previous = current
      current = range
    }
    text.append(character.folded, combining: character.combining)
    joinsNext = character.precedesConsonant
  }

  /// Appends a combining mark to the current cluster, if there is one.
  mutating func appendMark(_ character: CharacterProperties, _ range: Range<Int>) {
    guard let cluster = current else { return }
    current = cluster.lowerBound..<range.upperBound
    text.append(character.folded, combining: character.combining)
    joinsNext = joinsNext || character.stacksNext
  }

  /// Appends what is left to the tokens.
  mutating func end(into buffer: inout TokenBuffer) {
    guard let current else { return }
    text.finish()
    buffer.append(normalized: text, (previous ?? current).lowerBound..<current.upperBound)
    text.removeAll()
    self.current = nil
    previous = nil
    middle = 0
    joinsNext = false
  }
}
