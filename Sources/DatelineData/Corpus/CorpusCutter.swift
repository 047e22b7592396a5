internal import DatelineCore

/// Cuts all files of a corpus, one after another, into tasks of about one piece's size.
struct CorpusCutter {
  /// What has been opened so far.
  private(set) var sources: [CorpusSummary.Source] = []
  /// The files of these that hold no bytes.
  private(set) var empty: [String] = []
  private let catalogue: FormatCatalogue
  private let options: CorpusOptions
  private var remaining: ArraySlice<CorpusFile>
  private var current: FileCutter?
  private var hasFailed = false

  init(_ files: [CorpusFile], catalogue: FormatCatalogue, options: CorpusOptions) {
    self.catalogue = catalogue
    self.options = options
    remaining = files[...]
  }

  /// The next task; `nil` at the end of the corpus and behind an error.
  mutating func next() -> CorpusTask? {
    var task = CorpusTask()
    var size = 0
    do throws(DatelineError) {
      while size * 2 <= options.pieceSize, !hasFailed {
        if let piece = try current?.next(source: sources.count - 1) {
          size += piece.chunk.bytes.count
          task.pieces.append(piece)
        } else if let file = remaining.popFirst() {
          try open(file)
        } else {
          break
        }
      }
    } catch {
      task.failure = error
      hasFailed = true
    }
    return task.pieces.isEmpty && task.failure == nil ? nil : task
  }

  private mutating func open(_ file: CorpusFile) throws(DatelineError) {
    current = nil
    let cutter = try FileCutter(file, catalogue: catalogue, options: options)
    if cutter.isEmpty { empty.append(file.file) }
    let path = file.folder ?? file.file
    if file.folder == nil || sources.last?.path != path {
      sources.append(CorpusSummary.Source(path: path, format: cutter.format))
    } else if sources.last?.format == "" {
      sources[sources.count - 1].format = cutter.format
    }
    current = cutter
  }
}
