/// An encoding of text, by the name that `iconv` knows.
struct TextEncoding: Equatable {
  let name: String

  static let utf8 = TextEncoding(name: "UTF-8")
  static let windows1252 = TextEncoding(name: "WINDOWS-1252")

  init(name: String) { self.name = name }

  /// The encoding that a page means by a label; `nil` for a label that browsers do not read, whatever `iconv` knows.
  ///
  /// Where browsers read a label as something larger (WHATWG Encoding), so is it here: Latin-1 is Windows-1252 and
  /// GB 2312 is GB 18030. Labels that say UTF-16 in bytes that could be read as ASCII mean UTF-8.
  init?(label: String) {
    let label = label.lowercased().filter { $0 != "_" && $0 != " " }
    switch label {
    case "utf8", "utf-8", "unicode", "utf-16", "utf16", "utf-16le", "utf-16be": self = .utf8
    case "iso-8859-1", "iso8859-1", "iso88591", "latin1", "latin-1", "l1", "ascii", "us-ascii", "ansi", "cp1252":
      self = .windows1252
    case "gb2312", "gb-2312", "gbk", "x-gbk", "csgb2312", "chinese", "cp936": self.init(name: "GB18030")
    case "iso-8859-9", "latin5": self.init(name: "WINDOWS-1254")
    case "iso-8859-11", "tis-620": self.init(name: "WINDOWS-874")
    case "iso-8859-7", "greek": self.init(name: "WINDOWS-1253")
    case "shiftjis", "shift-jis", "sjis", "x-sjis", "windows-31j": self.init(name: "CP932")
    case "euc-kr", "ksc5601", "ks-c-5601-1987", "ksc5601-1987", "windows-949": self.init(name: "UHC")
    case "big5", "big5-hkscs", "x-x-big5": self.init(name: "BIG5-HKSCS")
    default:
      guard TextEncoding.others.contains(label) else { return nil }
      self.init(name: label.uppercased())
    }
  }

  /// Labels of the WHATWG's standard that `iconv` knows by the same name.
  private static let others: Set<String> = Set(
    """
    ibm866 cp866 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-8 iso-8859-10 iso-8859-13 \
    iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u macintosh windows-874 windows-1250 windows-1251 windows-1252 \
    windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 cp1250 cp1251 cp1253 cp1254 cp1255 \
    cp1256 cp1257 cp1258 gb18030 euc-jp iso-2022-jp euc-tw uhc cp949
    """.split(separator: " ").map(String.init))
}
