import DatelineCore
import DatelineData
import Testing

@Suite struct DelimitedTests {
  let labelled = ReaderOptions(labelField: "topic", requiresLabel: true)

  @Test func readsCSV() throws {
    let rows = try read(
      "id,topic,title,text,date\r\n1,sport,\"A, \"\"quoted\"\" title\",\"two\r\nlines\",2024\r\n\r\n,art,Plain,5\" disk \"x\",\r\n3,\"a b\",,last",
      as: "t.csv", ReaderOptions(labelField: "topic", requiresLabel: true, onError: .skip))
    #expect(
      rows == [
        Row(id: "1", title: "A, \"quoted\" title", body: "two\r\nlines", date: "2024", labels: ["sport"], line: 2),
        Row(id: "t.csv:5", title: "Plain", body: "5\" disk \"x\"", labels: ["art"], line: 5),
      ])
  }

  @Test func readsTSV() throws {
    let rows = try read(
      "index_id\tcategory\ttext\n7\ta/b\t\"quoted \"\"words\"\" here\"\n8\tc\t\"Only opened\n9\tc\t\"Closed\" early\n10\tc\t\"\"",
      as: "t.tsv", ReaderOptions(labelField: "category", requiresLabel: true))
    #expect(rows.map(\.body) == ["quoted \"words\" here", "\"Only opened", "\"Closed\" early", ""])
    #expect(rows.map(\.labels) == [["a/b"], ["c"], ["c"], ["c"]])
    #expect(rows.map(\.line) == [2, 3, 4, 5])
  }

  @Test func numbersOfColumnsMeanNoHeader() throws {
    let options = ReaderOptions(textFields: ["2", "3"], labelField: "1", requiresLabel: true)
    #expect(
      try read("3,Head,Body\n1,H2,\"B,2\"", as: "t.csv", options) == [
        Row(id: "t.csv:1", title: "Head", body: "Body", labels: ["3"], line: 1),
        Row(id: "t.csv:2", title: "H2", body: "B,2", labels: ["1"], line: 2),
      ])
    // A header that has these names is a header.
    #expect(try read("1,2,3\nx,y,z", as: "t.csv", options).map(\.title) == ["y"])
    let error = try readError("3,Head", as: "t.csv", options)
    #expect(error.message.contains("no column number 3 in a table of 2"))
  }

  @Test func aRowOfAnotherLengthIsDamaged() throws {
    let error = try readError("topic,text\na,b\n\"c\nd\",e,f\n", as: "t.csv", labelled)
    #expect(error.message.contains("3 columns where the first row has 2"))
    #expect(error.line == 3)
    #expect(try readError("topic\ttext\na\tb\nc", as: "t.tsv", labelled).line == 3)
  }

  @Test func brokenQuotesAreDamage() throws {
    let open = try readError("topic,text\na,b\nc,\"d\ne,f\n", as: "t.csv", labelled)
    #expect(open.message.contains("never closed") && open.line == 3)
    let behind = try readError("topic,text\na,\"b\" c\n", as: "t.csv", labelled)
    #expect(behind.message.contains("behind a closing quotation mark") && behind.line == 2)
  }

  /// A stray mark opens a field that goes on to the next mark, or to the end of the file.
  @Test(arguments: ["", "g6,\"stray\n"])
  func aStrayMarkTakesItsOwnLineOnly(_ second: String) throws {
    let rows = (0..<40).map { "g\($0),text \($0)\n" }
    let table =
      "topic,text\n" + rows[..<5].joined() + "g5,\"stray\n" + rows[5...].joined() + second + "g7,\"last\nline\"\n"
    let folder = try TemporaryFolder()
    let path = try folder.write("t.csv", table)
    let reading = try read(
      [path], CorpusOptions(reader: ReaderOptions(labelField: "topic", requiresLabel: true, onError: .skip)))
    #expect(reading.rows.map(\.body) == (0..<40).map { "text \($0)" } + ["last\nline"])
    #expect(reading.summary.skipped == (second.isEmpty ? 1 : 2))
    #expect(reading.summary.firstErrors.map { $0.location?.line } == (second.isEmpty ? [7] : [7, 43]))
    #expect(reading.rows.last?.line == (second.isEmpty ? 43 : 44))
  }

  @Test func quotesWithinAFieldOpenNothing() throws {
    let rows = try read("topic,text\na,5\"\"x\"\nb,y\n", as: "t.csv", labelled)
    #expect(rows.map(\.body) == ["5\"\"x\"", "y"])
  }

  @Test func missingColumnsAreNamed() throws {
    let label = try readError("id,text\n1,a\n", as: "t.csv", labelled)
    #expect(label.message.contains("\"topic\" for the labels") && label.message.contains("\"id\", \"text\""))
    #expect(label.line == 1 && label.field == "topic")
    #expect(try readError("id,words\n1,a\n", as: "t.csv").message.contains("none of the text columns"))
    let named = try readError("text\na\n", as: "t.csv", ReaderOptions(textFields: ["text", "lead"]))
    #expect(named.field == "lead")
    #expect(try readError("text\na\n", as: "t.csv", ReaderOptions(weightField: "w")).field == "w")
    #expect(try readError("text,topic,topic\na,b,c\n", as: "t.csv", labelled).message.contains("two columns"))
  }

  @Test func cellsMayHoldSeveralLabels() throws {
    let options = ReaderOptions(labelField: "topic", requiresLabel: true, allowsSeveralLabels: true)
    let rows = try read("topic,text\na; b|c;,x\n,y\n\"d\",z\n", as: "t.csv", options)
    #expect(rows.map(\.labels) == [["a", "b", "c"], [], ["d"]])
    #expect(try read("topic,text\na;b,x\n", as: "t.csv", labelled).map(\.labels) == [["a;b"]])
    #expect(try readError("topic,text\n,x\n", as: "t.csv", labelled).field == "topic")
  }

  @Test func emptyTablesHoldNoDocuments() throws {
    #expect(try read("", as: "t.csv", labelled) == [])
    #expect(try read("\n\r\n\n", as: "t.csv", labelled) == [])
    #expect(try read("topic,text", as: "t.csv", labelled) == [])
    #expect(try read("\ntopic,text\na,b", as: "t.csv", labelled).map(\.line) == [3])
  }

  @Test func readsWeights() throws {
    let options = ReaderOptions(weightField: "w")
    #expect(try read("text,w\na,0.5\n", as: "t.csv", options).map(\.weight) == [0.5])
    #expect(try readError("text,w\na,\n", as: "t.csv", options).field == "w")
  }

  @Test func headersAreBounded() throws {
    let head = String(repeating: "x", count: 70_000)
    #expect(try readError("\"\(head)", as: "t.csv").message.contains("64 KiB"))
  }
}
