/// Reads a text and hands over the words that say something of its tone, with what the words before them make of it.
///
/// The rules are VADER's (Hutto & Gilbert 2014): a negation among the three words before turns a word and takes a quarter
/// of its strength, degree adverbs there strengthen or weaken it, and what stands behind a "but" counts three times what
/// stands before it in the sentence. Capitals and emoticons are left alone: headlines have the one, news none of the other.
struct ToneReader {
  /// A word that says something.
  struct Hit {
    /// Where it stands.
    var bytes: Range<Int>
    /// How pleasant it is, with what stands before it; 0 for words of movement alone.
    var valence: Double
    /// 1 for a word of rising, or of falling that is negated; -1 for the opposite; 0 for other words.
    var movement: Int
    var isNegated: Bool
    var isIntensified: Bool
  }

  /// What a text says besides the words themselves.
  struct Circumstances {
    var words = 0
    var hasNegation = false
    var gaps: WordScanner.Gap = []
  }

  // VADER's constants, found with raters; the last two are for the second and the third word before.
  private static let negationFactor = -0.74
  private static let degree = 0.293
  private static let fading = [1, 0.95, 0.9]

  let lexicon: ToneLexicon

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - whenHit: Gets the words that say something, in order.
  ///   - whenTurned: Called at each "but": what has been handed over of the sentence counts less from now on.
  ///   - whenStopped: Called at each end of a sentence.
  @inline(__always)
  func read(
    _ text: Span<UInt8>, whenHit: (Hit) -> Void, whenTurned: () -> Void = {}, whenStopped: () -> Void = {}
  ) -> Circumstances {
    var circumstances = Circumstances()
    var scanner = WordScanner()
    var (first, second, third) = (ToneLexicon.Entry.Role(), ToneLexicon.Entry.Role(), ToneLexicon.Entry.Role())
    while let word = scanner.next(text) {
      circumstances.words += 1
      circumstances.gaps.formUnion(scanner.gap)
      if scanner.gap.contains(.stop) {
        (first, second, third) = ([], [], [])
        whenStopped()
      }
      let entry = lexicon.entry(of: word.fingerprint)
      if entry.valence != 0 || !entry.roles.isDisjoint(with: [.rise, .fall]) {
        whenHit(ToneReader.hit(entry, at: word.bytes, behind: first, second, third))
      }
      if entry.roles.contains(.negation) { circumstances.hasNegation = true }
      if entry.roles.contains(.contrast) { whenTurned() }
      (first, second, third) = (entry.roles, first, second)
    }
    circumstances.gaps.formUnion(scanner.gap)
    return circumstances
  }

  private static func hit(
    _ entry: ToneLexicon.Entry, at bytes: Range<Int>, behind first: ToneLexicon.Entry.Role,
    _ second: ToneLexicon.Entry.Role, _ third: ToneLexicon.Entry.Role
  ) -> Hit {
    let isNegated = !first.union(second).union(third).isDisjoint(with: .negation)
    let degrees = strength(first) * fading[0] + strength(second) * fading[1] + strength(third) * fading[2]
    var valence = Double(entry.valence) / 10
    if valence != 0 { valence += (valence < 0 ? -degree : degree) * degrees }
    var movement = entry.roles.contains(.rise) ? 1 : entry.roles.contains(.fall) ? -1 : 0
    if isNegated {
      valence *= negationFactor
      movement = -movement
    }
    return Hit(bytes: bytes, valence: valence, movement: movement, isNegated: isNegated, isIntensified: degrees != 0)
  }

  private static func strength(_ roles: ToneLexicon.Entry.Role) -> Double {
    roles.contains(.amplifier) ? 1 : roles.contains(.dampener) ? -1 : 0
  }
}
