/// Cuts text into tokens.
public protocol Tokenizer: Sendable {
  /// Appends the tokens of a text, in order.
  ///
  /// - Parameters:
  ///   - text: UTF-8; invalid bytes separate tokens.
  ///   - tokens: Receives the tokens. What it already holds stays.
  func tokenize(_ text: Span<UInt8>, into tokens: inout TokenBuffer)
}

/// Tokens as the tokenizer leaves them: a 64-bit fingerprint of the normalised form, and the place in the text.
///
/// The buffer is kept and reused by whoever processes many texts, so that no token costs an allocation.
public struct TokenBuffer: Sendable {
  /// One fingerprint a token: equal for tokens of one normalised form, and never 0.
  public var fingerprints: [UInt64] = []
  /// Where each token begins in the text, in bytes.
  public var starts: [UInt32] = []
  /// Where each token ends in the text, in bytes.
  public var ends: [UInt32] = []

  /// An empty buffer.
  public init() {}

  /// The number of tokens.
  public var count: Int { fingerprints.count }

  /// Adds a token.
  @inlinable
  public mutating func append(fingerprint: UInt64, start: Int, end: Int) {
    fingerprints.append(fingerprint)
    starts.append(UInt32(truncatingIfNeeded: start))
    ends.append(UInt32(truncatingIfNeeded: end))
  }

  /// Removes all tokens and keeps the memory.
  public mutating func removeAll() {
    fingerprints.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
