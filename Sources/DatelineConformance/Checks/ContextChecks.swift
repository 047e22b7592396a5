import DatelineCore
import DatelineParallel
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
        let (first, second) = (samples.selecting(Array(0..<40)), samples.selecting(Array(40..<80)))
        let whole = try $0.train(samples.set())
        let context = TrainingContext(workers: .init(threads: 2), seed: $0.seed)
        let updated = try plugin.update(
          $0.train(first.set()), with: second.set(), featureMap: Array(0..<samples.featureCount),
          labelMap: Array(0..<4), parameters: $0.parameters(), context: context
        ).model
        let (expected, found) = (
          try $0.scores(of: samples.matrix, by: whole), try $0.scores(of: samples.matrix, by: updated)
        )
        let difference = zip(expected, found).map { ($0 - $1).magnitude / max(1, $0.magnitude) }.max() ?? 0
        try expect(difference <= 1e-6, "the same scores, \(kind.rawValue)", found: "a difference of \(difference)")
      }
    },
    Check("memory", "10,000 features and 500 labels are learnt within 1 GiB, or refused because of the memory") {
      let samples = Samples.make($0.seed) {
        $0.labelCount = 500
        $0.documentCount = 1000
        $0.wordsOfLabel = 17
        $0.sharedWords = 500
      }
      let (set, limit) = (try samples.set(), 1 << 30)
      let before = peakMemory()
      do {
        let model = try $0.train(set, memoryLimit: limit)
        try $0.checkUsable(model, samples.selecting([0, 1, 2]).matrix, "of 500 labels")
      } catch let error as DatelineError {
        return try expect(error.code == .usage, "a refusal as usage", found: "\(error.code): \(error)")
      }
      let taken = peakMemory() - before
      try expect(taken <= limit, "at most \(limit >> 20) MiB", found: "\(taken >> 20) MiB")
    },
  ]

  /// The most memory that the process has had so far, in bytes.
  private static func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
