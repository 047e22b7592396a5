/// Guesses the encoding of text in another script than Latin by its most frequent bytes.
struct FrequentLetters {
  private var counts = [Int](repeating: 0, count: 256)
  private var letters = 0
  private var beyondASCII = 0
  private var commonHan = 0

  init(_ sample: UnsafeBufferPointer<UInt8>) {
    var place = 0
    while place < sample.count {
      let byte = sample[place]
      counts[Int(byte)] += 1
      if byte >= 0x80 {
        beyondASCII += 1
        // The 3,755 most common characters of GB 2312 have these two bytes.
        if byte >= 0xB0, byte <= 0xD7, place + 1 < sample.count, sample[place + 1] >= 0xA1 {
          commonHan += 2
          beyondASCII += 1
          place += 1
        }
      } else if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A {
        letters += 1
      }
      place += 1
    }
  }

  /// The bytes of the six most frequent letters: о е а и н т, and α ο ι ε τ σ.
  private static let frequent: [(name: String, bytes: [UInt8])] = [
    ("WINDOWS-1251", [0xEE, 0xE5, 0xE0, 0xE8, 0xED, 0xF2]), ("KOI8-R", [0xCF, 0xC5, 0xC1, 0xC9, 0xCE, 0xD4]),
    ("WINDOWS-1253", [0xE1, 0xEF, 0xE9, 0xE5, 0xF4, 0xF3]),
  ]

  /// The encoding; `nil` where the text is mostly Latin letters.
  var encoding: TextEncoding? {
    // Names of elements are Latin in all pages.
    guard beyondASCII * 12 > letters, beyondASCII > 16 else { return nil }
    if commonHan * 10 > beyondASCII * 7 { return TextEncoding(name: "GB18030") }
    var best: (name: String, count: Int)?
    for (name, bytes) in FrequentLetters.frequent {
      let count = bytes.reduce(0) { $0 + counts[Int($1)] }
      if count > best?.count ?? 0 { best = (name, count) }
    }
    // Six letters make half of a text in these scripts.
    guard let best, best.count * 3 > beyondASCII else { return nil }
    return TextEncoding(name: best.name)
  }
}
