public import DatelineCore

/// What is counted while a model is measured: a value that takes one document after another and can be merged, so that
/// any split of the documents over threads or machines, merged in any order, gives the same counts to the last bit.
///
/// Memory grows with labels, distinct confusions and distinct label sets, not with documents.
public struct EvaluationCounts: Sendable, Equatable {
  /// A pair of labels by their numbers; ``none`` stands for "withheld".
  struct Cell: Hashable, Sendable {
    static let none: Int32 = -1
    var gold: Int32
    var predicted: Int32
  }

  /// The true labels of a document.
  struct LabelSet: Hashable, Sendable {
    var trained: [Int]
    var untrained: [Label]
  }

  /// The labels of the model.
  public let domain: Domain
  let tree: LabelTree
  let isHierarchical: Bool

  /// The number of documents.
  public private(set) var documents = 0
  /// How many got exactly their true labels.
  public private(set) var correct = 0
  /// How many got exactly their true labels when only the first step of each path counts.
  public private(set) var correctAtTop = 0
  /// How many documents of exclusive labels got none.
  public private(set) var withheld = 0
  /// How many documents have a true label that the model does not know.
  public private(set) var documentsWithUntrainedLabels = 0
  /// For each label of the model, how many documents have it and got it.
  public private(set) var truePositives: [Int]
  /// For each label of the model, how many documents got it without having it.
  public private(set) var falsePositives: [Int]
  /// For each label of the model, how many documents have it and did not get it.
  public private(set) var falseNegatives: [Int]
  /// For each label that the model does not know, how many documents have it.
  public private(set) var untrainedSupport: [Label: Int] = [:]
  /// Predictions against outcomes, by confidence: for exclusive labels the most probable label of each document, for
  /// others every label of the model with every document.
  public private(set) var calibration = CalibrationHistogram()

  /// Exclusive labels: how often a label of the model got which.
  private(set) var confusions: [Cell: Int] = [:]
  /// Exclusive labels: how often a label unknown to the model got which label (or ``Cell/none``).
  private(set) var untrainedConfusions: [Label: [Int32: Int]] = [:]
  /// Other labels: how often each set of true labels occurs.
  private(set) var labelSets: [LabelSet: Int] = [:]
  private var logLossSum = FixedPointSum()
  private var logLossDocuments = 0

  /// Nothing counted yet.
  public init(_ domain: Domain) {
    self.domain = domain
    tree = LabelTree(domain)
    isHierarchical = domain.isHierarchical
    truePositives = [Int](repeating: 0, count: domain.count)
    falsePositives = truePositives
    falseNegatives = truePositives
  }

  /// The mean loss of a document, natural logarithm: `-log p` of the true label where labels exclude each other (and
  /// documents whose label the model does not know are left out), else the mean over the model's labels of the loss of
  /// "has it, or not". Probabilities are kept 2⁻⁵² away from certainty. NaN without documents.
  public var logLoss: Double { logLossSum.value / Double(logLossDocuments) }

  /// Counts one document whose labels are given by name.
  ///
  /// - Parameters:
  ///   - gold: The true labels, with or without labels that the model does not know.
  ///   - predicted: The numbers of the labels that it got.
  ///   - probabilities: One for each label of the model.
  /// - Throws: ``DatelineCore/DatelineError/Code/invalidData`` when labels exclude each other and there is not exactly
  ///   one true label.
  public mutating func add(
    gold: some Sequence<Label>, predicted: some Sequence<Int>, probabilities: Span<Double>
  ) throws(DatelineError) {
    var known: [Int] = []
    var unknown: [Label] = []
    for label in gold {
      if let index = domain.index(of: label) { known.append(index) } else { unknown.append(label) }
    }
    try add(gold: known, untrained: unknown, predicted: predicted, probabilities: probabilities)
  }

  /// Counts one document. O(labels).
  ///
  /// - Parameters:
  ///   - gold: The numbers of its true labels.
  ///   - untrained: Its true labels that the model does not know.
  ///   - predicted: The numbers of the labels that it got; where labels exclude each other one, or none when withheld.
  ///   - probabilities: One for each label of the model, in [0, 1].
  /// - Throws: ``DatelineCore/DatelineError/Code/invalidData`` when labels exclude each other and there is not exactly
  ///   one true label.
  public mutating func add(
    gold: some Sequence<Int>, untrained: [Label] = [], predicted: some Sequence<Int>, probabilities: Span<Double>
  ) throws(DatelineError) {
    precondition(probabilities.count == domain.count, "one probability for each label of the model")
    let truth = LabelSet(trained: sortedUnique(gold), untrained: sortedUnique(untrained))
    let predicted = sortedUnique(predicted)
    precondition((truth.trained + predicted).allSatisfy(domain.labels.indices.contains), "labels of the domain")
    if domain.kind == .exclusive {
      let found = truth.trained.count + truth.untrained.count
      guard found == 1 else {
        throw DatelineError(
          .invalidData,
          "a document with \(found) labels for \"\(domain.facet)\", whose labels exclude each other: expected exactly one; train with --multi-label if several are right"
        )
      }
      precondition(predicted.count <= 1, "at most one prediction where labels exclude each other")
    }
    documents += 1
    if truth.untrained.isEmpty && truth.trained == predicted { correct += 1 }
    if !truth.untrained.isEmpty { documentsWithUntrainedLabels += 1 }
    if isHierarchical, tops(truth) == Set(predicted.map { tree.tops[tree.nodeOfLabel[$0]] }) { correctAtTop += 1 }
    count(truth, predicted)
    switch domain.kind {
    case .exclusive: addExclusive(truth, predicted.first, probabilities)
    case .multiLabel: addMultiLabel(truth, probabilities)
    }
  }

  private mutating func count(_ truth: LabelSet, _ predicted: [Int]) {
    for label in predicted {
      if truth.trained.contains(label) { truePositives[label] += 1 } else { falsePositives[label] += 1 }
    }
    for label in truth.trained where !predicted.contains(label) { falseNegatives[label] += 1 }
    for label in truth.untrained { untrainedSupport[label, default: 0] += 1 }
  }

  private mutating func addExclusive(_ truth: LabelSet, _ predicted: Int?, _ probabilities: Span<Double>) {
    if predicted == nil { withheld += 1 }
    let column = predicted.map { Int32($0) } ?? Cell.none
    var best = 0
    for label in 1..<max(probabilities.count, 1) where probabilities[label] > probabilities[best] { best = label }
    if let gold = truth.trained.first {
      confusions[Cell(gold: Int32(gold), predicted: column), default: 0] += 1
      logLossSum.add(negativeLog(probabilities[gold]))
      logLossDocuments += 1
    }
    if let gold = truth.untrained.first { untrainedConfusions[gold, default: [:]][column, default: 0] += 1 }
    calibration.add(confidence: probabilities[best], hit: truth.trained.first == best)
  }

  private mutating func addMultiLabel(_ truth: LabelSet, _ probabilities: Span<Double>) {
    labelSets[truth, default: 0] += 1
    var loss = 0.0
    var next = 0
    for label in 0..<probabilities.count {
      let hit = next < truth.trained.count && truth.trained[next] == label
      if hit { next += 1 }
      loss += hit ? negativeLog(probabilities[label]) : negativeLogComplement(probabilities[label])
      calibration.add(confidence: probabilities[label], hit: hit)
    }
    logLossSum.add(loss / Double(probabilities.count))
    logLossDocuments += 1
  }

  /// The branches that labels belong to; a label whose first step the model does not know is a branch (-1) of its own
  /// that no prediction can be in.
  private func tops(_ labels: LabelSet) -> Set<Int> {
    Set(labels.trained.map { tree.tops[tree.nodeOfLabel[$0]] } + labels.untrained.map { tree.top(of: $0) ?? -1 })
  }

  /// Counts the documents of another count as well; both must be of one domain. O(what both have counted).
  public mutating func merge(_ other: EvaluationCounts) {
    precondition(domain == other.domain, "counts of one domain")
    documents += other.documents
    correct += other.correct
    correctAtTop += other.correctAtTop
    withheld += other.withheld
    documentsWithUntrainedLabels += other.documentsWithUntrainedLabels
    for label in truePositives.indices {
      truePositives[label] += other.truePositives[label]
      falsePositives[label] += other.falsePositives[label]
      falseNegatives[label] += other.falseNegatives[label]
    }
    untrainedSupport.merge(other.untrainedSupport, uniquingKeysWith: +)
    calibration.merge(other.calibration)
    confusions.merge(other.confusions, uniquingKeysWith: +)
    untrainedConfusions.merge(other.untrainedConfusions) { $0.merging($1, uniquingKeysWith: +) }
    labelSets.merge(other.labelSets, uniquingKeysWith: +)
    logLossSum.add(other.logLossSum)
    logLossDocuments += other.logLossDocuments
  }
}

/// The elements ascending and without repetitions; cheap for the usual few.
private func sortedUnique<Element: Comparable & Hashable>(_ elements: some Sequence<Element>) -> [Element] {
  let all = Array(elements)
  return all.count < 2 ? all : Set(all).sorted()
}
