import Dateline
import Foundation
import Testing

/// Constants and contributions against the scores they explain, and places against the text.
@Suite struct ExplanationTests {
  static let families = ["logistic-regression", "naive-bayes"]

  private func check(_ model: Model, _ document: Document, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let all = try model.explain(document, labels: model.domain.labels)
    #expect(all.map(\.label) == model.domain.labels, sourceLocation: sourceLocation)
    for explanation in all {
      let sum = explanation.terms.reduce(explanation.constant) { $0 + $1.contribution }
      #expect((sum - explanation.score).magnitude < 1e-9, sourceLocation: sourceLocation)
      for term in explanation.terms {
        #expect(!term.places.isEmpty && !term.words.isEmpty, sourceLocation: sourceLocation)
        for place in term.places {
          let text = Array((place.field == .title ? document.title : document.body).utf8)
          let words = String(decoding: text[place.bytes], as: UTF8.self).lowercased()
          #expect(
            term.words.contains(words.split(whereSeparator: \.isWhitespace).joined(separator: " ")), "\(words)",
            sourceLocation: sourceLocation)
        }
      }
      let sizes = explanation.terms.map(\.contribution.magnitude)
      #expect(sizes == sizes.sorted(by: >), sourceLocation: sourceLocation)
    }
    guard model.domain.kind == .exclusive else {
      // The scores are the log-odds themselves.
      if model.manifest.calibrator == .none(kind: .multiLabel, labelCount: model.domain.count) {
        for explanation in all {
          let odds = log(explanation.probability / (1 - explanation.probability))
          #expect((odds - explanation.score).magnitude < 1e-6, sourceLocation: sourceLocation)
        }
      }
      return
    }
    // Uncalibrated probabilities are the softmax of the scores, which does not mind a common number.
    let powers = all.map { exp($0.score) }
    for (explanation, power) in zip(all, powers) where model.manifest.calibrator.json["method"]?.string == "none" {
      #expect((explanation.probability - power / powers.reduce(0, +)).magnitude < 1e-9, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: families, ["exact", "hashed"]) func contributionsAddUp(plugin: String, vocabulary: String) throws {
    for kind in [Domain.Kind.exclusive, .multiLabel] {
      var trainer = try Trainer.quick("topic", plugin, kind)
      trainer.calibration = .none
      trainer.settings["ngrams"] = "1-2"
      trainer.settings["vocabulary"] = vocabulary
      trainer.settings["hash-bits"] = "8"
      let samples = kind == .exclusive ? Samples.exclusive(60) : Samples.multiLabel(60)
      let model = try trainer.train(LabelledDocuments(samples)).model
      for sample in samples.prefix(10) { try check(model, sample.document) }
      try check(model, Document(body: "Unbekannte Wörter, größer als alles"))
      try check(model, Document(body: ""))
    }
  }

  @Test func twoLabelsThatShareAColumn() throws {
    var trainer = try Trainer.quick()
    trainer.calibration = .none
    let samples = Samples.exclusive(60).filter { $0.labels != Samples.exclusive(1)[0].labels }
    let model = try trainer.train(LabelledDocuments(samples)).model
    try #require(model.domain.count == 2)
    for sample in samples.prefix(5) { try check(model, sample.document) }
  }

  /// The words of a small hashed vocabulary that share a feature are all named.
  @Test func sharedFeaturesNameAllTheirWords() throws {
    var trainer = try Trainer.quick()
    trainer.settings["vocabulary"] = "hashed"
    trainer.settings["hash-bits"] = "8"
    let model = try trainer.train(LabelledDocuments(Samples.exclusive(60))).model
    let words = (0..<400).map { "word\($0)" }
    let explanations = try model.explain(Document(body: words.joined(separator: " ")))
    let explanation = try #require(explanations.first)
    #expect(explanation.terms.count <= 256)
    #expect(explanation.terms.flatMap(\.words).sorted() == words.sorted())
    #expect(explanation.terms.contains { $0.words.count > 1 })
  }

  @Test func titleAndCharacters() throws {
    var trainer = try Trainer.quick()
    trainer.calibration = .none
    for (key, value) in ["fields": "separate", "char-ngrams": "2-3", "title-weight": "2", "min-df": "1"] {
      trainer.settings[key] = value
    }
    let samples = Samples.exclusive(30)
    let model = try trainer.train(LabelledDocuments(samples)).model
    let explanations = try model.explain(samples[0].document)
    let explanation = try #require(explanations.first)
    let places = explanation.terms.flatMap(\.places)
    #expect(Set(places.map(\.field)) == [.title, .body])
    let sum = explanation.terms.reduce(explanation.constant) { $0 + $1.contribution }
    #expect((sum - explanation.score).magnitude < 1e-9)
    // Characters are named by their word.
    #expect(explanation.terms.allSatisfy { !$0.words.isEmpty })
  }

  @Test func unknownLabelsAreRefused() throws {
    let model = try Trainer.quick().train(LabelledDocuments(Samples.exclusive(30))).model
    #expect(throws: DatelineError.self) { try model.explain(Document(body: "x"), labels: [Label("nowhere")]) }
  }

  /// A label above others is their mean, weighted by how probable they are; and what classify says is explained.
  @Test func labelsAboveOthers() throws {
    let model = try Trainer.quick("region").train(LabelledDocuments(Samples.hierarchical(180))).model
    for (document, _) in Samples.hierarchical(20, seed: 5) {
      let leaves = try model.explain(document, labels: model.domain.labels)
      let europe = try #require(model.explain(document, labels: [Label("Europe")]).first)
      let below = leaves.filter { $0.label.path.hasPrefix("Europe/") }
      let total = below.reduce(0) { $0 + $1.probability }
      let mean = below.reduce(0) { $0 + $1.probability / total * $1.score }
      #expect((europe.score - mean).magnitude < 1e-9 && (europe.probability - total).magnitude < 1e-9)
      let sum = europe.terms.reduce(europe.constant) { $0 + $1.contribution }
      #expect((europe.score - sum).magnitude < 1e-9)
      #expect(try model.explain(document).map(\.label) == model.tag(document).tags.map(\.label))
    }
  }
}
