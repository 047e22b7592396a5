/// Guesses the encoding of text in another script than Latin by its most frequent bytes.
struct FrequentLetters {
  private var counts = [Int](repeating: 0, count: 256)
  private var beyondASCII = 0
  /// Of these, those that have two more beside them: words of Latin letters have one or two at a time.
  private var inRuns = 0
  /// Those that belong to the 3,755 most common characters of GB 2312.
  private var commonHan = 0

  init(_ sample: UnsafeBufferPointer<UInt8>) {
    var run = 0
    var hanEnd = 0
    for place in sample.indices {
      let byte = sample[place]
      guard byte >= 0x80 else {
        run = 0
        continue
      }
      counts[Int(byte)] += 1
      beyondASCII += 1
      run += 1
      inRuns += run == 3 ? 3 : run > 3 ? 1 : 0
      let isHan = byte >= 0xB0 && byte <= 0xD7 && place + 1 < sample.count && sample[place + 1] >= 0xA1
      if isHan, place >= hanEnd {
        commonHan += 2
        hanEnd = place + 2
      }
    }
  }

  /// The bytes of the six most frequent letters: о е а и н т, and α ο ι ε τ σ.
  private static let frequent: [(name: String, bytes: [UInt8])] = [
    ("WINDOWS-1251", [0xEE, 0xE5, 0xE0, 0xE8, 0xED, 0xF2]), ("KOI8-R", [0xCF, 0xC5, 0xC1, 0xC9, 0xCE, 0xD4]),
    ("WINDOWS-1253", [0xE1, 0xEF, 0xE9, 0xE5, 0xF4, 0xF3]),
  ]

  /// The encoding; `nil` where the text is mostly Latin letters.
  var encoding: TextEncoding? {
    guard beyondASCII > 16, inRuns * 2 > beyondASCII else { return nil }
    var best: (name: String, count: Int)?
    for (name, bytes) in FrequentLetters.frequent {
      let count = bytes.reduce(0) { $0 + counts[Int($1)] }
      if count > best?.count ?? 0 { best = (name, count) }
    }
    // Six letters make half of a text in these scripts.
    if let best, best.count * 3 > beyondASCII { return TextEncoding(name: best.name) }
    return commonHan * 10 > beyondASCII * 7 ? TextEncoding(name: "GB18030") : nil
  }
}
