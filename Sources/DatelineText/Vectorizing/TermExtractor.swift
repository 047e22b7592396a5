import DatelineCore

/// Turns the two fields of a document into counted fingerprints of terms.
struct TermExtractor: Sendable {
  private let tokenizer: any Tokenizer
  let parameters: TextParameters
  /// The most terms that room is made for before there are any: those of a page of some ten thousand words.
  private static let mostExpected = 1 << 14
  private static let titleMark: UInt64 = 0x7469_746C
  private static let characterMark: UInt64 = 0x6368_6172

  /// Which terms these are; `nil` where the tokenizer is not Dateline's own.
  let source: TermSource?

  init(tokenizer: any Tokenizer, parameters: TextParameters) {
    self.tokenizer = tokenizer
    self.parameters = parameters
    source = tokenizer is WordTokenizer ? TermSource("words: \(parameters.terms)") : nil
  }

  /// Replaces `scratch.counts` by the terms of a document. N-grams do not reach from the title into the body.
  ///
  /// - Parameter lines: Asked for the line of each term when it occurs for the first time: until the look-ups begin, all
  ///   lines are on their way into the cache, and the processor has had something else to do meanwhile.
  func extract(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, requesting lines: LineRequests = .none
  ) {
    // A word of news takes six bytes with the space behind it; in other texts there may be hardly a word.
    let expected = (title.count + body.count) / 6 * parameters.ngrams.count
    scratch.counts.removeAll(expecting: min(expected, TermExtractor.mostExpected))
    if parameters.titleWeight > 0, title.count > 0 {
      let mark = parameters.separatesTitle ? TermExtractor.titleMark : nil
      add(title, times: parameters.titleWeight, mark: mark, scratch: &scratch, requesting: lines)
    }
    if body.count > 0 { add(body, times: 1, mark: nil, scratch: &scratch, requesting: lines) }
  }

  private func add(
    _ text: Span<UInt8>, times: Int, mark: UInt64?, scratch: inout VectorizerScratch, requesting lines: LineRequests
  ) {
    tokenize(text, into: &scratch.tokens)
    let tokens = scratch.tokens
    let words = tokens.tokens.count
    // Each character begins at most one n-gram of each length, and so does the space before its word.
    let characters = (parameters.characterNGrams?.count ?? 0) * (tokens.normalizedText.count + 2 * words)
    for _ in 0..<times {
      if parameters.ngrams == 1...2, mark == nil {
        scratch.counts.add(atMost: words * 2) { counter, count in
          count = TermExtractor.countWordsAndPairs(tokens.tokens, in: counter, holding: count, lines)
        }
      } else {
        scratch.counts.add(atMost: words * parameters.ngrams.count) { counter, count in
          forEachWords(tokens, mark: mark) { fingerprint, _, _ in
            if counter.add(fingerprint, &count) { lines.ask(for: fingerprint) }
          }
        }
      }
      if characters == 0 { continue }
      scratch.counts.add(atMost: characters) { counter, count in
        forEachCharacters(tokens, mark: mark) { fingerprint, _ in
          if counter.add(fingerprint, &count) { lines.ask(for: fingerprint) }
        }
      }
    }
  }

  /// What nearly everybody takes, without a loop over lengths, and with all that it needs in registers.
  ///
  /// - Parameter count: The number of distinct terms in the table.
  /// - Returns: The same afterwards.
  private static func countWordsAndPairs(
    _ tokens: [Token], in counter: borrowing FingerprintCounts.Counter, holding count: Int, _ lines: LineRequests
  ) -> Int {
    counter.checkRoom(for: 2 * tokens.count, beside: count)
    return tokens.withUnsafeBufferPointer { tokens in
      guard var token = tokens.baseAddress, !tokens.isEmpty else { return count }
      let end = token + tokens.count
      var count = count
      var word = token.pointee.fingerprint
      if counter.add(unchecked: word, &count) { lines.ask(for: word) }
      token += 1
      while token < end {
        let next = token.pointee.fingerprint
        let pair = Fingerprint.pair(word, next)
        if counter.add(unchecked: pair, &count) { lines.ask(for: pair) }
        if counter.add(unchecked: next, &count) { lines.ask(for: next) }
        word = next
        token += 1
      }
      return count
    }
  }

  private func tokenize(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    tokens.removeAll()
    tokens.keepsNormalizedText = parameters.characterNGrams != nil
    tokenizer.tokenize(text, into: &tokens)
    if !parameters.keepsSingleLetters { tokens.removeSingleLetters() }
  }

  /// Tells where in a text every term stands; characters of a word stand where the word does.
  func locate(_ text: Span<UInt8>, isTitle: Bool, _ body: (_ fingerprint: UInt64, _ bytes: Range<Int>) -> Void) {
    if isTitle, parameters.titleWeight == 0 { return }
    let mark = isTitle && parameters.separatesTitle ? TermExtractor.titleMark : nil
    var buffer = TokenBuffer()
    tokenize(text, into: &buffer)
    let tokens = buffer.tokens
    forEachWords(buffer, mark: mark) { body($0, Int(tokens[$1].start)..<Int(tokens[$2].end)) }
    forEachCharacters(buffer, mark: mark) { body($0, Int(tokens[$1].start)..<Int(tokens[$1].end)) }
  }

  /// Hands over every word n-gram with the numbers of its first and last word.
  @inline(__always)
  private func forEachWords(_ buffer: TokenBuffer, mark: UInt64?, _ body: (UInt64, Int, Int) -> Void) {
    let shortest = parameters.ngrams.lowerBound
    let longest = parameters.ngrams.upperBound
    buffer.tokens.withUnsafeBufferPointer { tokens in
      for first in tokens.indices {
        var fingerprint = tokens[first].fingerprint
        if let mark { fingerprint = Fingerprint.marked(fingerprint, mark) }
        if shortest == 1 { body(fingerprint, first, first) }
        var length = 2
        while length <= longest, first + length <= tokens.count {
          let last = first + length - 1
          fingerprint = Fingerprint.pair(fingerprint, tokens[last].fingerprint)
          if length >= shortest { body(fingerprint, first, last) }
          length += 1
        }
      }
    }
  }

  /// Hands over the character n-grams of every word, with a space before and behind it, and the number of the word.
  @inline(__always)
  private func forEachCharacters(_ buffer: TokenBuffer, mark: UInt64?, _ body: (UInt64, Int) -> Void) {
    guard let lengths = parameters.characterNGrams else { return }
    var word: [UInt8] = []
    var starts: [Int] = []
    var begin = 0
    for (number, end) in buffer.normalizedEnds.enumerated() {
      word.removeAll(keepingCapacity: true)
      word.append(UInt8(ascii: " "))
      word += buffer.normalizedText[begin..<end]
      word.append(UInt8(ascii: " "))
      begin = end
      // Characters begin at every byte that is no continuation byte.
      starts.removeAll(keepingCapacity: true)
      for (place, byte) in word.enumerated() where byte & 0xC0 != 0x80 { starts.append(place) }
      starts.append(word.count)
      word.withUnsafeBufferPointer { word in
        for length in lengths {
          for first in 0..<max(0, starts.count - length) {
            let gram = UnsafeBufferPointer(rebasing: word[starts[first]..<starts[first + length]])
            let fingerprint = Fingerprint.marked(Fingerprint.token(gram), TermExtractor.characterMark)
            body(mark.map { Fingerprint.marked(fingerprint, $0) } ?? fingerprint, number)
          }
        }
      }
    }
  }
}

extension TokenBuffer {
  /// Removes the words of one byte, which are letters and digits of ASCII. O(words).
  fileprivate mutating func removeSingleLetters() {
    func isSingle(_ token: Token) -> Bool { token.end - token.start == 1 }
    if keepsNormalizedText {
      var (text, ends): ([UInt8], [Int]) = ([], [])
      for (number, token) in tokens.enumerated() where !isSingle(token) {
        text += normalizedText[(number == 0 ? 0 : normalizedEnds[number - 1])..<normalizedEnds[number]]
        ends.append(text.count)
      }
      (normalizedText, normalizedEnds) = (text, ends)
    }
    tokens.removeAll(where: isSingle)
  }
}
