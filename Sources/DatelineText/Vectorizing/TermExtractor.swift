import DatelineCore

/// Turns the two fields of a document into counted fingerprints of terms.
struct TermExtractor: Sendable {
  private let tokenizer: any Tokenizer
  private let parameters: TextParameters
  private static let titleMark: UInt64 = 0x7469_746C
  private static let characterMark: UInt64 = 0x6368_6172

  init(tokenizer: any Tokenizer, parameters: TextParameters) {
    self.tokenizer = tokenizer
    self.parameters = parameters
  }

  /// Replaces `scratch.counts` by the terms of a document. N-grams do not reach from the title into the body.
  func extract(title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch) {
    scratch.counts.removeAll()
    if parameters.titleWeight > 0, title.count > 0 {
      let mark = parameters.separatesTitle ? TermExtractor.titleMark : nil
      add(title, times: parameters.titleWeight, mark: mark, scratch: &scratch)
    }
    if body.count > 0 { add(body, times: 1, mark: nil, scratch: &scratch) }
  }

  private func add(_ text: Span<UInt8>, times: Int, mark: UInt64?, scratch: inout VectorizerScratch) {
    scratch.tokens.removeAll()
    scratch.tokens.keepsNormalizedText = parameters.characterNGrams != nil
    tokenizer.tokenize(text, into: &scratch.tokens)
    for _ in 0..<times {
      addWords(scratch.tokens.tokens, mark: mark, counts: &scratch.counts)
      if let lengths = parameters.characterNGrams {
        addCharacters(scratch.tokens, lengths: lengths, mark: mark, counts: &scratch.counts)
      }
    }
  }

  private func addWords(_ tokens: [Token], mark: UInt64?, counts: inout FingerprintCounts) {
    let shortest = parameters.ngrams.lowerBound
    let longest = parameters.ngrams.upperBound
    counts.reserve(tokens.count * (longest - shortest + 1))
    tokens.withUnsafeBufferPointer { tokens in
      for first in tokens.indices {
        var fingerprint = tokens[first].fingerprint
        if let mark { fingerprint = Fingerprint.marked(fingerprint, mark) }
        if shortest == 1 { counts.add(fingerprint) }
        var length = 2
        while length <= longest, first + length <= tokens.count {
          fingerprint = Fingerprint.pair(fingerprint, tokens[first + length - 1].fingerprint)
          if length >= shortest { counts.add(fingerprint) }
          length += 1
        }
      }
    }
  }

  /// Adds the character n-grams of every word, with a space before and behind it.
  private func addCharacters(
    _ buffer: TokenBuffer, lengths: ClosedRange<Int>, mark: UInt64?, counts: inout FingerprintCounts
  ) {
    var word: [UInt8] = []
    var starts: [Int] = []
    var begin = 0
    for end in buffer.normalizedEnds {
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
            counts.add(mark.map { Fingerprint.marked(fingerprint, $0) } ?? fingerprint)
          }
        }
      }
    }
  }
}
