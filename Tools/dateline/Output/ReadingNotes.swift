import DatelineData

/// What was left out while reading, for people: nothing is dropped in silence.
enum ReadingNotes {
  /// Writes to standard error what a corpus left out, if anything.
  static func show(_ summary: CorpusSummary) {
    if summary.skipped > 0, let first = summary.firstErrors.first {
      Console.error("warning: \(Units.count(summary.skipped, "damaged record")) skipped, the first: \(first)")
    }
    if let line = ignored(summary) { Console.error("note: \(line)") }
  }

  /// The files of folders that were passed over; `nil` when there are none.
  static func ignored(_ summary: CorpusSummary) -> String? {
    guard let first = summary.ignored.first else { return nil }
    return "\(Units.count(summary.ignored.count, "file or folder", "files and folders")) passed over by name"
      + (summary.ignored.count == 1 ? ": \(first)" : ", such as \(first)")
  }
}
