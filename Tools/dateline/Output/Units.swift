import DatelineCore

/// Numbers for people.
enum Units {
  /// 1234567 as 1,234,567.
  static func count(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// 1 document, 2 documents.
  static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// Bytes as kB or MB.
  static func bytes(_ number: Int) -> String {
    switch number {
    case ..<10_000: count(number, "byte")
    case ..<1_000_000: "\((Double(number) / 1e3).fixed(0)) kB"
    default: "\((Double(number) / 1e6).fixed(1)) MB"
    }
  }

  /// Seconds since a moment.
  static func seconds(since start: ContinuousClock.Instant) -> Double {
    let duration = ContinuousClock.now - start
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }
}
