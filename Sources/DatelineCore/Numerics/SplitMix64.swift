/// A seeded generator of random numbers, the same on every machine: SplitMix64 (Steele, Lea, Flood 2014, "Fast
/// Splittable Pseudorandom Number Generators").
public struct SplitMix64: RandomNumberGenerator, Sendable {
  /// The golden ratio's fraction in 64 bits, odd: what the state grows by.
  public static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  @usableFromInline var state: UInt64

  /// A generator; equal seeds give equal numbers.
  public init(seed: UInt64) { state = seed }

  /// The next number.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= SplitMix64.increment
    return SplitMix64.mix(state)
  }

  /// The mixed number: a one-to-one map of 64 bits in which each bit of the input changes half of the output.
  @inlinable
  public static func mix(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension SplitMix64 {
  /// Puts an array into random order (Fisher & Yates; Durstenfeld 1964). The standard library's shuffle may one day
  /// draw its numbers in another way; this one stays.
  @inlinable
  public mutating func shuffle<Element>(_ array: inout [Element]) {
    guard array.count > 1 else { return }
    array.withUnsafeMutableBufferPointer { array in
      for last in stride(from: array.count - 1, through: 1, by: -1) {
        array.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
      }
    }
  }
}
