@testable import Dateline
import DatelineEvaluation
import Testing

@Suite("Labels that are withheld, and why")
struct WithholdingTests {
  private func batch(_ bodies: [String]) -> DocumentBatch {
    var batch = DocumentBatch()
    for body in bodies { batch.append(Document(body: body)) }
    return batch
  }

  @Test(arguments: ReproducibilityTests.plugins, [Domain.Kind.exclusive, .multiLabel])
  func unknownWords(plugin: String, kind: Domain.Kind) throws {
    let samples = kind == .exclusive ? Samples.exclusive(60) : Samples.multiLabel(60)
    let model = try Trainer.quick("topic", plugin, kind).train(LabelledDocuments(samples)).model
    for body in ["", "zyzzyva quokka", "?!"] {
      let tagging = model.tag(Document(body: body))
      #expect(tagging.tags == [])
      #expect(tagging.withheld?.contains("no word of the text") == true)
    }
  }

  /// A term more than are known is counted as known: two of nine are below a quarter, two of eight are not.
  @Test(arguments: ReproducibilityTests.plugins) func textsOfHardlyAKnownTerm(plugin: String) throws {
    var trainer = try Trainer.quick("topic", plugin)
    trainer.settings["ngrams"] = "1"
    trainer.minimumCoverage = 0.25
    let model = try trainer.train(LabelledDocuments(Samples.exclusive(90))).model
    func tagging(_ body: String) -> Tagging { model.tag(Document(body: body)) }
    let foreign = tagging("nurse zwo drei vier fünf sechs sieben acht")
    #expect(foreign.tags.isEmpty)
    let reason = try #require(foreign.withheld)
    #expect(
      reason.hasPrefix("the model knows 1 of the 8 terms (words, n-grams, names) of the text, a share below 0.25"))
    #expect(tagging("nurse zwo drei vier fünf sechs sieben").tags.first?.label.path == "health")
    #expect(tagging("nurse ward drei vier fünf sechs sieben acht").tags.first?.label.path == "health")
    #expect(tagging("nurse").tags.first?.label.path == "health")
    // The same term again and again is one.
    #expect(tagging("nurse nurse nurse zwo drei vier fünf sechs sieben acht").tags.isEmpty)
    // One document by itself, and several whose terms are counted together.
    let long = "nurse zwo drei vier fünf sechs sieben acht"
    let tagged = try Tagger([model]).tag(batch([long, "nurse zwo"]))
    #expect(tagged.map { $0[facet: "topic"]?.withheld == nil } == [false, true])
    // It is written and read.
    let folder = try TemporaryFolder()
    try model.write(to: folder.path + "/m.dateline")
    let again = try Model(contentsOf: folder.path + "/m.dateline")
    #expect(again.manifest.minimumCoverage == 0.25)
    #expect(again.tag(Document(body: long)).withheld?.contains("1 of the 8") == true)
    trainer.minimumCoverage = 0
    let free = try trainer.train(LabelledDocuments(Samples.exclusive(90))).model
    #expect(free.tag(Document(body: long)).withheld == nil)
  }

  @Test func coveragesThatCannotBe() throws {
    var trainer = try Trainer.quick("topic")
    func error() -> DatelineError {
      failure { () throws(DatelineError) in try trainer.train(LabelledDocuments(Samples.exclusive(60))) }
    }
    for bad in [-0.1, 1.5, .nan] {
      trainer.minimumCoverage = bad
      #expect(error().code == .usage && error().message.contains("minimum coverage"))
    }
    trainer.minimumCoverage = 0.3
    trainer.settings["vocabulary"] = "hashed"
    trainer.settings["hash-bits"] = "8"
    #expect(error().code == .usage && error().message.contains("takes every term"))
    // A model that has left terms out would not know most texts any more.
    trainer.settings["vocabulary"] = nil
    trainer.settings["ngrams"] = "1-2"
    let size = try trainer.train(LabelledDocuments(Samples.exclusive(300))).model.fileSize()
    trainer.maximumModelSize = size * 6 / 10
    let tooSmall = failure { () throws(DatelineError) in try trainer.train(LabelledDocuments(Samples.exclusive(300))) }
    #expect(tooSmall.code == .usage && tooSmall.message.contains("with all its terms"))
  }

  /// A label that the text speaks for comes with those above it, be they the likeliest without any text.
  @Test func labelsAboveStay() throws {
    var documents = LabelledDocuments()
    for number in 0..<90 {
      let (word, labels) =
        number % 6 == 0
        ? ("palm", ["south", "south/c"])
        : number % 2 == 0 ? ("fjord", ["north", "north/a"]) : ("ski", ["north", "north/b"])
      documents.append(Document(id: "\(number)", body: "\(word) number\(number % 7)"), labels: labels)
    }
    var trainer = try Trainer.quick("region", "logistic-regression", .multiLabel)
    trainer.thresholdObjective = .fixed(0.05)
    trainer.needsEvidence = true
    let model = try trainer.train(documents).model
    var below = 0
    for body in ["fjord ski", "palm", "number3", "fjord palm", "ski palm", "ski number1 palm", "number5 fjord palm"] {
      let given = Set(model.tag(Document(body: body)).tags.map(\.label.path))
      for path in given where path.contains("/") {
        below += 1
        #expect(given.contains(String(path.prefix { $0 != "/" })), "\(body): \(given)")
      }
    }
    #expect(below > 0)
  }

  @Test func coverageOfSentencesIsThatOfAll() throws {
    var trainer = try Trainer.quick("sentiment")
    trainer.unit = .sentence
    trainer.settings["ngrams"] = "1"
    trainer.minimumCoverage = 0.5
    let model = try trainer.train(SentenceModelTests.sentences(90)).model
    let known = "People praised the old river near the new city."
    let unknown = "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich."
    #expect(model.tag(Document(body: known)).withheld == nil)
    #expect(model.tag(Document(body: "\(known) \(unknown)")).withheld?.contains("a share below 0.5") == true)
    #expect(model.tag(Document(body: "\(known) \(known) Zwölf Boxkämpfer.")).withheld == nil)
  }

  /// Names of places are known, whether words or not; what tone says of a text is not.
  @Test func featuresOfNamesAreKnown() throws {
    func model(_ extractor: String) throws -> Model {
      var trainer = try Trainer.quick("topic")
      trainer.settings["ngrams"] = "1"
      trainer.minimumCoverage = 0.5
      let vectorizers = VectorizerRegistry.standard()
      trainer.vectorizer = try vectorizers.extended(vectorizers.first, by: [extractor])
      return try trainer.train(LabelledDocuments(Samples.exclusive(90))).model
    }
    let (foreign, withPlace) = ("nurse zwo drei vier fünf", "nurse zwo drei in Norway")
    let (places, tone) = (try model("places"), try model("tone"))
    #expect(
      places.tag(Document(body: foreign)).withheld != nil && places.tag(Document(body: withPlace)).withheld == nil)
    #expect(tone.tag(Document(body: foreign)).withheld != nil && tone.tag(Document(body: withPlace)).withheld != nil)
    #expect(places.tag(Document(body: "Oslo")).withheld?.contains("terms of the text") != true)
  }

  private func model(_ kind: Domain.Kind) throws -> Model {
    var trainer = try Trainer.quick("topic", "logistic-regression", kind)
    trainer.thresholdObjective = .fixed(0.01)
    trainer.needsEvidence = true
    let samples = kind == .exclusive ? Samples.exclusive(90) : Samples.multiLabel(90)
    return try trainer.train(LabelledDocuments(samples)).model
  }

  /// The labels that follow from probabilities, of which all but one are those of an empty text.
  @Test(arguments: [(1.05, false), (1.45, false), (1.55, true), (4, true)])
  func evidenceIsMoreThanAHair(ratio: Double, isEnough: Bool) throws {
    let model = try model(.multiLabel)
    for label in model.priors.indices {
      let odds = ratio * model.priors[label] / (1 - model.priors[label])
      var probabilities = model.priors
      probabilities[label] = odds / (1 + odds)
      #expect(model.spokenFor(Array(model.priors.indices), probabilities) == (isEnough ? [label] : []))
    }
  }

  @Test func exclusiveLabelsNeedEvidenceToo() throws {
    let model = try model(.exclusive)
    var (hair, more) = (0, 0)
    for body in ["city", "people", "week", "year", "said", "near", "new", "old", "street", "river", "judge", "nurse"] {
      var scratch = ModelScratch(model)
      let batch = batch([body])
      _ = model.computeProbabilities(of: batch.records[0], in: batch.bytes.span, scratch: &scratch)
      let best = model.mostProbable(scratch.probabilities)
      func odds(_ probability: Double) -> Double { probability / (1 - probability) }
      let isEnough = odds(scratch.probabilities[best]) > 1.5 * odds(model.priors[best])
      if isEnough { more += 1 } else if scratch.probabilities[best] > model.priors[best] { hair += 1 }
      let tagging = model.tag(batch.document(at: 0))
      #expect(tagging.tags.isEmpty == !isEnough, "\(body)")
      #expect(isEnough || tagging.withheld?.contains("hardly anything in the text speaks") == true, "\(body)")
    }
    #expect(hair > 0 && more > 0)
  }

  /// Where no label reaches its threshold, one that the text speaks for comes before one that needs no text to be as
  /// probable.
  @Test func whatIsGivenBelowAllThresholds() throws {
    var trainer = try Trainer.quick("topic", "logistic-regression", .multiLabel)
    trainer.thresholdObjective = .fixed(0.999)
    trainer.needsEvidence = true
    trainer.minimumProbability = 0.1
    var documents = LabelledDocuments()
    for number in 0..<60 {
      let (word, label) =
        number % 6 == 0 ? ("judge", "law") : number % 6 == 1 ? ("coach", "sport") : ("nurse", "health")
      documents.append(Document(id: "\(number)", body: "\(word) number\(number % 7)"), labels: [label])
    }
    let model = try trainer.train(documents).model
    let usual = model.priors[0]
    try #require(usual > 0.12 && usual < 0.6 && max(model.priors[1], model.priors[2]) < usual / 3)
    #expect(model.decide([usual, 0.97 * usual, 0.01]) == [1])
    #expect(model.decide([usual, 0.96 * usual, 0.98 * usual]) == [2], "the most probable of those")
    #expect(model.decide([usual, 0.9 * usual, 0.01]) == [0], "too far below the most probable one")
    #expect(model.decide([0.01, 0.6, 0.59]) == [1], "the most probable one is spoken for itself")
    #expect(model.decide([0.102, 0.098, 0.01]) == [0], "the second is below the minimum")
    #expect(model.decide([0.05, 0.02, 0.01]) == [])
  }

  /// What `evaluate` counts as given is what a document gets.
  @Test func evaluationAsksForEvidenceToo() throws {
    let model = try model(.multiLabel)
    let samples = Samples.multiLabel(60, seed: 21)
    let counts = try model.evaluate(LabelledDocuments(samples), workers: WorkerPool(threads: 2))
    let given = samples.reduce(0) { $0 + model.tag($1.document).tags.count }
    let evaluation = Evaluation(counts, seconds: 0)
    let counted = evaluation.labels.reduce(0) { $0 + $1.truePositives + $1.falsePositives }
    #expect(counted == given && given < 3 * samples.count)
  }

  @Test func minimumProbability() throws {
    let model = try Trainer.quick().train(LabelledDocuments(Samples.exclusive(90))).model
    // As much of one label as of another.
    let document = Document(id: "7", body: "nurse vaccine ward judge verdict jury")
    let free = try #require(model.tag(document).tags.first)
    try #require(free.probability < 1)
    let minimum = (free.probability + 1) / 2
    let tagged = try Tagger([model], minimumProbability: minimum).tag(document)
    let tagging = try #require(tagged[facet: "topic"])
    #expect(tagging.tags == [])
    let reason = try #require(tagging.withheld)
    #expect(reason.contains("\"\(free.label)\"") && reason.contains("below \(minimum)"))
    // Rounded, but never so that it looks like enough.
    let numbers = reason.split { " ,".contains($0) }.compactMap { Double($0) }
    #expect(numbers.contains { $0 < minimum && ($0 - free.probability).magnitude < 0.01 })
    #expect(tagged.json["tags"] == .object([]))
    #expect(tagged.json["withheld"]?["topic"] == .string(reason))
    // At exactly its probability a label is given.
    let exact = try Tagger([model], minimumProbability: free.probability).tag(document)
    #expect(exact[facet: "topic"]?.tags == [free])
  }

  @Test(arguments: ReproducibilityTests.plugins)
  func labelsAreGivenFromTheirThresholdsOn(plugin: String) throws {
    let trainer = try Trainer.quick("topic", plugin, .multiLabel)
    let model = try trainer.train(LabelledDocuments(Samples.multiLabel(150))).model
    let thresholds = try #require(model.manifest.thresholds).values
    #expect(thresholds.count == 3 && thresholds.allSatisfy { (0...1).contains($0) })
    var scratch = ModelScratch(model)
    var right = 0
    for (document, labels) in Samples.multiLabel(90, seed: 11) {
      var batch = DocumentBatch()
      batch.append(document)
      _ = model.computeProbabilities(of: batch.records[0], in: batch.bytes.span, scratch: &scratch)
      let tagging = model.tag(document)
      let given = Set(tagging.tags.map(\.label))
      for (number, label) in model.domain.labels.enumerated() {
        #expect(given.contains(label) == (scratch.probabilities[number] >= thresholds[number]))
      }
      #expect(tagging.tags.map(\.probability) == tagging.tags.map(\.probability).sorted(by: >))
      #expect((tagging.withheld == nil) == !tagging.tags.isEmpty)
      if labels.isEmpty, let reason = tagging.withheld { #expect(reason.contains("no label reaches its threshold")) }
      right += given.map(\.path).sorted() == labels ? 1 : 0
    }
    #expect(right >= 81)
  }

  @Test func minimumProbabilityOfSeveralLabels() throws {
    let model = try Trainer.quick("topic", "logistic-regression", .multiLabel).train(
      LabelledDocuments(Samples.multiLabel(150))
    ).model
    let document = Document(body: "nurse vaccine ward clinic judge verdict jury bail week")
    let tags = model.tag(document).tags
    try #require(tags.count == 2)
    let least = min(tags[0].probability, tags[1].probability)
    let most = max(tags[0].probability, tags[1].probability)
    try #require(least < most && most < 1)
    let half = try Tagger([model], minimumProbability: most).tag(document)
    #expect(half[facet: "topic"]?.tags.map(\.probability) == [most])
    let more = (most + 1) / 2
    let none = try Tagger([model], minimumProbability: more).tag(document)
    #expect(none[facet: "topic"]?.tags == [])
    #expect(none[facet: "topic"]?.withheld?.contains("no label reaches \(more)") == true)
  }
}
