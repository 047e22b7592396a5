internal import DatelineCore

/// Parses a piece, and sees to it that readers get nothing but UTF-8 without NUL.
///
/// A piece with damaged bytes is cut around each damaged record, which the format's own cutting rule finds. So damage
/// concerns the record in which it lies, whatever the size of the pieces.
struct PieceParser {
  private let piece: CorpusPiece
  private let options: ReaderOptions

  init(_ piece: CorpusPiece, options: ReaderOptions) {
    self.piece = piece
    self.options = options
  }

  /// Appends the documents of the piece.
  func parse(into batch: inout DocumentBatch) throws(DatelineError) {
    if piece.isRaw { return try piece.parser.parse(piece.chunk, into: &batch) }
    let count = piece.chunk.bytes.count
    var start = 0
    var line = piece.chunk.firstLine
    while start < count {
      guard let damage = damage(from: start) else {
        return try parse(start..<count, line: line, isLatin1: piece.encoding == .latin1, into: &batch)
      }
      let record = damagedRecord(around: damage.offset, from: start)
      if record.lowerBound > start {
        try parse(start..<record.lowerBound, line: line, isLatin1: piece.encoding == .latin1, into: &batch)
        line += newlines(start..<record.lowerBound)
      }
      if piece.encoding == .auto, damage.kind != .nul, !holdsNul(record) {
        try parse(record, line: line, isLatin1: true, into: &batch)
      } else {
        try reject(record, line: line, into: &batch)
      }
      line += newlines(record)
      start = record.upperBound
    }
  }

  private func parse(
    _ range: Range<Int>, line: Int, isLatin1: Bool, into batch: inout DocumentBatch
  ) throws(DatelineError) {
    var chunk = piece.chunk
    if isLatin1 {
      chunk.bytes = Windows1252.decode(piece.chunk.bytes.span, range)
    } else if range != 0..<chunk.bytes.count {
      chunk.bytes = Array(chunk.bytes[range])
    }
    chunk.firstLine = line
    chunk.isFirst = chunk.isFirst && range.lowerBound == 0
    try piece.parser.parse(chunk, into: &batch)
  }

  private func damage(from start: Int) -> TextDamage? {
    let bytes = piece.chunk.bytes.span
    return TextDamage.first(in: bytes, start..<bytes.count, requiresUTF8: piece.encoding != .latin1)
  }

  private func holdsNul(_ range: Range<Int>) -> Bool { piece.chunk.bytes.span.first(0, in: range) != nil }

  private func newlines(_ range: Range<Int>) -> Int { piece.chunk.bytes.span.newlines(in: range) }

  /// Reports the first damage of a record; in `auto` that is a NUL, as other bytes can be read.
  private func reject(_ record: Range<Int>, line: Int, into batch: inout DocumentBatch) throws(DatelineError) {
    let bytes = piece.chunk.bytes.span
    guard let damage = TextDamage.first(in: bytes, record, requiresUTF8: piece.encoding == .utf8) else { return }
    let line = line + bytes.newlines(in: record.lowerBound..<damage.offset)
    let location = DatelineError.Location(file: piece.chunk.file, line: line)
    try batch.reject(DatelineError(.invalidData, damage.message, at: location), options)
  }

  /// The record in which an offset lies.
  private func damagedRecord(around offset: Int, from start: Int) -> Range<Int> {
    let bytes = piece.chunk.bytes
    func end(_ range: Range<Int>) -> Int { piece.parser.endOfLastRecord(in: Array(bytes[range]), atEnd: false) }
    let lower = start + min(max(0, end(start..<offset)), offset - start)
    // The shortest stretch from there that holds a whole record: found by doubling and then by halving.
    var tooShort = offset
    var step = 64
    while true {
      let upper = min(bytes.count, tooShort + step)
      if end(lower..<upper) > 0 {
        var enough = upper
        while tooShort + 1 < enough {
          let middle = (tooShort + enough) / 2
          if end(lower..<middle) > 0 { enough = middle } else { tooShort = middle }
        }
        return lower..<enough
      }
      if upper == bytes.count { return lower..<upper }
      tooShort = upper
      step *= 2
    }
  }
}
