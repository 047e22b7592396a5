import DatelineCore
import DatelineData

/// A table of labels and their codes.
enum LabelCodes {
  /// The codes by the labels' paths.
  ///
  /// - Throws: `DatelineError.Code.invalidData` for a line that is no label and a code.
  static func read(_ path: String) throws(DatelineError) -> [String: String] {
    let text = String(decoding: try WholeFile.read(path, limit: 1 << 26), as: UTF8.self)
    var codes: [String: String] = [:]
    for (number, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      let line = String(Substring(line)).trimmingCarriageReturn
      if line.isEmpty || line.hasPrefix("#") { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 2, !fields[0].isEmpty, !fields[1].isEmpty else {
        throw DatelineError(
          .invalidData, "no label with its code: expected both, with a tab between them",
          at: .init(file: path, line: number + 1))
      }
      codes[String(fields[0])] = String(fields[1])
    }
    return codes
  }
}
