import DatelineCore
import DatelineVectors
import Glibc

/// Turns counted features of a document into the values of its vector: tf × idf, divided by a norm.
///
/// A class, so that no copy of it counts references to all that it holds: threads would wait for one another's counts.
final class TermWeighting: Sendable {
  let parameters: TextParameters
  /// The number of documents that the frequencies were counted in.
  let documentCount: Int
  /// In how many documents each feature is; `nil` when rare terms count no more than others.
  let documentFrequencies: DocumentFrequencies?
  /// What asks for the frequencies of features before they are weighed; `nil` where there are none.
  let requests: RowRequests?
  /// The place of each feature's factor: those of ``documentFrequencies``, as to unwrap these counts a reference.
  private let codes: SharedBuffer<UInt16>
  /// The factor of each frequency that occurs; empty when all features count alike.
  private let factors: [Float]
  /// Whether values are divided by a norm: asked once a document, where to compare names takes longer than all else.
  private let isScaled: Bool
  /// The square that the one more term of ``TextParameters/Norm/damped`` adds; 0 for other norms.
  private let further: Double
  /// 1 + ln n for small n; most terms of a document occur a few times.
  private let sublinear: [Float]
  /// The counts that are in this table are those below.
  private static let known = 256

  init(parameters: TextParameters, documentCount: Int, documentFrequencies: DocumentFrequencies?) {
    self.parameters = parameters
    self.documentCount = documentCount
    self.documentFrequencies = documentFrequencies
    codes = documentFrequencies?.codes ?? SharedBuffer([])
    requests = documentFrequencies.map { RowRequests($0.codes) }
    isScaled = parameters.norm != .none
    let rarest = TermWeighting.idf(documentCount: documentCount, documentFrequency: 0)
    further = parameters.norm != .damped ? 0 : parameters.usesIDF ? Double(rarest) * Double(rarest) : 1
    sublinear = [0] + (1..<TermWeighting.known).map { 1 + Float(log(Double($0))) }
    factors =
      documentFrequencies?.values.array().map {
        TermWeighting.idf(documentCount: documentCount, documentFrequency: Int($0))
      } ?? []
  }

  /// The inverse document frequency ln((1 + n) / (1 + df)) + 1, as in scikit-learn's `TfidfTransformer` with
  /// `smooth_idf`.
  static func idf(documentCount: Int, documentFrequency: Int) -> Float {
    Float(log(Double(1 + documentCount) / Double(1 + documentFrequency)) + 1)
  }

  /// Appends the values of one row.
  ///
  /// - Parameters:
  ///   - cells: Feature number in the upper half, count in the lower, in any order.
  ///   - values: Receives a value a cell, in the same order.
  func weigh(_ cells: Span<UInt64>, into values: inout [Float]) {
    values.append(addingCapacity: cells.count) { output in
      output.withUnsafeMutableBufferPointer { values, count in
        write(cells, into: values)
        count = cells.count
      }
    }
  }

  /// Writes the values of one row.
  ///
  /// - Parameter values: As many as cells.
  func weigh(_ cells: Span<UInt64>, into values: inout MutableSpan<Float>) {
    precondition(values.count == cells.count, "a value a cell")
    values.withUnsafeMutableBufferPointer { write(cells, into: $0) }
  }

  private func write(_ cells: Span<UInt64>, into values: UnsafeMutableBufferPointer<Float>) {
    let squares = fill(values, cells)
    guard isScaled, squares > 0 else { return }
    let scale = Float(1 / (squares + further).squareRoot())
    for place in cells.indices { values[place] *= scale }
  }

  /// Writes the values of one row, not yet of length 1, and returns the sum of their squares.
  private func fill(_ values: UnsafeMutableBufferPointer<Float>, _ cells: Span<UInt64>) -> Double {
    switch parameters.termFrequency {
    case .sublinear:
      sublinear.withUnsafeBufferPointer { sublinear in
        fill(values, cells) { $0 < TermWeighting.known ? sublinear[$0] : 1 + Float(log(Double($0))) }
      }
    case .count: fill(values, cells) { Float($0) }
    case .binary: fill(values, cells) { _ in 1 }
    }
  }

  /// - Parameter frequency: How much a term counts that is so often in a document.
  @inline(__always)
  private func fill(
    _ values: UnsafeMutableBufferPointer<Float>, _ cells: Span<UInt64>, frequency: (Int) -> Float
  ) -> Double {
    precondition(values.count >= cells.count, "room for a value a cell")
    var squares = 0.0
    return cells.withUnsafeBufferPointer { cells in
      func set(_ place: Int, _ factor: Float) {
        let value = frequency(Int(truncatingIfNeeded: cells[place] & 0xFFFF_FFFF)) * factor
        values.initializeElement(at: place, to: value)
        squares += Double(value) * Double(value)
      }
      if factors.isEmpty {
        for place in cells.indices { set(place, 1) }
        return squares
      }
      codes.withUnsafeBufferPointer { codes in
        factors.withUnsafeBufferPointer { factors in
          // A damaged file can hold larger codes.
          let last = UInt32(truncatingIfNeeded: factors.count &- 1)
          for place in cells.indices {
            let number = Int(truncatingIfNeeded: cells[place] &>> 32)
            precondition(number < codes.count, "a feature of the model")
            set(place, factors[Int(min(UInt32(codes[number]), last))])
          }
        }
      }
      return squares
    }
  }
}
