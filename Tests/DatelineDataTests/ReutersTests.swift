import DatelineCore
import DatelineData
import Testing

@Suite struct ReutersTests {
  static func document(
    _ id: Int, split: String = "TRAIN", topics: String = "YES", labels: String = "<D>grain</D><D>wheat</D>",
    text: String =
      "<TITLE>CROPS &lt;UP></TITLE>\n<DATELINE>    OSLO, May 5 - </DATELINE><BODY>Rain &amp; sun.\n&#3;</BODY>"
  ) -> String {
    """
    <REUTERS TOPICS="\(topics)" LEWISSPLIT="\(split)" CGISPLIT="X" OLDID="9" NEWID="\(id)">
    <DATE> 5-MAY-1987 10:00:00.00</DATE>
    <TOPICS>\(labels)</TOPICS>
    <PLACES><D>norway</D></PLACES>
    <TEXT>&#2;
    \(text)</TEXT>
    </REUTERS>

    """
  }

  let several = ReaderOptions(labelField: "topic", requiresLabel: true, allowsSeveralLabels: true)
  static let prolog = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"

  @Test func readsDocuments() throws {
    let rows = try read(Self.prolog + Self.document(1) + Self.document(2, labels: ""), as: "reut.sgm", several)
    let body = "    OSLO, May 5 - Rain & sun.\n"
    #expect(
      rows == [
        Row(
          id: "1", title: "CROPS <UP>", body: body, date: "5-MAY-1987 10:00:00.00", labels: ["grain", "wheat"], line: 2),
        Row(id: "2", title: "CROPS <UP>", body: body, date: "5-MAY-1987 10:00:00.00", labels: [], line: 11),
      ])
  }

  @Test func readsTextsWithoutABody() throws {
    let brief = Self.document(3, text: "******<TITLE>SHORT\n</TITLE>Blah &quot;blah&quot;.\n&#3;\n")
    let raw = Self.document(4, text: "TABLE &unknown; & more &#65;&#x42;&#233;&#1;\n")
    let rows = try read(brief + raw, as: "r.sgm")
    #expect(rows.map(\.title) == ["SHORT", ""])
    #expect(rows.map(\.body) == ["\n******Blah \"blah\".\n\n", "\nTABLE &unknown; & more ABé\n"])
    #expect(rows.map(\.labels) == [nil, nil])
  }

  @Test func choosesTheLabelsElement() throws {
    for field in ["places", "PLACES", "place"] {
      let rows = try read(Self.document(1), as: "r.sgm", ReaderOptions(labelField: field, requiresLabel: true))
      #expect(rows.map(\.labels) == [["norway"]], "\(field)")
    }
    #expect(
      try readError(Self.document(1), as: "r.sgm", ReaderOptions(labelField: "region")).message.contains(
        "places, people"))
    #expect(
      try readError(Self.document(1), as: "r.sgm", ReaderOptions(labelField: "orgs", requiresLabel: true)).message
        .contains("no <ORGS>"))
  }

  @Test func splitsAreModApte() throws {
    let text = [
      Self.document(1), Self.document(2, split: "TEST"), Self.document(3, topics: "NO"),
      Self.document(4, split: "TEST", topics: "BYPASS"), Self.document(5, split: "NOT-USED"),
    ].joined()
    #expect(try read(text, as: "r.sgm", ReaderOptions(split: .train)).map(\.id) == ["1"])
    #expect(try read(text, as: "r.sgm", ReaderOptions(split: .test)).map(\.id) == ["2"])
    #expect(try read(text, as: "r.sgm").map(\.id) == ["1", "2", "3", "4", "5"])
  }

  @Test func damageHasItsLine() throws {
    let exclusive = ReaderOptions(labelField: "topics", requiresLabel: true)
    #expect(try readError(Self.document(1), as: "r.sgm", exclusive).message.contains("--multi-label"))
    let empty = try readError(
      Self.document(1, labels: "<D>a</D>") + Self.document(2, labels: ""), as: "r.sgm", exclusive)
    #expect(empty.message.contains("no label") && empty.line == 10 && empty.field == "TOPICS")
    #expect(try readError(Self.document(1) + "junk" + Self.document(2), as: "r.sgm").line == 10)
    #expect(try readError(Self.document(1) + "<REUTERS><TEXT>cut", as: "r.sgm").message.contains("cut off"))
    #expect(try readError(Self.document(1, text: "<BODY>open"), as: "r.sgm").message.contains("<BODY> without </BODY>"))
    #expect(try readError("<REUTERS>\n</REUTERS>", as: "r.sgm").message.contains("without <TEXT>"))
  }

  @Test func latin1IsReadWhereItOccurs() throws {
    let folder = try TemporaryFolder()
    // "~" and "^" stand for the bytes 0xE9 and 0x80.
    let latin = Self.document(1, text: "<BODY>caf~^</BODY>").utf8.map {
      $0 == UInt8(ascii: "~") ? 0xE9 : $0 == UInt8(ascii: "^") ? 0x80 : $0
    }
    let utf8 = Array(Self.document(2, text: "<BODY>café</BODY>").utf8)
    let path = try folder.write("r.sgm", latin + utf8)
    #expect(try read([path]).rows.map(\.body) == ["café€", "café"])
    #expect(throws: DatelineError.self) { try read([path], CorpusOptions(encoding: .utf8)) }
  }

  @Test func ofAFolderOnlyTheDocumentsAreRead() throws {
    let folder = try TemporaryFolder()
    try folder.write("reut2-001.sgm", Self.document(2))
    try folder.write("reut2-000.sgm", Self.prolog + Self.document(1))
    try folder.write("all-topics-strings.lc.txt", "grain\n")
    try folder.write("README.txt", "words")
    try folder.write("notes.txt", "words")
    let reading = try read([folder.path])
    #expect(reading.rows.map(\.id) == ["1", "2"])
    #expect(reading.summary.sources.map(\.format) == ["reuters-sgml", "reuters-sgml"])
    #expect(reading.summary.ignored.count == 3)
  }
}
