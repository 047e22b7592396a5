import Dateline
import Synchronization
import Testing

@Suite("What cannot be trained, loaded or asked for is refused with a reason")
struct FailureTests {
  @Test func oneLabelOnly() throws {
    let trainer = try Trainer.quick()
    let samples = Samples.exclusive(30).map { ($0.document, ["sport"]) }
    let error = failure { () throws(DatelineError) in try trainer.train(LabelledDocuments(samples)) }
    #expect(error.code == .invalidData)
    #expect(error.message.contains("all 30 documents have the label \"sport\""))
  }

  @Test func noDocuments() throws {
    let trainer = try Trainer.quick()
    let error = failure { () throws(DatelineError) in try trainer.train(LabelledDocuments()) }
    #expect(error.code == .invalidData && error.message.contains("no labelled documents"))
    let model = try trainer.train(LabelledDocuments(Samples.exclusive(30))).model
    let nothing = failure { () throws(DatelineError) in
      try model.evaluate(LabelledDocuments(), workers: WorkerPool(threads: 1))
    }
    #expect(nothing.code == .invalidData && nothing.message.contains("no labelled documents"))
  }

  @Test func noLabelOrTwoWhereLabelsExcludeEachOther() throws {
    let trainer = try Trainer.quick()
    for (labels, words) in [([], "without a label"), (["health", "law"], "2 labels")] {
      var samples = Samples.exclusive(30)
      samples[17].labels = labels
      let error = failure { () throws(DatelineError) in try trainer.train(LabelledDocuments(samples)) }
      #expect(error.code == .invalidData && error.message.contains(words))
    }
  }

  @Test func labelThatTheModelDoesNotKnowCountsAsWrong() throws {
    let model = try Trainer.quick().train(LabelledDocuments(Samples.exclusive(90))).model
    var samples = Samples.exclusive(30, seed: 12)
    samples[0].labels = ["weather"]
    samples[1].labels = ["weather"]
    let counts = try model.evaluate(LabelledDocuments(samples), workers: WorkerPool(threads: 2))
    let evaluation = Evaluation(counts, seconds: 0)
    #expect(evaluation.documents == 30)
    #expect(evaluation.documentsWithUntrainedLabels == 2)
    #expect(evaluation.accuracy == 28.0 / 30)
    let unknown = try #require(evaluation.labels.first { $0.label.path == "weather" })
    #expect(!unknown.trained && unknown.support == 2 && unknown.truePositives == 0)
  }

  @Test(arguments: ReproducibilityTests.plugins)
  func everythingThatIsWrongWithSettingsIsInOneMessage(plugin: String) throws {
    let settings = ["colour": "red", "C": "-1", "alpha": "-2", "ngrams": "3-1", "min-df": "0", "tolerance": "x"]
    let trainer = try Trainer(facet: "topic", plugin: plugin, settings: settings)
    let error = failure { () throws(DatelineError) in try trainer.train(LabelledDocuments(Samples.exclusive(30))) }
    #expect(error.code == .usage)
    for name in settings.keys { #expect(error.message.contains(name), "\(name)") }
    // The parameters that there are.
    #expect(error.message.contains(plugin == "naive-bayes" ? "variant" : "max-iterations"))
    #expect(error.message.contains("char-ngrams"))
  }

  @Test func namesThatAreNotThere() throws {
    let plugin = failure { () throws(DatelineError) in try Trainer(facet: "topic", plugin: "oracle") }
    #expect(plugin.code == .usage && plugin.message.contains("oracle") && plugin.message.contains("naive-bayes"))
    let facet = failure { () throws(DatelineError) in try Trainer(facet: "to pic") }
    #expect(facet.code == .usage)
    let folder = try TemporaryFolder()
    let path = folder.path + "/none.dateline"
    let file = failure { () throws(DatelineError) in try Model(contentsOf: path) }
    #expect(file.code == .missingInput && file.location?.file == path)
  }

  @Test func taggersThatMakeNoSense() throws {
    let model = try Trainer.quick().train(LabelledDocuments(Samples.exclusive(30))).model
    #expect(failure { () throws(DatelineError) in try Tagger([]) }.code == .usage)
    #expect(failure { () throws(DatelineError) in try Tagger([model, model]) }.code == .usage)
    for probability in [-0.1, 1.1, .nan] {
      #expect(
        failure { () throws(DatelineError) in try Tagger([model], minimumProbability: probability) }.code == .usage)
    }
  }

  @Test(arguments: ReproducibilityTests.plugins)
  func trainingStopsWhenProgressSaysSo(plugin: String) throws {
    // How often it is told, when nobody stops it.
    let told = Mutex(0)
    var trainer = try Trainer.quick("topic", plugin, searches: true)
    trainer.progress = { _, _ in
      told.withLock { $0 += 1 }
      return true
    }
    _ = try trainer.train(LabelledDocuments(Samples.exclusive(60)))
    let total = told.withLock { $0 }
    #expect(total >= 2)
    for stop in Set([1, total / 2, total - 1]) where stop > 0 {
      let count = Mutex(0)
      trainer.progress = { _, _ in
        count.withLock { count in
          count += 1
          return count < stop
        }
      }
      let folder = try TemporaryFolder()
      let error = failure { () throws(DatelineError) in
        try trainer.train(LabelledDocuments(Samples.exclusive(60))).model.write(to: folder.path + "/a.dateline")
      }
      #expect(error.code == .cancelled, "stopped at \(stop) of \(total)")
      #expect(try folder.contents == [])
    }
  }

  @Test func progressGoesForward() throws {
    let fractions = Mutex<[Double]>([])
    var trainer = try Trainer.quick(searches: true, threads: 1)
    trainer.progress = { fraction, words in
      if let fraction { fractions.withLock { $0.append(fraction) } }
      return !words.isEmpty
    }
    _ = try trainer.train(LabelledDocuments(Samples.exclusive(60)))
    let all = fractions.withLock { $0 }
    #expect(all.count > 5 && all.allSatisfy { (0...1).contains($0) })
  }
}
