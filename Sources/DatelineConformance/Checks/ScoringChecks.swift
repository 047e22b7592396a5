import DatelineCore
import DatelineParallel
import DatelineVectors
import Glibc

extension Conformance {
  /// What a model says of documents.
  static let scoringChecks = [
    Check("order-of-documents", "a document's scores do not depend on those that were scored before it") {
      let samples = Samples.make($0.seed)
      let model = try $0.train(samples.set())
      let count = model.labelCount
      let forwards = try $0.scores(of: samples.matrix, by: model)
      let backwards = try $0.scores(of: samples.selecting(samples.rows.indices.reversed()).matrix, by: model)
      for row in samples.rows.indices {
        let (first, second) = (row * count, (samples.rows.count - 1 - row) * count)
        try expect(
          same(forwards[first..<first + count], backwards[second..<second + count]),
          "the same scores of document \(row) in any order", found: "others")
      }
    },
    Check("one-row-and-batch", "a matrix scores as its rows do one by one, to the bit") {
      let samples = Samples.make($0.seed)
      let model = try $0.train(samples.set())
      let alone = try $0.scores(of: samples.matrix, by: model)
      guard let batch = model as? any BatchClassifier else {
        return try expect(
          same(alone[...], try $0.scores(of: samples.matrix, by: model)[...]), "the same scores again", found: "others")
      }
      var together = [Double](repeating: .nan, count: alone.count)
      var span = together.mutableSpan
      batch.score(samples.matrix, into: &span)
      try model.checkForFailure()
      try expect(same(alone[...], together[...]), "the scores of the rows", found: "others")
    },
    Check("any-order", "where features need no order, scores do not depend on it, but for rounding") {
      let samples = Samples.make($0.seed)
      let model = try $0.train(samples.set())
      if model.needsOrder { throw Failure.skip("features have to ascend") }
      for row in samples.rows {
        let scores = model.scores(indices: row.indices, values: row.values)
        // The features of candidates stay behind the words.
        let words = row.indices.count { $0 < samples.wordCount }
        let backwards = model.scores(
          indices: row.indices[..<words].reversed() + row.indices[words...],
          values: row.values[..<words].reversed() + row.values[words...])
        let size = scores.reduce(1) { $0 + $1.magnitude }
        try expect(
          zip(scores, backwards).allSatisfy { ($0 - $1).magnitude <= 1e-9 * size }, "\(scores)", found: "\(backwards)")
      }
    },
    Check("threads-score-alike", "four threads that use a model at once get the scores that one gets") {
      let samples = Samples.make($0.seed)
      let model = try $0.train(samples.set())
      let (rows, subject) = (samples.matrix, $0)
      let alone = try $0.scores(of: rows, by: model)
      let found = WorkerPool(threads: 4).map(8) { _ in try? subject.scores(of: rows, by: model) }
      for scores in found {
        try expect(scores.map { same($0[...], alone[...]) } ?? false, "the scores of one thread", found: "others")
      }
    },
    Check("probabilities", "scores make probabilities in 0...1 that sum to 1, in the order of the scores") {
      let samples = Samples.make($0.seed)
      let scores = try $0.scores(of: samples.matrix, by: $0.train(samples.set()))
      for row in samples.rows.indices {
        let own = scores[row * 4..<(row + 1) * 4]
        let largest = own.max() ?? 0
        let powers = own.map { exp($0 - largest) }
        let total = powers.reduce(0, +)
        let probabilities = powers.map { $0 / total }
        try expect(
          probabilities.allSatisfy { (0...1).contains($0) } && (probabilities.reduce(0, +) - 1).magnitude < 1e-9,
          "probabilities of document \(row) from its scores", found: "scores \(Array(own))")
        for (first, second) in zip(own.indices, own.indices.dropFirst()) where own[first] < own[second] {
          try expect(
            probabilities[first - own.startIndex] <= probabilities[second - own.startIndex],
            "the order of the scores", found: "another")
        }
      }
    },
    Check("probabilistic", "where scores are said to make probabilities by themselves, these are better than chance") {
      guard $0.description.capabilities.contains(.probabilistic) else {
        throw Failure.skip("scores make probabilities only when they are calibrated")
      }
      let (samples, others) = (Samples.make($0.seed), Samples.make($0.seed &+ 1))
      let scores = try $0.scores(of: others.matrix, by: $0.train(samples.set()))
      var loss = 0.0
      for row in others.rows.indices {
        let own = scores[row * 4..<(row + 1) * 4]
        loss += logSumExp(Array(own).span, 0..<4) - scores[row * 4 + others.targets[row][0]]
      }
      loss /= Double(others.rows.count)
      let chance = log(4.0)
      try expect(loss < chance, "a log loss below that of chance, \(chance)", found: "\(loss)")
    },
    Check("contributions", "a constant and one contribution a feature add up to the score") {
      guard $0.description.capabilities.contains(.linear) else { throw Failure.skip("scores are no sums") }
      for kind in kinds($0) {
        let samples = Samples.make($0.seed) { $0.kind = kind }
        let trained = try $0.train(samples.set())
        guard let model = trained as? any AdditiveClassifier else {
          throw Failure(expected: "a model with contributions, as the capability says", found: "one without")
        }
        for row in samples.rows.prefix(20) {
          let scores = model.scores(indices: row.indices, values: row.values)
          for label in scores.indices {
            let parts =
              [model.constant(label: label)]
              + zip(row.indices, row.values).map { feature, value in
                model.contribution(feature: Int(feature), value: value, label: label)
              }
            // Some families add in single precision.
            let (sum, size) = (parts.reduce(0, +), parts.reduce(1) { $0 + $1.magnitude })
            try expect((sum - scores[label]).magnitude <= 1e-5 * size, "\(scores[label])", found: "a sum of \(sum)")
          }
        }
        try model.checkForFailure()
      }
    },
  ]

  /// Whether numbers are equal to the bit.
  static func same(_ first: ArraySlice<Double>, _ second: ArraySlice<Double>) -> Bool {
    first.elementsEqual(second) { $0.bitPattern == $1.bitPattern }
  }
}
