import CSIMD
import Testing

@testable import DatelineText

/// Bytes and numbers that are compared many at once, against one after the other: the way of this processor, and the
/// one of all others.
@Suite struct ASCIIBlockTests {
  private func bits(_ bytes: [UInt8], _ isSet: (UInt8) -> Bool) -> UInt64 {
    bytes.indices.reduce(0) { $0 | (isSet(bytes[$1]) ? 1 << UInt64($1) : 0) }
  }

  private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private func check(_ kinds: dateline_ascii_kinds, _ bytes: [UInt8]) {
    #expect(kinds.letters == bits(bytes, isLetter), "\(bytes)")
    #expect(kinds.digits == bits(bytes, isDigit), "\(bytes)")
    #expect(kinds.apostrophes == bits(bytes) { $0 == UInt8(ascii: "'") }, "\(bytes)")
    #expect(kinds.points == bits(bytes) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }, "\(bytes)")
    #expect(kinds.beyond == bits(bytes) { $0 >= 0x80 }, "\(bytes)")
  }

  /// Every byte at every place.
  @Test func kindsAreThoseOfTheBytes() {
    for shift in 0..<256 {
      let bytes = (0..<ASCIIBlock.size).map { UInt8(truncatingIfNeeded: $0 * 37 + shift) }
      bytes.withUnsafeBytes { memory in
        guard let base = memory.baseAddress else { return }
        check(ASCIIBlock.kinds(of: base), bytes)
        #if arch(x86_64)
          check(dateline_narrow_ascii_kinds_of(base), bytes)
          if dateline_has_avx2() != 0 { check(dateline_wide_ascii_kinds_of(base), bytes) }
        #endif
      }
    }
  }

  @Test func wordsHoldInnerApostrophesAndPoints() {
    let seed: UInt64 = 5
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("aZ09'.,- \u{E9}".utf8)
    for round in 0..<500 {
      let bytes = (0..<ASCIIBlock.size).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      let words = bytes.indices.reduce(into: 0 as UInt64) { words, place in
        let isWithin = { (test: (UInt8) -> Bool) in
          place > 0 && place + 1 < bytes.count && test(bytes[place - 1]) && test(bytes[place + 1])
        }
        let isWord =
          isLetter(bytes[place]) || isDigit(bytes[place]) || (bytes[place] == UInt8(ascii: "'") && isWithin(isLetter))
          || ([UInt8(ascii: "."), UInt8(ascii: ",")].contains(bytes[place]) && isWithin(isDigit))
        if isWord { words |= 1 << UInt64(place) }
      }
      let block = bytes.withUnsafeBytes { memory in memory.baseAddress.map { ASCIIBlock($0) } }
      #expect(block?.words == words, "round \(round), seed \(seed)")
      #expect(block?.beyond == bits(bytes) { $0 >= 0x80 }, "round \(round), seed \(seed)")
    }
  }

  @Test func wordsOfEveryLengthAreLowercased() {
    let text = Array("QuickBrown'Foxes".utf8)
    for count in 0...16 {
      let expected = (0..<16).map { $0 < count ? text[$0] | 0x20 : 0 }
      text.withUnsafeBytes { memory in
        guard let base = memory.baseAddress else { return }
        var found = [Fingerprint.lowercased(base, count: count)]
        #if arch(x86_64)
          found.append(dateline_lowercased(base, count))
        #endif
        for sixteen in found {
          let bytes = (0..<16).map { ($0 < 8 ? sixteen.first : sixteen.second) >> UInt64(8 * ($0 % 8)) & 0xFF }
          #expect(bytes == expected.map(UInt64.init), "\(count) bytes")
        }
      }
    }
  }

  @Test func everyPlaceOfALineIsFound() {
    for tag in [1, 0x8000_0000, .max] as [UInt32] {
      for place in 0..<VocabularyLine.size {
        // Numbers that differ from the tag in one bit are not equal to it.
        var line = (0..<VocabularyLine.size).map { tag ^ 1 << UInt32($0 + 7) }
        line[place] = tag
        #expect(VocabularyLine.equalWords(line, tag) == 1 << UInt32(place))
        #if arch(x86_64)
          #expect(dateline_equal_numbers(line, tag) == 1 << UInt32(place))
        #endif
        // The first word is no tag.
        #expect(VocabularyLine.matches(of: tag, in: line) == (place == 0 ? 0 : 1 << UInt32(place - 1)))
      }
    }
  }
}
