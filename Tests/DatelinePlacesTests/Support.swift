import DatelineCore
import Testing

@testable import DatelinePlaces

/// The words of a text.
func tokens(_ text: String) -> [PlaceToken] {
  var tokens: [PlaceToken] = []
  PlaceScanner.scan(Array(text.utf8).span, into: &tokens)
  return tokens
}

/// The bytes of a text that a token has.
func word(_ token: PlaceToken, _ text: String) -> String {
  String(decoding: Array(text.utf8)[Int(token.start)..<Int(token.end)], as: UTF8.self)
}

extension MentionFinder {
  /// With the gazetteer that comes with Dateline.
  static let standard = Result { MentionFinder(gazetteer: try Gazetteer.standard()) }

  func mentions(title: String, body: String) -> [Mention] {
    let (title, body) = (Array(title.utf8), Array(body.utf8))
    return mentions(title: title.span, body: body.span)
  }

  func findings(title: String, body: String) -> Findings {
    let (title, body) = (Array(title.utf8), Array(body.utf8))
    return find(title: title.span, body: body.span)
  }

  /// The code of the country, or the name of the region, that a mention is one of.
  func name(_ mention: Mention) -> String {
    let count = gazetteer.countries.count
    return mention.country < count
      ? gazetteer.countries[mention.country].code : gazetteer.regions[mention.country - count]
  }
}

/// What a text names: `GB Newcastle, GB Middlesbrough`.
func found(_ body: String, title: String = "", _ finder: MentionFinder? = nil) throws -> String {
  let finder = try finder ?? MentionFinder.standard.get()
  let (titleBytes, bodyBytes) = (Array(title.utf8), Array(body.utf8))
  return finder.mentions(title: title, body: body).map { mention in
    let bytes = mention.place.field == .title ? titleBytes : bodyBytes
    return finder.name(mention) + " " + String(decoding: bytes[mention.place.bytes], as: UTF8.self)
  }
  .joined(separator: ", ")
}

/// A gazetteer of a few names that nothing else depends on.
let smallTable = """
  # A comment
  @\tAA\tAland\tNorthia\tNorthia
  @\tBB\tBeland\tSouthia\tNorthia
  @\tCC\tCeland\tSouthia\tSouthia
  g\tmona
  f\tmoor
  h\tdr
  x\tAland pony
  n\tAland\tAA\t0
  p\tAlander\tAA\t0
  a\tAX\tAA\t0
  c\tArber\tAA\t80
  t\tTwin\tAA\t60
  t\tTwin\tBB\t55
  n\tBeland\tBB\t0
  t\tBosko\tBB\t58
  d\tEastmark\tBB\t70
  n\tCeland\tCC\t0
  n\tGreat Celand\tCC\t0
  r\tNorthia\tNorthia\t0
  """

/// The bytes of a text after some of them were replaced, removed or doubled.
func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
  var bytes = bytes
  for _ in 0...Int(random.next() % 3) where !bytes.isEmpty {
    let place = Int(random.next() % UInt64(bytes.count))
    switch random.next() % 3 {
    case 0: bytes[place] ^= UInt8(1 << (random.next() % 8))
    case 1: bytes.removeLast(Int(random.next() % UInt64(bytes.count)))
    default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
    }
  }
  return bytes
}
