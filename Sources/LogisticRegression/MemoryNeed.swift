import DatelineCore
import DatelineParallel
import DatelineVectors
import Glibc

/// How many bytes a training takes at its peak, counted from the arrays that the solvers keep.
///
/// The numbers by feature and label are in single precision but for the counts of the prior, those by document and label
/// in double precision but for the norms; a label has its padding. Not counted is what Newton's method takes in the
/// rare case that the descent does not reach a tolerance that it usually reaches.
struct MemoryNeed {
  let documents: Double
  /// The features that occur.
  let features: Double
  let labels: Double
  /// What grows with features × labels.
  private(set) var byFeature = 0.0
  /// What grows with documents × labels.
  private(set) var byDocument = 0.0
  /// The set itself, the copies of it, and what depends on neither features nor documents times labels.
  private(set) var rest: Double

  init(_ set: TrainingSet, _ values: Hyperparameters, threads: Int) {
    self.init(set, values, threads: threads, features: MemoryNeed.occurring(set.features))
  }

  private init(_ set: TrainingSet, _ values: Hyperparameters, threads: Int, features: Int) {
    let matrix = set.features
    documents = Double(set.count)
    labels = Double(set.domain.count)
    let all = Double(matrix.columnCount)
    let features = Double(features)
    self.features = features
    // What is in temporary files takes no memory worth counting.
    let elements = matrix.isSpooled ? 0 : Double(matrix.storedCount)
    let usesNewton = values.number("tolerance").map { $0 < LogisticRegressionTrainer.handOver } ?? false
    let hasScales = values.choice("prior") != LogisticRegressionParameters.Prior.uniform.rawValue
    // The set and its targets; the sweep's order of the features, and the matrix in it.
    rest = 8 * elements + 20 * documents + 4 * elements + 12 * features + 8 * all
    if usesNewton { rest += 8 * elements }
    if set.domain.kind == .exclusive, set.domain.count > 2 {
      countSoftmax(
        all: all, usesNewton: usesNewton, hasScales: hasScales, threads: threads, isSpooled: matrix.isSpooled)
    } else {
      let isExclusive = set.domain.kind == .exclusive
      countBinary(
        all: all, elements: elements, columns: isExclusive ? 1 : labels,
        atOnce: isExclusive ? 1 : min(labels, Double(threads)), usesNewton: usesNewton)
    }
  }

  /// The number of features that occur. O(elements).
  private static func occurring(_ matrix: CSRMatrix) -> Int {
    var occurs = [Bool](repeating: false, count: matrix.columnCount)
    matrix.columnIndices.forEachPiece { columns in for place in columns.indices { occurs[Int(columns[place])] = true } }
    return occurs.count { $0 }
  }

  var bytes: Double { byFeature + byDocument + rest }

  /// All labels together: see `SoftmaxDual`, `PriorScale` and `LogisticObjective`.
  private mutating func countSoftmax(
    all: Double, usesNewton: Bool, hasScales: Bool, threads: Int, isSpooled: Bool
  ) {
    let stride = Double(SparseProduct.stride(columns: Int(labels)))
    // The certificate adds up eight labels at a time on each thread, beside the scales, their squares and the weights.
    let sums = 64 * Double(isSpooled ? 1 : min(threads, SoftmaxDual.labelGroups(Int(labels))))
    let certificate = features * ((hasScales ? 8 : 4) * stride + Double(ScaledRows.recordSize(Int(labels))) + sums)
    // The counts of the prior and its scales; then scales, their squares, and the weights with
    // these, and once more by themselves; then the solution, and the model's weights twice.
    let newton: Double = usesNewton ? 64 : 0
    byFeature = max(
      hasScales ? 12 * features * stride : 0, certificate,
      (hasScales ? 18 : 14) * features * stride + newton * features * stride,
      4 * features * stride + 8 * all * labels)
    // Distributions and norms, which are where the rows are.
    byDocument = ((isSpooled ? 0 : 20) + (usesNewton ? 40 : 0)) * documents * stride
    rest += 32 * features + 40 * documents
  }

  /// Each label by itself: see `BinaryDual`. The solutions of all labels are kept until the last one is there.
  private mutating func countBinary(all: Double, elements: Double, columns: Double, atOnce: Double, usesNewton: Bool) {
    byFeature = 4 * features * columns + max(8 * all * columns, 28 * features * atOnce)
    byDocument = 49 * documents * atOnce
    rest += 8 * features
    if usesNewton {
      byFeature += 64 * features * atOnce
      byDocument += 40 * documents * atOnce
      rest += 8 * elements * (atOnce - 1)
    }
  }

  /// Refuses what would take more than a limit.
  static func check(_ set: TrainingSet, _ values: Hyperparameters, threads: Int, limit: Int) throws(DatelineError) {
    // The features that occur are only counted where it could matter.
    let most = min(set.features.columnCount, set.features.storedCount)
    if MemoryNeed(set, values, threads: threads, features: most).bytes <= Double(limit) { return }
    try MemoryNeed(set, values, threads: threads).check(limit: limit)
  }

  private func check(limit: Int) throws(DatelineError) {
    guard bytes > Double(limit) else { return }
    func size(_ bytes: Double) -> String { MemorySize.describe(bytes) }
    throw DatelineError(
      .usage,
      "logistic regression would take \(size(bytes)) of memory for \(number(labels)) labels, \(number(features)) features and \(number(documents)) documents (\(size(byFeature)) for features × labels, \(size(byDocument)) for documents × labels), and there are \(size(Double(limit))): take --plugin naive-bayes, which needs a fraction of that; \(fewerFeatures(limit))or give more with --max-memory"
    )
  }

  /// What to do about the number of features, where that would do.
  private func fewerFeatures(_ limit: Int) -> String {
    let share = (Double(limit) - byDocument - rest) / byFeature
    guard share > 0, share * features >= 256 else { return "" }
    let bits = min(28, Int(log2(share * features)))
    return
      "have fewer features, with a larger min-df (--set min-df=10) or --set vocabulary=hashed --set hash-bits=\(bits); "
  }

  /// A whole number with commas.
  private func number(_ value: Double) -> String {
    var digits = "\(Int(value))"
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return digits
  }
}
