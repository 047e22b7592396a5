import Testing

@testable import DatelineText

@Suite struct RadixSortTests {
  @Test func agreesWithSorted() {
    let seed: UInt64 = 31
    var generator = SeededGenerator(seed: seed)
    var scratch: [UInt64] = []
    for count in [0, 1, 2, 3, 255, 256, 257, 1_000, 5_000, 300, 64] {
      for distinct in [1, 2, 256, 70_000, UInt64.max] {
        let top = UInt64.random(in: 0..<256, using: &generator) << 56
        var numbers = (0..<count).map { _ in
          top | (UInt64.random(in: 0..<distinct, using: &generator) &* 0x0100_0193_0001) >> 8
        }
        let expected = numbers.sorted()
        RadixSort.sort(&numbers, scratch: &scratch)
        #expect(numbers == expected, "\(count) numbers, \(distinct) distinct, seed \(seed)")
      }
    }
  }
}
