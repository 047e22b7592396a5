import DatelineCore
import Glibc

/// The sums of one feature with a label and without it, and the same over all features: all that a variant looks at.
struct EventCounts {
  /// The feature's sum over the label's documents.
  var inside: Double
  /// The feature's sum over the other documents.
  var outside: Double
  /// The sum of all features over the label's documents.
  var insideTotal: Double
  /// The sum of all features over the other documents.
  var outsideTotal: Double
  /// The weight of the label's documents.
  var insideDocuments: Double
  /// The weight of the other documents.
  var outsideDocuments: Double
}

/// What is added to every count, so that nothing is impossible.
struct Smoothing {
  /// What is added to each feature's sum.
  let alpha: Double
  /// The number of features.
  let features: Double

  /// What all features' sums gain together.
  var total: Double { alpha * features }
}

/// The variants of naive Bayes: each is one formula for the weight of a feature, and one for what its absence adds to
/// the constant.
enum EventModel {
  /// Multinomial: ln((N + α) / (ΣN + αd)). McCallum & Nigam 1998; Manning, Raghavan & Schütze 2008, equation 13.7.
  case multinomial
  /// Complement: −ln((N̄ + α) / (ΣN̄ + αd)) over the documents without the label. Rennie et al. 2003, section 3.1.
  case complement
  /// Bernoulli: ln(p / (1 − p)) with p = (N + α) / (n + 2α), and Σ ln(1 − p) in the constant. McCallum & Nigam 1998.
  case bernoulli

  /// The weight of a feature for one of several exclusive labels.
  func weight(_ counts: EventCounts, _ smoothing: Smoothing) -> Double {
    switch self {
    case .multinomial: log((counts.inside + smoothing.alpha) / (counts.insideTotal + smoothing.total))
    case .complement: -log((counts.outside + smoothing.alpha) / (counts.outsideTotal + smoothing.total))
    case .bernoulli:
      log(
        (counts.inside + smoothing.alpha)
          / max(smoothing.alpha, counts.insideDocuments - counts.inside + smoothing.alpha))
    }
  }

  /// The weight of a feature for a label that does not exclude others: with the label against without it.
  ///
  /// With only two sides the complement of one is the other, so complement and multinomial agree.
  func logOdds(_ counts: EventCounts, _ smoothing: Smoothing) -> Double {
    let model: EventModel = if case .bernoulli = self { .bernoulli } else { .multinomial }
    return model.weight(counts, smoothing)
      - model.weight(counts.swapped, smoothing)
  }

  /// What the absence of a feature adds to the constant: ln(1 − p), for the Bernoulli variant only.
  func absence(_ counts: EventCounts, _ smoothing: Smoothing) -> Double {
    guard case .bernoulli = self else { return 0 }
    return log(
      max(smoothing.alpha, counts.insideDocuments - counts.inside + smoothing.alpha)
        / (counts.insideDocuments + 2 * smoothing.alpha))
  }
}

extension EventModel {
  /// The weight of a feature for a label, whatever labels there are besides it.
  func weight(_ counts: EventCounts, _ smoothing: Smoothing, _ kind: Domain.Kind) -> Double {
    switch kind {
    case .exclusive: weight(counts, smoothing)
    case .multiLabel: logOdds(counts, smoothing)
    }
  }

  /// What the absence of a feature adds to the constant of a label, whatever labels there are besides it.
  func absence(_ counts: EventCounts, _ smoothing: Smoothing, _ kind: Domain.Kind) -> Double {
    switch kind {
    case .exclusive: absence(counts, smoothing)
    case .multiLabel: absence(counts, smoothing) - absence(counts.swapped, smoothing)
    }
  }
}

extension EventCounts {
  /// The same with the two sides exchanged.
  var swapped: EventCounts {
    EventCounts(
      inside: outside, outside: inside, insideTotal: outsideTotal, outsideTotal: insideTotal,
      insideDocuments: outsideDocuments, outsideDocuments: insideDocuments)
  }
}
