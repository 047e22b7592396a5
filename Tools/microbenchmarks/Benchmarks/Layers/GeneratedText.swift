import DatelineCore

/// Texts of random words that are as frequent as those of a language: the word of rank r is drawn with a probability in
/// proportion to 1 / (r + 1). The length of words, punctuation and the number of distinct pairs are about those of film
/// reviews. Equal seeds give equal texts on every machine.
struct GeneratedText {
  /// What words are written in.
  enum Script {
    /// Small letters of English; sentences begin with a capital.
    case ascii
    /// The same with an accented letter in about one word of six, as in French.
    case accented
    /// Words of one and two Han characters, without spaces between them.
    case chinese
  }

  private static let wordCount = 50_000
  private let script: Script
  private let words: [[UInt8]]
  /// The sum of the weights of the words up to each.
  private let sums: [Double]
  private var random: SplitMix64

  init(_ script: Script = .ascii, seed: UInt64 = 1) {
    self.script = script
    // All seeds share the words: texts of another seed are texts in the same language.
    var letters = SplitMix64(seed: 0)
    var known: Set<[UInt8]> = []
    var words: [[UInt8]] = []
    while words.count < GeneratedText.wordCount {
      let word = GeneratedText.word(script, rank: words.count, &letters)
      if known.insert(word).inserted { words.append(word) }
    }
    self.words = words
    var sum = 0.0
    sums = words.indices.map { rank in
      sum += 1 / Double(rank + 2)
      return sum
    }
    random = SplitMix64(seed: seed)
  }

  /// A text of the given length, or up to a word less.
  ///
  /// - Parameter topic: One word of eight is drawn by the frequencies of this topic, in which other words are frequent;
  ///   `nil` for a text without one.
  mutating func text(byteCount: Int = 1300, topic: Int? = nil) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(byteCount)
    var beginsSentence = true
    while true {
      var rank = nextRank()
      if let topic, random.next() & 7 == 0 { rank = (rank + 100 * (topic + 1)) % words.count }
      var word = words[rank]
      if beginsSentence, word[0] < 0x80 { word[0] &= 0xDF }
      let end = random.next() & 15
      beginsSentence = end == 0
      let separator = GeneratedText.separator(script, end)
      if text.count + word.count + separator.count > byteCount { return text }
      text += word
      text += separator
    }
  }

  /// Several texts of the given length.
  mutating func texts(_ count: Int, byteCount: Int = 1300) -> [[UInt8]] {
    (0..<count).map { _ in text(byteCount: byteCount) }
  }

  private mutating func nextRank() -> Int {
    let drawn = Double(random.next() >> 11) * 0x1p-53 * (sums.last ?? 0)
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= drawn { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What follows a word; `random` is from 0 to 15, and 0 ends a sentence.
  private static func separator(_ script: Script, _ random: UInt64) -> [UInt8] {
    if script == .chinese { return random == 0 ? Array("。".utf8) : random == 1 ? Array("，".utf8) : [] }
    let texts = [". ", ", ", "'s "]
    return Array((random < 3 ? texts[Int(random)] : " ").utf8)
  }

  /// Frequent words are short.
  private static func word(_ script: Script, rank: Int, _ random: inout SplitMix64) -> [UInt8] {
    func below(_ limit: Int) -> Int { Int(random.next().multipliedFullWidth(by: UInt64(limit)).high) }
    if script == .chinese {
      let characters = (0..<(rank < 500 ? 1 : 2)).compactMap { _ in Unicode.Scalar(0x4E00 + below(3000)) }
      return Array(String(String.UnicodeScalarView(characters)).utf8)
    }
    let consonants = Array("tnsrlhdcmpfgwbvkz")
    let vowels = Array("eaoiu")
    var word = ""
    for _ in 0..<(rank < 100 ? 1 : rank < 1000 ? 1 + below(2) : 2 + below(3)) {
      word.append(consonants[below(consonants.count)])
      word.append(vowels[below(vowels.count)])
      if below(2) == 0 { word.append(consonants[below(consonants.count)]) }
    }
    if script == .accented, below(6) == 0, let last = word.lastIndex(where: vowels.contains) {
      word.replaceSubrange(last...last, with: String(Array("éàôîü")[below(5)]))
    }
    return Array(word.utf8)
  }
}
