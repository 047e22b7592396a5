import DatelineParallel
import Testing

@Suite struct PartTests {
  @Test func partsFollowOneAnother() {
    for count in 0...40 {
      for parts in 1...70 {
        var next = 0
        for part in 0..<parts {
          let range = WorkerPool.part(part, of: parts, count: count)
          #expect(range.lowerBound == next && range.count <= count / parts + 1)
          next = range.upperBound
        }
        #expect(next == count)
      }
    }
  }
}
