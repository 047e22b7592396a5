/// Finds which of many short patterns occur in bytes, in one pass (Aho and Corasick, 1975).
///
/// Each pattern has a set of flags. The cost is one look-up a byte, whatever the number of patterns.
struct PatternMatcher: Sendable {
  /// The class of each byte; 0 is every byte that no pattern has.
  private let classes: [UInt8]
  private let classCount: Int
  /// The next state, at `state × classCount + class`.
  private let next: [UInt16]
  /// The flags of the patterns that end in a state.
  private let flags: [UInt32]

  init(_ patterns: [(pattern: String, flags: UInt32)]) {
    var classes = [UInt8](repeating: 0, count: 256)
    var classCount = 1
    for byte in patterns.flatMap({ Array($0.pattern.utf8) }) where classes[Int(byte)] == 0 {
      classes[Int(byte)] = UInt8(classCount)
      classCount += 1
    }
    var next = [UInt16](repeating: 0, count: classCount)
    var flags: [UInt32] = [0]
    for (pattern, patternFlags) in patterns {
      var state = 0
      for byte in pattern.utf8 {
        let edge = state * classCount + Int(classes[Int(byte)])
        if next[edge] == 0 {
          next[edge] = UInt16(flags.count)
          flags.append(0)
          next += repeatElement(0, count: classCount)
        }
        state = Int(next[edge])
      }
      flags[state] |= patternFlags
    }
    PatternMatcher.completeEdges(&next, &flags, classCount)
    (self.classes, self.classCount, self.next, self.flags) = (classes, classCount, next, flags)
  }

  /// Gives a state that lacks an edge that of its longest proper suffix, breadth first.
  private static func completeEdges(_ next: inout [UInt16], _ flags: inout [UInt32], _ classCount: Int) {
    var suffixes = [Int](repeating: 0, count: flags.count)
    var queue = (0..<classCount).map { Int(next[$0]) }.filter { $0 != 0 }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      let suffix = suffixes[state]
      head += 1
      flags[state] |= flags[suffix]
      for edge in 0..<classCount {
        let target = Int(next[state * classCount + edge])
        if target == 0 {
          next[state * classCount + edge] = next[suffix * classCount + edge]
        } else {
          suffixes[target] = Int(next[suffix * classCount + edge])
          queue.append(target)
        }
      }
    }
  }

  /// Goes over bytes that come one by one.
  struct Walk {
    fileprivate var state = 0
    /// The flags of all patterns that have been met.
    fileprivate(set) var flags: UInt32 = 0
  }

  /// Takes one byte further.
  @inline(__always)
  func step(_ walk: inout Walk, _ byte: UInt8) {
    walk.state = Int(next[walk.state &* classCount &+ Int(classes[Int(byte)])])
    walk.flags |= flags[walk.state]
  }
}
