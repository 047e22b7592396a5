import DatelineCore
import DatelineParallel
import DatelineVectors
import Glibc
import Synchronization

extension Conformance {
  /// What a training says meanwhile, and what it takes.
  static let contextChecks = [
    Check("progress-rises", "progress is told, and rises from 0 to 1") {
      let fractions = Mutex<[Double]>([])
      _ = try $0.train(Samples.make($0.seed).set()) { fraction, _ in
        fractions.withLock { $0.append(fraction) }
        return true
      }
      let told = fractions.withLock { $0 }
      try expect(!told.isEmpty, "progress at least once", found: "never")
      try expect(told.allSatisfy { (0...1).contains($0) }, "fractions from 0 to 1", found: "\(told)")
      try expect(zip(told, told.dropFirst()).allSatisfy { $0 <= $1 }, "fractions that do not fall", found: "\(told)")
      try expect((told.last ?? 0) >= 0.5, "a fraction above one half towards the end", found: "\(told)")
    },
    Check("cancellation", "a training that is asked to stop ends, with the error for that") {
      let subject = $0
      let asked = Mutex(0)
      let set = try Samples.make($0.seed).set()
      try expectRefusal("a training that was asked to stop", [.cancelled]) {
        _ = try subject.train(set) { _, _ in
          asked.withLock { $0 += 1 }
          return false
        }
      }
      let times = asked.withLock { $0 }
      try expect(times <= 100, "no more work after the answer to stop", found: "progress was told \(times) times")
    },
    Check("incremental", "learning on gives what learning everything at once gives") {
      guard let plugin = $0.plugin as? any IncrementalClassifierPlugin,
        $0.description.capabilities.contains(.incremental)
      else { throw Failure.skip("the family cannot learn on") }
      for kind in kinds($0) {
        let samples = Samples.make($0.seed) { $0.kind = kind }
        let growth = try Growth(samples)
        let whole = try $0.train(samples.set())
        let earlier = try $0.train(growth.earlier)
        let before = try $0.bytes(of: earlier)
        let updated = try plugin.update(
          earlier, with: growth.further.set(), featureMap: growth.featureMap, labelMap: growth.labelMap,
          parameters: $0.parameters(), context: TrainingContext(workers: WorkerPool(threads: 2), seed: $0.seed)
        ).model
        let expected = try $0.scores(of: samples.matrix, by: whole)
        let found = try $0.scores(of: samples.matrix, by: updated)
        let difference = zip(expected, found).map { ($0 - $1).magnitude / max(1, $0.magnitude) }.max() ?? 0
        try expect(difference <= 1e-6, "the same scores, \(kind.rawValue)", found: "a difference of \(difference)")
        try expect(try $0.bytes(of: earlier) == before, "the earlier model as it was", found: "another")
      }
    },
    Check("memory", "10,000 features and 500 labels are learnt within 512 MiB, or refused because of the memory") {
      let samples = Samples.make($0.seed) {
        $0.labelCount = 500
        $0.documentCount = 1000
        $0.wordsOfLabel = 17
        $0.sharedWords = 500
      }
      let (set, limit) = (try samples.set(), 512 << 20)
      let start = Memory.resetPeak()
      do {
        let model = try $0.train(set, memoryLimit: limit)
        try $0.checkUsable(model, samples.selecting([0, 1, 2]).matrix, "of 500 labels")
      } catch let error as DatelineError {
        return try expect(error.code == .usage, "a refusal as usage", found: "\(error.code): \(error)")
      }
      let taken = Memory.peak() - start
      try expect(taken <= limit, "at most \(limit >> 20) MiB", found: "\(taken >> 20) MiB")
    },
    Check("memory-limit", "a limit of memory that no training can keep to is refused before the training, or kept to") {
      let samples = Samples.make($0.seed) {
        $0.labelCount = 300
        $0.documentCount = 600
        $0.wordsOfLabel = 100
      }
      let (set, limit) = (try samples.set(), 8 << 20)
      let start = Memory.resetPeak()
      do {
        _ = try $0.train(set, memoryLimit: limit)
      } catch let error as DatelineError {
        return try expect(error.code == .usage, "a refusal as usage", found: "\(error.code): \(error)")
      }
      // The system gives out memory in larger pieces than a family asks for.
      let taken = Memory.peak() - start
      try expect(taken <= 3 * limit, "a refusal, or about \(limit >> 20) MiB", found: "\(taken >> 20) MiB")
    },
  ]
}

/// The documents of some samples in two parts, of which the first knows neither all features nor all labels.
private struct Growth {
  let earlier: TrainingSet
  let further: Samples
  let featureMap: [Int]
  let labelMap: [Int]

  init(_ samples: Samples) throws {
    // The earlier documents have no label 1, and only the features that are in them.
    let isEarlier = samples.rows.indices.map { $0 % 2 == 0 && !samples.targets[$0].contains(1) && $0 < 60 }
    var known: Set<Int> = []
    for (document, isEarlier) in isEarlier.enumerated() where isEarlier {
      known.formUnion(samples.rows[document].indices.map { Int($0) })
    }
    let (features, labels) = (known.sorted(), [0, 2, 3])
    further = samples.selecting(samples.rows.indices.filter { !isEarlier[$0] })
    var (rows, targets) = ([SparseVector](), Targets())
    for document in samples.rows.indices where isEarlier[document] {
      let row = samples.rows[document]
      let places = row.indices.map { index in UInt32(features.firstIndex(of: Int(index)) ?? 0) }
      rows.append(SparseVector(indices: places, values: row.values))
      targets.append(samples.targets[document].compactMap { labels.firstIndex(of: $0) })
    }
    let all = try samples.set().domain
    let domain = try Domain(facet: all.facet, kind: all.kind, labels: labels.map { all.labels[$0] })
    earlier = try TrainingSet(
      domain: domain, features: CSRMatrix(rows: rows, columnCount: features.count), targets: targets)
    (featureMap, labelMap) = (features, labels)
  }
}

/// The most memory that the process has had.
private enum Memory {
  /// Forgets the peak so far, and returns what there is now, in bytes.
  static func resetPeak() -> Int {
    let file = open("/proc/self/clear_refs", O_WRONLY)
    if file >= 0 {
      _ = write(file, "5", 1)
      close(file)
    }
    return peak()
  }

  /// The peak since then, in bytes.
  static func peak() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("VmHWM:") {
        return (Int(text.split(whereSeparator: { $0 == " " || $0 == "\t" })[1]) ?? 0) * 1024
      }
    }
    return 0
  }
}
