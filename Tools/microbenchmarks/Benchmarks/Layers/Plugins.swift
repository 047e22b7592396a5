import Benchmark
import DatelineCore
import DatelineData
import DatelineParallel
import DatelinePluginKit
import DatelinePluginLoader
import DatelineText
import DatelineVectors
import Glibc
import LogisticRegression

/// What it costs that a family is behind the C interface: the same model scores the same documents as it is, and through
/// the table that the kit makes of it. Both take turns, as a machine is not equally fast from one second to the next.
func addPlugins() {
  for isBatch in [true, false] {
    Benchmark(
      "plugin: score 8,000 headlines, 9 labels, behind the C interface, \(isBatch ? "in batches" : "one by one")",
      configuration: .init(metrics: [.overhead], warmupIterations: 10, maxDuration: .seconds(10), maxIterations: 500)
    ) { (benchmark: Benchmark, state: (own: any Classifier, foreign: any Classifier, rows: CSRMatrix)) in
      var scores = [Double](repeating: 0, count: state.rows.rowCount * state.own.labelCount)
      let clock = ContinuousClock()
      let own = clock.measure { score(state.rows, by: state.own, into: &scores) }
      let foreign = clock.measure {
        if isBatch, let model = state.foreign as? any BatchClassifier {
          var span = scores.mutableSpan
          model.score(state.rows, into: &span)
        } else {
          score(state.rows, by: state.foreign, into: &scores)
        }
      }
      benchmark.measurement(.overhead, Int((1000 * (foreign / own)).rounded()))
      blackHole(scores[0])
    } setup: {
      let own = try scoring(isForeign: false)
      return (own.model, try scoring(isForeign: true).model, own.rows)
    }
  }
}

extension BenchmarkMetric {
  /// The time behind the interface for 1,000 built in: 1,050 are 5 % more.
  fileprivate static var overhead: BenchmarkMetric { .custom("time for 1,000 built in", useScalingFactor: false) }
}

private func score(_ rows: CSRMatrix, by model: any Classifier, into scores: inout [Double]) {
  var all = scores.mutableSpan
  for row in 0..<rows.rowCount {
    let range = rows.range(ofRow: row)
    var own = all._mutatingExtracting(row * model.labelCount..<(row + 1) * model.labelCount)
    rows.columnIndices.withSpan { indices in
      rows.values.withSpan { values in
        model.score(indices: indices.extracting(range), values: values.extracting(range), into: &own)
      }
    }
  }
}

/// A model of some documents, and the documents.
private func scoring(isForeign: Bool) throws -> (model: any Classifier, rows: CSRMatrix) {
  let set = try headlines() ?? invented()
  let family = LogisticRegressionPlugin()
  let plugin: any ClassifierPlugin = isForeign ? try PluginLoader.plugin(of: exported(family)) : family
  let parameters = try Hyperparameters(
    plugin.description.parameters, settings: ["C": "1", "tolerance": "0.1", "weight-bits": "32"])
  let context = TrainingContext(workers: WorkerPool(threads: 2))
  return (try plugin.train(set, parameters: parameters, context: context).model, set.features)
}

/// The headlines of `headlines/topic.dev.jsonl` in the folder that DATELINE_CORPORA names; `nil` where it names none.
private func headlines() throws -> TrainingSet? {
  guard let folder = getenv("DATELINE_CORPORA") else { return nil }
  let options = CorpusOptions(reader: ReaderOptions(labelField: "topic", requiresLabel: true))
  var documents = DocumentBatch()
  var labels: [Label] = []
  try Corpus([String(cString: folder) + "/headlines/topic.dev.jsonl"], options: options).mapBatches(
    workers: WorkerPool(threads: 1), transform: { (batch: DocumentBatch) throws(DatelineError) in batch },
    consume: { (batch: DocumentBatch) throws(DatelineError) in
      for (number, record) in batch.records.enumerated() {
        documents.append(batch.document(at: number))
        labels.append(try Label(batch.labels(of: record)?.first ?? ""))
      }
    })
  let trainer = TextVectorizerTrainer(parameters: try .standard())
  let features = try trainer.fit([trainer.count(documents)], workers: WorkerPool(threads: 1)).features
  let domain = try Domain(facet: Facet("topic"), kind: .exclusive, labels: labels)
  return try TrainingSet(
    domain: domain, features: features, targets: Targets(exclusive: labels.compactMap { domain.index(of: $0) }))
}

/// Invented documents about the length of a headline with a description.
private func invented() throws -> TrainingSet {
  var random = SplitMix64(seed: 1)
  let (features, labels) = (200_000, 9)
  var rows: [SparseVector] = []
  for _ in 0..<8000 {
    var indices: Set<UInt32> = []
    while indices.count < 60 { indices.insert(UInt32(random.next() % UInt64(features))) }
    rows.append(SparseVector(indices: indices.sorted(), values: [Float](repeating: 0.125, count: 60)))
  }
  let domain = try Domain(
    facet: Facet("topic"), kind: .exclusive, labels: try (0..<labels).map { try Label("label-\($0)") })
  return try TrainingSet(
    domain: domain, features: CSRMatrix(rows: rows, columnCount: features),
    targets: Targets(exclusive: (0..<8000).map { $0 % labels }))
}
