import DatelineCore
import DatelineParallel
import DatelineVectors
import Glibc

/// How far the prior lets each weight move: the absolute log-odds ratio of the feature's presence in documents with the
/// label and in the others.
///
/// A feature that is as frequent with the label as without it is held near zero, a telling one is free. This is the
/// prior that Wang & Manning, "Baselines and Bigrams" (ACL 2012), section 2.3, put into the features of an SVM; as
/// scale of a Gaussian prior the objective stays convex and its optimum unique. For odds instead of shares see Gart &
/// Zweifel (1967): both cells of the 2 × 2 table are smoothed by one half of `2α`.
enum PriorScale {
  /// Weights below this would never move at all.
  static let floor: Float = 0.05

  /// The scales by features × stride; 1 in the padding.
  ///
  /// - Parameters:
  ///   - matrix: Documents × features; only the presence of an element counts.
  ///   - columns: For each column, which documents have the label: documents × columns, 1 or 0.
  static func logOdds(_ columnsOfMatrix: CSRMatrix, positives: [UInt8], columnCount: Int, workers: WorkerPool)
    -> [Float]
  {
    let documents = columnsOfMatrix.columnCount
    var support = [Double](repeating: 0, count: columnCount)
    for document in 0..<documents {
      for column in 0..<columnCount { support[column] += Double(positives[document * columnCount + column]) }
    }
    let supports = support
    let stride = SparseProduct.stride(columns: columnCount)
    var scales = [Float](repeating: 1, count: columnsOfMatrix.rowCount * stride)
    let features = WorkerPool.bounds(count: columnsOfMatrix.rowCount, size: 1 << 12)
    workers.modify(&scales, bounds: features.map { $0 * stride }) { piece, scales in
      var counts = [Double](repeating: 0, count: columnCount)
      for feature in features[piece]..<features[piece + 1] {
        for column in 0..<columnCount { counts[column] = 0 }
        let range = columnsOfMatrix.range(ofRow: feature)
        for position in range {
          let start = Int(columnsOfMatrix.columnIndices[position]) * columnCount
          for column in 0..<columnCount { counts[column] += Double(positives[start + column]) }
        }
        for column in 0..<columnCount {
          let p = (counts[column] + 1) / (supports[column] + 2)
          let q = (Double(range.count) - counts[column] + 1) / (Double(documents) - supports[column] + 2)
          let ratio = abs(log(p / (1 - p)) - log(q / (1 - q)))
          scales[(feature - features[piece]) * stride + column] = max(floor, Float(ratio))
        }
      }
    }
    return scales
  }
}
