internal import DatelineCore

/// A piece of a file with what is needed to parse it on any thread.
struct CorpusPiece: Sendable {
  var chunk: CorpusChunk
  var parser: any RecordParser
  /// Whether the parser decodes bytes itself.
  var isRaw: Bool
  var encoding: CorpusOptions.Encoding
  /// Which of ``CorpusSummary/sources`` it belongs to.
  var source: Int
}

/// What one thread does at a time: pieces that make one batch, and perhaps the error that ends the corpus behind them.
///
/// The error travels in line, so that documents before it come first, however many threads there are.
struct CorpusTask: Sendable {
  var pieces: [CorpusPiece] = []
  var failure: DatelineError?
}
