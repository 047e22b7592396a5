/// The attributes of a start tag as libxml2 gives them: names and values in turn, and `nil` at the end.
///
/// Valid during the call that hands them over.
struct SAXAttributes {
  typealias List = UnsafeMutablePointer<UnsafePointer<UInt8>?>

  private let list: List?

  init(_ list: List?) { self.list = list }

  /// The value of an attribute; `nil` where it is missing or has no value.
  subscript(name: StaticString) -> String? {
    var value: String?
    forEach { other, text in
      if value == nil, SAXAttributes.equal(other, name) { value = String(cString: text) }
    }
    return value
  }

  /// Whether there is an attribute, with a value or without one.
  func has(_ name: StaticString) -> Bool {
    var hasName = false
    forEachName { other, _ in hasName = hasName || SAXAttributes.equal(other, name) }
    return hasName
  }

  /// The name of the first attribute; `nil` where there is none.
  var firstName: UnsafePointer<UInt8>? { list?[0] }

  private func forEachName(_ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>?) -> Void) {
    guard var list else { return }
    while let name = list[0] {
      body(name, list[1])
      list += 2
    }
  }

  private func forEach(_ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> Void) {
    forEachName { name, value in if let value { body(name, value) } }
  }

  private static func equal(_ name: UnsafePointer<UInt8>, _ other: StaticString) -> Bool {
    let other = other.utf8Start
    var place = 0
    while name[place] == other[place] {
      if name[place] == 0 { return true }
      place += 1
    }
    return false
  }
}
