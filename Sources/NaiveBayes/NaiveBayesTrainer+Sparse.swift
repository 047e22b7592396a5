import DatelineCore
import DatelineParallel
import DatelineVectors

/// How the weights of a model are kept.
enum WeightForm: Sendable { case dense, sparse }

extension NaiveBayesTrainer {
  /// The number of weights up to which they are dense: 256 MiB of them.
  private static let denseLimit = 1 << 26

  /// The form of the weights, which the counts decide.
  func form(for counts: FeatureCounts, kind: Domain.Kind) -> WeightForm {
    let (features, labels) = (counts.featureCount, counts.labelCount)
    // The groups take a while to count, and few weights need no answer.
    guard NaiveBayesTrainer.form(features: features, labels: labels, cells: 0, groups: 0) == .sparse else {
      return .dense
    }
    return NaiveBayesTrainer.form(
      features: features, labels: labels, cells: counts.labels.count,
      groups: TotalGroups(counts, eventModel, kind).totals.count)
  }

  /// Sparse where dense weights would take over 256 MiB and sparse ones take at most a quarter of that.
  static func form(features: Int, labels: Int, cells: Int, groups: Int) -> WeightForm {
    let (weights, overflow) = features.multipliedReportingOverflow(by: labels)
    guard overflow || weights > denseLimit else { return .dense }
    return overflow || 2 * cells + 4 * features + groups * labels <= weights / 4 ? .sparse : .dense
  }

  /// The bytes that training dense weights takes: those of the pieces, of the whole, and of the classifier.
  static func bytesOfDenseWeights(_ counts: FeatureCounts) -> Double {
    3 * Double(MemoryLayout<Float>.stride) * Double(counts.featureCount) * Double(counts.labelCount)
  }

  /// The weights by what is left of them where a feature and a label have no cell, ``AbsentWeights``, and what each cell
  /// differs from that. O(cells + features + labels), and O(groups × labels) where there are groups.
  ///
  /// - Parameter priors: The constant of each label before any feature.
  func sparse(
    _ counts: FeatureCounts, _ totals: LabelTotals, kind: Domain.Kind, bias priors: [Double]
  ) -> SparseLinearClassifier {
    let absent = AbsentWeights(
      model: eventModel, smoothing: smoothing(counts), kind: kind, totals: totals, labelCount: counts.labelCount,
      featureCount: counts.featureCount)
    let groups = TotalGroups(counts, eventModel, kind)
    let table = absent.rows(groups, workers: workers)
    let bounds = WorkerPool.bounds(count: counts.featureCount, size: 1 << 14)
    let pieces = workers.map(bounds.count - 1) { piece in
      SparsePiece(
        bounds[piece]..<bounds[piece + 1], counts, absent, groups, table.rows, sums: normalizes(kind))
    }
    var bias = priors
    for part in [table.absences] + pieces.map(\.absences) {
      for label in part.indices { bias[label] += part[label] }
    }
    var slopes = [Double](repeating: 1, count: counts.labelCount)
    var shifts = absent.shifts
    var cells = pieces.flatMap(\.cells)
    if normalizes(kind) {
      slopes = factors(pieces, shifts, featureCount: counts.featureCount)
      for label in shifts.indices { shifts[label] *= slopes[label] }
      for cell in cells.indices { cells[cell] = Float(Double(cells[cell]) * slopes[Int(counts.labels[cell])]) }
    }
    return SparseLinearClassifier(
      bias: bias, slopes: slopes, shifts: shifts, defaults: SharedBuffer(pieces.flatMap(\.defaults)),
      groups: SharedBuffer(groups.groupOfFeature), rows: SharedBuffer(table.rows), starts: SharedBuffer(counts.offsets),
      labels: SharedBuffer(counts.labels), cells: SharedBuffer(cells))
  }

  /// One over the mean size of each label's weights. Complement weights are logarithms of a part of a whole, so none is
  /// below 0 and their sizes add up as they do themselves.
  private func factors(_ pieces: [SparsePiece], _ shifts: [Double], featureCount: Int) -> [Double] {
    let features = Double(featureCount)
    var sums = [Double](repeating: 0, count: shifts.count)
    var defaults = 0.0
    for piece in pieces {
      defaults += piece.sumOfDefaults
      for label in piece.sums.indices { sums[label] += piece.sums[label] }
    }
    return shifts.indices.map { label in
      let shared = features * shifts[label] + defaults
      let size = shared + sums[label]
      // A single feature is the whole: its weights are zero, or what rounding has left.
      return size > 1e-9 * (features * shifts[label].magnitude + defaults.magnitude) ? features / size : 1
    }
  }
}

/// What some features give.
private struct SparsePiece: Sendable {
  var defaults: [Float] = []
  var cells: [Float] = []
  /// By label, what the absence of the features with cells adds beyond that of features without.
  var absences: [Double] = []
  /// The sum of the defaults, not rounded.
  var sumOfDefaults = 0.0
  /// By label, the sum of the cells, of none of which anything is rounded.
  var sums: [Double] = []

  /// - Parameter sums: Whether the sums by label are wanted.
  init(
    _ features: Range<Int>, _ counts: FeatureCounts, _ absent: AbsentWeights, _ groups: TotalGroups, _ rows: [Float],
    sums wantsSums: Bool
  ) {
    let (model, smoothing, kind) = (absent.model, absent.smoothing, absent.kind)
    let labelCount = counts.labelCount
    if absent.hasDefaults { defaults.reserveCapacity(features.count) }
    if absent.hasAbsences { absences = [Double](repeating: 0, count: labelCount) }
    if wantsSums { sums = [Double](repeating: 0, count: labelCount) }
    for feature in features {
      let all = absent.totals.all(counts, feature)
      let shared = absent.defaultWeight(all: all)
      let rounded = Float(shared)
      if absent.hasDefaults { defaults.append(rounded) }
      sumOfDefaults += shared
      for cell in counts.cells(of: feature) {
        let label = Int(counts.labels[cell])
        let events = absent.totals.events(label, inside: absent.totals.inside(counts, cell: cell), all: all)
        let weight = model.weight(events, smoothing, kind) - absent.shifts[label]
        // The difference to what is stored, so that rounding of that is made good.
        var rest = Double(rounded)
        if !groups.groupOfFeature.isEmpty {
          rest += Double(rows[Int(groups.groupOfFeature[feature]) * labelCount + label])
        }
        cells.append(Float(weight - rest))
        if wantsSums { sums[label] += weight - shared }
        if absent.hasAbsences {
          absences[label] +=
            model.absence(events, smoothing, kind)
            - model.absence(absent.totals.events(label, inside: 0, all: all), smoothing, kind)
        }
      }
    }
  }
}
