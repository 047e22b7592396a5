import DatelineCore

/// What a model decides on some documents, by the numbers of labels: the strings of tags and reasons are made where
/// somebody wants them (``Model/tagging(_:)``), and what decisions lie in is used again.
struct Decisions {
  /// A label that a document gets.
  struct Choice {
    /// Its place in the model's ``LabelTree``.
    var node: Int
    var probability: Double
  }

  /// Why a document gets no label.
  enum Reason {
    case failed
    case unknown
    case unfamiliar(Coverage)
    case unmentioned
    /// Nothing in the text speaks for a label; this one would be the most probable.
    case noEvidence(node: Int)
    /// The only label there could be is too improbable.
    case improbable(Choice, minimum: Double)
    /// No label reaches its threshold; this one is the nearest.
    case noThreshold(Choice, minimum: Double)
    /// Labels reach their thresholds, and are too improbable.
    case allImprobable(Choice, minimum: Double)
  }

  /// The decision on one document.
  struct Decision {
    /// The labels, the most probable first.
    let choices: ArraySlice<Choice>
    /// Why there are none; `nil` when there are some.
    let reason: Reason?
  }

  private var choices: [Choice] = []
  /// Where the choices of each document end.
  private var ends: [Int] = []
  private var reasons: [Reason?] = []

  subscript(document: Int) -> Decision {
    Decision(choices: choices[range(of: document)], reason: reasons[document])
  }

  /// The places of a document's choices.
  func range(of document: Int) -> Range<Int> { (document == 0 ? 0 : ends[document - 1])..<ends[document] }

  /// The choice at a place.
  func choice(at place: Int) -> Choice { choices[place] }

  /// Why a document gets no label; `nil` when it gets some.
  func reason(for document: Int) -> Reason? { reasons[document] }

  mutating func append(_ choice: Choice) { choices.append(choice) }

  /// Ends a document.
  ///
  /// - Parameters:
  ///   - limit: The most labels that it gets, which are the most probable ones.
  ///   - reason: Why it gets none.
  mutating func end(atMost limit: Int?, withheld reason: Reason? = nil) {
    precondition(limit ?? 0 >= 0, "a number of labels is not negative")
    let start = ends.last ?? 0
    if let limit, choices.count - start > limit { choices.removeLast(choices.count - start - limit) }
    ends.append(choices.count)
    reasons.append(reason)
  }

  /// Sorts the choices of the last document that has not ended, the most probable first; ties in the order of labels.
  mutating func sortLast() {
    choices[(ends.last ?? 0)...].sort { ($1.probability, $0.node) < ($0.probability, $1.node) }
  }

  /// Removes all decisions and keeps the memory.
  mutating func removeAll() {
    choices.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    reasons.removeAll(keepingCapacity: true)
  }
}
