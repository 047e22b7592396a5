import DatelineCore
import DatelineParallel

/// The weights of features for labels none of whose documents has them, as a part by feature and a part by label.
///
/// With N = 0 the formulas of ``EventModel`` come apart, in the letters used there and n̄ for the documents without the
/// label:
///
/// - multinomial: ln α − ln(ΣN + αd), by label alone;
/// - complement: −ln(N̄ + α), and N̄ is the feature's sum over all documents, plus ln(ΣN̄ + αd);
/// - Bernoulli: ln α − ln(n + α), by label alone;
/// - labels that do not exclude each other, multinomial and complement: the difference of the first two;
/// - the same, Bernoulli: ln α − ln(n + α) − ln(N̄ + α) + ln(n̄ − N̄ + α). The last term does not come apart, but features
///   of one sum share it, and sums of documents are few different numbers. It is what ``rows(_:workers:)`` makes up for.
///
/// The parts are taken from the formulas themselves, at a feature of no document and at a label of none, so that they
/// are written once.
struct AbsentWeights: Sendable {
  let model: EventModel
  let smoothing: Smoothing
  let kind: Domain.Kind
  let totals: LabelTotals
  /// The part by label.
  let shifts: [Double]
  private let reference: Double

  init(
    model: EventModel, smoothing: Smoothing, kind: Domain.Kind, totals: LabelTotals, labelCount: Int, featureCount: Int
  ) {
    self.model = model
    self.smoothing = smoothing
    self.kind = kind
    self.totals = totals
    // Without features there are no weights, and no logarithm of α · 0.
    let hasFeatures = featureCount > 0
    shifts = (0..<labelCount).map {
      hasFeatures ? model.weight(totals.events($0, inside: 0, all: 0), smoothing, kind) : 0
    }
    reference = hasFeatures ? model.weight(totals.reference(all: 0), smoothing, kind) : 0
  }

  /// Whether the part by feature is not zero.
  var hasDefaults: Bool {
    switch (model, kind) {
    case (.multinomial, .exclusive), (.bernoulli, .exclusive): false
    case (.complement, .exclusive), (_, .multiLabel): true
    }
  }

  /// Whether the absence of a feature says anything.
  var hasAbsences: Bool { if case .bernoulli = model { true } else { false } }

  /// The part by feature, of a feature with the given sum over all documents.
  func defaultWeight(all: Double) -> Double {
    hasDefaults ? model.weight(totals.reference(all: all), smoothing, kind) - reference : 0
  }

  /// The weight of a feature with the given sum, exactly.
  func weight(_ label: Int, all: Double) -> Double {
    model.weight(totals.events(label, inside: 0, all: all), smoothing, kind)
  }

  /// What the groups' features and labels lack, groups × labels, and what the absence of all features adds to each
  /// label's constant if no label has any of them.
  func rows(_ groups: TotalGroups, workers: WorkerPool) -> (rows: [Float], absences: [Double]) {
    let labels = shifts.count
    guard hasAbsences else { return ([], []) }
    let isSplit = !groups.groupOfFeature.isEmpty
    let bounds = WorkerPool.bounds(count: groups.totals.count, size: 64)
    let pieces = workers.map(bounds.count - 1) { piece in
      var rows: [Float] = []
      var absences = [Double](repeating: 0, count: labels)
      for group in bounds[piece]..<bounds[piece + 1] {
        let all = groups.totals[group]
        let shared = defaultWeight(all: all)
        for label in 0..<labels {
          if isSplit { rows.append(Float(weight(label, all: all) - shared - shifts[label])) }
          absences[label] +=
            groups.sizes[group] * model.absence(totals.events(label, inside: 0, all: all), smoothing, kind)
        }
      }
      return (rows: rows, absences: absences)
    }
    var absences = [Double](repeating: 0, count: labels)
    for piece in pieces { for label in 0..<labels { absences[label] += piece.absences[label] } }
    return (pieces.flatMap(\.rows), absences)
  }
}

/// Features of one sum over all documents together.
struct TotalGroups: Sendable {
  /// The sum of each group, ascending. Where sums make no difference, a single group of any sum.
  var totals: [Double] = [0]
  /// The number of features of each group.
  var sizes: [Double]
  /// The group of each feature; empty where sums make no difference.
  var groupOfFeature: [UInt32] = []

  /// The groups that a variant needs.
  init(_ counts: FeatureCounts, _ model: EventModel, _ kind: Domain.Kind) {
    sizes = [Double(counts.featureCount)]
    guard case .bernoulli = model, kind == .multiLabel else { return }
    totals = []
    for total in counts.totals.sorted() where totals.last != total { totals.append(total) }
    sizes = [Double](repeating: 0, count: totals.count)
    groupOfFeature.reserveCapacity(counts.totals.count)
    for total in counts.totals {
      var low = 0
      var high = totals.count - 1
      while low < high {
        let middle = (low + high) / 2
        if totals[middle] < total { low = middle + 1 } else { high = middle }
      }
      groupOfFeature.append(UInt32(low))
      sizes[low] += 1
    }
  }
}
