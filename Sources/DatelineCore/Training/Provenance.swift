/// Where a model comes from: enough to make it again.
public struct Provenance: Sendable, Equatable {
  /// The digest of the training documents (``DataDigest``).
  public var dataDigest: String
  /// The number of training documents.
  public var documentCount: Int
  /// The seed.
  public var seed: UInt64
  /// The version of Dateline that trained it.
  public var toolVersion: String
  /// The BLAS that training found.
  public var blas: String

  /// The largest number of documents that a file may state: sums of two such numbers stay within range.
  public static let maximumCount = 1 << 53

  /// A provenance.
  public init(dataDigest: String, documentCount: Int, seed: UInt64, toolVersion: String, blas: String) {
    self.dataDigest = dataDigest
    self.documentCount = documentCount
    self.seed = seed
    self.toolVersion = toolVersion
    self.blas = blas
  }

  /// The provenance as JSON.
  public var json: JSONValue {
    [
      "data_digest": .string(dataDigest), "documents": JSONValue(documentCount), "seed": .string("\(seed)"),
      "tool_version": .string(toolVersion), "blas": .string(blas),
    ]
  }

  /// A provenance from what ``json`` gave.
  public init(json: JSONValue) throws(DatelineError) {
    guard let digest = json["data_digest"]?.string, let documents = json["documents"]?.integer,
      (0...Provenance.maximumCount).contains(documents),
      let seed = json["seed"]?.string.flatMap({ UInt64($0) }), let tool = json["tool_version"]?.string,
      let blas = json["blas"]?.string
    else { throw DatelineError(.invalidData, "the manifest's provenance is incomplete: the file is damaged") }
    self.init(dataDigest: digest, documentCount: documents, seed: seed, toolVersion: tool, blas: blas)
  }
}
