import Dateline
import Foundation
import Testing

@Suite("The same documents give the same model file")
struct ReproducibilityTests {
  static let plugins = ["logistic-regression", "naive-bayes"]

  /// Trains and writes a model file, and gives its bytes.
  private func bytes(
    _ plugin: String, _ kind: Domain.Kind, threads: Int, _ samples: [(document: Document, labels: [String])],
    settings: [String: String] = [:], memoryLimit: Int? = nil
  ) throws -> Data {
    let folder = try TemporaryFolder()
    var trainer = try Trainer.quick("topic", plugin, kind, searches: true, threads: threads)
    trainer.settings.merge(settings) { $1 }
    trainer.memoryLimit = memoryLimit
    try trainer.train(LabelledDocuments(samples)).model.write(to: folder.path + "/a.dateline")
    return try folder.bytes("a.dateline")
  }

  @Test(arguments: plugins, [Domain.Kind.exclusive, .multiLabel])
  func bytesDoNotDependOnThreadsOrRuns(plugin: String, kind: Domain.Kind) throws {
    // More than one batch of documents in memory.
    let samples = kind == .exclusive ? Samples.exclusive(300) : Samples.multiLabel(300)
    let reference = try bytes(plugin, kind, threads: 1, samples)
    #expect(reference.count > 1000)
    for threads in [1, 2, 7] {
      #expect(try bytes(plugin, kind, threads: threads, samples) == reference, "\(threads) threads")
    }
  }

  @Test(arguments: plugins, [Domain.Kind.exclusive, .multiLabel])
  func bytesDoNotDependOnTheMemory(plugin: String, kind: Domain.Kind) throws {
    let samples = kind == .exclusive ? Samples.exclusive(300) : Samples.multiLabel(300)
    for settings in [["vocabulary": "exact", "min-df": "2"], ["vocabulary": "hashed", "hash-bits": "10"]] {
      let reference = try bytes(plugin, kind, threads: 1, samples, settings: settings)
      for threads in [1, 2, 7] {
        let limited = try bytes(plugin, kind, threads: threads, samples, settings: settings, memoryLimit: 1 << 34)
        #expect(limited == reference, "\(threads) threads, \(settings)")
      }
    }
  }

  @Test(arguments: plugins)
  func otherDocumentsGiveOtherBytes(plugin: String) throws {
    let first = try bytes(plugin, .exclusive, threads: 2, Samples.exclusive(60))
    #expect(try bytes(plugin, .exclusive, threads: 2, Samples.exclusive(60, seed: 9)) != first)
  }

  @Test(arguments: plugins)
  func documentsOnDiskAndInMemoryGiveTheSameBytes(plugin: String) throws {
    let folder = try TemporaryFolder()
    let samples = Samples.exclusive(300)
    var lines: [UInt8] = []
    for (document, labels) in samples {
      let record: JSONValue = [
        "id": .string(document.id), "title": .string(document.title), "text": .string(document.body),
        "topic": .string(labels[0]),
      ]
      record.write(into: &lines)
      lines.append(UInt8(ascii: "\n"))
    }
    try Data(lines).write(to: URL(fileURLWithPath: folder.path + "/documents.jsonl"))
    let trainer = try Trainer.quick("topic", plugin, searches: true)
    let model = try trainer.train(contentsOf: [folder.path + "/documents.jsonl"]).model
    try model.write(to: folder.path + "/a.dateline")
    #expect(try folder.bytes("a.dateline") == bytes(plugin, .exclusive, threads: 2, samples))
  }
}
