import DatelineCore
import Testing

@Suite struct DocumentBatchTests {
  @Test func documentsComeBack() {
    let documents = [
      Document(id: "1", title: "Título", body: "Some text", date: "2024-01-02", source: "Reuters"), Document(body: ""),
      Document(id: "3", body: "😀"),
    ]
    let labels: [[String]?] = [["a", "b/c"], nil, []]
    var batch = DocumentBatch(capacity: 10)
    for (document, labels) in zip(documents, labels) { batch.append(document, labels: labels, weight: 2) }
    #expect(batch.count == 3)
    for index in 0..<3 {
      #expect(batch.document(at: index) == documents[index])
      #expect(batch.labels(of: batch.records[index]) == labels[index])
      #expect(batch.records[index].weight == 2)
    }
  }

  @Test func recordsOfAReader() {
    var batch = DocumentBatch()
    let file = batch.add(file: "news.jsonl")
    #expect(batch.add(file: "news.jsonl") == file)
    let other = batch.add(file: "more.jsonl")
    #expect(batch.files == ["news.jsonl", "more.jsonl"])
    var record = DocumentBatch.Record(line: 7, file: other)
    record.body = batch.appendText { $0 += "body".utf8 }
    let label = batch.append("sport".utf8)
    batch.append(record, labels: [label])
    #expect(batch.document(at: 0).body == "body")
    #expect(batch.labels(of: batch.records[0]) == ["sport"])
    #expect(batch.location(of: batch.records[0], field: "topic").description == "more.jsonl:7, field \"topic\"")
    #expect(batch.location(of: DocumentBatch.Record()).description == "news.jsonl")
    #expect(DocumentBatch().location(of: DocumentBatch.Record()).file == "")
  }

  @Test func piecesStayAsTheyAre() {
    let pieces = ["first piece", "", "second"].map { Array($0.utf8) }
    var batch = DocumentBatch()
    #expect(batch.append(piece: pieces[0]) == 0)
    let word = batch.appendText { $0 += "decoded".utf8 }
    #expect(batch.append(piece: pieces[1]) == 18 && batch.append(piece: pieces[2]) == 18)
    #expect(batch.text(6..<11) == "piece" && batch.text(word) == "decoded" && batch.text(18..<24) == "second")
  }

  @Test func removedDocumentsLeaveNothing() {
    let document = Document(id: "2", body: "Another text")
    var batch = DocumentBatch()
    _ = batch.add(file: "news.jsonl")
    batch.append(Document(id: "1", title: "A title", body: "A text", source: "Reuters"), labels: ["a"])
    batch.headers.append(Array("id,text".utf8))
    batch.skipped.append(DatelineError(.invalidData, "bad"))
    batch.removeAll()
    #expect(batch.count == 0 && batch.bytes.isEmpty && batch.labels.isEmpty && batch.files.isEmpty)
    #expect(batch.headers.isEmpty && batch.skipped.isEmpty)
    batch.append(document, labels: ["b"])
    #expect(batch.document(at: 0) == document && batch.labels(of: batch.records[0]) == ["b"])
  }

  @Test func errorsAsText() {
    let error = DatelineError(.invalidData, "bad", at: .init(file: "f", line: 3, field: "x"), cause: "why")
    #expect(error.description == "f:3, field \"x\": bad (why)")
    #expect(DatelineError(.usage, "bad").description == "bad")
    #expect(DatelineError.Code.inputOutput.description == "inputOutput")
  }
}
