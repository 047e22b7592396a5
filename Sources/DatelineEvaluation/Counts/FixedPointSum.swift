/// A sum of doubles in fixed point, so that adding in any order and any grouping gives the same bits.
///
/// Each number is rounded to a multiple of 2⁻³² (2.3e-10); the sum holds up to 2³¹ in magnitude and stays there when it
/// would grow beyond.
struct FixedPointSum: Sendable, Equatable {
  private var units: Int64 = 0

  /// The sum.
  var value: Double { Double(units) * 0x1p-32 }

  /// Adds a finite number; others are a mistake of this target.
  mutating func add(_ number: Double) {
    add(units: Int64((min(max(number, -0x1p30), 0x1p30) * 0x1p32).rounded()))
  }

  /// Adds another sum.
  mutating func add(_ other: FixedPointSum) { add(units: other.units) }

  private mutating func add(units other: Int64) {
    let (sum, overflow) = units.addingReportingOverflow(other)
    units = overflow ? (other > 0 ? .max : .min) : sum
  }
}
