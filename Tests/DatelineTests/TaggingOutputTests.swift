import DatelineCore
import Testing

@testable import Dateline

@Suite("Tags as JSON")
struct TaggingOutputTests {
  /// What is written for a batch without strings is what the documents' own JSON says.
  @Test func linesOfABatchAreThoseOfItsDocuments() throws {
    let topic = try Trainer.quick("topic").train(LabelledDocuments(Samples.exclusive(90))).model
    let several = try Trainer.quick("theme", "naive-bayes", .multiLabel)
      .train(LabelledDocuments(Samples.multiLabel(120))).model
    let tagger = try Tagger([topic, several], minimumProbability: 0.5)
    var batch = DocumentBatch()
    for (number, text) in ["judge verdict jury", "striker", "zyzzyva", "", "nurse verdict", "ward clinic fever"]
      .enumerated()
    {
      let id = ["a\"b", "c\\d", "line\nend", "tab\t\u{1}", "é😀", ""][number]
      batch.append(Document(id: id, title: "The \"title\"", body: text, source: number % 2 == 0 ? nil : "x\r/y"))
    }
    var lines: [UInt8] = []
    tagger.writeJSON(of: batch, into: &lines)
    let expected = tagger.tag(batch).map { $0.json.text + "\n" }.joined()
    #expect(String(decoding: lines, as: UTF8.self) == expected)
    #expect(expected.contains("withheld\":{\"topic") && expected.contains("[{\"label\":"))
  }

  /// Each byte of these takes six.
  @Test func nothingButEscapes() throws {
    let controls = String(repeating: "\u{1}", count: 300)
    let documents = Samples.exclusive(90).map { (document: $0.document, labels: $0.labels.map { controls + $0 }) }
    let model = try Trainer.quick("topic").train(LabelledDocuments(documents)).model
    let tagger = try Tagger([model])
    for count in [0, 1, 300] {
      var batch = DocumentBatch()
      let text = String(controls.prefix(count))
      for body in ["judge verdict jury", "zyzzyva"] { batch.append(Document(id: text + "x", body: body, source: text)) }
      var lines: [UInt8] = []
      tagger.writeJSON(of: batch, into: &lines)
      #expect(String(decoding: lines, as: UTF8.self) == tagger.tag(batch).map { $0.json.text + "\n" }.joined())
    }
  }

  @Test func theMostLabelsOfEachDocument() throws {
    let several = try Trainer.quick("theme", "naive-bayes", .multiLabel)
      .train(LabelledDocuments(Samples.multiLabel(120))).model
    let texts = ["judge verdict jury striker goal", "zyzzyva", "ward clinic fever judge verdict", "striker"]
    var batch = DocumentBatch()
    for number in 0..<200 { batch.append(Document(body: texts[number % 4])) }
    var tagger = try Tagger([several])
    let all = tagger.tag(batch).map { $0.taggings[0].tagging }
    #expect(all.contains { $0.tags.count > 1 })
    for limit in 0...2 {
      tagger.maximumLabels = limit
      let found = tagger.tag(batch).map { $0.taggings[0].tagging }
      #expect(
        found.map(\.tags) == all.map { Array($0.tags.prefix(limit)) } && found.map(\.withheld) == all.map(\.withheld))
    }
  }

  /// Models take turns at groups of documents; each document gets what it gets alone.
  @Test func manyDocumentsGetWhatEachGetsAlone() throws {
    let topic = try Trainer.quick("topic").train(LabelledDocuments(Samples.exclusive(90))).model
    let several = try Trainer.quick("theme", "naive-bayes", .multiLabel)
      .train(LabelledDocuments(Samples.multiLabel(120))).model
    let texts = ["judge verdict jury", "striker", "zyzzyva", "nurse verdict", "ward clinic fever"]
    let documents = (0..<151).map { Document(id: "\($0)", body: texts[$0 * $0 % texts.count]) }
    for models in [[topic], [topic, several]] {
      let tagger = try Tagger(models)
      var batch = DocumentBatch()
      for document in documents { batch.append(document) }
      #expect(tagger.tag(batch).map(\.json.text) == documents.map { tagger.tag($0).json.text })
    }
  }

  /// One model counts the terms for all that take the same ones, and nobody can tell by the answers.
  @Test func modelsThatShareTheirTermsAnswerAsEachDoesAlone() throws {
    let topic = try Trainer.quick("topic").train(LabelledDocuments(Samples.exclusive(90))).model
    let theme = try Trainer.quick("theme", "logistic-regression", .multiLabel)
      .train(LabelledDocuments(Samples.multiLabel(120))).model
    // Of other terms.
    var trainer = try Trainer.quick("kind")
    trainer.settings["ngrams"] = "1-2"
    let kind = try trainer.train(LabelledDocuments(Samples.exclusive(90))).model
    var batch = DocumentBatch()
    for sample in Samples.multiLabel(150, seed: 7) + Samples.exclusive(60, seed: 8) { batch.append(sample.document) }
    let models = [kind, topic, theme]
    let sources = models.map { $0.termVectorizer?.termSource }
    #expect(sources[1] != nil && sources[1] == sources[2] && sources[0] != sources[1])
    let together = try Tagger(models).tag(batch)
    for (number, model) in models.enumerated() {
      let alone = try Tagger([model]).tag(batch)
      #expect(together.map { $0.taggings[number].tagging } == alone.map { $0.taggings[0].tagging })
    }
  }
}
