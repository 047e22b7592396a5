import DatelineCore

/// Cuts a stretch of text that holds characters beyond ASCII: words, ideographs and clusters.
struct UnicodeScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let characters: CharacterTable
  private var word = NormalizedWord()
  private var clusters = ClusterRun()

  init(bytes: UnsafeBufferPointer<UInt8>, characters: CharacterTable) {
    self.bytes = bytes
    self.characters = characters
  }

  /// Whether an ASCII word that ends before `position` goes on there.
  func continuesWord(at position: Int) -> Bool {
    guard let (scalar, length) = decodeUTF8(bytes, at: position) else { return false }
    return switch characters.properties(of: scalar).role {
    case .word, .ignorable: true
    case .apostrophe: startsWord(at: position + length)
    case .separator, .ideograph, .clusterStart, .clusterMark: false
    }
  }

  /// Appends the tokens from `start` to the next separator and returns where the scan has to go on.
  mutating func scan(from start: Int, into buffer: inout TokenBuffer) -> Int {
    var position = start
    while position < bytes.count {
      guard let (scalar, length) = decodeUTF8(bytes, at: position) else {
        position += 1
        break
      }
      let properties = characters.properties(of: scalar)
      let range = position..<position + length
      position += length
      switch properties.role {
      case .word:
        clusters.end(bytes, into: &buffer)
        word.append(properties.folded, range)
      case .ignorable:
        word.extend(to: position)
      case .apostrophe where word.isOpen && startsWord(at: position):
        word.append(UInt32(UInt8(ascii: "'")), range)
      case .separator where joinsDigits(at: range.lowerBound):
        word.append(scalar.value, range)
      case .ideograph:
        endRuns(into: &buffer)
        word.append(properties.folded, range)
        word.end(into: &buffer)
      case .clusterStart, .clusterMark:
        word.end(into: &buffer)
        clusters.append(scalar.value, isMark: properties.role == .clusterMark, range, bytes, into: &buffer)
      case .separator, .apostrophe:
        endRuns(into: &buffer)
        return position
      }
    }
    endRuns(into: &buffer)
    return position
  }

  private mutating func endRuns(into buffer: inout TokenBuffer) {
    word.end(into: &buffer)
    clusters.end(bytes, into: &buffer)
  }

  private func startsWord(at position: Int) -> Bool {
    guard let (scalar, _) = decodeUTF8(bytes, at: position) else { return false }
    return characters.properties(of: scalar).role == .word
  }

  /// Whether there is a full stop or comma between two ASCII digits at `position`.
  private func joinsDigits(at position: Int) -> Bool {
    guard word.isOpen, position > 0, position + 1 < bytes.count else { return false }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return (bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ","))
      && digits.contains(bytes[position - 1]) && digits.contains(bytes[position + 1])
  }
}

/// A word under construction, in its normalised form.
private struct NormalizedWord {
  private var text: [UInt8] = []
  /// The last character, which a mark may still join.
  private var last: UInt32?
  private var start = 0
  private var end = 0

  var isOpen: Bool { last != nil }

  mutating func append(_ character: UInt32, _ range: Range<Int>) {
    if let base = last {
      if let composite = Composition.compose(base, character) {
        last = composite
        end = range.upperBound
        return
      }
      encode(base)
    } else {
      start = range.lowerBound
    }
    last = character
    end = range.upperBound
  }

  mutating func extend(to position: Int) { if isOpen { end = position } }

  mutating func end(into buffer: inout TokenBuffer) {
    guard let last else { return }
    encode(last)
    self.last = nil
    text.withUnsafeBufferPointer { buffer.append(normalized: $0, start..<end) }
    text.removeAll(keepingCapacity: true)
  }

  private mutating func encode(_ character: UInt32) {
    if let scalar = Unicode.Scalar(character), let encoded = UTF8.encode(scalar) { text += encoded }
  }
}

/// A run of a script without spaces. A cluster is a letter with its vowels and marks; neighbouring clusters make a
/// token, and a run of a single cluster is one.
private struct ClusterRun {
  private var previous: Range<Int>?
  private var current: Range<Int>?
  private var last: UInt32 = 0

  mutating func append(
    _ character: UInt32, isMark: Bool, _ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>,
    into buffer: inout TokenBuffer
  ) {
    if let cluster = current,
      isMark || CharacterProperties.stacksNext(last) || CharacterProperties.precedesConsonant(last)
    {
      current = cluster.lowerBound..<range.upperBound
    } else {
      if let previous, let current { emit(previous.lowerBound..<current.upperBound, bytes, into: &buffer) }
      previous = current
      current = range
    }
    last = character
  }

  mutating func end(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: inout TokenBuffer) {
    guard let current else { return }
    emit((previous ?? current).lowerBound..<current.upperBound, bytes, into: &buffer)
    self = ClusterRun()
  }

  private func emit(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>, into buffer: inout TokenBuffer) {
    buffer.append(normalized: UnsafeBufferPointer(rebasing: bytes[range]), range)
  }
}

extension TokenBuffer {
  fileprivate mutating func append(normalized: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    tokens.append(
      Token(
        fingerprint: Fingerprint.token(normalized), start: UInt32(truncatingIfNeeded: range.lowerBound),
        end: UInt32(truncatingIfNeeded: range.upperBound)))
    if keepsNormalizedText {
      normalizedText += normalized
      normalizedEnds.append(normalizedText.count)
    }
  }
}
