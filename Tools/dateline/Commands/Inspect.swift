import ArgumentParser
import Dateline
import DatelineArtifacts
import DatelineCore
import DatelineEvaluation

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what a model file says of itself, and checks it.",
    usage: "dateline inspect <file> [--format text|json]",
    discussion: """
      All checksums are verified and the model is loaded, so a damaged file is found here at the latest.
      """)

  @Argument(help: "The model file.")
  var file: String

  @Option(help: "Output for people (text) or for programs (json, one object).")
  var format: OutputFormat = .text

  @Option(help: PluginFiles.help)
  var loadPlugin: [String] = []

  func run() throws {
    let registry = try PluginFiles.registry(loading: loadPlugin)
    let artifact = try ArtifactFile.open(file)
    try artifact.verifyAll()
    let manifest: Manifest
    do {
      manifest = try Manifest(json: artifact.manifest)
    } catch {
      throw DatelineError(error.code, error.message, at: .init(file: file))
    }
    do {
      _ = try Model(artifact, registry: registry)
    } catch  where error.code == .incompatible {
      // The file may be sound, and only the plugin missing here.
      Console.error("warning: \(file): \(error.message)")
    } catch {
      throw DatelineError(error.code, error.message, at: error.location ?? .init(file: file), cause: error.cause)
    }
    switch format {
    case .json:
      let sections: [JSONValue] = artifact.sections.map {
        ["name": .string($0.name), "offset": JSONValue($0.offset), "length": JSONValue($0.length)]
      }
      try Console.print(
        JSONValue.object(
          [("file", .string(file)), ("size", JSONValue(artifact.size))] + manifest.json.members
            + [("sections", .array(sections))]
        ).indentedText)
    case .text: for line in lines(manifest, artifact) { try Console.print(line) }
    }
  }

  private func lines(_ manifest: Manifest, _ artifact: ArtifactFile) -> [String] {
    func list(_ json: JSONValue) -> String {
      json.members.map { "\($0.name)=\($0.value.string ?? $0.value.text)" }.joined(separator: " ")
    }
    let domain = manifest.domain
    let limits = [
      manifest.minimumProbability > 0 ? "from a probability of \(manifest.minimumProbability) on" : "",
      manifest.minimumCoverage > 0 ? "where \(manifest.minimumCoverage) of a text's terms are known" : "",
      manifest.needsEvidence ? "where the text speaks for a label" : "",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    var lines = [
      "\(file): \(Units.bytes(artifact.size)), all checksums hold",
      "facet        \(domain.facet), \(domain.kind.rawValue), \(Units.count(domain.count, "label"))",
      "plugin       \(manifest.plugin) \(manifest.pluginVersion)  \(list(manifest.parameters))",
      "vectorizer   \(manifest.vectorizer)  \(list(manifest.vectorizerParameters))",
      "calibration  \(manifest.calibrator.name)",
      "trained on   \(Units.count(manifest.provenance.documentCount, "document")), digest \(manifest.provenance.dataDigest)",
      "trained by   Dateline \(manifest.provenance.toolVersion), seed \(manifest.provenance.seed), \(manifest.provenance.blas)",
      "reached      \(list(manifest.training["report"] ?? .null))",
      "labels",
    ]
    if !limits.isEmpty { lines.insert("answers      \(limits)", at: lines.count - 1) }
    for (number, label) in domain.labels.enumerated() {
      let threshold = manifest.thresholds.map { "  from \($0.values[number].fixed(3))" } ?? ""
      lines.append("  \(label)  \(Units.count(manifest.support[number], "document"))\(threshold)")
    }
    lines.append("sections")
    for section in artifact.sections { lines.append("  \(section.name)  \(Units.bytes(section.length))") }
    return lines
  }
}
