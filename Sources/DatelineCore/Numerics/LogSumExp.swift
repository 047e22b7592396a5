import Glibc

/// ln Σ exp(x), shifted by the maximum so that nothing overflows: the only normaliser, written once.
///
/// - Parameters:
///   - values: Finite numbers.
///   - range: Which of them; at least one.
public func logSumExp(_ values: Span<Double>, _ range: Range<Int>) -> Double {
  var largest = -Double.infinity
  for index in range { largest = max(largest, values[index]) }
  var sum = 0.0
  for index in range { sum += exp(values[index] - largest) }
  return largest + log(sum)
}
