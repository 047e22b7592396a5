import DatelineCore
import Testing

@testable import DatelineData

@Suite struct JSONScannerTests {
  /// Values that are made at random, and then often damaged in a byte or two.
  static func text(_ generator: inout SeededGenerator) -> [UInt8] {
    func value(_ depth: Int) -> String {
      switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &generator) {
      case 0: return "null"
      case 1: return Bool.random(using: &generator) ? "true" : "false"
      case 2: return ["0", "-12", "3.5", "1e3", "-0.1E-2", "99"].randomElement(using: &generator) ?? ""
      case 3, 4:
        return ["\"\"", "\"a\\\"b\"", "\"\\\\\"", "\"\\u00e9\\ud83d\\ude00\"", "\"é\\n\"", "\"x\\\\\\\"\""]
          .randomElement(using: &generator) ?? ""
      case 5:
        let elements = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(depth + 1) }
        return "[" + elements.joined(separator: " ,\t") + "]"
      default:
        let members = (0..<Int.random(in: 0..<4, using: &generator)).map { "\"k\($0)\" : " + value(depth + 1) }
        return "{" + members.joined(separator: ",") + " }"
      }
    }
    var bytes = Array(value(0).utf8)
    for _ in 0..<Int.random(in: 0..<3, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let byte = Array("{}[]\",:\\u0eE.-+1tn x".utf8).randomElement(using: &generator) ?? 0
      if Bool.random(using: &generator) { bytes[place] = byte } else { bytes.remove(at: place) }
    }
    return bytes
  }

  @Test func acceptsWhatTheFullParserAcceptsAndNothingElse() {
    let seed: UInt64 = 20_240_817
    var generator = SeededGenerator(state: seed)
    var accepted = 0
    for round in 0..<4000 {
      let bytes = Self.text(&generator)
      let expected = try? JSONValue(parsing: bytes)
      var scanner = JSONScanner(position: 0, end: bytes.count)
      scanner.skipWhitespace(bytes.span)
      var value = try? scanner.value(bytes.span)
      scanner.skipWhitespace(bytes.span)
      if scanner.position != bytes.count { value = nil }
      #expect(
        (value == nil) == (expected == nil), "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
      if let value, let text = expected?.string {
        var written: [UInt8] = []
        value.write(bytes.span, into: &written)
        #expect(String(decoding: written, as: UTF8.self) == text, "seed \(seed), round \(round)")
      }
      accepted += value == nil ? 0 : 1
    }
    #expect(accepted > 1000 && accepted < 3900, "the test has to see both sides: \(accepted)")
  }

  @Test func escapesDoNotMakeStringsSlow() throws {
    // Were the closing mark searched anew behind every escape, this would take 10¹² steps.
    let count = 1_000_000
    let bytes = [UInt8.quote] + Array(repeatElement(Array("\\n".utf8), count: count).joined()) + [UInt8.quote]
    var scanner = JSONScanner(position: 0, end: bytes.count)
    let value = try scanner.value(bytes.span)
    #expect(value.range == 1..<bytes.count - 1 && value.form == .jsonEscaped)
  }
}
