import DatelineCore

/// Cuts a stretch of text that holds characters beyond ASCII: words, ideographs and clusters.
struct UnicodeScanner {
  private let text: CharacterReader
  private var word: WordRun
  private var clusters: ClusterRun

  init(_ text: CharacterReader) {
    self.text = text
    word = WordRun(characters: text.characters)
    clusters = ClusterRun(characters: text.characters)
  }

  /// Appends the tokens from `start` to the next separator and returns where the scan has to go on.
  mutating func scan(from start: Int, into buffer: inout TokenBuffer) -> Int {
    var position = start
    while position < text.bytes.count {
      guard let (properties, length) = text.character(at: position) else {
        position += 1
        break
      }
      let range = position..<position + length
      position += length
      switch properties.role {
      case .word:
        clusters.end(into: &buffer)
        if word.isIdeograph { word.end(into: &buffer) }
        word.append(properties, range)
      case .mark,
        .clusterMark where properties.isCombining:
        // Canonical order can put marks of two scripts either way, so whatever is open takes both kinds.
        if word.isOpen { word.append(properties, range) } else { clusters.appendMark(properties, range) }
      case .ignorable:
        word.extend(to: position)
      case .ideograph:
        endRuns(into: &buffer)
        word.append(properties, range)
      case .clusterStart, .clusterMark:
        word.end(into: &buffer)
        clusters.append(properties, range, into: &buffer)
      case .separator:
        guard let last = word.last, text.joins(properties.folded, after: last, at: position) else {
          endRuns(into: &buffer)
          return position
        }
        word.append(properties, range)
      }
    }
    endRuns(into: &buffer)
    return position
  }

  private mutating func endRuns(into buffer: inout TokenBuffer) {
    word.end(into: &buffer)
    clusters.end(into: &buffer)
  }
}

/// The characters of a text, and what they do to words.
struct CharacterReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let characters: CharacterTable

  /// Whether an ASCII word that ends before `position` goes on there.
  func continuesWord(at position: Int) -> Bool {
    guard let (properties, length) = character(at: position) else { return false }
    return switch properties.role {
    case .word, .mark, .ignorable: true
    case .separator: joins(properties.folded, after: UInt32(bytes[position - 1] | 0x20), at: position + length)
    case .clusterMark: properties.isCombining
    case .ideograph, .clusterStart: false
    }
  }

  @inline(__always)
  func character(at position: Int) -> (CharacterProperties, Int)? {
    guard let (scalar, length) = decodeUTF8(bytes, at: position) else { return nil }
    return (characters.properties(of: scalar), length)
  }

  /// Whether a separator is part of a word, because of what is before and behind it: most of the rules WB6 to WB12 of
  /// Unicode Standard Annex #29.
  ///
  /// - Parameters:
  ///   - separator: Its folded form.
  ///   - last: The character before it, folded.
  ///   - position: Where the next character begins.
  func joins(_ separator: UInt32, after last: UInt32, at position: Int) -> Bool {
    let isAfter: (UInt32) -> Bool
    switch separator {
    case 0x27: isAfter = { !CharacterReader.isDigit($0) }
    case 0x2C, 0x2E: isAfter = CharacterReader.isDigit
    // Abbreviations in Hebrew: ארה״ב.
    case 0x22: isAfter = { (0x05D0...0x05EA).contains($0) }
    // Catalan: col·legi.
    case 0xB7: isAfter = { $0 == 0x6C }
    default: return false
    }
    guard isAfter(last), let (next, _) = character(at: position) else { return false }
    return next.role == .word && isAfter(next.folded)
  }

  private static func isDigit(_ character: UInt32) -> Bool { (0x30...0x39).contains(character) }
}
