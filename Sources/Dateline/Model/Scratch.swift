import DatelineCore
import DatelineEvaluation
import DatelineVectors
import Synchronization

/// Memory for one thread that applies a model to many documents. There is no copy of it: to count references to all that
/// it holds would take as long as a tenth of a document.
struct ModelScratch: ~Copyable {
  var vectorizer: VectorizerScratch
  var row = SparseVector()
  var features = FeatureList()
  var probabilities: [Double] = []
  var nodes: [Double] = []
  var text = PassageText()
  /// The terms of some documents, where this model counts them for others, too.
  var terms = DocumentTerms()
  /// How many passages the score is the mean of.
  var passageCount = 1
  /// How many terms of the document are known, of all passages; `nil` where nobody can tell.
  var coverage: Coverage?

  init(_ model: Model) { vectorizer = VectorizerScratch(featureRequests: model.classifier.featureRequests) }
}

/// Memory for one thread that tags one document after another.
struct DocumentScratch: ~Copyable {
  var scratch: ModelScratch
  /// The document.
  var batch = DocumentBatch()
  /// The decision on it.
  var decisions = Decisions()

  init(_ model: Model) { scratch = ModelScratch(model) }
}

/// What a ``ScratchPool`` lends: whoever has it is the only one.
final class LentScratch: @unchecked Sendable {
  var memory: DocumentScratch

  init(_ model: Model) { memory = DocumentScratch(model) }
}

/// The memory of a model that no thread uses at the moment: whoever tags one document after another, each by a call of its
/// own, gets the same memory again.
final class ScratchPool: Sendable {
  private let idle = Mutex<[LentScratch]>([])
  /// The tokens of a document of some hundred kilobytes; memory that had to hold more is not kept.
  private static let largestTokenCount = 1 << 16
  /// The same in bytes of text.
  private static let largestText = 1 << 20
  /// The same in terms of documents that are counted together: those of 64 long articles.
  private static let largestTermCount = 1 << 18

  /// Memory for a model: such as was given back before, or new.
  func take(for model: Model) -> LentScratch {
    if let lent = idle.withLock({ $0.popLast() }) { return lent }
    return LentScratch(model)
  }

  /// Gives memory back.
  func give(_ lent: LentScratch) {
    guard lent.memory.scratch.vectorizer.tokens.tokens.capacity <= ScratchPool.largestTokenCount,
      lent.memory.scratch.text.text.capacity <= ScratchPool.largestText,
      lent.memory.batch.bytes.capacity <= ScratchPool.largestText,
      lent.memory.scratch.terms.capacity <= ScratchPool.largestTermCount
    else { return }
    idle.withLock { $0.append(lent) }
  }
}

/// A document whose terms have been counted already.
struct CountedDocument {
  let terms: DocumentTerms
  /// Its place among the documents of the terms.
  let number: Int
}

extension Model {
  /// Fills `scratch.probabilities` with one score a label, and `scratch.coverage`.
  ///
  /// - Parameter counted: The document's terms, where they are known.
  /// - Returns: Whether the document holds any term that the model knows.
  func computeScores(
    title: Span<UInt8>, body: Span<UInt8>, counted: CountedDocument? = nil, scratch: inout ModelScratch
  ) -> Bool {
    // Taken out while it is written to.
    var scores = exchange(&scratch.probabilities, with: [])
    // A vectorizer that cannot tell says nothing.
    scratch.vectorizer.coverage = nil
    defer {
      scratch.probabilities = scores
      scratch.coverage = scratch.vectorizer.coverage
    }
    if scores.count != domain.count { scores = [Double](repeating: 0, count: domain.count) }
    var span = scores.mutableSpan
    if needsOrder {
      vectorizer.vectorize(title: title, body: body, scratch: &scratch.vectorizer, into: &scratch.row)
      classifier.score(indices: scratch.row.indices.span, values: scratch.row.values.span, into: &span)
      return scratch.row.count > 0
    }
    if let counted, let termVectorizer {
      counted.terms.withTerms(of: counted.number) { terms, counts in
        termVectorizer.vectorize(
          terms: terms, counts: counts, title: title, body: body, scratch: &scratch.vectorizer,
          unordered: &scratch.features)
      }
    } else {
      vectorizer.vectorize(title: title, body: body, scratch: &scratch.vectorizer, unordered: &scratch.features)
    }
    scratch.features.withSpans { classifier.score(indices: $0, values: $1, into: &span) }
    return scratch.features.count > 0
  }

  /// Whether the vectorizer tells how many terms of a text it knows.
  var tellsCoverage: Bool {
    let empty = [UInt8]()
    var scratch = ModelScratch(self)
    _ = computeScores(title: empty.span, body: empty.span, scratch: &scratch)
    return scratch.coverage != nil
  }

  /// The numbers of the labels that follow from the labels' own probabilities: the most probable one where labels
  /// exclude each other, else all that reach their threshold, or the most probable one if none does and the model allows
  /// that, and the labels above them. Ties go to the first label.
  func decide(_ probabilities: [Double]) -> [Int] {
    guard let thresholds = manifest.thresholds else { return [mostProbable(probabilities)] }
    var chosen = thresholds.apply(probabilities)
    if chosen.isEmpty, manifest.minimumProbability > 0 {
      let best = mostProbable(probabilities)
      if probabilities[best] >= manifest.minimumProbability { chosen = [nearly(best, probabilities) ?? best] }
    }
    guard domain.isHierarchical else { return chosen }
    var all = Set(chosen)
    for label in chosen { all.formUnion(ancestors(of: label)) }
    return all.sorted()
  }

  /// The most probable one of the labels that the text speaks for, among those that are as good as equally probable to the
  /// best and not below the model's minimum; the first of equal ones.
  private func nearly(_ best: Int, _ probabilities: [Double]) -> Int? {
    let least = max(0.95 * probabilities[best], manifest.minimumProbability)
    var found: Int?
    for label in probabilities.indices where probabilities[label] >= least {
      if found.map({ probabilities[label] <= probabilities[$0] }) ?? false { continue }
      if speaks(for: label, probabilities[label]) { found = label }
    }
    return found
  }

  /// The probability of each label that it or one below it is right.
  func aggregated(_ probabilities: [Double]) -> [Double] {
    guard domain.isHierarchical else { return probabilities }
    let nodes = tree.aggregate(probabilities)
    return probabilities.indices.map { nodes[tree.nodeOfLabel[$0]] }
  }

  /// The labels above a label.
  func ancestors(of label: Int) -> [Int] {
    var (node, found) = (tree.parents[tree.nodeOfLabel[label]], [Int]())
    while node >= 0 {
      if tree.labelOfNode[node] >= 0 { found.append(tree.labelOfNode[node]) }
      node = tree.parents[node]
    }
    return found
  }

  /// The number of the highest probability; the first of equal ones.
  func mostProbable(_ probabilities: [Double]) -> Int {
    var best = 0
    for label in probabilities.indices where probabilities[label] > probabilities[best] { best = label }
    return best
  }
}
