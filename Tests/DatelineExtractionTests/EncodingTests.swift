import DatelineExtraction
import Glibc
import Testing

@Suite("Encodings")
struct EncodingTests {
  private static let french =
    "Le conseil a voté mardi la reconstruction du phare « détruit » par la tempête, après un débat passionné qui a duré jusqu’à minuit."
  private static let russian =
    "Городской совет проголосовал за восстановление маяка, который был разрушен штормом одиннадцать лет назад."
  private static let greek =
    "Το δημοτικό συμβούλιο ψήφισε υπέρ της ανοικοδόμησης του φάρου που καταστράφηκε από την καταιγίδα πριν από έντεκα χρόνια."
  private static let chinese = "市议会星期二投票决定重建十一年前被风暴摧毁的灯塔，市长表示，工程预计需要两年时间，明年春天开始动工。"
  private static let polish =
    "Rada miasta przegłosowała odbudowę latarni morskiej, którą zniszczył sztorm jedenaście lat temu, po długiej dyskusji."
  private static let japanese = "市議会は火曜日、十一年前に嵐で倒れた灯台を再建することを決めた。工事には二年かかる見通しだと市長は述べた。"

  /// The bytes of a text in an encoding.
  private func encode(_ text: String, _ encoding: String) throws -> [UInt8] {
    let descriptor = try #require(iconv_open(encoding, "UTF-8"))
    defer { iconv_close(descriptor) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4 + 16)
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (from, to) = (input.baseAddress, output.baseAddress)
        var (left, room) = (input.count, output.count)
        iconv(descriptor, &from, &left, &to, &room)
        return output.count - room
      }
    }
    return output[..<count].map { UInt8(bitPattern: $0) }
  }

  private func page(_ text: String, head: String, root: String = "<html>") -> String {
    let story = (1...4).map { "<p>\(text) \($0).</p>" }.joined()
    return "<!DOCTYPE html>\(root)<head>\(head)<title>Titre</title></head><body><div>\(story)</div></body></html>"
  }

  @Test(
    "declared encodings",
    arguments: [
      (french, "WINDOWS-1252", "windows-1252"), (french, "WINDOWS-1252", "iso-8859-1"),
      (russian, "WINDOWS-1251", "windows-1251"),
      (russian, "KOI8-R", "koi8-r"), (greek, "ISO-8859-7", "iso-8859-7"), (chinese, "GB2312", "gb2312"),
      (chinese, "GB18030", "gbk"), (polish, "ISO-8859-2", "ISO-8859-2"), (japanese, "SHIFT_JIS", "Shift_JIS"),
      (japanese, "EUC-JP", "euc-jp"), (french, "UTF-8", "utf-8"), (french, "UTF-8", "iso-8859-1"),
      (french, "WINDOWS-1252", "no-such-encoding"),
    ])
  func declared(_ text: String, _ encoding: String, _ label: String) throws {
    for head in [
      "<meta charset=\"\(label)\">", "<meta http-equiv='Content-Type' content='text/html; charset=\(label)'>",
    ] {
      let bytes = try encode(page(text, head: head), encoding)
      #expect(try PageExtractor().extract(bytes).body.contains(text))
    }
  }

  @Test(
    "encodings that nobody declares",
    arguments: [
      (french, "WINDOWS-1252"), (russian, "WINDOWS-1251"), (russian, "KOI8-R"), (greek, "ISO-8859-7"),
      (chinese, "GB2312"),
      (french, "UTF-8"), (russian, "UTF-16LE"), (russian, "UTF-16BE"), (french, "UTF-16"),
    ])
  func sniffed(_ text: String, _ encoding: String) throws {
    let bytes = try encode(page(text, head: ""), encoding)
    #expect(try PageExtractor().extract(bytes).body.contains(text))
  }

  @Test(
    "the language of the page tells its encoding", arguments: [(polish, "ISO-8859-2", "pl"), (japanese, "CP932", "ja")])
  func language(_ text: String, _ encoding: String, _ language: String) throws {
    let bytes = try encode(page(text, head: "", root: "<html lang=\"\(language)\">"), encoding)
    #expect(try PageExtractor().extract(bytes).body.contains(text))
  }

  @Test("a byte order mark goes before a declaration")
  func mark() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array(page(Self.french, head: "<meta charset=windows-1251>").utf8)
    #expect(try PageExtractor().extract(bytes).body.contains(Self.french))
  }

  @Test("damage in UTF-8 stays where it is")
  func damage() throws {
    var bytes = Array(page(Self.russian, head: "<meta charset=utf-8>").utf8)
    bytes.insert(0xFF, at: (bytes.firstIndex(of: 0xD0) ?? 0) + 20)
    #expect(try PageExtractor().extract(bytes).body.contains(Self.russian))
  }

  @Test("plain text in other encodings")
  func text() throws {
    #expect(try PageExtractor().extract(encode(Self.french, "WINDOWS-1252")).body == Self.french)
    #expect(try PageExtractor().extract(encode(Self.russian, "WINDOWS-1251")).body == Self.russian)
  }

  @Test("what is no text is refused")
  func binary() throws {
    let error = #expect(throws: (any Error).self) {
      try PageExtractor().extract([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0x0D, 0])
    }
    #expect("\(try #require(error))".contains("NUL"))
  }
}
