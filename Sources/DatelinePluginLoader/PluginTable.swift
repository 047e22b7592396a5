import CDatelinePlugin
import DatelineCore
import Glibc

/// The table of a plugin, checked: the description as values, and the functions, each of which is there if it has to be.
///
/// Unchecked: the plugin promises that its table is constant, and that its functions can be called from several threads
/// (`plugin.h`).
final class PluginTable: @unchecked Sendable {
  let description: PluginDescription
  let train: dateline_train
  let score: dateline_score
  let serialize: dateline_serialize
  let deserialize: dateline_deserialize
  let destroy: dateline_destroy
  let update: dateline_update?
  let contribution: dateline_contribution?
  let constant: dateline_constant?

  /// Reads the table that a plugin's entry gave.
  init(_ pointer: UnsafePointer<dateline_plugin>?) throws(DatelineError) {
    let table = try PluginTable.read(pointer)
    func function<Function>(_ function: Function?, _ name: String) throws(DatelineError) -> Function {
      guard let function else {
        throw DatelineError(.incompatible, "the plugin's table has no function \"\(name)\", which it needs")
      }
      guard ForeignMemory.isCode(unsafeBitCast(function, to: UnsafeRawPointer.self)) else {
        throw DatelineError(.incompatible, "what the plugin's table has for \"\(name)\" is no function")
      }
      return function
    }
    let train = try function(table.train, "train")
    let score = try function(table.score, "score")
    let serialize = try function(table.serialize, "serialize")
    let deserialize = try function(table.deserialize, "deserialize")
    let destroy = try function(table.destroy, "destroy")
    (self.train, self.score, self.serialize) = (train, score, serialize)
    (self.deserialize, self.destroy) = (deserialize, destroy)
    let has = { (capability: Int) in table.capabilities & UInt64(capability) != 0 }
    update = has(DATELINE_INCREMENTAL) ? try function(table.update, "update") : nil
    contribution = has(DATELINE_ADDITIVE) ? try function(table.contribution, "contribution") : nil
    constant = has(DATELINE_ADDITIVE) ? try function(table.constant, "constant") : nil
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
    guard
      let table = ForeignMemory.sized(
        start, size: size, least: Int(DATELINE_PLUGIN_MINIMUM_SIZE), blank: dateline_plugin())
    else {
      throw DatelineError(
        .incompatible,
        "a table of \(size) bytes, which are not all there, or too few: set struct_size to sizeof(dateline_plugin), \(MemoryLayout<dateline_plugin>.size) in this version"
      )
    }
    return table
  }

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
    guard
      let parameter = ForeignMemory.sized(
        start, size: size, least: Parameter.minimumSize, blank: dateline_parameter()), size <= 4096
    else { throw refusal("set struct_size to sizeof(dateline_parameter)") }
    guard let name = ForeignMemory.string(parameter.name), !name.isEmpty,
      name.utf8.allSatisfy({ PluginDescription.isNameByte($0) || $0 &- UInt8(ascii: "A") < 26 }),
      name.utf8.first.map({ ($0 | 0x20) &- UInt8(ascii: "a") < 26 }) ?? false
    else { throw refusal("a name of letters, digits and hyphens, a letter first, is missing") }
    guard let help = ForeignMemory.string(parameter.help), let standard = ForeignMemory.string(parameter.default_value)
    else { throw refusal("\"\(name)\" has no help, or no default_value") }
    let kind: Kind
    switch Int(parameter.kind) {
    case DATELINE_NUMBER:
      guard parameter.minimum.isFinite, parameter.maximum.isFinite, parameter.minimum <= parameter.maximum else {
        throw refusal("\"\(name)\" has a range that is empty, or not finite")
      }
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
        guard !word.isEmpty, !words.contains(word) else { throw refusal("\"\(name)\" has empty words, or one twice") }
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

  /// The bytes of a parameter in the first version of the header, which never change.
  private static let minimumSize = 64
}
