import DatelineVectors
import Testing

@Suite struct SparseVectorTests {
  private let vector = SparseVector(indices: [1, 4, 6], values: [2, -1, 0.5])

  @Test func productWithADenseVector() {
    #expect(vector.dot([9, 10, 9, 9, 100, 9, 4]) == 20 - 100 + 2)
    #expect(SparseVector().dot([]) == 0)
  }

  @Test func additionToADenseVector() {
    var dense = [Double](repeating: 1, count: 7)
    vector.axpy(2, into: &dense)
    #expect(dense == [1, 5, 1, 1, -1, 1, 2])
  }

  @Test func appendingScalingAndNorm() {
    var built = SparseVector()
    for (index, value) in zip(vector.indices, vector.values) { built.append(index: index, value: value) }
    #expect(built == vector)
    #expect(built.count == 3)
    #expect(abs(vector.norm - 5.25.squareRoot()) < 1e-15)
    built.scale(by: -2)
    #expect(built.values == [-4, 2, -1])
    built.removeAll()
    #expect(built == SparseVector())
    #expect(built.norm == 0)
    built.append(index: 0, value: 1)
    #expect(built.indices == [0], "an emptied vector begins anew")
  }

  @Test func appendingAVector() async {
    var built = SparseVector()
    built.append(vector, from: 0)
    #expect(built == vector)
    built.append(SparseVector(), from: 0)
    built.append(vector, from: 6)
    #expect(built == SparseVector(indices: [1, 4, 6, 7, 10, 12], values: [2, -1, 0.5, 2, -1, 0.5]))
    await #expect(processExitsWith: .failure) {
      var built = SparseVector(indices: [5], values: [1])
      built.append(SparseVector(indices: [1], values: [1]), from: 4)
    }
  }

  @Test func normIsSummedInDoublePrecision() {
    // In single precision the ones would be lost beside 2^24.
    let values = [4096] + [Float](repeating: 1, count: 4096)
    let vector = SparseVector(indices: (0...4096).map { UInt32($0) }, values: values)
    #expect(vector.norm == Double(4096 * 4096 + 4096).squareRoot())
  }

  @Test func replacedElements() async {
    var vector = SparseVector(indices: [3], values: [1])
    for count in [5, 2, 0, 9] {
      vector.replace(count: count) { indices, values in
        for place in 0..<count {
          indices[place] = UInt32(2 * place)
          values[place] = Float(place)
        }
      }
      let expected = SparseVector(
        indices: (0..<count).map { UInt32(2 * $0) }, values: (0..<count).map { Float($0) })
      #expect(vector == expected)
    }
    await #expect(processExitsWith: .failure) {
      var vector = SparseVector()
      vector.replace(count: 2) { indices, _ in indices[0] = 1 }
    }
  }
}
