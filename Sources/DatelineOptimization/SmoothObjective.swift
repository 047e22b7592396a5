/// A function of many variables with two derivatives, as an optimiser sees it. Blind to text and labels.
public protocol SmoothObjective {
  /// The number of variables.
  var dimension: Int { get }
  /// The value and the gradient at a point, in one pass. The second derivatives below are those at the point of the
  /// last call.
  mutating func evaluate(_ point: [Double], gradient: inout [Double]) -> Double
  /// The product of the Hessian and a direction.
  mutating func hessianProduct(_ direction: [Double], into product: inout [Double])
  /// The diagonal of the Hessian; positive.
  mutating func hessianDiagonal(into diagonal: inout [Double])
}
