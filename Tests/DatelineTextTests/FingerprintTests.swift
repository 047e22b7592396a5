import Testing

@testable import DatelineText

@Suite struct FingerprintTests {
  /// Fingerprints are part of model files: when these change, that is a new format version. The values come from a
  /// second implementation, in Python's whole numbers of any size.
  @Test(
    arguments: [
      ("", 0x370F_0DAC_A08C_9B79), ("a", 0xBD96_5DCF_1A19_7AF0), ("don't", 0x66C0_0F88_9750_FE5F),
      ("eighteen", 0x4B13_1F6C_9BE6_5B86), ("internationally", 0xCA2A_316E_A26A_FEA5),
      ("international law", 0x0037_BD5A_43EE_943B), ("antidisestablishmentarianism", 0x6ED0_574B_D066_54F7),
      ("é", 0x1527_A0D4_C1F2_374E), ("москва", 0xD540_601F_A581_FC6B), ("ελληνικόσ κόσμοσ", 0x55DA_2B82_FFC0_3A5F),
    ] as [(String, UInt64)])
  func valuesOfTheFormat(_ form: String, _ expected: UInt64) {
    #expect(fingerprint(form) == expected)
  }

  @Test func combinationsOfTheFormat() {
    let (a, b) = (fingerprint("a"), fingerprint("b"))
    #expect(Fingerprint.pair(a, b) == 0xFD4A_45BD_D891_5A4C)
    #expect(Fingerprint.marked(a, 7) == 0x68A5_9951_5D91_64B3)
  }

  /// Short, long and odd lengths: no byte and no place of a byte is lost.
  @Test func everyByteCounts() {
    for length in 0...40 {
      let form = [UInt8](repeating: 0x61, count: length)
      var seen: Set<UInt64> = [fingerprint(form)]
      for place in form.indices {
        for bit in 0..<8 {
          var other = form
          other[place] ^= 1 << UInt8(bit)
          #expect(seen.insert(fingerprint(other)).inserted, "length \(length), byte \(place), bit \(bit)")
        }
      }
      #expect(seen.insert(fingerprint(form + [0])).inserted)
      if length > 0 { #expect(seen.insert(fingerprint([0] + form)).inserted) }
    }
  }

  @Test func capitalsAreLowerCase() {
    let seed: UInt64 = 21
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("abcxyzABCXYZ0189'.,".utf8)
    for round in 0..<2_000 {
      let word = (0..<Int.random(in: 0...33, using: &generator)).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &generator)]
      }
      let lower = word.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
      let found = word.withUnsafeBufferPointer { Fingerprint.lowercasedASCII($0) }
      #expect(found == fingerprint(lower), "round \(round), seed \(seed)")
    }
  }

  /// A hundred thousand short words and all their pairs with one of them: no two alike, and every bit is used evenly.
  @Test func fingerprintsAreUniform() {
    var seen: Set<UInt64> = []
    var ones = [Int](repeating: 0, count: 64)
    var count = 0
    for number in 0..<40_000 {
      let word = fingerprint("w\(number)")
      for value in [word, Fingerprint.pair(word, fingerprint("the")), Fingerprint.pair(fingerprint("the"), word)] {
        seen.insert(value)
        count += 1
        for bit in 0..<64 { ones[bit] += Int(value >> UInt64(bit) & 1) }
      }
    }
    #expect(seen.count == count)
    // Six standard deviations of a fair coin.
    let bound = 3 * Double(count).squareRoot()
    for bit in 0..<64 {
      #expect(abs(Double(ones[bit]) - Double(count) / 2) < bound, "bit \(bit): \(ones[bit]) of \(count)")
    }
  }

  @Test func orderAndKindMatter() {
    let (a, b, c) = (fingerprint("a"), fingerprint("b"), fingerprint("c"))
    let all = [
      a, b, c, Fingerprint.pair(a, b), Fingerprint.pair(b, a), Fingerprint.pair(a, a),
      Fingerprint.pair(Fingerprint.pair(a, b), c), Fingerprint.pair(a, Fingerprint.pair(b, c)), fingerprint("ab"),
      fingerprint("a b"), Fingerprint.marked(a, 1), Fingerprint.marked(a, 2), Fingerprint.marked(b, 1),
      Fingerprint.pair(Fingerprint.marked(a, 1), b), Fingerprint.marked(Fingerprint.pair(a, b), 1),
    ]
    #expect(Set(all).count == all.count)
  }
}
