extension String {
  /// The text with spaces in place of control characters, which would do something to a terminal.
  public var printable: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars { result.append(scalar.properties.generalCategory == .control ? " " : scalar) }
    return String(result)
  }
}
