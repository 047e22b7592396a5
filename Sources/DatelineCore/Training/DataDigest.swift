internal import CXXHash

/// A digest of a set of training documents that does not depend on how they were batched, and that grows: the digest
/// of A and then B is that of A and B together.
///
/// It is the sum, modulo 2¹²⁸, of the 128-bit XXH3 digests of every document's parts. It identifies data; it does not
/// withstand somebody who wants two corpora to look equal.
public struct DataDigest: Sendable, Equatable, CustomStringConvertible {
  private var high: UInt64 = 0
  private var low: UInt64 = 0

  /// The digest of no documents.
  public init() {}

  /// Adds all documents of a batch.
  public mutating func add(_ batch: DocumentBatch) {
    var parts: [UInt8] = []
    for record in batch.records {
      parts.removeAll(keepingCapacity: true)
      let labels = record.labels.map { batch.labels[$0] } ?? []
      // Documents without a target have the digest that they always had.
      let target = record.target.isEmpty ? [] : [record.target]
      for range in [record.id, record.title, record.body] + target + labels {
        // The length before each part keeps ("ab", "c") apart from ("a", "bc").
        withUnsafeBytes(of: UInt64(range.count).littleEndian) { parts += $0 }
        parts += batch.bytes[range]
      }
      withUnsafeBytes(of: record.weight.bitPattern.littleEndian) { parts += $0 }
      let hash = dateline_xxh3_128(parts, parts.count)
      add(high: hash.high64, low: hash.low64)
    }
  }

  /// Adds the documents of another digest.
  public mutating func add(_ other: DataDigest) { add(high: other.high, low: other.low) }

  private mutating func add(high otherHigh: UInt64, low otherLow: UInt64) {
    let (sum, carry) = low.addingReportingOverflow(otherLow)
    low = sum
    high = high &+ otherHigh &+ (carry ? 1 : 0)
  }

  /// 32 hexadecimal digits.
  public var description: String { hexadecimal(high) + hexadecimal(low) }

  /// A digest from its 32 hexadecimal digits.
  public init?(_ text: String) {
    // `UInt64` would take a sign.
    guard text.utf8.count == 32, text.utf8.allSatisfy({ $0 > UInt8(ascii: "/") }),
      let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.high = high
    self.low = low
  }
}

private func hexadecimal(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
