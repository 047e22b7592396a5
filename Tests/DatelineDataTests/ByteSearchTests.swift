import Testing

@testable import DatelineData

/// Searches that look at many bytes at once, against one byte after the other.
@Suite struct ByteSearchTests {
  private let seed: UInt64 = 77

  /// Text of a few lines, most of it ASCII, with characters of all lengths and at times a damaged byte.
  private func text(_ generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<12, using: &generator) {
      bytes += [UInt8](repeating: UInt8(ascii: "a"), count: Int.random(in: 0..<50, using: &generator))
      bytes += (["é", "€", "😀", "\n", "\"", "\\", "\n\n"].randomElement(using: &generator) ?? "").utf8
    }
    if let place = bytes.indices.randomElement(using: &generator), Bool.random(using: &generator) {
      bytes[place] = [0x80, 0xC3, 0xE2, 0xF0, 0xFF, 0x00].randomElement(using: &generator) ?? 0
    }
    return bytes
  }

  @Test func theFirstDamageIsThatOfTheWholeText() {
    var generator = SeededGenerator(state: seed)
    var damaged = 0
    for round in 0..<3_000 {
      let bytes = text(&generator)
      let start = Int.random(in: 0...bytes.count, using: &generator)
      let found = TextDamage.first(in: bytes.span, start..<bytes.count, requiresUTF8: true)
      let end = bytes[start...].firstIndex(of: 0) ?? bytes.count
      var expected = end < bytes.count ? end : nil
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: bytes.span.extracting(start..<end))
      } catch {
        expected = start + error.byteOffsets.lowerBound
      }
      #expect(found?.offset == expected, "round \(round), seed \(seed): \(bytes)")
      if let expected { #expect(found?.kind == (bytes[expected] == 0 ? .nul : .invalidUTF8(first: bytes[expected]))) }
      damaged += expected == nil ? 0 : 1
    }
    #expect(damaged > 500)
  }

  @Test func theEndOfAStringIsFound() {
    var generator = SeededGenerator(state: seed)
    let alphabet = Array(#"aé ""\\!#[]"#.utf8)
    for round in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0..<80, using: &generator)).map { _ in
        Int.random(in: 0..<30, using: &generator) > 0
          ? UInt8(ascii: "x") : alphabet.randomElement(using: &generator) ?? 0
      }
      let start = Int.random(in: 0...bytes.count, using: &generator)
      let limit = Int.random(in: start...bytes.count, using: &generator)
      let expected = bytes[start..<limit].firstIndex { $0 == .quote || $0 == .backslash }
      #expect(
        bytes.span.firstQuoteOrBackslash(in: start..<limit) == expected, "round \(round), seed \(seed): \(bytes)")
    }
  }

  @Test func fieldsAreFoundByTheirNames() {
    let names = ["title", "text", "", "id", "tex", "date"].map { Array($0.utf8) }
    let fields = FieldNames(names)
    for (field, name) in names.enumerated() {
      let bytes = Array("<".utf8) + name + Array("texts".utf8)
      #expect(fields.field(named: 1..<1 + name.count, of: bytes.span) == field)
    }
    let other = Array("datetext".utf8)
    #expect(fields.field(named: 0..<5, of: other.span) == nil)
    #expect(fields.field(named: 4..<8, of: other.span) == 1)
  }
}
