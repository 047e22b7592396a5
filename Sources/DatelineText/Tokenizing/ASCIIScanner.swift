import DatelineCore

/// Cuts text into words, the fast way for words of ASCII and with a ``UnicodeScanner`` for all others.
struct ASCIIScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let characters: CharacterTable

  /// A block and the 16 bytes behind it, so that every word that begins in the block can be read in one go.
  private static let window = ASCIIBlock.size + 16
  /// How many bytes are scanned before their tokens are in the buffer: this bounds the room that is made for them.
  private static let stretch = 4096

  /// Appends the tokens of the whole text.
  func scan(into buffer: inout TokenBuffer) {
    // Most texts need none.
    var beyond: SlowScanner?
    withUnsafeTemporaryAllocation(byteCount: ASCIIScanner.window, alignment: 16) { copy in
      var position = 0
      while position < bytes.count {
        let known = buffer.tokens.count
        let limit = min(bytes.count, position &+ ASCIIScanner.stretch)
        var isStopped = false
        // The last block may reach beyond the limit. Any other byte can begin a token.
        buffer.tokens.append(addingCapacity: (limit &- position &+ ASCIIBlock.size) / 2 &+ 1) { tokens in
          tokens.withUnsafeMutableBufferPointer { tokens, count in
            (position, isStopped, count) = scanBlocks(from: position, to: limit, copy, into: tokens)
          }
        }
        if buffer.keepsNormalizedText {
          for token in buffer.tokens[known...] { appendText(of: token, to: &buffer) }
        }
        if isStopped { position = scanSlowly(from: position, &beyond, into: &buffer) }
      }
    }
  }

  /// Writes the words of ASCII that begin in the blocks up to a limit, by addresses.
  ///
  /// - Parameters:
  ///   - start: A place outside of words, or where one begins.
  ///   - copy: Memory for a window.
  ///   - tokens: Receives them, from the beginning.
  /// - Returns: Where to go on, whether a word that is not for the fast way begins there, and the number of words.
  private func scanBlocks(
    from start: Int, to limit: Int, _ copy: UnsafeMutableRawBufferPointer,
    into tokens: UnsafeMutableBufferPointer<Token>
  ) -> (position: Int, isStopped: Bool, count: Int) {
    guard let base = UnsafeRawPointer(bytes.baseAddress), let first = tokens.baseAddress else {
      return (limit, false, 0)
    }
    var (position, count) = (start, 0)
    while position < limit {
      var window = base + position
      let left = bytes.count &- position
      if left < ASCIIScanner.window {
        // Zeros behind the end separate.
        copy.initializeMemory(as: UInt8.self, repeating: 0)
        copy.copyMemory(from: UnsafeRawBufferPointer(start: window, count: left))
        if let copied = copy.baseAddress { window = UnsafeRawPointer(copied) }
      }
      precondition(count &+ ASCIIBlock.size / 2 <= tokens.count, "room was made")
      let next = scanBlock(window, at: position, into: first + count)
      count &+= next.count
      position &+= next.offset
      if next.isStopped { return (position, true, count) }
    }
    return (position, false, count)
  }

  /// Writes the words of ASCII that begin in a block, up to the first one that has to be looked at more closely.
  ///
  /// - Parameters:
  ///   - window: The text from `position` on.
  ///   - position: A place outside of words, or where one begins.
  ///   - tokens: Room for half as many words as a block has bytes.
  /// - Returns: Where to go on, whether a word that is not for the fast way begins there, and the number of words.
  @inline(__always)
  private func scanBlock(
    _ window: UnsafeRawPointer, at position: Int, into tokens: UnsafeMutablePointer<Token>
  ) -> (offset: Int, isStopped: Bool, count: Int) {
    let block = ASCIIBlock(window)
    let beyond = ASCIIScanner.withoutSeparators(block.beyond, window)
    var starts = block.words & ~(block.words &<< 1)
    var ends = ~block.words & block.words &<< 1
    // What follows a word has to be known as far as the second character behind it.
    let known = min(beyond.trailingZeroBitCount, ASCIIBlock.size) &- 1
    var words = 0
    while starts != 0, ends.trailingZeroBitCount < known {
      let start = starts.trailingZeroBitCount
      let count = ends.trailingZeroBitCount &- start
      (tokens + words).initialize(to: token(window + start, count: count, at: position &+ start))
      words &+= 1
      starts &= starts &- 1
      ends &= ends &- 1
    }
    let next = min(starts.trailingZeroBitCount, beyond.trailingZeroBitCount)
    if next == ASCIIBlock.size { return (next, false, words) }
    // A word that reaches beyond the block begins the next one, unless it is longer than a block.
    return (next, beyond != 0 || next == 0, words)
  }

  /// Which bytes of a block are beyond ASCII and of no dash, quotation mark, ellipsis or sign of a currency: those separate
  /// words like their relatives in ASCII, and hardly a page of news is without them.
  ///
  /// - Parameters:
  ///   - beyond: Which bytes are beyond ASCII.
  ///   - window: The block, which begins outside of words, and what follows it.
  @inline(__always)
  private static func withoutSeparators(_ beyond: UInt64, _ window: UnsafeRawPointer) -> UInt64 {
    var beyond = beyond
    while beyond != 0 {
      let place = beyond.trailingZeroBitCount
      // The three bytes of one that does not end in this block begin the next one.
      if place > ASCIIBlock.size &- 3 || !isSeparator(window + place, isFirst: place == 0) { break }
      beyond &= ~(0b111 &<< UInt64(truncatingIfNeeded: place))
    }
    return beyond
  }

  /// Whether one of the characters from U+2010 to U+2027, which are punctuation, or from U+20A0 to U+20BF, which are
  /// currencies, separates words here. All but the apostrophe do so anywhere, which may join what is before it to what is
  /// behind it.
  ///
  /// - Parameters:
  ///   - text: The text from there on; four bytes can be read.
  ///   - isFirst: Whether nothing is known of what is before.
  @inline(__always)
  private static func isSeparator(_ text: UnsafeRawPointer, isFirst: Bool) -> Bool {
    let four = UInt32(littleEndian: text.loadUnaligned(as: UInt32.self))
    let last = UInt8(truncatingIfNeeded: four &>> 16)
    if four & 0xFFFF == 0x82E2, last >= 0xA0 { return last <= 0xBF }
    if four & 0xFFFF != 0x80E2 || !(0x90...0xA7).contains(last) { return false }
    if last != 0x99 || isFirst { return true }
    let (before, after) = (text.load(fromByteOffset: -1, as: UInt8.self), UInt8(truncatingIfNeeded: four &>> 24))
    return before < 0x80 && !isLetter(before) || after < 0x80 && !isLetter(after)
  }

  /// Appends a word of any kind and returns where it ends, or the first separator behind it.
  @inline(never)
  private func scanSlowly(from start: Int, _ beyond: inout SlowScanner?, into buffer: inout TokenBuffer) -> Int {
    let end = endOfWord(from: start)
    if !buffer.keepsNormalizedText, let token = apostropheWord(from: start, to: end) {
      buffer.tokens.append(token)
      return start + Int(token.end &- token.start)
    }
    let characters = CharacterReader(bytes: bytes, characters: characters)
    if end > start, !characters.continuesWord(at: end) {
      append(token(start..<end), to: &buffer)
      return end
    }
    let slow = beyond ?? SlowScanner(UnicodeScanner(characters))
    beyond = slow
    return slow.scanner.scan(from: start, into: &buffer)
  }

  /// The token of a word such as `it’s`, for which most texts would need a ``UnicodeScanner``: a word of ASCII, a
  /// typographic apostrophe behind its last letter, and further letters of ASCII. It is that of the word with an
  /// apostrophe of ASCII.
  ///
  /// - Parameter first: The end of the part before the apostrophe, which begins at `start`.
  /// - Returns: `nil` where there is no such word, it is longer than 16 bytes, or it may go on.
  private func apostropheWord(from start: Int, to first: Int) -> Token? {
    let second = first + 3
    guard first > start, second < bytes.count, ASCIIScanner.isLetter(bytes[first - 1]), bytes[first] == 0xE2,
      bytes[first + 1] == 0x80, bytes[first + 2] == 0x99
    else { return nil }
    var end = second
    while end < bytes.count, ASCIIScanner.isLetter(bytes[end]) { end += 1 }
    let count = end - start - 2
    // A separator that joins nothing has to follow, or one that joins with a separator behind it.
    guard end > second, count <= 16, !mayContinue(at: end) else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { word in
      for place in start..<first { word[place - start] = bytes[place] }
      word[first - start] = UInt8(ascii: "'")
      for place in second..<end { word[place - start - 2] = bytes[place] }
      for place in count..<16 { word[place] = 0 }
      guard let base = word.baseAddress else { return nil }
      return Token(
        fingerprint: Fingerprint.lowercasedASCII(UnsafeRawPointer(base), count: count),
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
    }
  }

  /// Whether a word of letters may be longer than up to a place: anything may be where it is not known to end.
  private func mayContinue(at place: Int) -> Bool {
    func isOther(_ place: Int) -> Bool {
      place >= bytes.count
        || bytes[place] < 0x80 && !ASCIIScanner.isLetter(bytes[place]) && !ASCIIScanner.isDigit(bytes[place])
    }
    return !isOther(place) || place < bytes.count && bytes[place] == UInt8(ascii: "'") && !isOther(place + 1)
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
      fingerprint: Fingerprint.lowercasedASCII(word, count: count),
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: start &+ count))
  }

  private func token(_ range: Range<Int>) -> Token {
    Token(
      fingerprint: Fingerprint.lowercasedASCII(UnsafeBufferPointer(rebasing: bytes[range])),
      start: UInt32(truncatingIfNeeded: range.lowerBound), end: UInt32(truncatingIfNeeded: range.upperBound))
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

/// A scanner that most texts do without: nothing of its size is set up and cleared away for those.
private final class SlowScanner {
  var scanner: UnicodeScanner

  init(_ scanner: UnicodeScanner) { self.scanner = scanner }
}
