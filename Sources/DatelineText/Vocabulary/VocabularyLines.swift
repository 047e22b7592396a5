import CSIMD
import DatelineCore

/// 64 bytes of a vocabulary, which memory delivers together: the number of the line's first feature, and the tags of
/// this one and of those that follow it. What is not in use is 0, and no tag is.
enum VocabularyLine {
  /// Words of four bytes.
  static let size = 16
  /// Terms that a line has room for.
  static let capacity = size - 1

  /// Which of a line's tags are a given one, one bit a tag.
  @inline(__always)
  static func matches(of tag: UInt32, in line: UnsafePointer<UInt32>) -> UInt32 {
    #if arch(x86_64)
      let matches = dateline_equal_numbers(line, tag)
    #else
      let matches = equalWords(line, tag)
    #endif
    // The first word is no tag.
    return matches &>> 1
  }

  /// Which words of a line are equal to one, one bit a word, on any processor.
  ///
  /// All words are compared, without a branch: that takes fewer steps than to stop at the right one.
  @inline(__always)
  static func equalWords(_ line: UnsafePointer<UInt32>, _ word: UInt32) -> UInt32 {
    var matches: UInt32 = 0
    for place in 0..<size { matches |= (line[place] == word ? 1 : 0) &<< UInt32(truncatingIfNeeded: place) }
    return matches
  }
}

/// How terms are laid out in lines.
struct VocabularyLines: Sendable {
  /// The lines that a term may begin at; behind them are those that the last terms reach into.
  let homes: Int
  /// How many lines behind its own a term may be.
  let reach: Int

  /// Terms a line on average: then one line in seven is full.
  private static let load = 11

  static func homes(for count: Int) -> Int { max(1, (count + load - 1) / load) }

  /// Lays terms out, in order: each in its own line, or the first behind it with room.
  ///
  /// - Returns: `nil` where terms crowd so much that one would be too far away from its own line.
  static func fill(_ fingerprints: [UInt64], homes: Int) -> (words: [UInt32], lines: VocabularyLines)? {
    var words = [UInt32](repeating: 0, count: homes * VocabularyLine.size)
    var (line, used, reach) = (0, 0, 0)
    func begin(_ next: Int, _ number: Int) {
      // Lines that nothing begins at have no tags, so their number is never asked for.
      if words.count < (next + 1) * VocabularyLine.size {
        words += [UInt32](repeating: 0, count: VocabularyLine.size)
      }
      (line, used) = (next, 0)
      words[next * VocabularyLine.size] = UInt32(number)
    }
    for (number, fingerprint) in fingerprints.enumerated() {
      let own = VocabularyLines.home(of: fingerprint, homes)
      if own > line {
        begin(own, number)
      } else if used == VocabularyLine.capacity {
        begin(line + 1, number)
      }
      used += 1
      words[line * VocabularyLine.size + used] = tag(of: fingerprint)
      reach = max(reach, line - own)
      if reach >= Vocabulary.maximumReach { return nil }
    }
    return (words, VocabularyLines(homes: homes, reach: reach))
  }

  /// The line at which a term's search begins: the lines divide the fingerprints evenly, and in their order.
  @inline(__always)
  static func home(of fingerprint: UInt64, _ homes: Int) -> Int {
    Int(truncatingIfNeeded: wideHome(of: fingerprint, UInt64(truncatingIfNeeded: homes)))
  }

  /// What tells terms of one line apart: 32 bits of the whole fingerprint, never 0.
  @inline(__always)
  private static func tag(of fingerprint: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: wideTag(of: fingerprint)) }

  // In 64 bits, so that several terms fit into one register side by side.

  @inline(__always)
  private static func wideHome(of fingerprint: UInt64, _ homes: UInt64) -> UInt64 {
    ((fingerprint &>> 32) &* homes) &>> 32
  }

  @inline(__always)
  private static func wideTag(of fingerprint: UInt64) -> UInt64 {
    let tag = (fingerprint &+ (fingerprint &>> 32) &* 0x9E37_79B1) & 0xFFFF_FFFF
    return tag == 0 ? 1 : tag
  }

  /// Reads a word of the line of every term, so that the lines are on their way into the cache.
  ///
  /// Real reads, as a processor leaves out requests (prefetches) when it has too many of them under way.
  @inline(__always)
  func fetch(_ terms: Span<UInt64>, in words: UnsafeBufferPointer<UInt32>) {
    var sum: UInt32 = 0
    for term in terms.indices {
      sum &+= words[VocabularyLines.home(of: terms[term], homes) &* VocabularyLine.size]
    }
    VocabularyLines.use(sum)
  }

  /// Does nothing; what it is given has to be worked out all the same, so the compiler cannot leave reads out.
  @inline(never) @_optimize(none)
  private static func use(_ number: UInt32) {}

  /// The number of the feature with a fingerprint, or -1. A damaged file can hold any numbers: those of `count`
  /// and above are taken for the last feature.
  ///
  /// - Parameters:
  ///   - words: At least as many lines as there are homes.
  ///   - count: The number of features, at least 1.
  func place(of fingerprint: UInt64, in words: UnsafeBufferPointer<UInt32>, count: Int) -> Int {
    guard let base = words.baseAddress else { return -1 }
    let found = look(for: fingerprint, in: base, count: count)
    if found.features > 0 { return found.place }
    return found.isFar ? farPlace(of: fingerprint, in: words, count: count) : -1
  }

  /// What a term's own line says of it.
  struct Found {
    /// How many features it is: 1 or 0, as compilers make no branch of a number.
    let features: Int
    /// The number of the feature, if it is one, and otherwise any number below that of features.
    let place: Int
    /// Whether it may be in a line behind its own, because that one is full.
    let isFar: Bool
  }

  /// Where the search for some terms begins, and what is searched for.
  struct Search {
    /// Where each term's line begins, in words.
    let lines: UnsafeMutablePointer<UInt64>
    /// What each term is known by in its line.
    let tags: UnsafeMutablePointer<UInt64>
  }

  /// Works out where the search for terms begins: for several at once.
  ///
  /// - Parameters:
  ///   - search: Room for as many terms.
  ///   - terms: As many fingerprints as `count` says.
  @inline(__always)
  func begin(_ search: Search, _ terms: UnsafePointer<UInt64>, count: Int) {
    let homes = UInt64(truncatingIfNeeded: homes)
    for number in 0..<count {
      let home = VocabularyLines.wideHome(of: terms[number], homes)
      search.lines[number] = home &* UInt64(truncatingIfNeeded: VocabularyLine.size)
      search.tags[number] = VocabularyLines.wideTag(of: terms[number])
    }
  }

  /// Looks for a term in its own line, without a branch.
  ///
  /// - Parameters:
  ///   - number: The place of the term among those that ``begin(_:_:count:)`` was given.
  ///   - words: At least as many lines as there are homes.
  ///   - count: The number of features, at least 1.
  @inline(__always)
  func look(_ search: Search, _ number: Int, in words: UnsafePointer<UInt32>, count: Int) -> Found {
    look(
      for: UInt32(truncatingIfNeeded: search.tags[number]), at: words + Int(truncatingIfNeeded: search.lines[number]),
      count: count)
  }

  /// Looks for a term in its own line, without a branch.
  ///
  /// - Parameters:
  ///   - words: At least as many lines as there are homes.
  ///   - count: The number of features, at least 1.
  @inline(__always)
  func look(for fingerprint: UInt64, in words: UnsafePointer<UInt32>, count: Int) -> Found {
    let line = words + VocabularyLines.home(of: fingerprint, homes) &* VocabularyLine.size
    return look(for: VocabularyLines.tag(of: fingerprint), at: line, count: count)
  }

  @inline(__always)
  private func look(for tag: UInt32, at line: UnsafePointer<UInt32>, count: Int) -> Found {
    let matches = VocabularyLine.matches(of: tag, in: line)
    let place = Int(line[0]) &+ matches.trailingZeroBitCount
    // Any match is more than all tags: so the line is full and none of its terms is this one where its last tag is more.
    return Found(
      features: matches == 0 ? 0 : 1, place: min(place, count &- 1),
      isFar: UInt64(line[VocabularyLine.capacity]) > UInt64(matches) &<< 32)
  }

  /// As ``place(of:in:count:)``, from the lines behind the term's own.
  @inline(never)
  func farPlace(of fingerprint: UInt64, in words: UnsafeBufferPointer<UInt32>, count: Int) -> Int {
    guard let base = words.baseAddress else { return -1 }
    let home = VocabularyLines.home(of: fingerprint, homes)
    let tag = VocabularyLines.tag(of: fingerprint)
    let last = min(home + reach, words.count / VocabularyLine.size - 1)
    var number = home + 1
    while number <= last {
      let line = base + number * VocabularyLine.size
      let matches = VocabularyLine.matches(of: tag, in: line)
      if matches != 0 { return min(Int(line[0]) + matches.trailingZeroBitCount, count - 1) }
      if line[VocabularyLine.capacity] == 0 { return -1 }
      number += 1
    }
    return -1
  }
}
