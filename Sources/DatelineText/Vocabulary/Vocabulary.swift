public import DatelineCore
public import DatelineVectors

/// The features of a model: the fingerprints of the terms that are kept, in ascending order. A feature's number is its
/// place in that order, so it depends on the terms alone.
///
/// Looking up costs two reads: fingerprints are uniform, so the top bits of one lead to a bucket of about one entry.
public struct Vocabulary: Sendable {
  /// The fingerprints, strictly ascending.
  public let fingerprints: SharedBuffer<UInt64>
  /// Where each bucket begins in ``fingerprints``: 2^b + 1 entries for the b top bits of a fingerprint.
  private let buckets: SharedBuffer<UInt32>
  private let shift: UInt64

  /// A vocabulary of the given fingerprints.
  ///
  /// - Parameter fingerprints: Strictly ascending; fewer than 2³².
  public init(_ fingerprints: [UInt64]) {
    let bits = Vocabulary.bucketBits(for: fingerprints.count)
    let shift = UInt64(64 - bits)
    var starts = [UInt32](repeating: 0, count: 1 << bits + 1)
    var bucket = 0
    for (place, fingerprint) in fingerprints.enumerated() {
      while bucket <= Int(fingerprint >> shift) {
        starts[bucket] = UInt32(place)
        bucket += 1
      }
    }
    while bucket < starts.count {
      starts[bucket] = UInt32(fingerprints.count)
      bucket += 1
    }
    self.init(fingerprints: SharedBuffer(fingerprints), buckets: SharedBuffer(starts), shift: shift)
  }

  private init(fingerprints: SharedBuffer<UInt64>, buckets: SharedBuffer<UInt32>, shift: UInt64) {
    self.fingerprints = fingerprints
    self.buckets = buckets
    self.shift = shift
  }

  private static func bucketBits(for count: Int) -> Int { max(1, min(31, Int.bitWidth - count.leadingZeroBitCount)) }

  /// The number of features.
  public var count: Int { fingerprints.count }

  /// The number of the feature with a fingerprint, or -1. O(1) on average.
  @inline(__always)
  public func index(of fingerprint: UInt64) -> Int {
    buckets.withSpan { buckets in
      fingerprints.withSpan { fingerprints in
        let bucket = Int(truncatingIfNeeded: fingerprint >> shift)
        // A hostile file can hold any bucket bounds: they are cut to what there is.
        let end = min(Int(buckets[bucket + 1]), fingerprints.count)
        var place = Int(buckets[bucket])
        while place < end {
          let candidate = fingerprints[place]
          if candidate >= fingerprint { return candidate == fingerprint ? place : -1 }
          place += 1
        }
        return -1
      }
    }
  }

  /// `vocabulary.fingerprints` and `vocabulary.buckets`.
  public func payloads() -> [Payload] {
    [
      Payload(name: "vocabulary.fingerprints", fingerprints),
      Payload(name: "vocabulary.buckets", buckets),
    ]
  }

  /// Brings a vocabulary back from the parts that ``payloads()`` gave.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` for parts that do not fit together.
  public init(_ payloads: Payloads) throws(DatelineError) {
    let fingerprints = try payloads.numbers("vocabulary.fingerprints", as: UInt64.self)
    let bits = Vocabulary.bucketBits(for: fingerprints.count)
    let buckets = try payloads.numbers("vocabulary.buckets", as: UInt32.self, count: 1 << bits + 1)
    self.init(fingerprints: fingerprints, buckets: buckets, shift: UInt64(64 - bits))
  }
}
