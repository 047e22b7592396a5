import Dateline
import DatelineCore
import Testing

@Suite("Documents one at a time")
struct SingleDocumentTests {
  /// Memory that an earlier document has left behind, on any thread, changes nothing.
  @Test func answersAreThoseOfABatch() throws {
    let model = try Trainer.quick("topic").train(LabelledDocuments(Samples.exclusive(90))).model
    let long = Samples.exclusive(2_000).map(\.document.body).joined(separator: " ")
    let texts = ["judge verdict jury", "zyzzyva", long, "", "nurse verdict", "striker", "nurse verdict", long, "ward"]
    // One is so long that its memory is not kept.
    let longest = [String](repeating: long, count: 4).joined(separator: " ")
    let documents = ((0..<20).flatMap { _ in texts } + [longest, "ward", ""]).map { Document(body: $0) }
    var batch = DocumentBatch()
    for document in documents { batch.append(document) }
    let expected = try Tagger([model]).tag(batch).map(\.taggings[0].tagging)
    let found = WorkerPool(threads: 4).map(documents.count) { model.tag(documents[$0]) }
    #expect(found == expected)
    #expect(Set(found.map { $0.tags.first?.label.path ?? "none" }).count > 2)
  }
}
