public import DatelineParallel
import DatelineVectors

/// Newton's method for convex functions of many variables: each step solves H·s = −g inexactly by conjugate gradients
/// with a diagonal preconditioner, and a backtracking line search keeps it descending.
///
/// Nocedal & Wright, Numerical Optimization (2nd ed.), algorithm 7.1 (line search Newton-CG) with the forcing sequence
/// min(0.1, √‖g‖/‖g₀‖), and Armijo's condition, equation 3.4, with c₁ = 10⁻⁴. Diagonal preconditioning for linear
/// classifiers: Hsia, Chiang & Lin, "Preconditioned conjugate gradient methods in truncated Newton frameworks for
/// large-scale linear classification" (2018).
public struct NewtonCG: Sendable {
  /// Stop when the value is above the minimum by at most this share of itself.
  public var tolerance: Double
  /// The most Newton steps.
  public var maximumIterations: Int
  /// The most conjugate gradient steps within one Newton step.
  public var maximumInnerIterations: Int

  /// Steps in a row that bring the gradient down but not the value, before the optimiser gives up.
  private static let maximumIdleSteps = 20

  /// An optimiser.
  public init(tolerance: Double, maximumIterations: Int = 100, maximumInnerIterations: Int = 250) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.maximumInnerIterations = maximumInnerIterations
  }

  /// Where the optimiser arrived.
  public struct Result: Sendable {
    /// The point.
    public var point: [Double]
    /// The function's value there.
    public var value: Double
    /// At most how far the value is above the minimum.
    public var gap: Double
    /// The number of Newton steps.
    public var iterations: Int
    /// The number of products with the Hessian, which is what costs time.
    public var hessianProducts: Int
    /// Whether the tolerance was met.
    public var converged: Bool
  }

  /// Minimises a function.
  ///
  /// - Parameters:
  ///   - objective: The function, convex.
  ///   - start: Where to begin.
  ///   - workers: The threads for sums over long vectors.
  ///   - progress: Told the gap as a share of the value before each step; returns `false` to stop.
  public func minimize(
    _ objective: inout some SmoothObjective, from start: [Double], workers: WorkerPool,
    progress: (Double) -> Bool = { _ in true }
  ) -> Result {
    let vectors = ChunkedVectors(count: start.count, workers: workers)
    var point = start
    var gradient = [Double](repeating: 0, count: start.count)
    var value = objective.evaluate(point, gradient: &gradient)
    var norm = vectors.norm(gradient)
    let firstNorm = norm
    var gap = objective.gap(value: value, gradient: gradient)
    var products = 0
    var iteration = 0
    var idleSteps = 0
    while gap > tolerance * abs(value), iteration < maximumIterations,
      progress(gap / max(abs(value), .leastNormalMagnitude))
    {
      iteration += 1
      let step = solve(
        &objective, gradient, forcing: min(0.1, (norm / firstNorm).squareRoot()), vectors, products: &products)
      let slope = vectors.dot(gradient, step)
      let (from, before, previous) = (point, value, norm)
      var length = 1.0
      var accepted = false
      while !accepted, length > 1e-10 {
        point = vectors.moved(from, by: length, step)
        value = objective.evaluate(point, gradient: &gradient)
        norm = vectors.norm(gradient)
        // Near the optimum the decrease drowns in rounding; there the gradient tells whether a step is good.
        accepted =
          value <= before + 1e-4 * length * slope
          || (abs(value - before) <= 1e-11 * abs(before) && norm < previous)
        if !accepted { length /= 2 }
      }
      if !accepted {
        point = from
        value = objective.evaluate(point, gradient: &gradient)
        break
      }
      gap = objective.gap(value: value, gradient: gradient)
      // Steps that no longer make the value any smaller: the precision of numbers is reached.
      idleSteps = value < before ? 0 : idleSteps + 1
      if idleSteps == NewtonCG.maximumIdleSteps { break }
    }
    return Result(
      point: point, value: value, gap: gap, iterations: iteration, hessianProducts: products,
      converged: gap <= tolerance * abs(value))
  }

  /// Conjugate gradients for H·s = −g, until the residual is `forcing` of where it began, in the preconditioned norm.
  private func solve(
    _ objective: inout some SmoothObjective, _ gradient: [Double], forcing: Double, _ vectors: ChunkedVectors,
    products: inout Int
  ) -> [Float] {
    var diagonal = [Float](repeating: 0, count: gradient.count)
    objective.hessianDiagonal(into: &diagonal)
    var state = ConjugateGradients(gradient: gradient, diagonal: diagonal, vectors: vectors)
    let target = state.energy * forcing * forcing
    for _ in 0..<maximumInnerIterations where state.energy > target {
      objective.hessianProduct(state.direction, into: &state.product)
      products += 1
      guard state.advance() else { break }
    }
    return state.step
  }
}
