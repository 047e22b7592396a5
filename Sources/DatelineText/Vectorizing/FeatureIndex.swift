import DatelineCore

/// What gives a term its number.
enum FeatureIndex: Sendable {
  /// Every term that was kept has a number of its own.
  case exact(Vocabulary)
  /// The top bits of a fingerprint are its number (Weinberger et al. 2009, without signs, so that counts stay counts).
  case hashed(bits: Int)

  var count: Int {
    switch self {
    case .exact(let vocabulary): vocabulary.count
    case .hashed(let bits): 1 << bits
    }
  }

  /// The number of the feature with a fingerprint, or -1.
  @inline(__always)
  func index(of fingerprint: UInt64) -> Int {
    switch self {
    case .exact(let vocabulary): vocabulary.index(of: fingerprint)
    case .hashed(let bits): Int(truncatingIfNeeded: fingerprint >> UInt64(64 - bits))
    }
  }
}
