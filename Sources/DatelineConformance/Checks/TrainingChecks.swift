import DatelineCore
import DatelineParallel
import DatelineVectors

extension Conformance {
  /// What a training gives.
  static let trainingChecks = [
    Check("learns", "documents whose labels have words of their own are told apart") {
      let (samples, others) = (Samples.make($0.seed), Samples.make($0.seed &+ 1))
      let found = try $0.decisions(for: others.matrix, by: $0.train(samples.set()))
      let right = agreement(found, others.targets.map { $0[0] })
      try expect(right >= 0.9, "at least 90 % of new documents right", found: "\(right)")
    },
    Check("shape", "a model has the set's features and labels") {
      let set = try Samples.make($0.seed).set()
      let model = try $0.train(set)
      try expect(
        model.featureCount == set.features.columnCount && model.labelCount == set.domain.count,
        "\(set.features.columnCount) features and \(set.domain.count) labels",
        found: "\(model.featureCount) and \(model.labelCount)")
    },
    Check("training-set-untouched", "a training leaves the documents, their labels and their weights as they were") {
      var samples = Samples.make($0.seed) { $0.documentCount = 60 }
      samples.weights = samples.rows.indices.map { 1 + Double($0 % 3) }
      let (set, copy) = (try samples.set(), try samples.set())
      _ = try $0.train(set)
      try expect(set.features == copy.features, "the same features after the training", found: "others")
      try expect(set.targets == copy.targets, "the same labels after the training", found: "others")
      try expect(set.weights == copy.weights, "the same weights after the training", found: "others")
    },
    Check("trainings-at-once", "four trainings at once, as of folds, give the bytes that one alone gives") {
      let (subject, set) = ($0, try Samples.make($0.seed).set())
      let alone = try $0.bytes(of: $0.train(set))
      let found = WorkerPool(threads: 4).map(8) { _ in try? subject.bytes(of: subject.train(set, threads: 1)) }
      try expect(found.allSatisfy { $0 == alone }, "the bytes of one training alone", found: "others, or an error")
    },
    Check("figures", "what is reported has names of its own, and numbers that a file can hold") {
      let context = TrainingContext(workers: WorkerPool(threads: 2), seed: $0.seed)
      let set = try Samples.make($0.seed).set()
      let figures = try $0.plugin.train(set, parameters: $0.parameters(), context: context).report.figures
      let names = figures.map(\.name)
      try expect(Set(names).count == names.count && !names.contains(""), "a name for each figure", found: "\(names)")
      for figure in figures {
        if let number = figure.value.number {
          try expect(number.isFinite, "a number for \(figure.name)", found: "\(number)")
        }
      }
    },
    Check("same-training-same-bytes", "the same training twice gives the same bytes") {
      for kind in kinds($0) {
        let set = try Samples.make($0.seed) { $0.kind = kind }.set()
        let (first, second) = (try $0.bytes(of: $0.train(set)), try $0.bytes(of: $0.train(set)))
        try expect(first == second, "the same bytes, \(kind.rawValue)", found: "others")
      }
    },
    Check("thread-count-same-bytes", "1, 2 and 7 threads give the same bytes") {
      for kind in kinds($0) {
        let set = try Samples.make($0.seed) { $0.kind = kind }.set()
        let one = try $0.bytes(of: $0.train(set, threads: 1))
        for threads in [2, 7] {
          try expect(
            try $0.bytes(of: $0.train(set, threads: threads)) == one, "the bytes of one thread with \(threads)",
            found: "others")
        }
      }
    },
    Check("renamed-labels", "labels in another order are decided alike") {
      let samples = Samples.make($0.seed)
      var renamed = samples
      renamed.renaming = [2, 0, 3, 1]
      let others = Samples.make($0.seed &+ 1).matrix
      let first = try $0.decisions(for: others, by: $0.train(samples.set())).map { [2, 0, 3, 1][$0] }
      let second = try $0.decisions(for: others, by: $0.train(renamed.set()))
      let same = agreement(first, second)
      try expect(same >= 0.9, "at least 90 % of the decisions alike", found: "\(same)")
    },
    Check("weights-count", "weights of documents change what is learnt") {
      let samples = Samples.make($0.seed)
      var weighted = samples
      weighted.weights = samples.rows.indices.map { $0 % 3 == 0 ? 5 : 0.5 }
      let first = try $0.scores(of: samples.matrix, by: $0.train(samples.set()))
      let second = try $0.scores(of: samples.matrix, by: $0.train(weighted.set()))
      try expect(
        zip(first, second).contains { ($0 - $1).magnitude > 1e-6 * max(1, $0.magnitude) },
        "other scores with weights from 0.5 to 5", found: "the same scores")
    },
    Check("weight-two-is-the-document-twice", "a document of weight 2 counts as two of weight 1") {
      let samples = Samples.make($0.seed)
      var weighted = samples
      weighted.weights = samples.rows.indices.map { $0 % 2 == 0 ? 2 : 1 }
      let twice = samples.selecting(samples.rows.indices.flatMap { $0 % 2 == 0 ? [$0, $0] : [$0] })
      let others = Samples.make($0.seed &+ 1).matrix
      let first = try $0.decisions(for: others, by: $0.train(weighted.set()))
      let second = try $0.decisions(for: others, by: $0.train(twice.set()))
      let same = agreement(first, second)
      try expect(same >= 0.9, "at least 90 % of the decisions alike", found: "\(same)")
    },
    Check("multi-label", "labels that do not exclude each other are learnt, or refused by families that cannot") {
      let samples = Samples.make($0.seed) { $0.kind = .multiLabel }
      guard $0.description.capabilities.contains(.multiLabel) else {
        let subject = $0
        return try expectRefusal("a multi-label set", [.usage]) { _ = try subject.train(samples.set()) }
      }
      let model = try $0.train(samples.set())
      let scores = try $0.scores(of: samples.matrix, by: model)
      // The scores of documents with a label, beside those without.
      var (above, pairs) = (0, 0)
      for label in 0..<4 {
        let with = samples.targets.indices.filter { samples.targets[$0].contains(label) }
        let without = samples.targets.indices.filter { !samples.targets[$0].contains(label) }
        for document in with {
          for other in without {
            pairs += 1
            if scores[document * 4 + label] > scores[other * 4 + label] { above += 1 }
          }
        }
      }
      let share = Double(above) / Double(pairs)
      try expect(
        share >= 0.9, "documents with a label score higher for it than those without, in 90 %", found: "\(share)")
    },
  ]

  /// The kinds of label sets that a family learns.
  static func kinds(_ subject: Subject) -> [Domain.Kind] {
    subject.description.capabilities.contains(.multiLabel) ? [.exclusive, .multiLabel] : [.exclusive]
  }
}
