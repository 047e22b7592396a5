import DatelineCore

/// Cuts text into words, the fast way for words of ASCII and with a ``UnicodeScanner`` for all others.
struct ASCIIScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let characters: CharacterTable

  /// A block and the 16 bytes behind it, so that every word that begins in the block can be read in one go.
  private static let window = ASCIIBlock.size + 16

  /// Appends the tokens of the whole text.
  func scan(into buffer: inout TokenBuffer) {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return }
    var beyond = UnicodeScanner(bytes: bytes, characters: characters)
    var tokens = PendingTokens()
    withUnsafeTemporaryAllocation(byteCount: ASCIIScanner.window, alignment: 8) { copy in
      var position = 0
      while position < bytes.count {
        var window = base + position
        let left = bytes.count &- position
        if left < ASCIIScanner.window {
          // Zeros behind the end separate.
          copy.initializeMemory(as: UInt8.self, repeating: 0)
          copy.copyMemory(from: UnsafeRawBufferPointer(start: window, count: left))
          if let copied = copy.baseAddress { window = UnsafeRawPointer(copied) }
        }
        if !tokens.hasRoom(for: ASCIIBlock.size / 2) { flush(&tokens, into: &buffer) }
        position = scanBlock(window, at: position, &beyond, &tokens, into: &buffer)
      }
    }
    flush(&tokens, into: &buffer)
  }

  /// Finds the words that begin in a block.
  ///
  /// - Parameters:
  ///   - window: The text from `position` on.
  ///   - position: A place outside of words, or where one begins.
  /// - Returns: Where to go on.
  @inline(__always)
  private func scanBlock(
    _ window: UnsafeRawPointer, at position: Int, _ beyond: inout UnicodeScanner, _ tokens: inout PendingTokens,
    into buffer: inout TokenBuffer
  ) -> Int {
    let block = ASCIIBlock(window)
    var starts = block.words & ~(block.words &<< 1)
    var ends = ~block.words & block.words &<< 1
    var others = block.beyond
    while true {
      // What follows a word has to be known as far as the second character behind it.
      let known = min(others.trailingZeroBitCount, ASCIIBlock.size) &- 1
      while starts != 0, ends.trailingZeroBitCount < known {
        let start = starts.trailingZeroBitCount
        let count = ends.trailingZeroBitCount &- start
        tokens.append(token(window + start, count: count, at: position &+ start))
        starts &= starts &- 1
        ends &= ends &- 1
      }
      let next = min(starts.trailingZeroBitCount, others.trailingZeroBitCount)
      // A word that reaches beyond the block begins the next one, unless it is longer than a block.
      if next == ASCIIBlock.size || (others == 0 && next > 0) { return position &+ next }
      flush(&tokens, into: &buffer)
      let end = scanSlowly(from: position &+ next, &beyond, into: &buffer)
      let done = end &- position
      if done >= ASCIIBlock.size { return end }
      let rest = ~0 &<< UInt64(truncatingIfNeeded: done)
      starts &= rest
      ends &= rest
      others &= rest
    }
  }

  /// Appends a word of any kind and returns where it ends, or the first separator behind it.
  @inline(never)
  private func scanSlowly(from start: Int, _ beyond: inout UnicodeScanner, into buffer: inout TokenBuffer) -> Int {
    let end = endOfWord(from: start)
    if end == start || beyond.continuesWord(at: end) { return beyond.scan(from: start, into: &buffer) }
    append(token(start..<end), to: &buffer)
    return end
  }

  /// The end of an ASCII word, whatever its length; `start` where there is none.
  private func endOfWord(from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if ASCIIScanner.isLetter(byte) || ASCIIScanner.isDigit(byte) {
        position += 1
        continue
      }
      guard position > start, position + 1 < bytes.count else { break }
      let (before, after) = (bytes[position - 1], bytes[position + 1])
      let joins =
        switch byte {
        case UInt8(ascii: "'"): ASCIIScanner.isLetter(before) && ASCIIScanner.isLetter(after)
        case UInt8(ascii: "."), UInt8(ascii: ","): ASCIIScanner.isDigit(before) && ASCIIScanner.isDigit(after)
        default: false
        }
      if !joins { break }
      position += 1
    }
    return position
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The token of a word.
  ///
  /// - Parameters:
  ///   - word: Where it begins; 16 bytes can be read.
  ///   - count: Its length.
  ///   - start: Its place in the text.
  @inline(__always)
  private func token(_ word: UnsafeRawPointer, count: Int, at start: Int) -> Token {
    if count > 16 { return token(start..<start &+ count) }
    return Token(
      fingerprint: Fingerprint.lowercasedASCII(
        word.loadUnaligned(as: UInt64.self), word.loadUnaligned(fromByteOffset: 8, as: UInt64.self), count: count),
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: start &+ count))
  }

  private func token(_ range: Range<Int>) -> Token {
    Token(
      fingerprint: Fingerprint.lowercasedASCII(UnsafeBufferPointer(rebasing: bytes[range])),
      start: UInt32(truncatingIfNeeded: range.lowerBound), end: UInt32(truncatingIfNeeded: range.upperBound))
  }

  @inline(never)
  private func flush(_ tokens: inout PendingTokens, into buffer: inout TokenBuffer) {
    tokens.take { tokens in
      buffer.tokens.append(contentsOf: tokens)
      for token in tokens where buffer.keepsNormalizedText { appendText(of: token, to: &buffer) }
    }
  }

  private func append(_ token: Token, to buffer: inout TokenBuffer) {
    buffer.tokens.append(token)
    if buffer.keepsNormalizedText { appendText(of: token, to: &buffer) }
  }

  private func appendText(of token: Token, to buffer: inout TokenBuffer) {
    // All characters of a word but the capital letters have bit 5 set.
    for byte in bytes[Int(token.start)..<Int(token.end)] { buffer.normalizedText.append(byte | 0x20) }
    buffer.normalizedEnds.append(buffer.normalizedText.count)
  }
}

/// Tokens on their way into an array: appending one by one to an array costs as much as finding them.
private struct PendingTokens {
  // In the structure itself, so on the stack: short texts must not cost an allocation.
  private var memory = InlineArray<128, Token>(repeating: Token(fingerprint: 0, start: 0, end: 0))
  private var count = 0

  func hasRoom(for additional: Int) -> Bool { count &+ additional <= memory.count }

  @inline(__always)
  mutating func append(_ token: Token) {
    memory[count] = token
    count &+= 1
  }

  /// Hands over all tokens.
  mutating func take(_ body: (UnsafeBufferPointer<Token>) -> Void) {
    memory.span.extracting(..<count).withUnsafeBufferPointer(body)
    count = 0
  }
}
