import DatelineCore
import DatelineVectors

/// A naive Bayes model: the linear classifier that its counts give, and the counts themselves, so that more documents
/// can be learnt later.
struct NaiveBayesModel: AdditiveClassifier {
  let linear: any PresenceClassifier
  /// Whether only the presence of a feature counts.
  let binarizes: Bool
  /// Reads the counts when they are asked for: classifying does not need them.
  let counts: @Sendable () throws(DatelineError) -> FeatureCounts

  var featureCount: Int { linear.featureCount }
  var labelCount: Int { linear.labelCount }

  func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
    if binarizes {
      linear.score(presentIndices: indices, into: &scores)
    } else {
      linear.score(indices: indices, values: values, into: &scores)
    }
  }

  func contribution(feature: Int, value: Float, label: Int) -> Double {
    linear.contribution(feature: feature, value: binarizes ? 1 : value, label: label)
  }

  func constant(label: Int) -> Double { linear.constant(label: label) }

  func payloads() throws(DatelineError) -> [Payload] {
    let mark = Payload(name: "naive-bayes.binarizes", [UInt8(binarizes ? 1 : 0)])
    return linear.payloads() + [mark] + (try counts().payloads(withCells: !(linear is SparseLinearClassifier)))
  }

  init(linear: any PresenceClassifier, counts: FeatureCounts, binarizes: Bool) {
    self.linear = linear
    self.binarizes = binarizes
    self.counts = { counts }
  }

  init(_ payloads: Payloads, domain: Domain) throws(DatelineError) {
    let linear: any PresenceClassifier =
      payloads.names.contains(SparseLinearClassifier.mark)
      ? try SparseLinearClassifier(payloads, domain: domain) : try LinearClassifier(payloads, domain: domain)
    self.linear = linear
    let mark = try payloads.numbers("naive-bayes.binarizes", as: UInt8.self, count: 1)[0]
    guard mark <= 1 else {
      throw DatelineError(
        .invalidData, "the part \"naive-bayes.binarizes\" is \(mark), expected 0 or 1: the file is damaged")
    }
    binarizes = mark == 1
    counts = { () throws(DatelineError) in
      try FeatureCounts(payloads, featureCount: linear.featureCount, labelCount: linear.labelCount)
    }
  }
}
