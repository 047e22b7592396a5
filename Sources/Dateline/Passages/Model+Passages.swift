import DatelineCore
import DatelineEvaluation
import DatelineSentiment

/// What a model could make of a document.
enum Finding {
  /// There is a probability for each label.
  case known
  /// The document holds no term that the model knows.
  case unknown
  /// It holds fewer terms that the model knows than the model asks for.
  case unfamiliar(Coverage)
  /// It does not mention its target.
  case unmentioned
}

extension Model {
  /// Fills `scratch.probabilities` with one probability a label.
  ///
  /// The score of a document of several passages is the mean of theirs, which for a linear classifier is the score of
  /// their mean row: so it can be explained exactly. Means vary less than single scores and have their own calibration,
  /// if the model has one. A document that does not mention its target gets the probabilities that it has without one.
  /// Models that read documents as a whole take no notice of targets.
  ///
  /// - Parameters:
  ///   - record: The document.
  ///   - bytes: What the record's ranges are of.
  ///   - counted: Its terms, where they are known.
  func computeProbabilities(
    of record: DocumentBatch.Record, in bytes: Span<UInt8>, counted: CountedDocument? = nil,
    scratch: inout ModelScratch
  ) -> Finding {
    let finding = computeScores(of: record, in: bytes, counted: counted, scratch: &scratch)
    let isMean = scratch.passageCount > 1
    var scores = scratch.probabilities.mutableSpan
    if isMean, let calibrator = manifest.articleCalibrator {
      calibrator.calibrate(&scores)
    } else {
      manifest.calibrator.calibrate(&scores)
    }
    return finding
  }

  /// Fills `scratch.probabilities` with one score a label, and `scratch.passageCount`.
  ///
  /// - Parameter counted: The document's terms, where they are known; those of passages never are.
  func computeScores(
    of record: DocumentBatch.Record, in bytes: Span<UInt8>, counted: CountedDocument? = nil,
    scratch: inout ModelScratch
  ) -> Finding {
    let (title, body) = (bytes.extracting(record.title), bytes.extracting(record.body))
    scratch.passageCount = 1
    if manifest.unit == .document {
      let isKnown = computeScores(title: title, body: body, counted: counted, scratch: &scratch)
      return finding(isKnown: isKnown, scratch.coverage)
    }
    let target = record.target.isEmpty ? nil : Target(name: bytes.extracting(record.target))
    // Taken out while other parts of the memory are written to.
    var text = exchange(&scratch.text, with: PassageText())
    defer { scratch.text = text }
    text.cut(title: title, body: body, target: target)
    let isMentioned = target == nil || !text.passages.isEmpty
    if !isMentioned { text.cut(title: title, body: body, target: nil) }
    let isKnown = addScores(of: text, scratch: &scratch)
    return isMentioned ? finding(isKnown: isKnown, scratch.coverage) : .unmentioned
  }

  private func finding(isKnown: Bool, _ coverage: Coverage?) -> Finding {
    if !isKnown { return .unknown }
    if let coverage, coverage.isBelow(manifest.minimumCoverage) { return .unfamiliar(coverage) }
    return .known
  }

  /// The mean score of the passages that hold anything that the model knows, and the coverage of all.
  private func addScores(of text: PassageText, scratch: inout ModelScratch) -> Bool {
    var sums = [Double](repeating: 0, count: domain.count)
    var known = 0
    var coverage: Coverage? = Coverage(known: 0, total: 0)
    for passage in text.passages {
      let isKnown = computeScores(
        title: text.windows.span.extracting(passage.window), body: text.text.span.extracting(passage.bytes),
        scratch: &scratch)
      coverage = coverage.flatMap { sum in scratch.coverage.map { sum + $0 } }
      guard isKnown else { continue }
      known += 1
      for label in sums.indices { sums[label] += scratch.probabilities[label] }
    }
    scratch.passageCount = max(1, known)
    guard known > 0 else {
      let empty = [UInt8]()
      _ = computeScores(title: empty.span, body: empty.span, scratch: &scratch)
      return false
    }
    for label in sums.indices { scratch.probabilities[label] = sums[label] / Double(known) }
    scratch.coverage = coverage
    return true
  }
}
