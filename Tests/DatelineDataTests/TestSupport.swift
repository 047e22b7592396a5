import CZlib
import DatelineCore
import DatelineData
import DatelineParallel
import Glibc
import Testing

/// A folder that goes away with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/dateline-data-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    func remove(_ path: String) {
      if let directory = opendir(path) {
        while let entry = readdir(directory) {
          let name = withUnsafeBytes(of: &entry.pointee.d_name) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
          }
          if name != ".", name != ".." { remove("\(path)/\(name)") }
        }
        closedir(directory)
        rmdir(path)
      } else {
        unlink(path)
      }
    }
    remove(path)
  }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    var folder = path
    for step in name.split(separator: "/").dropLast() {
      folder += "/\(step)"
      mkdir(folder, 0o755)
    }
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      try #require(count > 0)
      written += count
    }
    return file
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// A document as the tests compare it.
struct Row: Equatable {
  var id: String
  var title = ""
  var body = ""
  var date: String?
  var source: String?
  var labels: [String]?
  var line = 0
  var weight = 1.0
}

/// What reading gave.
struct Reading {
  var rows: [Row] = []
  var batchCounts: [Int] = []
  var summary = CorpusSummary()
  var digest = DataDigest()
}

func read(_ paths: [String], _ options: CorpusOptions = CorpusOptions(), threads: Int = 1) throws -> Reading {
  var reading = Reading()
  reading.summary = try Corpus(paths, options: options).forEachBatch(workers: WorkerPool(threads: threads)) { batch in
    reading.batchCounts.append(batch.count)
    reading.digest.add(batch)
    for (index, record) in batch.records.enumerated() {
      let document = batch.document(at: index)
      reading.rows.append(
        Row(
          id: document.id, title: document.title, body: document.body, date: document.date, source: document.source,
          labels: batch.labels(of: record), line: record.line, weight: record.weight))
    }
  }
  return reading
}

/// Reads one file of the given content.
func read(
  _ text: String, as name: String, _ reader: ReaderOptions = ReaderOptions(), format: String = "auto",
  pieceSize: Int = 1 << 18
) throws -> [Row] {
  let folder = try TemporaryFolder()
  let path = try folder.write(name, text)
  return try read([path], CorpusOptions(format: format, reader: reader, pieceSize: pieceSize)).rows
}

/// The error of reading one file of the given content.
func readError(
  _ bytes: [UInt8], as name: String, _ options: CorpusOptions = CorpusOptions()
) throws -> (message: String, line: Int?, field: String?) {
  let folder = try TemporaryFolder()
  let path = try folder.write(name, bytes)
  let error = try #require(throws: DatelineError.self) { try read([path], options) }
  #expect(error.location?.file == path)
  return (error.message, error.location?.line, error.location?.field)
}

func readError(
  _ text: String, as name: String, _ reader: ReaderOptions = ReaderOptions()
) throws -> (message: String, line: Int?, field: String?) {
  try readError(Array(text.utf8), as: name, CorpusOptions(reader: reader))
}

/// A small generator (SplitMix64) whose seed tests print when they fail.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// One gzip member.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  try #require(
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
  defer { deflateEnd(&stream) }
  var input = bytes
  let bound = Int(deflateBound(&stream, UInt(bytes.count))) + 64
  var output = [UInt8](repeating: 0, count: bound)
  let status = input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      return deflate(&stream, Z_FINISH)
    }
  }
  try #require(status == Z_STREAM_END)
  return Array(output.prefix(Int(stream.total_out)))
}
