import DatelineCore
import Testing

@Suite struct JSONRoundTripTests {
  private func value(_ generator: inout SeededGenerator, depth: Int = 0) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(.random(using: &generator))
    case 2: return .number(Double(Int.random(in: -1_000...1_000, using: &generator)))
    case 3:
      let number = Double(bitPattern: generator.next())
      return .number(number.isFinite ? number : 0.1)
    case 4: return .string(generator.text())
    case 5:
      return .array((0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(&generator, depth: depth + 1) })
    default:
      return .object(
        (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
          (generator.text(), value(&generator, depth: depth + 1))
        })
    }
  }

  @Test func roundedNumbersAreThoseOfTheirDoubles() {
    let seed: UInt64 = 606
    var generator = SeededGenerator(seed: seed)
    let edges = [0, 1, 9.9e-5, 0.00009949, 0.0000995, 0.0001, 0.1, 0.5, 0.25, 0.999_999, 0.999_999_5, 1.5, -0.25]
    let numbers = (0..<20_000).map { _ in Double.random(in: 0...1, using: &generator) }
    let small = numbers.map { $0 * $0 * $0 * 1e-2 }
    for number in edges + [1e300, .nan, .infinity] + numbers + small {
      var (written, expected): ([UInt8], [UInt8]) = ([], [])
      written.append(addingCapacity: OutputSpan.jsonNumberRoom) { $0.append(roundedToMillionths: number) }
      JSONValue.write((number * 1e6).rounded() / 1e6, into: &expected)
      #expect(written == expected, "\(number), seed \(seed)")
    }
  }

  @Test func whatIsWrittenComesBack() throws {
    let seed: UInt64 = 5_150
    var generator = SeededGenerator(seed: seed)
    for round in 0..<2_000 {
      let value = value(&generator)
      for text in [value.text, value.indentedText] {
        let again = try JSONValue(parsing: Array(text.utf8))
        #expect(again == value, "round \(round), seed \(seed)")
        // Equality of strings is that of their meaning; the bytes have to be the same, too.
        #expect(Array(again.text.utf8) == Array(value.text.utf8), "round \(round), seed \(seed)")
      }
    }
  }

  @Test func numbersComeBackToTheLastBit() throws {
    let seed: UInt64 = 42
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<5_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      let again = try JSONValue(parsing: Array(JSONValue.number(number).text.utf8)).number
      #expect(again == number, "seed \(seed)")
    }
  }

  @Test(
    arguments: [
      (0, "0"), (-3, "-3"), (1e6, "1000000"), (999_999_999_999_999, "999999999999999"), (1e15, "1000000000000000"),
      (0x1p54 - 2, "18014398509481982"), (0x1p54, "1.8014398509481984e+16"), (1e300, "1e+300"), (0.1, "0.1"),
      (-2.5, "-2.5"), (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
    ] as [(Double, String)])
  func numbers(number: Double, text: String) { #expect(JSONValue.number(number).text == text) }

  @Test func strings() {
    #expect(
      JSONValue.string("a\"b\\c/\n\r\t\u{1}\u{1F}\u{7F}é").text == "\"a\\\"b\\\\c/\\n\\r\\t\\u0001\\u001f\u{7F}é\"")
  }

  @Test func layout() {
    let value: JSONValue = ["a": [1, "x"], "b": [:], "c": []]
    #expect(value.text == #"{"a":[1,"x"],"b":{},"c":[]}"#)
    #expect(
      value.indentedText == """
        {
          "a": [
            1,
            "x"
          ],
          "b": {},
          "c": []
        }
        """)
  }

  @Test func access() {
    let value: JSONValue = ["n": 1.5, "i": 3, "s": "x", "b": true, "a": [1], "o": ["p": nil]]
    #expect(value["n"]?.number == 1.5 && value["n"]?.integer == nil)
    #expect(value["i"]?.integer == 3)
    #expect(value["s"]?.string == "x" && value["s"]?.number == nil)
    #expect(value["b"]?.bool == true)
    #expect(value["a"]?.elements == [1] && value["a"]?["p"] == nil)
    #expect(value["o"]?["p"] == JSONValue.null)
    #expect(value["missing"] == nil)
    #expect(JSONValue.number(1e300).integer == nil)
    #expect(JSONValue(7).integer == 7)
  }
}
