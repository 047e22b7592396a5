import DatelineCore
import DatelineVectors
import Glibc

/// Turns counted features of a document into the values of its vector: tf × idf, then length 1.
struct TermWeighting: Sendable {
  let parameters: TextParameters
  /// The number of documents that the frequencies were counted in.
  let documentCount: Int
  /// In how many documents each feature is; `nil` when rare terms count no more than others.
  let documentFrequencies: SharedBuffer<UInt32>?
  /// The factors of small frequencies, which most terms have.
  private let smallFactors: [Float]
  /// 1 + ln n for small n; most terms of a document occur a few times.
  private let sublinear: [Float]

  init(parameters: TextParameters, documentCount: Int, documentFrequencies: SharedBuffer<UInt32>?) {
    self.parameters = parameters
    self.documentCount = documentCount
    self.documentFrequencies = documentFrequencies
    sublinear = [0] + (1..<256).map { 1 + Float(log(Double($0))) }
    smallFactors =
      documentFrequencies == nil
      ? [] : (0..<4096).map { TermWeighting.idf(documentCount: documentCount, documentFrequency: $0) }
  }

  /// The inverse document frequency ln((1 + n) / (1 + df)) + 1, as in scikit-learn's `TfidfTransformer` with
  /// `smooth_idf`.
  static func idf(documentCount: Int, documentFrequency: Int) -> Float {
    Float(log(Double(1 + documentCount) / Double(1 + documentFrequency)) + 1)
  }

  /// Appends the values of one row.
  ///
  /// - Parameters:
  ///   - cells: Feature number in the upper half, count in the lower; ascending.
  ///   - values: Receives a value a cell, in the same order.
  func weigh(_ cells: Span<UInt64>, into values: inout [Float]) {
    let first = values.count
    var squares = 0.0
    for place in cells.indices {
      let value = unscaled(cells[place])
      squares += Double(value) * Double(value)
      values.append(value)
    }
    guard parameters.normalizes, squares > 0 else { return }
    let scale = Float(1 / squares.squareRoot())
    values.withUnsafeMutableBufferPointer { values in
      for place in first..<values.count { values[place] *= scale }
    }
  }

  @inline(__always)
  private func unscaled(_ cell: UInt64) -> Float {
    let count = Int(cell & 0xFFFF_FFFF)
    let frequency: Float =
      switch parameters.termFrequency {
      case .sublinear: count < sublinear.count ? sublinear[count] : 1 + Float(log(Double(count)))
      case .count: Float(count)
      case .binary: 1
      }
    guard let documentFrequencies else { return frequency }
    let documents = Int(documentFrequencies[Int(cell >> 32)])
    return frequency
      * (documents < smallFactors.count
        ? smallFactors[documents] : TermWeighting.idf(documentCount: documentCount, documentFrequency: documents))
  }
}
