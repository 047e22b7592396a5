public import DatelineCore

/// The parameters of the text vectorizer: the one place where their defaults and ranges are written.
public struct TextParameters: Sendable, Equatable {
  /// How often a term counts within a document.
  public enum TermFrequency: String, Sendable, CaseIterable {
    /// 1 + ln tf.
    case sublinear
    /// tf.
    case count
    /// 1.
    case binary
  }

  /// What every document's vector is divided by.
  public enum Norm: String, Sendable, CaseIterable {
    /// Its Euclidean length.
    case l2
    /// The length that it would have with one more term, which no training document has. It hardly matters to a text of
    /// twenty words; but one of a single word, be it `the`, is no longer as sure of it as a text is of all its words.
    case damped
    /// 1.
    case none
  }

  /// The shortest and longest word n-grams; each at least 1.
  public var ngrams: ClosedRange<Int>
  /// The shortest and longest character n-grams within words; `nil` for none.
  public var characterNGrams: ClosedRange<Int>?
  /// Terms of fewer documents are left out.
  public var minimumDocuments: Int
  /// Terms of a larger share of the documents are left out.
  public var maximumShare: Double
  /// How often a term counts within a document.
  public var termFrequency: TermFrequency
  /// Whether rare terms count more.
  public var usesIDF: Bool
  /// What every document's vector is divided by.
  public var norm: Norm
  /// Whether the words of the title are features of their own.
  public var separatesTitle: Bool
  /// How many times a word in the title counts; 0 leaves the title out.
  public var titleWeight: Int
  /// Whether words of one letter or digit of ASCII are terms, or parts of them. Without them `B.C.` leaves nothing behind
  /// that the vitamins B and C could be taken for.
  public var keepsSingleLetters: Bool
  /// The number of bits of a hashed vocabulary; `nil` for an exact one.
  public var hashBits: Int?

  /// All that the terms of a text depend on, in words.
  var terms: String {
    // A range prints itself by looking at what it is made of, which takes a start longer than all that is written here.
    func words(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound)-\(range.upperBound)" }
    let characters = characterNGrams.map(words) ?? "none"
    let title = "title \(separatesTitle ? "apart" : "joined"), times \(titleWeight)"
    let letters = keepsSingleLetters ? "" : ", without single letters"
    return "n-grams of words \(words(ngrams)), of characters \(characters), \(title)\(letters)"
  }

  /// The parameters that `--set` can give, with defaults and explanations.
  public static let schema = ParameterSchema([
    Parameter(
      "ngrams", .pattern(form: "range of word n-grams such as 1-2", allowed: { range($0, longest: 8) != nil }),
      default: .choice("1-2"), help: "Lengths of word n-grams, shortest and longest."),
    Parameter(
      "char-ngrams",
      .pattern(
        form: "range of character n-grams such as 3-5, or none",
        allowed: { $0 == "none" || range($0, longest: 12) != nil }),
      default: .choice("none"), help: "Lengths of character n-grams within words, besides the word n-grams."),
    Parameter(
      "min-df", .integer(1...1_000_000_000), default: .integer(2),
      help: "Leaves out terms of fewer documents than this; a hashed vocabulary keeps all."),
    Parameter(
      "max-df", .number(0...1), default: .number(1),
      help: "Leaves out terms of a larger share of the documents than this; a hashed vocabulary keeps all."),
    Parameter(
      "tf", .choice(TermFrequency.allCases.map(\.rawValue)), default: .choice("sublinear"),
      help: "What a term counts that occurs tf times in a document: 1 + ln tf, tf, or 1."),
    Parameter(
      "idf", .flag, default: .flag(true),
      help: "Multiplies by the inverse document frequency, ln((1 + n) / (1 + df)) + 1, as scikit-learn does."),
    Parameter(
      "norm", .choice(Norm.allCases.map(\.rawValue)), default: .choice("l2"),
      help: "Scales every document to length 1; damped makes less of texts of a few words; or none."),
    Parameter(
      "fields", .choice(["joined", "separate"]), default: .choice("joined"),
      help: "Whether a word is the same feature in title and body."),
    Parameter(
      "title-weight", .integer(0...100), default: .integer(1), help: "How many times a word in the title counts."),
    Parameter(
      "single-letters", .flag, default: .flag(true),
      help: "Whether words of one ASCII letter or digit count, such as the B and C of B.C. or of vitamins."),
    Parameter(
      "vocabulary", .choice(["exact", "hashed"]), default: .choice("exact"),
      help: "Whether every term is a feature, or terms share 2^hash-bits features, so that memory has a bound."),
    Parameter(
      "hash-bits", .integer(8...28), default: .integer(22), help: "The size of a hashed vocabulary, as a power of 2."),
  ])

  /// The parameters of checked values of ``schema``.
  public init(_ values: Hyperparameters) throws(DatelineError) {
    guard let ngrams = TextParameters.range(values.choice("ngrams"), longest: 8),
      let frequency = TermFrequency(rawValue: values.choice("tf")), let norm = Norm(rawValue: values.choice("norm")),
      let minimum = values.integer("min-df"),
      let maximum = values.number("max-df"), let titleWeight = values.integer("title-weight"),
      let bits = values.integer("hash-bits")
    else { throw DatelineError(.internal, "the text vectorizer's parameters do not follow its schema") }
    self.ngrams = ngrams
    characterNGrams = TextParameters.range(values.choice("char-ngrams"), longest: 12)
    minimumDocuments = minimum
    maximumShare = maximum
    termFrequency = frequency
    usesIDF = values.flag("idf")
    self.norm = norm
    separatesTitle = values.choice("fields") == "separate"
    self.titleWeight = titleWeight
    keepsSingleLetters = values.flag("single-letters")
    hashBits = values.choice("vocabulary") == "hashed" ? bits : nil
  }

  /// Whether every term of the training documents is a feature, so that further documents can be learnt exactly.
  var keepsAllTerms: Bool { minimumDocuments == 1 && maximumShare == 1 }

  /// The range that `1-2` or `3` stands for.
  private static func range(_ text: String, longest: Int) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low >= 1, low <= high,
      high <= longest
    else { return nil }
    return low...high
  }
}
