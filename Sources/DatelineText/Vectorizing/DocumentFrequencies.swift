import DatelineCore
import DatelineVectors

/// In how many documents each feature is, in two bytes a feature: most features share their frequency with many others,
/// so a feature holds the place of its frequency among all that there are.
struct DocumentFrequencies: Sendable {
  /// The frequencies that occur, ascending.
  let values: SharedBuffer<UInt32>
  /// For each feature a place among ``values``. A damaged file can hold others.
  let codes: SharedBuffer<UInt16>

  private static let maximumValues = 1 << 16

  /// Features may have any frequencies. Where more than 65,536 different ones occur, those from 2¹⁴ on are rounded to 12
  /// binary digits.
  init(_ frequencies: [UInt32]) {
    let distinct = DocumentFrequencies.distinct(frequencies)
    let places: ([UInt32]) -> [UInt16] = { values in
      var places = [UInt16](repeating: 0, count: Int(values.last ?? 0) + 1)
      for (place, value) in values.enumerated() { places[Int(value)] = UInt16(place) }
      return places
    }
    if distinct.count <= DocumentFrequencies.maximumValues {
      let place = places(distinct)
      values = SharedBuffer(distinct)
      codes = SharedBuffer(frequencies.map { place[Int($0)] })
    } else {
      let rounded = DocumentFrequencies.distinct(distinct.map(DocumentFrequencies.rounded))
      let place = places(rounded)
      values = SharedBuffer(rounded)
      codes = SharedBuffer(frequencies.map { place[Int(DocumentFrequencies.rounded($0))] })
    }
  }

  private static func distinct(_ frequencies: [UInt32]) -> [UInt32] {
    var occurs = [Bool](repeating: false, count: Int(frequencies.max() ?? 0) + 1)
    for frequency in frequencies { occurs[Int(frequency)] = true }
    return occurs.indices.lazy.filter { occurs[$0] }.map { UInt32($0) }
  }

  private static func rounded(_ frequency: UInt32) -> UInt32 {
    if frequency < 1 << 14 { return frequency }
    let unit: UInt32 = 1 << UInt32(32 - 12 - frequency.leadingZeroBitCount)
    return frequency / unit * unit
  }

  /// The number of features.
  var count: Int { codes.count }

  /// The frequency of every feature.
  func array() -> [UInt32] {
    let values = values.array()
    return codes.array().map { values[min(Int($0), values.count - 1)] }
  }

  /// `text.df` and `text.df.codes`.
  func payloads() -> [Payload] { [Payload(name: "text.df", values), Payload(name: "text.df.codes", codes)] }

  /// Brings frequencies back from the parts that ``payloads()`` gave.
  init(_ payloads: Payloads, featureCount: Int) throws(DatelineError) {
    values = try payloads.numbers("text.df", as: UInt32.self)
    codes = try payloads.numbers("text.df.codes", as: UInt16.self, count: featureCount)
    guard (featureCount > 0 ? 1 : 0)...DocumentFrequencies.maximumValues ~= values.count else {
      throw DatelineError(
        .invalidData,
        "\(values.count) different document frequencies, expected 1 to \(DocumentFrequencies.maximumValues): the file is damaged"
      )
    }
  }
}
