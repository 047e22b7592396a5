/// Takes the name of the site out of the title of a page, which stands behind a sign such as `|`, or before it.
enum SiteSuffix {
  private static let separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " · "].map { Array($0.utf8) }

  /// - Parameter site: The name of the site, if it is known.
  static func removed(from title: String, site: String?) -> String {
    let bytes = collapsed(title)
    for separator in separators {
      let parts = split(bytes, separator)
      guard parts.count > 1 else { continue }
      if let site = site.map({ Array($0.utf8) }) {
        let rest = parts.filter { !$0.elementsEqual(site) }
        if rest.count < parts.count { return String(decoding: Array(rest.joined(separator: separator)), as: UTF8.self) }
      }
      // A headline is longer than a name; where neither is, both stay.
      guard let longest = parts.max(by: { $0.count < $1.count }), longest.count * 2 > bytes.count else { break }
      return String(decoding: longest, as: UTF8.self)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text with one space for each run of whitespace, and none at its ends.
  private static func collapsed(_ text: String) -> [UInt8] {
    var buffer = PageTextBuffer()
    var text = text
    text.withUTF8 { buffer.append($0, isLink: false) }
    return buffer.bytes
  }

  private static func split(_ bytes: [UInt8], _ separator: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    var place = 0
    while place + separator.count <= bytes.count {
      if bytes[place] == separator[0], bytes[place..<place + separator.count].elementsEqual(separator) {
        parts.append(bytes[start..<place])
        place += separator.count
        start = place
      } else {
        place += 1
      }
    }
    return parts + [bytes[start...]]
  }
}
