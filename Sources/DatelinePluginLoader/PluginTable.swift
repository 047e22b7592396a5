import CDatelinePlugin
import DatelineCore
import Glibc

/// The table of a plugin, checked: the description as values, and the functions, each of which is there if it has to be.
///
/// Unchecked: the plugin promises that its table is constant, and that its functions can be called from several threads
/// (`plugin.h`).
final class PluginTable: @unchecked Sendable {
  typealias Train =
    @convention(c) (
      UnsafePointer<dateline_training>?, UnsafeMutablePointer<OpaquePointer?>?, UnsafeMutablePointer<dateline_error>?
    ) -> dateline_status
  typealias Score =
    @convention(c) (
      OpaquePointer?, UnsafePointer<dateline_rows>?, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<dateline_error>?
    ) -> dateline_status
  typealias Serialize =
    @convention(c) (
      OpaquePointer?, UnsafePointer<dateline_sink>?, UnsafeMutablePointer<dateline_error>?
    ) -> dateline_status
  typealias Deserialize =
    @convention(c) (
      UnsafeRawPointer?, UInt64, UnsafePointer<dateline_shape>?, UnsafeMutablePointer<OpaquePointer?>?,
      UnsafeMutablePointer<dateline_error>?
    ) -> dateline_status
  typealias Destroy = @convention(c) (OpaquePointer?) -> Void
  typealias Update =
    @convention(c) (
      OpaquePointer?, UnsafePointer<dateline_training>?, UnsafePointer<UInt64>?, UnsafePointer<UInt64>?,
      UnsafeMutablePointer<OpaquePointer?>?, UnsafeMutablePointer<dateline_error>?
    ) -> dateline_status
  typealias Contribution =
    @convention(c) (
      OpaquePointer?, UInt64, Float, UInt64, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<dateline_error>?
    ) -> dateline_status
  typealias Constant =
    @convention(c) (
      OpaquePointer?, UInt64, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<dateline_error>?
    ) -> dateline_status

  let description: PluginDescription
  let train: Train
  let score: Score
  let serialize: Serialize
  let deserialize: Deserialize
  let destroy: Destroy
  let update: Update?
  let contribution: Contribution?
  let constant: Constant?

  /// Reads the table that a plugin's entry gave.
  init(_ pointer: UnsafePointer<dateline_plugin>?) throws(DatelineError) {
    let table = try PluginTable.read(pointer)
    func missing(_ name: String) -> DatelineError {
      DatelineError(.incompatible, "the plugin's table has no function \"\(name)\": every plugin needs one")
    }
    guard let train = table.train else { throw missing("train") }
    guard let score = table.score else { throw missing("score") }
    guard let serialize = table.serialize else { throw missing("serialize") }
    guard let deserialize = table.deserialize else { throw missing("deserialize") }
    guard let destroy = table.destroy else { throw missing("destroy") }
    (self.train, self.score, self.serialize) = (train, score, serialize)
    (self.deserialize, self.destroy) = (deserialize, destroy)
    (update, contribution, constant) = (table.update, table.contribution, table.constant)
    let bits = UInt32(truncatingIfNeeded: table.capabilities)
    if bits & UInt32(DATELINE_INCREMENTAL) != 0, update == nil { throw missing("update") }
    if bits & UInt32(DATELINE_ADDITIVE) != 0 {
      if contribution == nil { throw missing("contribution") }
      if constant == nil { throw missing("constant") }
    }
    description = try PluginDescription(table)
  }

  /// The members that both sides know; the others are zero.
  private static func read(_ pointer: UnsafePointer<dateline_plugin>?) throws(DatelineError) -> dateline_plugin {
    guard let start = UnsafeRawPointer(pointer) else {
      throw DatelineError(.incompatible, "dateline_plugin_v1 returned no table (NULL)")
    }
    guard let version = ForeignMemory.value(start, as: UInt32.self),
      let size = ForeignMemory.value(start + 4, as: UInt32.self)
    else {
      throw DatelineError(.incompatible, "dateline_plugin_v1 returned an address where nothing is")
    }
    guard version == UInt32(DATELINE_PLUGIN_ABI) else {
      throw DatelineError(
        .incompatible,
        "built for plugin ABI \(version), this host offers \(DATELINE_PLUGIN_ABI): rebuild it with the plugin.h of this version"
      )
    }
    guard size >= PluginTable.minimumSize else {
      throw DatelineError(
        .incompatible,
        "a table of \(size) bytes, and every one has at least \(PluginTable.minimumSize): set struct_size to sizeof(dateline_plugin)"
      )
    }
    let known = min(Int(size), MemoryLayout<dateline_plugin>.size)
    guard let bytes = ForeignMemory.bytes(start, count: known) else {
      throw DatelineError(.incompatible, "a table of \(size) bytes, of which not all are there: struct_size is wrong")
    }
    var table = dateline_plugin()
    withUnsafeMutableBytes(of: &table) { $0.copyBytes(from: bytes) }
    return table
  }

  /// DATELINE_PLUGIN_MINIMUM_SIZE, which Swift does not see.
  private static let minimumSize = UInt32(MemoryLayout<dateline_plugin>.offset(of: \.update) ?? 0)
}

extension PluginDescription {
  /// What a table says of its plugin.
  fileprivate init(_ table: dateline_plugin) throws(DatelineError) {
    func text(_ pointer: UnsafePointer<CChar>?, _ what: String, _ limit: Int) throws(DatelineError) -> String {
      guard let text = ForeignMemory.string(pointer), !text.isEmpty, text.utf8.count <= limit else {
        throw DatelineError(
          .incompatible, "the plugin's \(what) is missing, longer than \(limit) bytes, or no UTF-8 text")
      }
      return text
    }
    let identifier = try text(table.identifier, "identifier", 64)
    guard identifier.utf8.allSatisfy(PluginDescription.isNameByte) else {
      throw DatelineError(
        .incompatible, "the plugin calls itself \"\(identifier)\": take lower-case letters, digits and hyphens")
    }
    guard table.parameter_count <= 1000 else {
      throw DatelineError(.incompatible, "\(identifier) says that it has \(table.parameter_count) parameters")
    }
    var parameters: [Parameter] = []
    var next = UnsafeRawPointer(table.parameters)
    for number in 0..<Int(table.parameter_count) {
      let (parameter, size) = try Parameter.read(next, "parameter \(number + 1) of \(identifier)")
      guard !parameters.contains(where: { $0.name == parameter.name }) else {
        throw DatelineError(.incompatible, "\(identifier) has two parameters that are called \"\(parameter.name)\"")
      }
      parameters.append(parameter)
      next = next.map { $0 + size }
    }
    var capabilities: Capabilities = []
    for (bit, capability) in PluginDescription.capabilityBits where table.capabilities & UInt64(bit) != 0 {
      capabilities.insert(capability)
    }
    self.init(
      identifier: identifier, version: try text(table.version, "version", 64),
      summary: try text(table.summary, "summary", 1000), parameters: ParameterSchema(parameters),
      capabilities: capabilities)
  }

  private static let capabilityBits: [(Int, Capabilities)] = [
    (DATELINE_MULTI_LABEL, .multiLabel), (DATELINE_NON_NEGATIVE_ONLY, .nonNegativeOnly),
    (DATELINE_INCREMENTAL, .incremental), (DATELINE_ADDITIVE, .linear),
    (DATELINE_PROBABILISTIC, .probabilistic),
  ]

  fileprivate static func isNameByte(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-")
  }
}

extension Parameter {
  /// One parameter of a table, and the bytes that it takes there.
  fileprivate static func read(
    _ start: UnsafeRawPointer?, _ what: String
  ) throws(DatelineError) -> (parameter: Parameter, size: Int) {
    func refusal(_ problem: String) -> DatelineError { DatelineError(.incompatible, "\(what): \(problem)") }
    guard let size = ForeignMemory.value(start, as: UInt32.self) else { throw refusal("it is not there") }
    guard size == UInt32(MemoryLayout<dateline_parameter>.stride),
      let parameter = ForeignMemory.value(start, as: dateline_parameter.self)
    else { throw refusal("set struct_size to sizeof(dateline_parameter)") }
    guard let name = ForeignMemory.string(parameter.name), !name.isEmpty,
      name.utf8.allSatisfy({ PluginDescription.isNameByte($0) || $0 &- UInt8(ascii: "A") < 26 })
    else { throw refusal("a name of letters, digits and hyphens is missing") }
    guard let help = ForeignMemory.string(parameter.help), let standard = ForeignMemory.string(parameter.default_value)
    else { throw refusal("\"\(name)\" has no help, or no default_value") }
    let kind: Kind
    switch Int(parameter.kind) {
    case DATELINE_NUMBER:
      guard parameter.minimum <= parameter.maximum else { throw refusal("\"\(name)\" has an empty range") }
      kind = .number(parameter.minimum...parameter.maximum)
    case DATELINE_INTEGER:
      guard let least = Int(exactly: parameter.minimum), let most = Int(exactly: parameter.maximum), least <= most
      else {
        throw refusal("\"\(name)\" has a range that is empty, or not of whole numbers up to 2^53")
      }
      kind = .integer(least...most)
    case DATELINE_CHOICE:
      var words: [String] = []
      guard (1...1000).contains(parameter.word_count) else { throw refusal("\"\(name)\" is a choice without words") }
      for number in 0..<Int(parameter.word_count) {
        let place = UnsafeRawPointer(parameter.words).map { $0 + number * MemoryLayout<UnsafeRawPointer>.stride }
        guard let word = ForeignMemory.value(place, as: UnsafePointer<CChar>?.self).flatMap(ForeignMemory.string) else {
          throw refusal("word \(number + 1) of \"\(name)\" is missing")
        }
        words.append(word)
      }
      kind = .choice(words)
    case DATELINE_FLAG: kind = .flag
    default: throw refusal("\"\(name)\" is of kind \(parameter.kind), which this host does not know")
    }
    let bare = Parameter(name, kind, default: .flag(false), help: help)
    guard let value = bare.value(of: standard) else {
      throw refusal("the default of \"\(name)\" is \"\(standard)\", and allowed is: \(kind.summary)")
    }
    return (Parameter(name, kind, default: value, help: help), Int(size))
  }
}
