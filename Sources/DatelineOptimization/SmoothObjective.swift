/// A function of many variables with two derivatives, as an optimiser sees it. Blind to text and labels.
///
/// Values and gradients are in double precision; they decide where the optimum is. Second derivatives are in single
/// precision: they only point the way, and half the memory has to come to the processor.
public protocol SmoothObjective {
  /// The number of variables.
  var dimension: Int { get }
  /// The value and the gradient at a point, in one pass. The second derivatives below are those at the point of the
  /// last call.
  mutating func evaluate(_ point: [Double], gradient: inout [Double]) -> Double
  /// At most how far a value is above the minimum: the value and the gradient of the last evaluation.
  func gap(value: Double, gradient: [Double]) -> Double
  /// The product H·d of the Hessian and a direction.
  mutating func hessianProduct(_ direction: [Float], into product: inout [Float])
  /// The diagonal of the Hessian; positive.
  mutating func hessianDiagonal(into diagonal: inout [Float])
}
