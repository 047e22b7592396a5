import DatelineVectors
import Testing

/// On disk as in memory.
@Suite struct SpoolTests {
  private let random: (Int, UInt64) -> [UInt32] = { count, seed in
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
  }

  /// Runs that are shorter and longer than what is written at once.
  @Test(arguments: [[], [0], [1], [3, 0, 5], [262_143, 1, 1], [262_144], [10, 900_000, 7, 300_000]])
  func builtInRuns(lengths: [Int]) throws {
    let runs = lengths.enumerated().map { random($1, UInt64($0)) }
    let expected = runs.flatMap { $0 }
    for spooled in [false, true] {
      let builder = try SharedBufferBuilder<UInt32>(spooled: spooled)
      for run in runs { try builder.append(run.span) }
      #expect(builder.count == expected.count)
      let buffer = try builder.finish()
      #expect(buffer.array() == expected)
      #expect(buffer.isSpooled == spooled)
      #expect(buffer == SharedBuffer(expected))
    }
  }

  @Test func builtOneByOne() throws {
    let expected = random(600_000, 4)
    for spooled in [false, true] {
      let builder = try SharedBufferBuilder<UInt32>(spooled: spooled)
      for number in expected { try builder.append(number) }
      #expect(try builder.finish().array() == expected)
    }
  }

  @Test func whatIsLetGoOfIsReadAgain() throws {
    let expected = random(2_100_000, 5)
    let builder = try SharedBufferBuilder<UInt32>(spooled: true)
    try builder.append(expected.span)
    let buffer = try builder.finish()
    for range in [0..<0, 0..<1, 5..<9000, 0..<expected.count, 2_099_000..<2_100_000] {
      buffer.release(range)
      #expect(buffer.array() == expected)
    }
    var pieces: [Int] = []
    var seen: [UInt32] = []
    buffer.forEachPiece { span in
      pieces.append(span.count)
      for place in span.indices { seen.append(span[place]) }
    }
    #expect(seen == expected && pieces.count == 3)
  }

  @Test(arguments: [false, true]) func whatIsWrittenStays(spooled: Bool) throws {
    let numbers = try MutableBuffer<Double>(zeros: 5000, spooled: spooled)
    #expect((0..<5000).allSatisfy { numbers[$0] == 0 })
    for place in 0..<5000 { numbers[place] = Double(place) }
    numbers.release(0..<5000)
    #expect((0..<5000).allSatisfy { numbers[$0] == Double($0) })
    #expect(try MutableBuffer<Double>(zeros: 0, spooled: spooled).count == 0)
  }

  /// The same matrix in memory and on disk; over two million elements, so that sweeps take several blocks.
  private func matrices() throws -> (memory: CSRMatrix, disk: CSRMatrix) {
    var generator = SeededGenerator(seed: 6)
    var offsets = [0]
    for _ in 0..<3000 {
      offsets.append(offsets[offsets.count - 1] + Int.random(in: 0...1600, using: &generator))
    }
    let total = offsets[offsets.count - 1]
    var columns: [UInt32] = []
    for row in 0..<3000 { columns += (0..<UInt32(offsets[row + 1] - offsets[row])).map { $0 * 2 } }
    let values = random(total, 7).map { Float($0 >> 16) }
    let memory = CSRMatrix(columnCount: 4000, rowOffsets: offsets, columnIndices: columns, values: values)
    let indices = try SharedBufferBuilder<UInt32>(spooled: true)
    try indices.append(columns.span)
    let elements = try SharedBufferBuilder<Float>(spooled: true)
    try elements.append(values.span)
    let disk = CSRMatrix(
      columnCount: 4000, rowOffsets: offsets, columnIndices: try indices.finish(), values: try elements.finish())
    return (memory, disk)
  }

  @Test func matrix() throws {
    let (memory, disk) = try matrices()
    #expect(memory == disk && disk.isSpooled && !memory.isSpooled)
    #expect(disk.transposed() == memory.transposed())
    let chosen = (0..<3000).filter { $0 % 3 != 1 }
    let selected = try disk.selecting(rows: chosen)
    #expect(try selected.isSpooled && selected == memory.selecting(rows: chosen))
    #expect(try disk.selecting(rows: [5, 2999, 0, 5]) == memory.selecting(rows: [5, 2999, 0, 5]))
  }

  @Test func sweeps() throws {
    let (memory, disk) = try matrices()
    var blocks: [Range<Int>] = []
    disk.forEachBlock { blocks.append($0) }
    #expect(blocks.count > 1 && blocks.flatMap { Array($0) } == Array(0..<3000))
    blocks = []
    memory.forEachBlock { blocks.append($0) }
    #expect(blocks == [0..<3000])
    let some = (0..<Int32(3000)).filter { $0 % 7 != 3 }
    var parts: [[Int32]] = []
    disk.forEachBlock(of: some) { parts.append(Array($0)) }
    #expect(parts.count > 1 && parts.flatMap { $0 } == some)
    parts = []
    disk.forEachBlock(of: []) { parts.append(Array($0)) }
    #expect(parts.isEmpty)
  }
}
