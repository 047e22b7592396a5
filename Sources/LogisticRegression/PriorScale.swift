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
struct PriorScale {
  /// Weights of a smaller scale would never move at all.
  static let smallestScale: Float = 0.05

  /// Documents × features; only the presence of an element counts.
  let rows: CSRMatrix
  /// How much each document counts; `nil` when all count 1.
  let weights: [Double]?
  let workers: WorkerPool
  /// The weight of the documents that have each feature.
  private let present: [Double]
  /// The weight of all documents.
  private let total: Double

  /// Counts documents, once for all labels. O(features), and O(elements) for documents of different weights.
  ///
  /// - Parameter frequencies: In how many documents each feature is.
  init(_ rows: CSRMatrix, frequencies: [UInt32], weights: [Double]?, workers: WorkerPool) {
    self.rows = rows
    self.weights = weights
    self.workers = workers
    present =
      weights.map { PriorScale.sums(rows, of: nil, weights: $0, columnCount: 1) { _ in 0 } }
      ?? frequencies.map { Double($0) }
    total = weights?.reduce(0, +) ?? Double(rows.rowCount)
  }

  /// The scales for labels that exclude each other, by features × stride; 1 in the padding. Each label's are divided by
  /// their mean: exclusive labels compete, so their columns have to be alike. O(elements + features × labels).
  func scales(labels: [Int32], labelCount: Int) -> [Float] {
    var support = [Double](repeating: 0, count: labelCount)
    for (row, label) in labels.enumerated() { support[Int(label)] += weights?[row] ?? 1 }
    let counts = sums(of: nil, columnCount: labelCount) { Int(labels[$0]) }
    return scales(counts, support, columnCount: labelCount, normalizing: true)
  }

  /// The scales for one label. O(elements of its documents + features).
  ///
  /// - Parameters:
  ///   - members: The documents with the label, ascending.
  ///   - normalizing: Whether they are divided by their mean. Labels that are learnt each by itself do better as they
  ///     are (Reuters-21578: macro-F1 .605 against .596).
  func scales(members: [Int32], normalizing: Bool) -> [Float] {
    let support = members.reduce(0) { $0 + (weights?[Int($1)] ?? 1) }
    let counts = sums(of: members, columnCount: 1) { _ in 0 }
    return scales(counts, [support], columnCount: 1, normalizing: normalizing)
  }

  /// The weight of the documents that have each feature, by features × columns; a document adds to one column.
  ///
  /// Documents that all weigh the same are counted by two threads, which gives the same: their sums are whole numbers.
  ///
  /// - Parameter documents: Which documents count, ascending; `nil` for all.
  private func sums(of documents: [Int32]?, columnCount: Int, column: @Sendable (Int) -> Int) -> [Double] {
    guard weights == nil, workers.threadCount > 1, !rows.isSpooled else {
      return PriorScale.sums(rows, of: documents, weights: weights, columnCount: columnCount, column: column)
    }
    let rows = rows
    let documents = documents ?? Array(0..<Int32(rows.rowCount))
    let halves = workers.map(2) { half in
      var counts = [UInt32](repeating: 0, count: rows.columnCount * columnCount)
      for row in documents[WorkerPool.part(half, of: 2, count: documents.count)].lazy.map({ Int($0) }) {
        let column = column(row)
        for position in rows.range(ofRow: row) {
          counts[Int(rows.columnIndices[position]) * columnCount + column] += 1
        }
      }
      return counts
    }
    return zip(halves[0], halves[1]).map { Double($0 + $1) }
  }

  private static func sums(
    _ rows: CSRMatrix, of documents: [Int32]?, weights: [Double]?, columnCount: Int, column: (Int) -> Int
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: rows.columnCount * columnCount)
    rows.forEachBlock(of: documents ?? Array(0..<Int32(rows.rowCount))) { block in
      for row in block.lazy.map({ Int($0) }) {
        let weight = weights?[row] ?? 1
        let column = column(row)
        for position in rows.range(ofRow: row) {
          sums[Int(rows.columnIndices[position]) * columnCount + column] += weight
        }
      }
    }
    return sums
  }

  private func scales(
    _ counts: [Double], _ support: [Double], columnCount: Int, normalizing: Bool
  ) -> [Float] {
    let stride = SparseProduct.stride(columns: columnCount)
    let (present, total) = (present, total)
    var scales = [Float](repeating: 1, count: present.count * stride)
    let pieces = WorkerPool.bounds(count: present.count, size: 1 << 12)
    workers.modify(&scales, bounds: pieces.map { $0 * stride }) { piece, scales in
      for feature in pieces[piece]..<pieces[piece + 1] {
        for column in 0..<columnCount {
          let inside = counts[feature * columnCount + column] + 1
          let outside = present[feature] - counts[feature * columnCount + column] + 1
          // ln(p / (1 − p)) − ln(q / (1 − q)) with p = inside / (support + 2), q likewise.
          let ratio = inside * (total - support[column] + 2 - outside) / (outside * (support[column] + 2 - inside))
          scales[(feature - pieces[piece]) * stride + column] = Float(abs(log(ratio)))
        }
      }
    }
    finish(&scales, columnCount: columnCount, stride: stride, normalizing: normalizing)
    return scales
  }

  /// Divides every column by its mean over all features, if asked to, and lifts what is below ``smallestScale``.
  private func finish(_ scales: inout [Float], columnCount: Int, stride: Int, normalizing: Bool) {
    var means = [Double](repeating: 0, count: stride)
    if normalizing {
      for feature in present.indices {
        for column in 0..<columnCount { means[column] += Double(scales[feature * stride + column]) }
      }
    }
    let features = Double(max(1, present.count))
    let factors = means.map { $0 > 0 ? Float(features / $0) : 1 }
    for feature in present.indices {
      for column in 0..<columnCount {
        let place = feature * stride + column
        scales[place] = max(PriorScale.smallestScale, scales[place] * factors[column])
      }
    }
  }
}
