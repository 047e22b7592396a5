import DatelineVectors
import Testing

@Suite struct FeatureListTests {
  private func elements(_ list: FeatureList) -> [SIMD2<Float>] {
    list.withSpans { indices, values in indices.indices.map { SIMD2(Float(indices[$0]), values[$0]) } }
  }

  @Test func memoryIsUsedAgain() {
    var list = FeatureList()
    #expect(list.count == 0 && elements(list).isEmpty)
    for count in [3, 0, 200, 5] {
      list.replace(count: count) { indices, values in
        for place in 0..<count {
          indices[place] = UInt32(count - place)
          values[place] = Float(place)
        }
      }
      list.append(SparseVector(indices: [7], values: [0.5]), from: 0)
      let expected = (0..<count).map { SIMD2(Float(count - $0), Float($0)) } + [SIMD2(7, 0.5)]
      #expect(elements(list) == expected && list.count == count + 1)
    }
    list.replace(with: SparseVector(indices: [1, 4], values: [2, -1]))
    #expect(elements(list) == [SIMD2(1, 2), SIMD2(4, -1)])
  }

  @Test func vectorsAreAppended() {
    var list = FeatureList()
    list.append(SparseVector(), from: 9)
    #expect(list.count == 0)
    list.append(SparseVector(indices: [7], values: [0.5]), from: 0)
    list.append(SparseVector(indices: [0, 3], values: [1, 2]), from: 10)
    #expect(elements(list) == [SIMD2(7, 0.5), SIMD2(10, 1), SIMD2(13, 2)] && list.count == 3)
    let long = SparseVector(indices: Array(0..<300), values: Array(repeating: 1, count: 300))
    list.append(long, from: 100)
    #expect(elements(list).suffix(300) == (0..<300).map { SIMD2(Float(100 + $0), 1) } && list.count == 303)
  }
}
