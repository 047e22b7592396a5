import DatelineData

/// What was left out while reading, for people: nothing is dropped in silence.
enum ReadingNotes {
  /// Writes to standard error what a corpus left out, if anything.
  static func show(_ summary: CorpusSummary) {
    if summary.skipped > 0, let first = summary.firstErrors.first {
      Console.error("warning: \(Units.count(summary.skipped, "damaged record")) skipped, the first: \(first)")
    }
    for line in notes(summary) { Console.error("note: \(line)") }
  }

  /// What was passed over, a line each.
  static func notes(_ summary: CorpusSummary) -> [String] { [ignored(summary), empty(summary)].compactMap { $0 } }

  /// The files of folders that were passed over; `nil` when there are none.
  private static func ignored(_ summary: CorpusSummary) -> String? {
    line(
      "\(Units.count(summary.ignored.count, "file or folder", "files and folders")) passed over by name",
      summary.ignored)
  }

  /// The files that hold nothing; `nil` when there are none.
  private static func empty(_ summary: CorpusSummary) -> String? {
    line("\(Units.count(summary.empty.count, "file holds", "files hold")) nothing", summary.empty)
  }

  private static func line(_ text: String, _ paths: [String]) -> String? {
    guard let first = paths.first else { return nil }
    return text + (paths.count == 1 ? ": \(first)" : ", such as \(first)")
  }
}
