/// Text under construction in its normalised form: composed, with marks in canonical order, as UTF-8.
struct NormalizedText {
  /// The most marks on one letter; more begin a new one, as in the stream-safe format of Unicode Standard Annex #15.
  private static let maximumMarks = 30

  /// What is complete: the first ``count`` of these bytes.
  private var storage: [UInt8] = []
  /// How many bytes are complete.
  private(set) var count = 0
  /// The last letter or digit, which marks may still join; `nil` when nothing is open.
  private(set) var last: UInt32?
  /// Marks that did not join it at once.
  private var marks: [UInt32] = []
  private let characters: CharacterTable

  /// Nothing.
  init(characters: CharacterTable) { self.characters = characters }

  /// Appends a character in its folded form.
  ///
  /// - Parameters:
  ///   - character: A starter where nothing is open.
  ///   - combining: As in ``CharacterProperties/combining``.
  mutating func append(_ character: UInt32, combining: UInt8) {
    guard combining != 0, let base = last else {
      finish()
      last = character
      return
    }
    // The lower case of "İ" is an i with a second dot, which nobody writes.
    if character == 0x307, Composition.base(of: base) == 0x69 { return }
    if marks.isEmpty, let composite = Composition.compose(base, character) {
      last = composite
    } else if combining == CharacterProperties.composingStarter {
      finish()
      last = character
    } else if marks.count == NormalizedText.maximumMarks {
      // Text of marks without end would take quadratic time to put in order.
      finish()
      last = character
    } else {
      marks.append(character)
    }
  }

  /// Completes the last letter.
  mutating func finish() {
    guard let base = last else { return }
    last = nil
    if marks.isEmpty {
      encode(base)
      return
    }
    if marks.count == 1, Composition.decompose(base) == nil, Composition.decompose(marks[0]) == nil {
      encode(base)
      encode(marks[0])
    } else {
      for character in reordered([base] + marks) { encode(character) }
    }
    marks.removeAll(keepingCapacity: true)
  }

  /// What is complete, for the length of `body`.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    storage.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// Removes complete text from the front.
  mutating func removeFirst(_ bytes: Int) {
    count -= bytes
    storage.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[bytes..<bytes + count])) }
  }

  /// Removes all complete text and keeps the memory.
  mutating func removeAll() { count = 0 }

  /// A letter and its marks, decomposed, put into canonical order and composed again.
  private func reordered(_ characters: [UInt32]) -> [UInt32] {
    var parts: [(character: UInt32, combining: UInt8)] = []
    for character in characters { decompose(character, into: &parts) }
    for place in parts.indices.dropFirst() {
      var place = place
      while place > 0, parts[place].combining != 0, parts[place - 1].combining > parts[place].combining {
        parts.swapAt(place - 1, place)
        place -= 1
      }
    }
    var composed = [parts[0]]
    for part in parts.dropFirst() {
      // A mark cannot join past one of its own class.
      let isBlocked = composed.count > 1 && composed[composed.count - 1].combining >= part.combining
      if !isBlocked, let composite = Composition.compose(composed[0].character, part.character) {
        composed[0].character = composite
      } else {
        composed.append(part)
      }
    }
    return composed.map(\.character)
  }

  private func decompose(_ character: UInt32, into parts: inout [(character: UInt32, combining: UInt8)]) {
    if let (base, mark) = Composition.decompose(character) {
      decompose(base, into: &parts)
      decompose(mark, into: &parts)
    } else if let scalar = Unicode.Scalar(character) {
      let combining = characters.properties(of: scalar).combining
      parts.append((character, combining == CharacterProperties.composingStarter ? 0 : combining))
    }
  }

  @inline(__always)
  private mutating func encode(_ character: UInt32) {
    func continuation(_ shift: UInt32) -> UInt32 { 0x80 | character &>> shift & 0x3F }
    // The bytes in little-endian order: one store is quicker than appending byte by byte.
    let encoded: UInt32
    let length: Int
    switch character {
    case 0..<0x80: (encoded, length) = (character, 1)
    case 0x80..<0x800: (encoded, length) = (0xC0 | character &>> 6 | continuation(0) &<< 8, 2)
    case 0x800..<0x10000:
      (encoded, length) = (0xE0 | character &>> 12 | continuation(6) &<< 8 | continuation(0) &<< 16, 3)
    default:
      let last = continuation(6) &<< 16 | continuation(0) &<< 24
      (encoded, length) = (0xF0 | character &>> 18 | continuation(12) &<< 8 | last, 4)
    }
    if count + 4 > storage.count { storage += [UInt8](repeating: 0, count: storage.count + 64) }
    storage.withUnsafeMutableBytes {
      $0.storeBytes(of: encoded.littleEndian, toByteOffset: count, as: UInt32.self)
    }
    count += length
  }
}
