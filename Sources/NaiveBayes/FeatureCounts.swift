import DatelineCore
import DatelineParallel
import DatelineVectors

/// What naive Bayes has to know of its documents: sums by feature and label. Sums of two sets of documents add up to
/// those of both together, exactly as long as the values are whole numbers below 2⁵³.
struct FeatureCounts: Sendable, Equatable {
  let labelCount: Int
  /// The sum of the documents' weights.
  var documents: Double
  /// The sum of the weights of each label's documents.
  var documentsOfLabel: [Double]
  /// For each feature, the sum over all documents.
  var totals: [Double]
  /// Where each feature's cells begin; one more than there are features.
  var offsets: [UInt64]
  /// The label of each cell, ascending within a feature.
  var labels: [UInt32]
  /// The sum over the documents of a feature and a label; cells of zero are left out.
  var sums: [Double]

  var featureCount: Int { totals.count }

  /// The counts of a training set.
  ///
  /// - Parameter binarizes: Whether only the presence of a feature counts.
  init(_ set: TrainingSet, binarizes: Bool, workers: WorkerPool) {
    labelCount = set.domain.count
    documents = 0
    documentsOfLabel = [Double](repeating: 0, count: labelCount)
    for document in 0..<set.count {
      let weight = set.weights?[document] ?? 1
      documents += weight
      for label in set.targets[document] { documentsOfLabel[Int(label)] += weight }
    }
    let parts =
      set.features.isSpooled
      ? FeatureCounts.sweepingParts(set, binarizes: binarizes, workers: workers)
      : FeatureCounts.parts(set, binarizes: binarizes, workers: workers)
    totals = parts.flatMap(\.totals)
    labels = parts.flatMap(\.labels)
    sums = parts.flatMap(\.sums)
    offsets = [0]
    offsets.reserveCapacity(totals.count + 1)
    var end: UInt64 = 0
    for length in parts.lazy.flatMap(\.lengths) {
      end += UInt64(length)
      offsets.append(end)
    }
  }

  /// By feature, so that every sum is taken in the order of the documents whatever the number of threads.
  static func parts(_ set: TrainingSet, binarizes: Bool, workers: WorkerPool) -> [Part] {
    let columns = set.features.transposed()
    let pieces = WorkerPool.bounds(count: columns.rowCount, size: 1 << 12)
    return workers.map(pieces.count - 1) { piece in
      count(columns, pieces[piece]..<pieces[piece + 1], set, binarizes: binarizes)
    }
  }

  /// The sums of consecutive features.
  struct Part: Sendable, Equatable {
    var totals: [Double] = []
    var lengths: [Int] = []
    var labels: [UInt32] = []
    var sums: [Double] = []
  }

  private static func count(
    _ columns: CSRMatrix, _ features: Range<Int>, _ set: TrainingSet, binarizes: Bool
  ) -> Part {
    var part = Part()
    var row = [Double](repeating: 0, count: set.domain.count)
    var touched: [Int] = []
    for feature in features {
      var total = 0.0
      for position in columns.range(ofRow: feature) {
        let document = Int(columns.columnIndices[position])
        let weight = set.weights?[document] ?? 1
        let value = weight * (binarizes ? 1 : Double(columns.values[position]))
        total += value
        for label in set.targets[document] {
          if row[Int(label)] == 0 { touched.append(Int(label)) }
          row[Int(label)] += value
        }
      }
      touched.sort()
      var length = 0
      var last = -1
      for label in touched where label != last {
        last = label
        if row[label] == 0 { continue }
        part.labels.append(UInt32(label))
        part.sums.append(row[label])
        row[label] = 0
        length += 1
      }
      touched.removeAll(keepingCapacity: true)
      part.totals.append(total)
      part.lengths.append(length)
    }
    return part
  }

  /// The counts of both sets of documents, in these features and labels. O(features + cells of both).
  ///
  /// - Parameters:
  ///   - earlier: Counts in older features and labels.
  ///   - featureMap: For each older feature its number among these features, ascending.
  ///   - labelMap: For each older label its number among these labels, ascending.
  func adding(_ earlier: FeatureCounts, featureMap: [Int], labelMap: [Int]) -> FeatureCounts {
    var result = self
    result.documents += earlier.documents
    for (old, new) in labelMap.enumerated() { result.documentsOfLabel[new] += earlier.documentsOfLabel[old] }
    var older = [Int](repeating: -1, count: featureCount)
    for (old, new) in featureMap.enumerated() {
      older[new] = old
      result.totals[new] += earlier.totals[old]
    }
    result.offsets = [0]
    result.labels = []
    result.sums = []
    result.labels.reserveCapacity(labels.count + earlier.labels.count)
    result.sums.reserveCapacity(labels.count + earlier.labels.count)
    for feature in 0..<featureCount {
      let mine = cells(of: feature)
      let others = older[feature] >= 0 ? earlier.cells(of: older[feature]) : 0..<0
      result.merge(self, mine, earlier, others, labelMap)
      result.offsets.append(UInt64(result.labels.count))
    }
    return result
  }

  /// Appends the sums of two runs of cells, both ascending by label, in the labels of the first.
  private mutating func merge(
    _ first: FeatureCounts, _ firstCells: Range<Int>, _ second: FeatureCounts, _ secondCells: Range<Int>,
    _ labelMap: [Int]
  ) {
    var (place, other) = (firstCells.lowerBound, secondCells.lowerBound)
    while place < firstCells.upperBound || other < secondCells.upperBound {
      let label = place < firstCells.upperBound ? first.labels[place] : .max
      let otherLabel = other < secondCells.upperBound ? UInt32(labelMap[Int(second.labels[other])]) : .max
      var sum = 0.0
      if label <= otherLabel {
        sum += first.sums[place]
        place += 1
      }
      if otherLabel <= label {
        sum += second.sums[other]
        other += 1
      }
      labels.append(min(label, otherLabel))
      sums.append(sum)
    }
  }

  /// Whether every sum is a number that formulas can take, neither negative nor beyond the range of doubles, also when
  /// all of them are added up.
  var isFinite: Bool { documents.isFinite && totals.reduce(0, +).isFinite && documents >= 0 }

  /// The cells of a feature.
  func cells(of feature: Int) -> Range<Int> { Int(offsets[feature])..<Int(offsets[feature + 1]) }
}
