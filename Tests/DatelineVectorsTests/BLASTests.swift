import DatelineVectors
import Testing

@Suite struct BLASTests {
  /// Sums of n terms of magnitude 1 in another order differ by at most about n times the rounding unit.
  private func isClose(_ a: [Double], _ b: [Double], terms: Int) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { abs($0 - $1) <= Double(terms + 2) * 8 * Double.ulpOfOne }
  }

  private let sizes = [0, 1, 2, 3, 7, 8, 16, 31, 64, 100, 257]

  @Test(arguments: [1, 2, 3] as [UInt64])
  func vectors(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for size in sizes {
      let x = generator.vector(size)
      let y = generator.vector(size)
      let alpha = Double.random(in: -2...2, using: &generator)
      #expect(isClose([BLAS.dot(x, y)], [ReferenceKernels.dot(x, y)], terms: size), "n \(size), seed \(seed)")
      #expect(isClose([BLAS.norm(x)], [ReferenceKernels.norm(x)], terms: size), "n \(size), seed \(seed)")
      var (sum, referenceSum) = (y, y)
      BLAS.axpy(alpha, x, &sum)
      ReferenceKernels.axpy(alpha, x, &referenceSum)
      #expect(isClose(sum, referenceSum, terms: 1), "n \(size), seed \(seed)")
      var (scaled, referenceScaled) = (x, x)
      BLAS.scale(alpha, &scaled)
      ReferenceKernels.scale(alpha, &referenceScaled)
      #expect(scaled == referenceScaled, "n \(size), seed \(seed)")
    }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func matrixTimesVector(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for (rows, columns) in [(0, 0), (0, 3), (3, 0), (1, 1), (1, 9), (9, 1), (5, 7), (33, 20)] {
      let a = generator.vector(rows * columns)
      let x = generator.vector(columns)
      for beta in [0.0, 1, -0.5] {
        let start = generator.vector(rows)
        var (y, reference) = (start, start)
        BLAS.gemv(rows: rows, columns: columns, 1.5, a, x, beta, &y)
        ReferenceKernels.gemv(rows: rows, columns: columns, 1.5, a, x, beta, &reference)
        #expect(isClose(y, reference, terms: columns), "\(rows) × \(columns), beta \(beta), seed \(seed)")
      }
    }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func matrixTimesMatrix(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for (rows, inner, columns) in [(0, 2, 2), (2, 0, 3), (2, 2, 0), (1, 1, 1), (3, 5, 2), (17, 9, 23)] {
      let a = generator.vector(rows * inner)
      let b = generator.vector(inner * columns)
      for beta in [0.0, 1, -0.5] {
        let start = generator.vector(rows * columns)
        var (c, reference) = (start, start)
        BLAS.gemm(rows: rows, inner: inner, columns: columns, 1.5, a, b, beta, &c)
        ReferenceKernels.gemm(rows: rows, inner: inner, columns: columns, 1.5, a, b, beta, &reference)
        #expect(isClose(c, reference, terms: inner), "\(rows) × \(inner) × \(columns), beta \(beta), seed \(seed)")
      }
    }
  }

  @Test func aBetaOfZeroForgetsWhatWasThere() {
    var y = [Double.nan, .infinity]
    BLAS.gemv(rows: 2, columns: 2, 1, [1, 2, 3, 4], [1, 1], 0, &y)
    #expect(y == [3, 7])
    var reference = [Double.nan, .infinity]
    ReferenceKernels.gemv(rows: 2, columns: 2, 1, [1, 2, 3, 4], [1, 1], 0, &reference)
    #expect(reference == [3, 7])
    var c = [Double.nan]
    ReferenceKernels.gemm(rows: 1, inner: 1, columns: 1, 1, [2], [3], 0, &c)
    #expect(c == [6])
  }

  @Test func normDoesNotOverflow() {
    #expect(abs(BLAS.norm([3e200, 4e200]) / 5e200 - 1) < 1e-14)
    #expect(abs(BLAS.norm([3e-200, 4e-200]) / 5e-200 - 1) < 1e-14)
  }

  @Test func identification() {
    #expect(!BLAS.identification.isEmpty)
    #expect(BLAS.identification != "BLAS of unknown origin")
    #expect(BLAS.identification != "no BLAS (plain Swift)", "the set-up installs one")
  }
}
