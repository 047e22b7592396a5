import DatelineCore
import Testing

@Suite struct FixedPointTests {
  @Test(arguments: [
    (0.5, 0, "1"), (-0.5, 0, "-1"), (1.5, 0, "2"), (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (0.1, 3, "0.100"),
    (2.675, 2, "2.67"), (0.15, 1, "0.1"), (-1.45, 1, "-1.4"), (1.005, 2, "1.00"), (0.285, 2, "0.28"),
    (1e-9, 3, "0.000"), (-1e-9, 3, "0.000"),
    (0.9999, 3, "1.000"), (-9.9996, 3, "-10.000"), (123456.789, 1, "123456.8"), (0.3, 15, "0.300000000000000"),
    (0x1p62, 2, "4611686018427387904.00"), (1e20, 3, "1e+20"), (0, 2, "0.00"), (-0.0, 0, "0"),
  ])
  func rounding(value: Double, digits: Int, text: String) { #expect(value.fixed(digits) == text) }

  @Test func notNumbers() {
    #expect(Double.nan.fixed(3) == "n/a")
    #expect(Double.infinity.fixed(0) == "∞")
    #expect((-Double.infinity).fixed(1) == "-∞")
  }
}
