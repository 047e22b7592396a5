public import DatelineVectors

/// A named part of a model, on its way into a model file.
public struct Payload: Sendable {
  /// The name: lower-case letters, digits, `.`, `-` and `_`; unique within the model.
  public let name: String
  /// The content. Numbers are little-endian.
  public let bytes: [UInt8]

  /// A part of the given bytes.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// A part that holds numbers.
  public init<Element: BitwiseCopyable & Sendable>(name: String, _ elements: [Element]) {
    self.init(name: name, bytes: elements.withUnsafeBytes { Array($0) })
  }

  /// A part that holds numbers.
  public init<Element: BitwiseCopyable & Sendable>(name: String, _ buffer: SharedBuffer<Element>) {
    self.init(name: name, bytes: buffer.bytes())
  }
}

/// The named parts of a model, as a model file gives them back.
public protocol PayloadSource: Sendable {
  /// The names of the parts, in the order of the file.
  var names: [String] { get }
  /// One part, checked against its checksum.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` when there is no such part or it is damaged.
  func bytes(_ name: String) throws(DatelineError) -> SharedBuffer<UInt8>
}

/// The parts of a model, with typed and checked access.
public struct Payloads: Sendable {
  private let source: any PayloadSource

  /// The parts of a source.
  public init(_ source: any PayloadSource) { self.source = source }

  /// The parts of a model that was never written to a file.
  public init(_ payloads: [Payload]) { source = MemoryPayloads(parts: payloads) }

  /// The names of the parts.
  public var names: [String] { source.names }

  /// The bytes of a part.
  public func bytes(_ name: String) throws(DatelineError) -> SharedBuffer<UInt8> { try source.bytes(name) }

  /// The numbers of a part, without copying where it is aligned for them.
  ///
  /// - Parameter count: How many there must be; `nil` for any number.
  /// - Throws: ``DatelineError/Code/invalidData`` when the part is missing, damaged, or of another size.
  public func numbers<Element: BitwiseCopyable & Sendable>(
    _ name: String, as type: Element.Type, count: Int? = nil
  ) throws(DatelineError) -> SharedBuffer<Element> {
    let bytes = try source.bytes(name)
    guard let numbers = bytes.reinterpreted(as: type), count.map({ $0 == numbers.count }) ?? true else {
      throw DatelineError(
        .invalidData,
        "the part \"\(name)\" of the model has \(bytes.count) bytes, which is not \(count.map(String.init) ?? "a number of") elements of \(MemoryLayout<Element>.stride): the file is damaged"
      )
    }
    return numbers
  }
}

private struct MemoryPayloads: PayloadSource {
  let parts: [Payload]

  var names: [String] { parts.map(\.name) }

  func bytes(_ name: String) throws(DatelineError) -> SharedBuffer<UInt8> {
    guard let part = parts.first(where: { $0.name == name }) else {
      throw DatelineError(.invalidData, "the model has no part \"\(name)\"; it has \(names.joined(separator: ", "))")
    }
    return SharedBuffer(part.bytes)
  }
}
