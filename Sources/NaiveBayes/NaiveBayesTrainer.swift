import DatelineCore
import DatelineParallel
import DatelineVectors
import Glibc

/// Turns counts into a linear classifier.
struct NaiveBayesTrainer: Sendable {
  let parameters: NaiveBayesParameters
  let workers: WorkerPool

  /// The model of the form that suits the counts, unless one is asked for.
  func model(_ counts: FeatureCounts, kind: Domain.Kind, form: WeightForm? = nil) -> NaiveBayesModel {
    let totals = LabelTotals(counts, kind: kind, scales: labelScales(counts, kind: kind))
    let linear: any PresenceClassifier =
      switch form ?? self.form(for: counts, kind: kind) {
      case .dense: dense(counts, totals, kind: kind)
      case .sparse: sparse(counts, totals, kind: kind, bias: priors(counts, kind: kind))
      }
    return NaiveBayesModel(linear: linear, counts: counts, binarizes: parameters.variant == .bernoulli)
  }

  private func dense(_ counts: FeatureCounts, _ totals: LabelTotals, kind: Domain.Kind) -> LinearClassifier {
    let labels = counts.labelCount
    let bounds = WorkerPool.bounds(count: counts.featureCount, size: 1 << 11)
    let pieces = workers.map(bounds.count - 1) { piece in
      weights(of: bounds[piece]..<bounds[piece + 1], counts, totals, kind: kind)
    }
    var bias = priors(counts, kind: kind)
    for piece in pieces {
      for label in 0..<labels { bias[label] += piece.absent[label] }
    }
    var columns = pieces.flatMap(\.weights)
    if normalizes(kind) { normalize(&columns, labelCount: labels) }
    return LinearClassifier(
      labelCount: labels, weights: LinearWeights(SharedBuffer(columns), columnCount: labels), bias: bias)
  }

  /// Whether the weights of each label are divided by their mean size. Log odds of labels that do not exclude each other
  /// are on one scale already.
  func normalizes(_ kind: Domain.Kind) -> Bool {
    parameters.variant == .complement && parameters.normalizesWeights && kind == .exclusive
  }

  /// The weights of some features, and what their absence adds to the constant of each label.
  private struct Piece: Sendable {
    var weights: [Float]
    var absent: [Double]
  }

  private func weights(
    of features: Range<Int>, _ counts: FeatureCounts, _ totals: LabelTotals, kind: Domain.Kind
  ) -> Piece {
    let labels = counts.labelCount
    var piece = Piece(weights: [], absent: Array(repeating: 0, count: labels))
    piece.weights.reserveCapacity(features.count * labels)
    let smoothing = smoothing(counts)
    let model = eventModel
    var inside = piece.absent
    for feature in features {
      let all = totals.gather(counts, feature, into: &inside)
      for label in 0..<labels {
        let events = totals.events(label, inside: inside[label], all: all)
        piece.weights.append(Float(model.weight(events, smoothing, kind)))
        piece.absent[label] += model.absence(events, smoothing, kind)
      }
    }
    return piece
  }

  /// Divides the weights of each label by their mean size: Rennie et al. 2003, section 3.2, times the number of
  /// features, so that scores keep a size that does not depend on it.
  private func normalize(_ weights: inout [Float], labelCount: Int) {
    var sizes = [Double](repeating: 0, count: labelCount)
    for index in weights.indices { sizes[index % labelCount] += Double(abs(weights[index])) }
    let features = Double(weights.count / labelCount)
    let factors = sizes.map { $0 > 0 ? features / $0 : 1 }
    for index in weights.indices { weights[index] = Float(Double(weights[index]) * factors[index % labelCount]) }
  }

  func smoothing(_ counts: FeatureCounts) -> Smoothing {
    Smoothing(alpha: parameters.alpha, features: Double(counts.featureCount))
  }

  var eventModel: EventModel {
    switch parameters.variant {
    case .complement: .complement
    case .multinomial: .multinomial
    case .bernoulli: .bernoulli
    }
  }

  /// How much the counts of each exclusive label count.
  private func labelScales(_ counts: FeatureCounts, kind: Domain.Kind) -> [Double] {
    if kind == .multiLabel || parameters.classWeight == .none { return Array(repeating: 1, count: counts.labelCount) }
    let exponent = parameters.classWeight == .sqrt ? 0.5 : 1
    let mean = counts.documentsOfLabel.reduce(0, +) / Double(counts.labelCount)
    return counts.documentsOfLabel.map { $0 > 0 ? pow(mean / $0, exponent) : 1 }
  }

  private func priors(_ counts: FeatureCounts, kind: Domain.Kind) -> [Double] {
    counts.documentsOfLabel.map { documents in
      switch (parameters.classPrior, kind) {
      case (.uniform, _): 0
      case (.empirical, .multiLabel): log((documents + 0.5) / (counts.documents - documents + 0.5))
      // As Rennie et al. have it, the complement variant decides by the terms alone.
      case (.empirical, .exclusive) where parameters.variant == .complement: 0
      case (.empirical, .exclusive): log((documents + 1e-9) / (counts.documents + 1e-9))
      }
    }
  }
}
