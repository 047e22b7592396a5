/// One file to read.
struct CorpusFile: Sendable, Equatable {
  /// The path; `nil` for standard input.
  var path: String?
  /// How messages name it.
  var file: String
  /// Its name without the place where the corpus lies: identifiers begin with it.
  var name: String
  /// The identifier of the format, where it is known already.
  var format: String?
  /// In a folder per label: the label.
  var label: String?
  /// In a folder per label: that folder.
  var folder: String?
}
