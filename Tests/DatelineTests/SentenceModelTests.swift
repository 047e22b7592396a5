@testable import Dateline
import Foundation
import Testing

/// Models that read long texts sentence by sentence, with and without a target.
@Suite struct SentenceModelTests {
  static let pleasant = ["praised", "cheered", "thanked", "admired"]
  static let unpleasant = ["blamed", "booed", "scolded", "mocked"]
  static let plain = ["met", "phoned", "passed", "joined"]

  /// Sentences about two people, with the tone towards one of them.
  static func sentences(_ count: Int, seed: UInt64 = 5) -> LabelledDocuments {
    var random = SeededGenerator(state: seed)
    var documents = LabelledDocuments()
    let kinds = [("negative", unpleasant), ("neutral", plain), ("positive", pleasant)]
    for number in 0..<count {
      let (label, verbs) = kinds[number % 3]
      let other = kinds[(number / 3) % 3].1
      let fill = Samples.common.shuffled(using: &random).prefix(8).joined(separator: " ")
      let verb = verbs.randomElement(using: &random) ?? ""
      let elsewhere = other.randomElement(using: &random) ?? ""
      let body = "In the \(fill) people \(verb) Ada Brandt near the old river, and \(fill) later \(elsewhere) Ole Lund."
      documents.append(Document(id: "s\(number)", body: body, target: "Ada Brandt"), labels: [label])
    }
    return documents
  }

  private func trainer(threads: Int = 2) throws -> Trainer {
    var trainer = try Trainer.quick("sentiment", threads: threads)
    trainer.unit = .sentence
    trainer.settings["fields"] = "separate"
    let vectorizers = VectorizerRegistry.standard()
    trainer.vectorizer = try vectorizers.extended(vectorizers.first, by: ["tone"])
    return trainer
  }

  static let article = """
    The people of the old street praised Ada Brandt near the river. The week was long and the city was new, they said. \
    Near the old street people booed Ole Lund, said the city. In the new year people thanked Brandt near the river. \
    The people blamed Ole Lund in the old city near the river.
    """

  private func label(_ tagging: Tagging) -> String? { tagging.tags.first?.label.path }

  @Test func towardsWhomDecides() throws {
    let model = try trainer().train(SentenceModelTests.sentences(150)).model
    func tone(towards target: String?) -> Tagging {
      model.tag(Document(body: SentenceModelTests.article, target: target))
    }
    #expect(label(tone(towards: "Ada Brandt")) == "positive")
    #expect(label(tone(towards: "Ole Lund")) == "negative")
    #expect(tone(towards: "Eva Moe").withheld == "the text does not mention the target")
    #expect(tone(towards: nil).withheld == nil)
    #expect(model.tag(Document(body: "xyzzy", target: "xyzzy")).withheld != "the text does not mention the target")
  }

  @Test func scoresOfArticlesAreTheMeansOfTheirSentences() throws {
    let model = try trainer().train(SentenceModelTests.sentences(90)).model
    var cut = PassageText()
    let (title, text) = ([UInt8](), Array(SentenceModelTests.article.utf8))
    cut.cut(title: title.span, body: text.span, target: nil)
    #expect(cut.passages.count == 5)
    var mean = [Double](repeating: 0, count: 3)
    for passage in cut.passages {
      let sentence = String(decoding: cut.text[passage.bytes], as: UTF8.self)
      for (place, one) in try model.explain(Document(body: sentence), labels: model.domain.labels).enumerated() {
        mean[place] += one.score / 5
      }
    }
    let whole = try model.explain(Document(body: SentenceModelTests.article), labels: model.domain.labels)
    for (place, one) in whole.enumerated() { #expect((one.score - mean[place]).magnitude < 1e-5) }
  }

  @Test(arguments: [nil, "Ada Brandt"]) func explanationsAddUpAndStandInTheText(_ target: String?) throws {
    let model = try trainer().train(SentenceModelTests.sentences(90)).model
    let document = Document(title: "People praised Ada Brandt", body: SentenceModelTests.article, target: target)
    for one in try model.explain(document, labels: model.domain.labels) {
      #expect((one.terms.reduce(one.constant) { $0 + $1.contribution } - one.score).magnitude < 1e-9)
      for term in one.terms where term.name == nil {
        for place in term.places {
          let field = Array((place.field == .title ? document.title : document.body).utf8)
          let words = String(decoding: field[place.bytes], as: UTF8.self).lowercased()
          #expect(term.words.contains(words), "\(words) in \(term.words)")
        }
      }
      #expect(one.terms.contains { $0.name?.hasPrefix("tone") ?? false })
    }
  }

  @Test func headlinesAreSentences() throws {
    let model = try trainer().train(SentenceModelTests.sentences(90)).model
    let joined = Document(body: "People praised Ada Brandt\n\n" + SentenceModelTests.article)
    let apart = Document(title: "People praised Ada Brandt", body: SentenceModelTests.article)
    #expect(model.tag(joined) == model.tag(apart))
  }

  @Test func articlesGetOffsetsOfTheirOwn() throws {
    let model = try trainer().train(SentenceModelTests.sentences(90)).model
    var articles = LabelledDocuments()
    for number in 0..<30 {
      articles.append(Document(body: SentenceModelTests.article + " \(number)"), labels: ["neutral"])
    }
    let calibrated = try model.calibrated(onArticles: articles, workers: WorkerPool(threads: 2))
    let document = Document(body: SentenceModelTests.article)
    #expect(label(calibrated.tag(document)) == "neutral")
    let short = Document(body: "They praised Ada Brandt.")
    #expect(calibrated.tag(short) == model.tag(short))
    let folder = try TemporaryFolder()
    try calibrated.write(to: folder.path + "/m.dateline")
    let loaded = try Model(contentsOf: folder.path + "/m.dateline")
    #expect(loaded.manifest.unit == .sentence && loaded.tag(document) == calibrated.tag(document))
    let whole = try Trainer.quick().train(LabelledDocuments(Samples.exclusive(60))).model
    let error = failure { () throws(DatelineError) in
      try whole.calibrated(onArticles: articles, workers: WorkerPool(threads: 1))
    }
    #expect(error.code == .usage)
  }

  @Test func anyNumberOfThreadsGivesTheSameFile() throws {
    let folder = try TemporaryFolder()
    for threads in [1, 3] {
      let model = try trainer(threads: threads).train(SentenceModelTests.sentences(300)).model
      try model.write(to: "\(folder.path)/\(threads)")
    }
    #expect(try folder.bytes("1") == folder.bytes("3"))
  }

  @Test func modelsOfDocumentsTakeNoNoticeOfTargets() throws {
    let model = try Trainer.quick().train(LabelledDocuments(Samples.exclusive(60))).model
    var document = Samples.exclusive(1)[0].document
    let without = model.tag(document)
    document.target = "Nobody"
    #expect(model.tag(document) == without)
    #expect(model.manifest.json["unit"] == nil)
  }
}
