import Testing

@testable import DatelineCore

@Suite("UTF-8") struct UTF8ValidityTests {
  private let seed: UInt64 = 20_261_127

  /// Lines of text, some with damage: cut characters, continuation bytes, overlong forms, surrogates.
  private func text(_ generator: inout SeededGenerator) -> [UInt8] {
    let damages: [[UInt8]] = [
      [0x80], [0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x98], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xFF],
    ]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes += damages.randomElement(using: &generator) ?? []
      case 1: bytes += Array(generator.text().utf8)
      case 2: bytes += "é—naïve 😀 中文\n".utf8
      default: bytes += String(repeating: "plain ", count: Int.random(in: 0...9, using: &generator)).utf8
      }
    }
    return bytes
  }

  @Test func theFirstDamageIsThatOfTheStandardLibrary() {
    var generator = SeededGenerator(seed: seed)
    var damaged = 0
    for round in 0..<4_000 {
      let bytes = text(&generator)
      let start = Int.random(in: 0...bytes.count, using: &generator)
      let end = Int.random(in: start...bytes.count, using: &generator)
      var expected: Int?
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: bytes.span.extracting(start..<end))
      } catch {
        expected = start + error.byteOffsets.lowerBound
      }
      let found = bytes.span.firstInvalidUTF8(in: start..<end)
      #expect(found == expected, "round \(round), seed \(seed): \(bytes)")
      damaged += expected == nil ? 0 : 1
    }
    #expect(damaged > 500 && damaged < 3_500)
  }

  @Test func theFirstByteBeyondASCIIIsFound() {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<3_000 {
      let bytes = text(&generator)
      let start = Int.random(in: 0...bytes.count, using: &generator)
      let range = start..<Int.random(in: start...bytes.count, using: &generator)
      let expected = bytes[range].firstIndex { $0 >= 0x80 }
      #expect(bytes.span.firstBeyondASCII(in: range) == expected, "round \(round), seed \(seed)")
    }
  }

  /// Pairs and triples of bytes that begin beyond ASCII, with all first bytes: what ends behind its start is UTF-8, and
  /// what is two or three bytes long and UTF-8 ends behind them, but for the two kinds that are left to others.
  @Test func plainCharactersAreUTF8() {
    for first in 0x80...0xFF as ClosedRange<UInt8> {
      for second in stride(from: 0, through: 0xFF, by: 3).map(UInt8.init) + [0x80, 0xBF, 0xC0, 0x7F] {
        for third in [0x00, 0x7F, 0x80, 0xA0, 0xBF, 0xC0, 0xFF] as [UInt8] {
          let bytes = [first, second, third]
          let end = bytes.span.endOfPlainCharacters(in: 0..<3)
          #expect(String(validating: bytes[..<end], as: UTF8.self) != nil, "\(bytes)")
          let isLeft = first >= 0xF0 || first == 0xE0 || first == 0xED
          for length in [2, 3] {
            let isOne = String(validating: bytes[..<length], as: UTF8.self)?.unicodeScalars.count == 1
            if isOne, !isLeft { #expect(end >= length, "\(bytes)") }
          }
          #expect(!isLeft || end == 0, "\(bytes)")
          #expect(bytes.span.endOfPlainCharacters(in: 0..<1) == 0 && bytes.span.endOfPlainCharacters(in: 1..<1) == 1)
        }
      }
    }
  }
}
