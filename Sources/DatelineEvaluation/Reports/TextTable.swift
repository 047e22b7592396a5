/// Rows of text in aligned columns: the first column to the left, the others to the right.
struct TextTable {
  private var rows: [[String]] = []

  /// Adds a row; rows may differ in length.
  mutating func append(_ row: [String]) { rows.append(row) }

  /// The rows as lines, without spaces at their ends.
  var lines: [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let gap = String(repeating: " ", count: widths[column] - cell.count)
        line += column == 0 ? cell + gap : "  " + gap + cell
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
