internal import CXXHash
import DatelineVectors

/// The XXH3 checksum of some bytes: 64 bits, seed 0. About 10 GB/s.
func checksum(_ bytes: [UInt8]) -> UInt64 { dateline_xxh3_64(bytes, bytes.count) }

/// The XXH3 checksum of some bytes.
func checksum(_ bytes: SharedBuffer<UInt8>) -> UInt64 {
  bytes.withSpan { span in span.withUnsafeBufferPointer { dateline_xxh3_64($0.baseAddress, $0.count) } }
}

/// Sixteen hexadecimal digits.
func hexadecimal(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
