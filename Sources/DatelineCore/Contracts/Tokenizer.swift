/// Cuts text into tokens.
public protocol Tokenizer: Sendable {
  /// Appends the tokens of a text, in order.
  ///
  /// - Parameters:
  ///   - text: UTF-8; invalid bytes separate tokens.
  ///   - buffer: Receives the tokens. What it already holds stays.
  func tokenize(_ text: Span<UInt8>, into buffer: inout TokenBuffer)
}

/// A token as the tokenizer leaves it.
public struct Token: Sendable, Equatable {
  /// 64 bits that stand for the normalised form: equal for equal forms, and different forms share one by chance only.
  public var fingerprint: UInt64
  /// Where the token begins in the text, in bytes.
  public var start: UInt32
  /// Where the token ends in the text, in bytes.
  public var end: UInt32

  /// A token.
  @inlinable
  public init(fingerprint: UInt64, start: UInt32, end: UInt32) {
    self.fingerprint = fingerprint
    self.start = start
    self.end = end
  }
}

/// The tokens of a text. Kept and reused by whoever processes many texts, so that no token costs an allocation.
public struct TokenBuffer: Sendable {
  /// The tokens, in the order of the text.
  public var tokens: [Token] = []
  /// Whether a tokenizer is to fill ``normalizedText`` and ``normalizedEnds``.
  public var keepsNormalizedText = false
  /// The normalised forms of all tokens, one behind the other, UTF-8.
  public var normalizedText: [UInt8] = []
  /// Where the normalised form of each token ends in ``normalizedText``.
  public var normalizedEnds: [Int] = []

  /// An empty buffer.
  public init() {}

  /// Removes all tokens and keeps the memory.
  public mutating func removeAll() {
    tokens.removeAll(keepingCapacity: true)
    // Most tokenizers are not asked for these, and even nothing takes a while to remove.
    if !normalizedText.isEmpty { normalizedText.removeAll(keepingCapacity: true) }
    if !normalizedEnds.isEmpty { normalizedEnds.removeAll(keepingCapacity: true) }
  }
}
