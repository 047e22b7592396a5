/// Canonical composition of a character with the mark behind it, so that both spellings of "é" are one.
enum Composition {
  /// The character that stands for both, or `nil` when there is none.
  ///
  /// - Parameters:
  ///   - base: A character, possibly composed already.
  ///   - mark: The character behind it.
  static func compose(_ base: UInt32, _ mark: UInt32) -> UInt32? {
    // Hangul is composed by arithmetic (Unicode Standard, section 3.12): 19 leading, 21 vowel, 27 trailing jamo.
    if (0x1100..<0x1113).contains(base), (0x1161..<0x1176).contains(mark) {
      return 0xAC00 + ((base - 0x1100) * 21 + (mark - 0x1161)) * 28
    }
    if (0xAC00..<0xD7A4).contains(base), (base - 0xAC00) % 28 == 0, (0x11A8..<0x11C3).contains(mark) {
      return base + (mark - 0x11A7)
    }
    var low = 0
    var high = canonicalCompositions.count
    while low < high {
      let middle = (low + high) / 2
      let entry = canonicalCompositions[middle]
      if (entry.base, entry.mark) < (base, mark) { low = middle + 1 } else { high = middle }
    }
    guard low < canonicalCompositions.count else { return nil }
    let entry = canonicalCompositions[low]
    return entry.base == base && entry.mark == mark ? entry.composite : nil
  }
}
