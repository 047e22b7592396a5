import DatelineCore
import Testing

@Suite struct JSONParserTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  private func refusal(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> JSONValue.SyntaxError? {
    #expect(throws: JSONValue.SyntaxError.self, sourceLocation: sourceLocation) { try JSONValue(parsing: bytes) }
  }

  @Test func values() throws {
    #expect(try parse("null") == nil)
    #expect(try parse(" \t\r\n true ") == true)
    #expect(try parse("false") == false)
    #expect(try parse("[]") == [])
    #expect(try parse("{}") == [:])
    #expect(try parse("[ 1 , [ ] , { } ]") == [1, [], [:]])
    #expect(try parse(#" { "a" : 1 , "b" : [ "c" ] } "#) == ["a": 1, "b": ["c"]])
    #expect(try parse(#"{"":{"":null}}"#) == ["": ["": nil]])
  }

  @Test func objectsKeepOrderAndRepetitions() throws {
    let object = try parse(#"{"z":1,"a":2,"z":3}"#)
    #expect(object.members.map(\.name) == ["z", "a", "z"])
    #expect(object["z"] == 1, "the first of a repeated name")
    #expect(try parse(#"{"a":1,"b":2}"#) != parse(#"{"b":2,"a":1}"#))
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-12", -12), ("1.5", 1.5), ("1e3", 1000), ("1E+3", 1000), ("25e-1", 2.5),
      ("0.1", 0.1), ("0e0", 0), ("123456789012345678901234567890", 0x1.8EE9_0FF6_C373Ep96),
      ("1.7976931348623157e308", Double.greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0),
      ("9007199254740993", 9007199254740992),
    ] as [(String, Double)])
  func numbers(text: String, number: Double) throws { #expect(try parse(text).number == number) }

  @Test(arguments: [
    "+1", ".5", "1.", "01", "-", "-01", "00", "1e", "1e+", "1.e3", "0x10", "NaN", "nan", "Infinity", "-Infinity", "inf",
    "1e400", "-1e400", "1_000", "1,5", "--1", "1 2", "٣",
  ])
  func numbersThatAreNone(text: String) { _ = refusal(Array(text.utf8)) }

  @Test func escapes() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t""#).string == "\"\\/\u{8}\u{C}\n\r\t")
    #expect(try parse(#""\u0041\u00e9\u20AC\u0000""#).string == "A\u{E9}€\0")
    #expect(try parse("\"\u{7F}\u{2028}é😀\"").string == "\u{7F}\u{2028}é😀")
  }

  @Test func surrogates() throws {
    func scalars(_ text: String) throws -> [UInt32] { try parse(text).string?.unicodeScalars.map(\.value) ?? [] }
    #expect(try scalars(#""\ud83d\ude00""#) == [0x1F600])
    #expect(try scalars(#""\uD800\uDC00\uDBFF\uDFFF""#) == [0x10000, 0x10FFFF])
    #expect(try scalars(#""\ud83d""#) == [0xFFFD])
    #expect(try scalars(#""\ude00\ud83d""#) == [0xFFFD, 0xFFFD])
    #expect(try scalars(#""\ud83dx""#) == [0xFFFD, 0x78])
    #expect(try scalars(#""\ud83d\n""#) == [0xFFFD, 0x0A])
    #expect(try scalars(#""\ud83d\u0041""#) == [0xFFFD, 0x41])
    #expect(try scalars(#""\ud83d\ud83d\ude00""#) == [0xFFFD, 0x1F600])
    _ = refusal(Array(#""\ud83d\u""#.utf8))
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "True", "'a'", "\"", "\"abc", "\"\\\"", #""\x""#, #""\u12""#, #""\u12G4""#, #""\u+123""#,
    #""\u-123""#, #""\U0041""#, "\"\n\"", "\"\u{0}\"", "\"\u{1F}\"", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]",
    "{",
    "}", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, #"{"a":1,}"#, #"{,}"#, #"{a:1}"#, #"{1:2}"#, #"{"a" 1}"#,
    #"{"a":1 "b":2}"#, "[1}", "{]", "1 1", "{} x", "[] //", "/**/1", "\u{FEFF}1", "\u{A0}1", "true,", "[1]]",
  ])
  func textsThatAreNoJSON(text: String) { _ = refusal(Array(text.utf8)) }

  @Test func errorsSayWhere() {
    #expect(refusal(Array(#"{"a": tru}"#.utf8))?.offset == 6)
    #expect(refusal(Array("[1, 2] x".utf8))?.offset == 7)
    #expect(refusal([])?.description == "the text ends where a value is expected at byte 0")
  }

  @Test func depth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONValue(parsing: nested(64))
    #expect(refusal(nested(65))?.message == "over 64 levels of nesting")
    _ = try JSONValue(parsing: nested(3), maximumDepth: 3)
    #expect(throws: JSONValue.SyntaxError.self) { try JSONValue(parsing: nested(4), maximumDepth: 3) }
    #expect(throws: JSONValue.SyntaxError.self) { try JSONValue(parsing: nested(1), maximumDepth: 0) }
    _ = refusal([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
    _ = refusal(Array(String(repeating: #"{"a":"#, count: 100_000).utf8))
  }

  @Test func invalidUTF8IsReplaced() throws {
    let value = try JSONValue(parsing: [0x22, 0x61, 0xC3, 0x62, 0xFF, 0x22])
    #expect(value.string == "a\u{FFFD}b\u{FFFD}")
  }

  @Test func noBytesCrashTheParser() {
    let seed: UInt64 = 1_234
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("{}[]\",:\\u0d8e1.-+tfn \n".utf8) + [0x00, 0xC3, 0xFF]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<24, using: &generator)).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &generator)]
      }
      _ = try? JSONValue(parsing: bytes)
    }
  }
}
