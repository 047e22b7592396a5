internal import DatelineCore

/// Which fields of a record are looked at, and what each is for. Made once a file from the options.
///
/// Fields are known by their place in ``names`` from here on: a field may play several parts, such as `source` when
/// the publisher is also the label.
struct FieldPlan: Sendable {
  /// The names of the fields, without repetitions, as UTF-8.
  private(set) var names: [[UInt8]] = []
  /// Where the headline is: the first of these that a record has.
  private(set) var titles: [Int] = []
  /// Where the text is.
  private(set) var bodies: [Int] = []
  /// All fields that hold text.
  private(set) var texts: [Int] = []
  /// Whether all of ``bodies`` are joined; else the first that a record has is the body.
  private(set) var joinsBodies = false
  /// Where the labels are.
  private(set) var label: Int?
  /// Where the weight is.
  private(set) var weight: Int?
  /// Where it is said whom or what the tone is asked for.
  private(set) var target: Int?
  /// Where the identifier is.
  private(set) var id = 0
  /// Where the date is.
  private(set) var date = 0
  /// Where the publisher is: the first of these that a record has.
  private(set) var sources: [Int] = []

  /// The plan that follows from the options.
  init(_ options: ReaderOptions) {
    if let fields = options.textFields, !fields.isEmpty {
      if fields.count > 1 {
        let headline = fields.firstIndex { ["title", "headline"].contains($0.lowercased()) } ?? 0
        titles = [place(of: fields[headline])]
        bodies = fields.indices.filter { $0 != headline }.map { place(of: fields[$0]) }
      } else {
        bodies = [place(of: fields[0])]
      }
      joinsBodies = true
    } else {
      titles = ["title", "headline"].map { place(of: $0) }
      bodies = ["text", "body", "content", "description"].map { place(of: $0) }
    }
    texts = titles + bodies
    label = options.labelField.map { place(of: $0) }
    weight = options.weightField.map { place(of: $0) }
    target = options.targetField.map { place(of: $0) }
    id = place(of: "id")
    date = place(of: "date")
    sources = ["source", "publisher", "url"].map { place(of: $0) }
  }

  /// The name of a field.
  func name(_ field: Int) -> String { String(decoding: names[field], as: UTF8.self) }

  /// Whether a field decides what the document is, so that there must be only one of its name.
  func isEssential(_ field: Int) -> Bool { [label, weight, target].contains(field) || texts.contains(field) }

  /// The names of all fields that hold text, in quotation marks.
  var textNames: String { texts.map { "\"\(name($0))\"" }.joined(separator: ", ") }

  private mutating func place(of name: String) -> Int {
    let bytes = Array(name.utf8)
    if let known = names.firstIndex(of: bytes) { return known }
    names.append(bytes)
    return names.count - 1
  }
}
