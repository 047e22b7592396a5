internal import DatelineCore

/// The text of one file: decompressed, and without the byte order mark of UTF-8.
final class InputStream {
  /// The file, as messages name it.
  let file: String
  private let source: PeekedSource

  /// Opens a file, or standard input for `nil`.
  ///
  /// - Throws: ``DatelineError`` when it cannot be opened, or is compressed or encoded in a way that is not supported.
  init(file: String, path: String?) throws(DatelineError) {
    self.file = file
    let raw: PeekedSource
    if let path { raw = PeekedSource(try FileSource(path: path)) } else { raw = PeekedSource(FileSource()) }
    let magic: [UInt8]
    do throws(SourceFailure) { magic = try raw.peek(1 << 16) } catch { throw Self.error(error, file: file) }
    if let refusal = Self.refusal(of: magic) { throw DatelineError(.invalidData, refusal, at: .init(file: file)) }
    source = magic.starts(with: [0x1F, 0x8B]) ? PeekedSource(GzipSource(raw)) : raw
    if try peek(3) == [0xEF, 0xBB, 0xBF] { _ = try read(upTo: 3, behind: []) }
  }

  /// The first bytes of the text.
  func peek(_ count: Int) throws(DatelineError) -> [UInt8] {
    do throws(SourceFailure) { return try source.peek(count) } catch { throw Self.error(error, file: file) }
  }

  /// Bytes that are there already, followed by more, up to a total; no more than are there at the end of the text.
  func read(upTo total: Int, behind start: ArraySlice<UInt8>) throws(DatelineError) -> [UInt8] {
    do throws(SourceFailure) {
      return try SourceBytes.read(source, upTo: total, behind: start)
    } catch {
      throw Self.error(error, file: file)
    }
  }

  /// Refuses text that begins with the byte order mark of UTF-16.
  func refuseUTF16() throws(DatelineError) {
    let mark = try peek(2)
    guard mark == [0xFF, 0xFE] || mark == [0xFE, 0xFF] else { return }
    throw DatelineError(
      .invalidData, "the file is UTF-16; expected UTF-8: iconv -f utf-16 -t utf-8 converts it", at: .init(file: file))
  }

  private static func refusal(of magic: [UInt8]) -> String? {
    let others: [(magic: [UInt8], name: String, remedy: String)] = [
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "zstd -dc"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz", "xz -dc"),
      ([0x50, 0x4B, 0x03, 0x04], "zip", "unzip -p"),
    ]
    // The digit in between is the size of the blocks.
    if magic.starts(with: "BZh".utf8), magic.dropFirst(4).starts(with: "1AY&SY".utf8) {
      return refusal("bzip2", "bzip2 -dc")
    }
    return others.first { magic.starts(with: $0.magic) }.map { refusal($0.name, $0.remedy) }
  }

  private static func refusal(_ name: String, _ remedy: String) -> String {
    "the file is compressed with \(name), and only gzip is read: decompress it, or pipe it in with \(remedy)"
  }

  private static func error(_ failure: SourceFailure, file: String) -> DatelineError {
    switch failure {
    case .system(let number):
      DatelineError(.inputOutput, "cannot be read", at: .init(file: file), cause: SystemError.text(number))
    case .damaged(let message): DatelineError(.invalidData, message, at: .init(file: file))
    }
  }
}
