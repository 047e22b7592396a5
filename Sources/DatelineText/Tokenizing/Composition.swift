/// Canonical composition (Unicode Standard Annex #15): both spellings of "é" are one.
///
/// Unlike in NFC, letters that the standard excludes from composition, such as the Devanagari "ड़", are composed as well:
/// what matters here is that equivalent texts end up equal.
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
    let place = firstPlace(canonicalCompositions.count) {
      let entry = canonicalCompositions[$0]
      return (entry.base, entry.mark) >= (base, mark)
    }
    guard place < canonicalCompositions.count else { return nil }
    let entry = canonicalCompositions[place]
    return entry.base == base && entry.mark == mark ? entry.composite : nil
  }

  /// The two characters that ``compose(_:_:)`` puts together, or `nil` when the character is no such composite.
  static func decompose(_ composite: UInt32) -> (base: UInt32, mark: UInt32)? {
    let place = firstPlace(byComposite.count) { canonicalCompositions[byComposite[$0]].composite >= composite }
    guard place < byComposite.count else { return nil }
    let entry = canonicalCompositions[byComposite[place]]
    return entry.composite == composite ? (entry.base, entry.mark) : nil
  }

  /// The letter without its marks.
  static func base(of character: UInt32) -> UInt32 {
    var base = character
    while let parts = decompose(base) { base = parts.base }
    return base
  }

  /// The character that a duplicate of it stands for, such as "Å" for the sign of the ångström.
  static func singleton(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let place = firstPlace(canonicalSingletons.count) { canonicalSingletons[$0].duplicate >= scalar.value }
    guard place < canonicalSingletons.count, canonicalSingletons[place].duplicate == scalar.value else { return scalar }
    return Unicode.Scalar(canonicalSingletons[place].character) ?? scalar
  }

  /// Whether some composite ends with this character. O(composites).
  static func isSecond(_ character: UInt32) -> Bool { canonicalCompositions.contains { $0.mark == character } }

  /// Whether this is a vowel or a trailing consonant of a Hangul syllable.
  static func isSecondJamo(_ character: UInt32) -> Bool {
    (0x1161..<0x1176).contains(character) || (0x11A8..<0x11C3).contains(character)
  }

  private static let byComposite = canonicalCompositions.indices.sorted {
    canonicalCompositions[$0].composite < canonicalCompositions[$1].composite
  }

  private static func firstPlace(_ count: Int, where isBehind: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
