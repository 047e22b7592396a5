import DatelineVectors
import Testing

@Suite struct CSRMatrixTests {
  private func random(_ generator: inout SeededGenerator) -> CSRMatrix {
    let columns = Int.random(in: 0...12, using: &generator)
    let rows = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
      var row = SparseVector()
      for column in 0..<columns where Int.random(in: 0..<3, using: &generator) == 0 {
        row.append(index: UInt32(column), value: .random(in: -1...1, using: &generator))
      }
      return row
    }
    return CSRMatrix(rows: rows, columnCount: columns)
  }

  /// The matrix with its zeros.
  private func dense(_ matrix: CSRMatrix) -> [[Float]] {
    (0..<matrix.rowCount).map { row in
      var cells = [Float](repeating: 0, count: matrix.columnCount)
      for place in matrix.range(ofRow: row) { cells[Int(matrix.columnIndices[place])] = matrix.values[place] }
      return cells
    }
  }

  @Test func rows() {
    let first = SparseVector(indices: [0, 3], values: [1, 2])
    let matrix = CSRMatrix(rows: [first, SparseVector(), first], columnCount: 5)
    #expect(matrix.rowCount == 3)
    #expect(matrix.storedCount == 4)
    #expect(matrix.rowOffsets == [0, 2, 2, 4])
    #expect(matrix[row: 0] == first)
    #expect(matrix[row: 1] == SparseVector())
    #expect(matrix.range(ofRow: 2) == 2..<4)
  }

  @Test func transpose() {
    let seed: UInt64 = 4_711
    var generator = SeededGenerator(seed: seed)
    for round in 0..<200 {
      let matrix = random(&generator)
      let transposed = matrix.transposed()
      #expect(transposed.rowCount == matrix.columnCount && transposed.columnCount == matrix.rowCount)
      let cells = dense(matrix)
      let transposedCells = dense(transposed)
      for row in 0..<matrix.rowCount {
        for column in 0..<matrix.columnCount {
          #expect(transposedCells[column][row] == cells[row][column], "round \(round), seed \(seed)")
        }
      }
      #expect(transposed.transposed() == matrix, "round \(round), seed \(seed)")
    }
  }

  @Test func selecting() throws {
    let seed: UInt64 = 815
    var generator = SeededGenerator(seed: seed)
    for round in 0..<200 {
      let matrix = random(&generator)
      let wanted =
        matrix.rowCount == 0
        ? []
        : (0..<Int.random(in: 0...20, using: &generator)).map { _ in
          Int.random(in: 0..<matrix.rowCount, using: &generator)
        }
      let selected = try matrix.selecting(rows: wanted)
      #expect(
        selected == CSRMatrix(rows: wanted.map { matrix[row: $0] }, columnCount: matrix.columnCount),
        "round \(round), seed \(seed)")
    }
  }

  @Test func emptyMatrices() throws {
    let none = CSRMatrix(rows: [], columnCount: 0)
    #expect(none.transposed() == none)
    #expect(CSRMatrix(rows: [], columnCount: 3).transposed().rowCount == 3)
    #expect(try none.selecting(rows: []) == none)
  }
}
