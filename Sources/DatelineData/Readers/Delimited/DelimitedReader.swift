public import DatelineCore

/// Tables: CSV after RFC 4180, and TSV. ``csv`` and ``tsv`` are the two readers.
///
/// The first row names the columns. Where all fields that the options name are whole numbers, and the first row does not
/// hold all of them as names, they are numbers of columns counted from 1 and the file has no header: its first row is a
/// document. The identifier is the column `id`, the date `date`, the publisher the first of `source`, `publisher` and
/// `url`. With several labels a document, a cell may hold them with `;` or `|` between them, and an empty cell means
/// none. Blank lines are passed over.
///
/// In TSV a line end always ends the record. A field that is quoted as in CSV within its line is read so; any other
/// quotation mark is an ordinary character.
public struct DelimitedReader: CorpusReader {
  private let dialect: Dialect

  /// `csv` or `tsv`
  public var identifier: String { dialect.identifier }

  /// Comma-separated values.
  public static let csv = DelimitedReader(dialect: .csv)
  /// Tab-separated values.
  public static let tsv = DelimitedReader(dialect: .tsv)

  private init(dialect: Dialect) { self.dialect = dialect }

  /// Begins a file.
  ///
  /// - Throws: ``DatelineError`` when the header has none of the text's columns, not the column of the labels or the
  ///   weights, or one of the names twice; or a split is asked for.
  public func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser {
    try options.refuseSplit(format: identifier.uppercased(), file: file)
    let columns = try firstRow(file: file, head: head)
    if columns.isEmpty {
      return DelimitedParser(
        dialect: dialect, builder: RecordBuilder(plan: FieldPlan(options), options: options, splitsLabels: true),
        places: [], columnCount: 0, hasHeader: false)
    }
    let plan = FieldPlan(options)
    let named =
      (options.textFields ?? []) + [options.labelField, options.weightField, options.targetField].compactMap { $0 }
    let areNumbers =
      !named.isEmpty && named.allSatisfy { Int($0).map { $0 > 0 } ?? false } && !named.allSatisfy(columns.contains)
    let places =
      areNumbers
      ? plan.names.map { Int(String(decoding: $0, as: UTF8.self)).map { $0 - 1 } }
      : try plan.names.indices.map { field throws(DatelineError) in
        try place(of: plan.name(field), isEssential: plan.isEssential(field), columns: columns, file: file)
      }
    try check(plan, options, places: places, columns: columns, file: file)
    return DelimitedParser(
      dialect: dialect, builder: RecordBuilder(plan: plan, options: options, splitsLabels: true), places: places,
      columnCount: columns.count, hasHeader: !areNumbers)
  }

  /// The cells of the first row that is not blank; none in a file of blank lines.
  private func firstRow(file: String, head: [UInt8]) throws(DatelineError) -> [String] {
    let bytes = head.span
    let start = bytes.skippingLineEnds()
    if start == bytes.count, head.count < 65536 { return [] }
    let end = dialect.endOfRecord(bytes, from: start)
    guard end != nil || head.count < 65536 else {
      throw DatelineError(
        .invalidData, "no end of the header within 64 KiB: is this a table in \(identifier.uppercased())?",
        at: .init(file: file, line: 1))
    }
    var fields: [FieldValue] = []
    do throws(RecordFault) {
      try dialect.split(bytes, DelimitedParser.withoutLineEnd(bytes, start..<(end ?? bytes.count)), into: &fields)
    } catch {
      throw error.error(file: file, line: 1)
    }
    return fields.map { field in
      var text: [UInt8] = []
      field.write(bytes, into: &text)
      return String(decoding: text, as: UTF8.self)
    }
  }

  private func place(
    of name: String, isEssential: Bool, columns: [String], file: String
  ) throws(DatelineError) -> Int? {
    let first = columns.firstIndex(of: name)
    if isEssential, first != columns.lastIndex(of: name) {
      throw DatelineError(
        .invalidData, "two columns are called \"\(name)\": rename one of them",
        at: .init(file: file, line: 1, field: name))
    }
    return first
  }

  private func check(
    _ plan: FieldPlan, _ options: ReaderOptions, places: [Int?], columns: [String], file: String
  ) throws(DatelineError) {
    func refuse(_ message: String, field: String?) -> DatelineError {
      let found = "the columns are \(columns.prefix(50).map { "\"\($0)\"" }.joined(separator: ", "))"
      return DatelineError(.invalidData, "\(message); \(found)", at: .init(file: file, line: 1, field: field))
    }
    guard plan.texts.contains(where: { places[$0] != nil }) else {
      throw refuse(
        "none of the text columns \(plan.textNames); name the right ones with --text-fields, or give the numbers of all columns that are needed where the file has no header",
        field: nil)
    }
    for field in plan.texts where options.textFields != nil && places[field] == nil {
      throw refuse("no column \"\(plan.name(field))\" (--text-fields)", field: plan.name(field))
    }
    if let label = plan.label, places[label] == nil, options.requiresLabel {
      throw refuse("no column \"\(plan.name(label))\" for the labels (--label-field)", field: plan.name(label))
    }
    if let weight = plan.weight, places[weight] == nil {
      throw refuse("no column \"\(plan.name(weight))\" for the weights", field: plan.name(weight))
    }
    if let target = plan.target, places[target] == nil {
      throw refuse("no column \"\(plan.name(target))\" for the targets (--target-field)", field: plan.name(target))
    }
    for case let place? in places where place >= columns.count {
      throw refuse("no column number \(place + 1) in a table of \(columns.count)", field: "\(place + 1)")
    }
  }
}
