public import DatelineCore

/// One place in a document where a country is named, by whatever name.
public struct Mention: Sendable, Equatable {
  /// The number of the country in ``Gazetteer/countries``, or behind all countries that of a region in
  /// ``Gazetteer/regions``.
  public var country: Int
  /// Where the name stands.
  public var place: TextPlace
  /// How much the mention says that the text is about the country, in [0, 1].
  public var strength: Float
  /// Whether the name can hardly mean anything but the country: its own, its people's, its institutions'.
  public var isUnambiguous: Bool
  /// Whether it is the place of the dateline that the text begins with.
  public var isDateline: Bool
  /// The number of the name, so that forms can be told apart.
  var name: Int
  /// How many words stand before it in its field.
  var position: Int
}
