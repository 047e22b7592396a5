import DatelineCore
import DatelineParallel
import DatelineVectors
import Glibc

/// How far the prior lets each weight move: the absolute log-odds ratio of the feature's presence in documents with the
/// label and in the others.
///
/// A feature that is as frequent with the label as without it is held near zero, a telling one is free. This is the
/// prior that Wang & Manning, "Baselines and Bigrams" (ACL 2012), section 2.3, put into the features of an SVM; as
/// scale of a Gaussian prior the objective stays convex and its optimum unique. Log-odds ratios with one half of a
/// document added to every cell of the 2 × 2 table would be Gart & Zweifel's (1967); here it is one document, as Wang &
/// Manning's α.
enum PriorScale {
  /// Weights of a smaller scale would never move at all.
  static let smallestScale: Float = 0.05

  /// The scales by features × stride; 1 in the padding.
  ///
  /// - Parameters:
  ///   - columnsOfMatrix: Features × documents; only the presence of an element counts.
  ///   - positives: For each column, which documents have the label: documents × columns, 1 or 0.
  ///   - weights: How much each document counts; `nil` when all count 1.
  ///   - columnCount: The number of columns.
  ///   - normalizing: Whether each column is divided by its mean. Exclusive labels compete, so their columns have to be
  ///     alike; labels that are learnt each by itself do better as they are (Reuters-21578: macro-F1 .605 against .596).
  static func logOdds(
    _ columnsOfMatrix: CSRMatrix, positives: [UInt8], weights: [Double]?, columnCount: Int, normalizing: Bool,
    workers: WorkerPool
  ) -> [Float] {
    let documents = columnsOfMatrix.columnCount
    var support = [Double](repeating: 0, count: columnCount)
    var total = 0.0
    for document in 0..<documents {
      let weight = weights?[document] ?? 1
      total += weight
      for column in 0..<columnCount where positives[document * columnCount + column] == 1 { support[column] += weight }
    }
    let all = total
    let supports = support
    let stride = SparseProduct.stride(columns: columnCount)
    var scales = [Float](repeating: 1, count: columnsOfMatrix.rowCount * stride)
    let features = WorkerPool.bounds(count: columnsOfMatrix.rowCount, size: 1 << 12)
    workers.modify(&scales, bounds: features.map { $0 * stride }) { piece, scales in
      var counts = [Double](repeating: 0, count: columnCount)
      for feature in features[piece]..<features[piece + 1] {
        for column in 0..<columnCount { counts[column] = 0 }
        let range = columnsOfMatrix.range(ofRow: feature)
        var present = 0.0
        for position in range {
          let document = Int(columnsOfMatrix.columnIndices[position])
          let weight = weights?[document] ?? 1
          present += weight
          for column in 0..<columnCount {
            counts[column] += weight * Double(positives[document * columnCount + column])
          }
        }
        for column in 0..<columnCount {
          let p = (counts[column] + 1) / (supports[column] + 2)
          let q = (present - counts[column] + 1) / (all - supports[column] + 2)
          let ratio = abs(log(p / (1 - p)) - log(q / (1 - q)))
          scales[(feature - features[piece]) * stride + column] = Float(ratio)
        }
      }
    }
    finish(&scales, columnCount: columnCount, stride: stride, normalizing: normalizing, workers: workers)
    return scales
  }

  /// Divides every column by its mean over all features, if asked to, and lifts what is below ``smallestScale``.
  private static func finish(
    _ scales: inout [Float], columnCount: Int, stride: Int, normalizing: Bool, workers: WorkerPool
  ) {
    var means = [Double](repeating: 0, count: stride)
    for index in scales.indices { means[index % stride] += Double(scales[index]) }
    let features = Double(max(1, scales.count / stride))
    let factors = means.map { normalizing && $0 > 0 ? Float(features / $0) : 1 }
    Elementwise.update(&scales, nil, count: scales.count, workers) { index, value, _ in
      index % stride < columnCount ? max(smallestScale, value * factors[index % stride]) : 1
    }
  }
}
