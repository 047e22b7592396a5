/// Fingerprints in 256 parts by their top byte: so many are small enough for a table in a near cache, and as a feature's
/// number is its place among all fingerprints in order, the parts are independent of each other.
enum TermParts {
  static let count = 256

  @inline(__always)
  static func part(of fingerprint: UInt64) -> Int { Int(truncatingIfNeeded: fingerprint &>> 56) }

  /// Where each part begins once fingerprints are sorted by parts, and where the last one ends.
  static func starts(_ fingerprints: [UInt64]) -> [Int] {
    var starts = [Int](repeating: 0, count: count + 1)
    for fingerprint in fingerprints { starts[part(of: fingerprint) + 1] += 1 }
    for part in 0..<count { starts[part + 1] += starts[part] }
    return starts
  }
}
