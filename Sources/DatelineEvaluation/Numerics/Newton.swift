import DatelineOptimization

/// A convex function of few parameters with its first and second derivatives.
protocol ConvexObjective {
  /// The number of parameters.
  var dimension: Int { get }
  /// The value at a point.
  func value(at point: [Double]) -> Double
  /// The value at a point, its gradient, and the lower triangle of its Hessian (row after row).
  ///
  /// Both buffers come zeroed.
  func derivatives(at point: [Double], gradient: inout [Double], hessian: inout [Double]) -> Double
}

/// Minimises a convex function by Newton's method with backtracking (Nocedal & Wright 2006, algorithm 3.2 and
/// procedure 3.1).
///
/// It stops when the squared Newton decrement is below 1e-16 of the value, after one last full step, so that parameters
/// are good to about the square root of that squared: all digits that the function has.
///
/// - Returns: The point; where the function has no minimum, the last one after 100 steps.
func minimizeByNewton(_ objective: some ConvexObjective, from start: [Double]) -> [Double] {
  let n = objective.dimension
  var point = start
  for _ in 0..<100 {
    var gradient = [Double](repeating: 0, count: n)
    var hessian = [Double](repeating: 0, count: n * n)
    let value = objective.derivatives(at: point, gradient: &gradient, hessian: &hessian)
    let direction = solveSymmetric(hessian, gradient)
    var decrement = 0.0
    for index in 0..<n { decrement += gradient[index] * direction[index] }
    guard decrement > 0, decrement.isFinite else { return point }
    let scale = 1 + value.magnitude
    if decrement <= 1e-12 * scale {
      // Differences of values are below rounding here, so they cannot guide the step any more.
      for index in 0..<n { point[index] -= direction[index] }
      if decrement <= 1e-16 * scale { return point }
      continue
    }
    var step = 1.0
    var next = point
    while true {
      for index in 0..<n { next[index] = point[index] - step * direction[index] }
      if objective.value(at: next) <= value - 1e-4 * step * decrement { break }
      step /= 2
      if step < 1e-12 { return point }
    }
    point = next
  }
  return point
}
