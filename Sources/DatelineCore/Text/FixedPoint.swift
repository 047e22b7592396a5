extension Double {
  /// The number with a fixed count of digits behind the point, for people: `0.9285.fixed(3)` is `0.929`.
  ///
  /// Halves are rounded away from zero, and it is the double's exact value that is rounded, not its shortest decimal.
  /// A result of zero has no sign. NaN becomes `n/a`, infinities `∞` and `-∞`; numbers from 2⁶³ on keep Swift's own
  /// form.
  ///
  /// - Parameter digits: 0 to 15.
  public func fixed(_ digits: Int) -> String {
    precondition((0...15).contains(digits), "0 to 15 digits behind the point")
    if isNaN { return "n/a" }
    if isInfinite { return self < 0 ? "-∞" : "∞" }
    guard magnitude < 0x1p63 else { return "\(self)" }
    var scale: UInt64 = 1
    for _ in 0..<digits { scale *= 10 }
    var whole = UInt64(magnitude)
    let fraction = magnitude - Double(whole)
    let product = fraction * Double(scale)
    // What rounding the product lost. It decides between a half that is one and a half that only rounding made.
    let lost = (-product).addingProduct(fraction, Double(scale))
    var scaled = product.rounded(.down)
    let rest = product - scaled
    if rest > 0.5 || (rest == 0.5 && lost >= 0) { scaled += 1 }
    var decimals = UInt64(scaled)
    if decimals >= scale {
      whole += 1
      decimals -= scale
    }
    let sign = self < 0 && (whole > 0 || decimals > 0) ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let text = String(decimals)
    return "\(sign)\(whole).\(String(repeating: "0", count: digits - text.utf8.count))\(text)"
  }
}
