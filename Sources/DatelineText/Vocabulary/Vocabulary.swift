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
        place(of: fingerprint, from: Int(buckets[Int(truncatingIfNeeded: fingerprint >> shift)]), in: fingerprints)
      }
    }
  }

  /// Appends a cell for every term that is a feature: its number in the upper half, its count in the lower; unsorted.
  ///
  /// A look-up waits twice for memory. Here the look-ups of a document go through both reads together, so the waits
  /// overlap: that is three times as fast as one look-up after the other.
  func appendCells(fingerprints terms: Span<UInt64>, counts: Span<UInt32>, into cells: inout [UInt64]) {
    buckets.withSpan { buckets in
      fingerprints.withSpan { fingerprints in
        if fingerprints.isEmpty { return }
        withUnsafeTemporaryAllocation(of: (place: UInt32, candidate: UInt64).self, capacity: terms.count) { found in
          let last = UInt32(truncatingIfNeeded: fingerprints.count - 1)
          for term in terms.indices {
            let place = min(buckets[Int(truncatingIfNeeded: terms[term] >> shift)], last)
            found.initializeElement(at: term, to: (place, 0))
          }
          for term in terms.indices { found[term].candidate = fingerprints[Int(found[term].place)] }
          for term in terms.indices {
            var place = Int(found[term].place)
            if found[term].candidate != terms[term] {
              place = self.place(of: terms[term], from: place, in: fingerprints)
            }
            if place >= 0 { cells.append(UInt64(place) << 32 | UInt64(counts[term])) }
          }
        }
      }
    }
  }

  /// The place of a fingerprint at or behind a place, or -1.
  ///
  /// A hostile file can hold any bucket bounds: whatever they are, the place is one of those there are, and a crowded
  /// bucket costs steps by the logarithm of its size.
  @inline(__always)
  private func place(of fingerprint: UInt64, from start: Int, in fingerprints: Span<UInt64>) -> Int {
    let near = min(start &+ Vocabulary.nearby, fingerprints.count)
    var place = start
    while place < near {
      let candidate = fingerprints[place]
      if candidate >= fingerprint { return candidate == fingerprint ? place : -1 }
      place &+= 1
    }
    return near < fingerprints.count ? farPlace(of: fingerprint, from: near, in: fingerprints) : -1
  }

  /// The places that are looked at one after the other.
  private static let nearby = 32

  @inline(never)
  private func farPlace(of fingerprint: UInt64, from start: Int, in fingerprints: Span<UInt64>) -> Int {
    var low = start
    var high = fingerprints.count
    while low < high {
      let middle = (low + high) / 2
      if fingerprints[middle] < fingerprint { low = middle + 1 } else { high = middle }
    }
    return low < fingerprints.count && fingerprints[low] == fingerprint ? low : -1
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
