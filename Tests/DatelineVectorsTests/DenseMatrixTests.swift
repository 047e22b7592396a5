import DatelineVectors
import Testing

@Suite struct DenseMatrixTests {
  @Test func elementsStandRowAfterRow() {
    var matrix = DenseMatrix(rowCount: 2, columnCount: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[0, 2] == 3)
    #expect(matrix[1, 0] == 4)
    matrix[1, 1] = 50
    #expect(matrix.elements == [1, 2, 3, 4, 50, 6])
    #expect(DenseMatrix(rowCount: 2, columnCount: 2).elements == [0, 0, 0, 0])
  }

  @Test func products() {
    let a = DenseMatrix(rowCount: 2, columnCount: 3, elements: [1, 2, 3, 4, 5, 6])
    let b = DenseMatrix(rowCount: 3, columnCount: 1, elements: [1, 0, -1])
    #expect(a.times([1, 0, -1]) == [-2, -2])
    #expect(a.times(b) == DenseMatrix(rowCount: 2, columnCount: 1, elements: [-2, -2]))
    let c = DenseMatrix(rowCount: 1, columnCount: 2, elements: [10, 100])
    #expect(b.times(c).elements == [10, 100, 0, 0, -10, -100])
  }

  @Test func emptyProducts() {
    #expect(DenseMatrix(rowCount: 2, columnCount: 0).times([]) == [0, 0])
    #expect(DenseMatrix(rowCount: 0, columnCount: 2).times([1, 2]) == [])
    let zeros = DenseMatrix(rowCount: 2, columnCount: 0).times(DenseMatrix(rowCount: 0, columnCount: 2))
    #expect(zeros == DenseMatrix(rowCount: 2, columnCount: 2))
  }
}
