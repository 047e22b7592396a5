internal import CXXHash
public import DatelineCore

extension DocumentBatch {
  /// A digest of each document's title and body, and of nothing else: equal for copies, in any batch or file.
  ///
  /// It is made of 64-bit XXH3 digests: among a million different texts, two are equal with a chance of 1 in 37 million.
  public func contentDigests() -> [UInt64] {
    bytes.withUnsafeBytes { bytes in
      records.map { record in
        let title = bytes[record.title]
        let body = bytes[record.body]
        let titleDigest = dateline_xxh3_64(UnsafeRawBufferPointer(rebasing: title).baseAddress, title.count)
        let bodyDigest = dateline_xxh3_64(UnsafeRawBufferPointer(rebasing: body).baseAddress, body.count)
        // Mixing one of them keeps a text in the title apart from the same text in the body.
        return SplitMix64.mix(titleDigest &+ SplitMix64.increment) ^ bodyDigest
      }
    }
  }
}
