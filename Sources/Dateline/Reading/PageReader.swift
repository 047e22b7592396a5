public import DatelineCore
import DatelineExtraction

/// Pages: a whole file is one document, the story that is found on it. A corpus that is to read pages has these readers
/// among its `CorpusOptions.extraReaders`.
///
/// Memory: the whole file. The format has no labels and no fields.
public struct PageReader: CorpusReader {
  /// `html` or `page`
  public let identifier: String
  /// A page says itself how it is encoded.
  public var readsRawBytes: Bool { true }
  private let extractor: PageExtractor

  /// Pages in HTML, whatever their bytes look like.
  public static let html = PageReader(identifier: "html", extractor: PageExtractor(input: .html))

  /// HTML, or text that may have been copied from a page: the bytes decide. Text that looks like no page stays as it is.
  public static let page = PageReader(identifier: "page", extractor: PageExtractor())

  /// Begins a file.
  ///
  /// - Throws: `DatelineError.Code.usage` when labels, fields or a part of a corpus are asked for.
  public func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser {
    let asked = [
      (options.requiresLabel, "labels"), (options.textFields != nil, "fields (--text-fields)"),
      (options.targetField != nil, "fields (--target-field)"), (options.split != nil, "parts (--split)"),
    ]
    if let refused = asked.first(where: \.0)?.1 {
      throw DatelineError(
        .usage, "the file was read as a page, which has no \(refused): name the format with --input-format",
        at: .init(file: file))
    }
    return PageParser(extractor: extractor, options: options)
  }
}

/// Makes one document of a page.
private struct PageParser: RecordParser {
  let extractor: PageExtractor
  let options: ReaderOptions

  func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int { atEnd ? bytes.count : 0 }

  func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError) {
    if chunk.bytes.isEmpty { return }
    let page: ExtractedPage
    do throws(DatelineError) {
      page = try extractor.extract(chunk.bytes)
    } catch {
      return try batch.reject(
        DatelineError(error.code, error.message, at: .init(file: chunk.file), cause: error.cause), options)
    }
    var record = DocumentBatch.Record(file: batch.add(file: chunk.file))
    record.id = batch.append(chunk.name.utf8)
    record.title = batch.append((page.title ?? "").utf8)
    record.body = batch.append(page.body.utf8)
    record.date = batch.append((page.date ?? "").utf8)
    record.source = batch.append((page.site ?? "").utf8)
    batch.append(record, labels: nil)
  }
}
