public import DatelineCore

/// Reuters-21578: SGML with one `REUTERS` element a document.
///
/// The title is `TITLE`; the body is `DATELINE` and `BODY` as the wire printed them, or all of `TEXT` but the title
/// where there is no `BODY`. The identifier is `NEWID`. Labels are the `D` elements of the element that the label field
/// names: topics, places, people, orgs or exchanges, in any case, plural or singular. A document may have none of them.
///
/// The splits are those of ModApte: to learn from `LEWISSPLIT="TRAIN"` and to measure on `LEWISSPLIT="TEST"`, of the
/// documents with `TOPICS="YES"`.
public struct ReutersReader: CorpusReader {
  /// `reuters-sgml`
  public let identifier = "reuters-sgml"

  private static let elements: [(name: String, singular: String)] = [
    ("TOPICS", "TOPIC"), ("PLACES", "PLACE"), ("PEOPLE", "PERSON"), ("ORGS", "ORG"), ("EXCHANGES", "EXCHANGE"),
  ]

  /// The reader.
  public init() {}

  /// Begins a file.
  ///
  /// - Throws: ``DatelineError/Code/usage`` for a label field that is none of the elements above, and for text and
  ///   weight fields, which the format does not have.
  public func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser {
    try options.refuseFields(format: "Reuters SGML", file: file)
    var element: String? = nil
    if let field = options.labelField {
      element = Self.elements.first { [$0.name, $0.singular].contains(field.uppercased()) }?.name
      if element == nil {
        throw DatelineError(
          .usage,
          "no labels for \"\(field)\" in Reuters SGML; expected topics, places, people, orgs or exchanges: choose one with --label-field",
          at: .init(file: file, field: field))
      }
    }
    return ReutersParser(labelElement: element, options: options)
  }
}
