import DatelineCore

/// Random numbers of a seed, the same on every run: tests print the seed, so that a failure can be repeated.
public struct Random: RandomNumberGenerator {
  private var generator: SplitMix64

  /// A generator; equal seeds give equal numbers.
  public init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// The next number.
  public mutating func next() -> UInt64 { generator.next() }

  /// A number in [0, 1).
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number below a limit.
  public mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// Roughly normal: the sum of twelve uniforms.
  public mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }
}
