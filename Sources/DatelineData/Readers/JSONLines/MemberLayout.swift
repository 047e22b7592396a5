/// The names of members as the records before had them, with the white space around them: in most files all records have
/// the same, and to find a name again takes a fraction of the time that it takes to read it. Where records of different
/// members take turns, each has to be learnt anew.
struct MemberLayout {
  /// Members behind so many are read as they are, and so are those with a longer name.
  private static let maximumCount = 64
  private static let maximumLength = 4096

  /// For each member what stands before its value, one behind the other.
  private var text: [UInt8] = []
  /// Where that of each member ends.
  private var ends: [Int] = []
  /// The field that each member is; -1 for none.
  private var fields: [Int] = []

  /// Steps over a name and to its value, if it is the one that was noted, and returns its field.
  ///
  /// - Parameters:
  ///   - member: How many members are before it.
  ///   - scanner: At the beginning of the member.
  @inline(__always)
  func take(_ member: Int, _ scanner: inout JSONScanner, _ bytes: Span<UInt8>) -> Int? {
    guard member < ends.count else { return nil }
    let range = (member == 0 ? 0 : ends[member &- 1])..<ends[member]
    guard bytes.hasBytes(text.span.extracting(range), at: scanner.position, before: scanner.end) else { return nil }
    scanner.position &+= range.count
    // There may be more white space than was noted.
    scanner.skipWhitespace(bytes)
    return fields[member]
  }

  /// Notes what stands before the value of a member, in place of what was noted of this one and those behind it.
  mutating func learn(_ member: Int, _ before: Span<UInt8>, field: Int) {
    guard member <= ends.count, member < MemberLayout.maximumCount, before.count < MemberLayout.maximumLength else {
      return
    }
    if member < ends.count {
      text.removeLast(text.count - (member == 0 ? 0 : ends[member - 1]))
      ends.removeLast(ends.count - member)
      fields.removeLast(fields.count - member)
    }
    text.append(before, 0..<before.count)
    ends.append(text.count)
    fields.append(field)
  }
}
