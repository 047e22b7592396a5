/// The Wilson score interval of a fraction at 95 % (Wilson 1927): where the true accuracy lies, if the documents are a
/// random sample. `nil` without trials.
///
/// - Parameters:
///   - successes: How often it came true.
///   - trials: How often it was tried.
public func wilsonInterval(successes: Int, trials: Int) -> ClosedRange<Double>? {
  guard trials > 0 else { return nil }
  let z = 1.959963984540054
  let n = Double(trials)
  let p = Double(successes) / n
  let center = (p + z * z / (2 * n)) / (1 + z * z / n)
  let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  // Both ends are within [0, 1] but for rounding, and reach the ends exactly when all or nothing came true.
  let low = successes == 0 ? 0 : max(center - half, 0)
  return low...(successes == trials ? 1 : min(center + half, 1))
}
