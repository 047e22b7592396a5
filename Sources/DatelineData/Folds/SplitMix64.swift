/// The mixing function of SplitMix64 (Steele, Lea, Flood 2014, "Fast Splittable Pseudorandom Number Generators"): a
/// one-to-one map of 64 bits in which each bit of the input changes half of the output.
enum SplitMix64 {
  /// The golden ratio's fraction in 64 bits, odd.
  static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The mixed number.
  static func mix(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
