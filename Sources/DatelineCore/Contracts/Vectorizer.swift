public import DatelineParallel
public import DatelineVectors

/// Turns a document into a sparse vector. Immutable, and born fitted.
public protocol Vectorizer: Sendable {
  /// The number of features: every index of a vector is below it.
  var featureCount: Int { get }
  /// Turns one document into a vector.
  ///
  /// - Parameters:
  ///   - title: The headline, UTF-8; may be empty.
  ///   - body: The text, UTF-8; may be empty.
  ///   - scratch: Memory that is reused from one document to the next by one thread.
  ///   - row: Receives the vector. What it held is replaced.
  func vectorize(title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, into row: inout SparseVector)
  /// Turns one document into the features of ``vectorize(title:body:scratch:into:)``, in any order, but always the same
  /// one: for those who can do without a sorted vector, which is more work. Features of an extractor stand behind those of
  /// terms, ascending. The default takes them from the vector.
  ///
  /// Where two terms are taken for one feature (by a chance of 3·10⁻⁹, or as a text was made for it), this can stand here
  /// twice: each time with the value of its own count, where the vector has that of their sum.
  ///
  /// - Parameters:
  ///   - title: The headline, UTF-8; may be empty.
  ///   - body: The text, UTF-8; may be empty.
  ///   - scratch: Memory that is reused from one document to the next by one thread.
  ///   - features: Receives the features. What it held is replaced.
  func vectorize(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, unordered features: inout FeatureList)
  /// The parts of the vectorizer for the model file.
  func payloads() -> [Payload]
  /// The groups of features that describe candidates; `nil`, the default, where there are none.
  var candidates: CandidateFeatures? { get }
  /// What can make features of terms that another vectorizer has counted; `nil`, the default, where there is no such thing.
  /// Asked for rather than found out, as a program's first cast to a protocol goes through all that it knows.
  var termVectorizer: (any TermVectorizer)? { get }
}

extension Vectorizer {
  /// `nil`
  public var candidates: CandidateFeatures? { nil }

  /// `nil`
  public var termVectorizer: (any TermVectorizer)? { nil }

  /// The features as the vector has them.
  public func vectorize(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, unordered features: inout FeatureList
  ) {
    // Taken out while it is written to.
    var row = exchange(&scratch.row, with: SparseVector())
    vectorize(title: title, body: body, scratch: &scratch, into: &row)
    features.replace(with: row)
    scratch.row = row
  }
}

/// A vectorizer that can do without some of its features.
public protocol ReducibleVectorizer: Vectorizer {
  /// The vectorizer of some of the features.
  ///
  /// - Parameter features: Their numbers, ascending; a feature's new number is its place here.
  /// - Throws: ``DatelineError/Code/usage`` when it cannot leave features out, and says why.
  func selecting(features: [Int]) throws(DatelineError) -> any Vectorizer
  /// What turns documents of this vectorizer into those of the vectorizer of some of the features.
  ///
  /// - Parameter features: As for ``selecting(features:)``.
  func reduction(to features: [Int]) -> any FeatureReduction
}

/// Turns the documents of a vectorizer into those of a vectorizer with fewer features.
public protocol FeatureReduction: Sendable {
  /// Turns one document.
  ///
  /// - Parameters:
  ///   - indices: Its features, ascending.
  ///   - values: As many values.
  ///   - row: Receives what is left of it. What it held is replaced.
  func reduce(indices: Span<UInt32>, values: Span<Float>, into row: inout SparseVector)
}

/// Memory for one thread that vectorizes many documents.
public struct VectorizerScratch: Sendable {
  /// The tokens of the document.
  public var tokens = TokenBuffer()
  /// The fingerprints of the document's features, and how often each occurs.
  public var counts = FingerprintCounts()
  /// The features of the document, in whatever form the vectorizer likes.
  public var cells: [UInt64] = []
  /// Memory that these can be sorted in.
  public var table: [UInt64] = []
  /// The features of the document as a vector (``Vectorizer/vectorize(title:body:scratch:unordered:)``).
  var row = SparseVector()
  /// The features of the document that are none of its terms.
  public var extracted = SparseVector()
  /// How many of the document's terms the vectorizer knows; `nil` where it cannot tell.
  public var coverage: Coverage?
  /// What asks for that which the classifier knows of a feature; a vectorizer can call it as soon as it finds one.
  public let featureRequests: RowRequests?

  /// Empty memory.
  ///
  /// - Parameter featureRequests: See ``featureRequests``.
  public init(featureRequests: RowRequests? = nil) { self.featureRequests = featureRequests }
}

/// How many of a text's terms a model knows: in another language than that of the training documents, hardly any.
public struct Coverage: Sendable, Equatable {
  /// The number of distinct terms that are known; names of which features come count even where they are no terms, so it can
  /// be larger than ``total``.
  public var known: Int
  /// The number of distinct terms.
  public var total: Int

  /// A coverage.
  public init(known: Int, total: Int) {
    self.known = known
    self.total = total
  }

  /// Whether fewer terms are known than a share of all. One more is taken for known, so that a headline of three or four
  /// words, of which some are new names, passes.
  public func isBelow(_ share: Double) -> Bool { Double(known + 1) < share * Double(total + 1) }

  /// That of two texts, whose terms count apart.
  public static func + (first: Coverage, second: Coverage) -> Coverage {
    Coverage(known: first.known + second.known, total: first.total + second.total)
  }
}

/// Learns a vectorizer from documents in one pass.
///
/// What is counted is a value for each batch, and values are merged: batches can be counted on any thread or machine.
public protocol VectorizerTrainer<Counts>: Sendable {
  /// What has been counted in a batch.
  associatedtype Counts: Sendable

  /// Counts a batch. Called from several threads at once.
  func count(_ batch: DocumentBatch) -> Counts
  /// The vectorizer that follows from all batches, and their documents as vectors, in the order of the batches.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` when no feature is left.
  func fit(_ counts: [Counts], workers: WorkerPool) throws(DatelineError) -> (
    vectorizer: any Vectorizer, features: CSRMatrix
  )
  /// The same training within a limit of memory, with the same result; `nil` where there is none, which is the default.
  ///
  /// - Parameter memoryLimit: How many bytes the whole training may take.
  func spooling(memoryLimit: Int) -> (any SpoolingVectorizerTrainer)?
}

extension VectorizerTrainer {
  /// `nil`
  public func spooling(memoryLimit: Int) -> (any SpoolingVectorizerTrainer)? { nil }
}

/// Learns a vectorizer in one pass, with what is counted in temporary files: the memory does not grow with the text.
public protocol SpoolingVectorizerTrainer<Counts, Spool>: Sendable {
  /// What has been counted in a batch.
  associatedtype Counts: Sendable
  /// What has been counted in all batches so far, on disk.
  associatedtype Spool

  /// An empty spool.
  ///
  /// - Throws: ``DatelineError/Code/inputOutput`` when there can be no temporary files, ``DatelineError/Code/usage`` when
  ///   the parameters need more memory than there may be.
  func makeSpool() throws(DatelineError) -> Spool
  /// Counts a batch. Called from several threads at once.
  func count(_ batch: DocumentBatch) -> Counts
  /// Puts a batch behind the others.
  ///
  /// - Throws: ``DatelineError/Code/inputOutput`` when the disk has no room.
  func append(_ counts: Counts, to spool: inout Spool) throws(DatelineError)
  /// The vectorizer that follows from all batches, and their documents as vectors, in temporary files. The spool is
  /// used up.
  ///
  /// - Throws: Also ``DatelineError/Code/invalidData`` when no feature is left.
  func fit(_ spool: Spool, workers: WorkerPool) throws(DatelineError) -> (
    vectorizer: any Vectorizer, features: CSRMatrix
  )
}

/// Learns further documents into an existing vectorizer.
public protocol ExtendingVectorizerTrainer<Counts>: VectorizerTrainer {
  /// The vectorizer that follows from the earlier and the further documents together, and the further ones as vectors.
  ///
  /// - Returns: Also, for each feature of the earlier vectorizer, its number among the new one's, ascending.
  /// - Throws: ``DatelineError/Code/usage`` when the earlier vectorizer has left out what would be needed.
  func fit(
    _ counts: [Counts], extending vectorizer: any Vectorizer, workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix, featureMap: [Int])
}

/// A vectorizer family: what trains and loads vectorizers of one kind.
public protocol VectorizerPlugin: Sendable {
  /// The name in model files, such as `text`.
  var identifier: String { get }
  /// The parameters.
  var parameters: ParameterSchema { get }
  /// A trainer with the given parameters.
  func trainer(_ parameters: Hyperparameters) throws(DatelineError) -> any VectorizerTrainer
  /// Brings a vectorizer back from the parts that `Vectorizer.payloads()` gave.
  func load(_ payloads: Payloads, parameters: Hyperparameters) throws(DatelineError) -> any Vectorizer
}
