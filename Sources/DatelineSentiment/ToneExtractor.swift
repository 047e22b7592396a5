public import DatelineCore
import DatelineVectors

/// Describes the tone of a document in a few numbers each for its title and its body (``ToneFeature``): what a lexicon
/// of pleasant and unpleasant words says of them.
///
/// What was learnt of a word thus helps with words that no training document had: on editorials the numbers are worth
/// several points of accuracy. Cost: one pass over the text, with one look-up a word.
struct ToneExtractor: FeatureExtractor {
  private static let fields: [TextPlace.Field] = [.title, .body]

  let reader: ToneReader

  var featureCount: Int { ToneExtractor.fields.count * ToneFeature.all.count }

  func name(of feature: Int) -> String {
    let (field, number) = feature.quotientAndRemainder(dividingBy: ToneFeature.all.count)
    let name = ToneFeature(rawValue: number)?.name ?? ""
    return ToneExtractor.fields[field] == .title ? "tone of the title: \(name)" : "tone: \(name)"
  }

  func extract(title: Span<UInt8>, body: Span<UInt8>, into row: inout SparseVector) {
    row.replace { indices, values in
      measure(title, from: 0, &indices, &values)
      measure(body, from: UInt32(ToneFeature.all.count), &indices, &values)
    }
  }

  private func measure(_ text: Span<UInt8>, from start: UInt32, _ indices: inout [UInt32], _ values: inout [Float]) {
    guard text.count > 0 else { return }
    var meter = ToneMeter()
    let circumstances = reader.read(
      text, whenHit: { meter.add($0) }, whenTurned: { meter.turn() }, whenStopped: { meter.stop() })
    meter.write(circumstances, from: start, &indices, &values)
  }

  func occurrences(title: Span<UInt8>, body: Span<UInt8>) -> [FeatureOccurrence] {
    var found: [FeatureOccurrence] = []
    func locate(_ text: Span<UInt8>, _ field: TextPlace.Field, from start: Int) {
      _ = reader.read(
        text,
        whenHit: { hit in
          for feature in ToneFeature.all where feature.isCarried(by: hit) {
            let place = TextPlace(field: field, bytes: hit.bytes)
            found.append(FeatureOccurrence(feature: UInt32(start + feature.rawValue), place: place))
          }
        })
    }
    locate(title, .title, from: 0)
    locate(body, .body, from: ToneFeature.all.count)
    return found
  }

  func payloads() -> [Payload] { reader.lexicon.payloads() }
}

/// The extractor family `tone`: what a lexicon says of the tone of a text.
public struct ToneExtractorPlugin: FeatureExtractorPlugin {
  /// The family.
  public init() {}

  /// `tone`
  public var identifier: String { "tone" }

  /// One sentence for people.
  public var summary: String { "Counts and sums of pleasant and unpleasant words, with negations and degree adverbs." }

  /// None.
  public var parameters: ParameterSchema { ParameterSchema([]) }

  /// An extractor with the words that come with Dateline.
  public func extractor(_ parameters: Hyperparameters) throws(DatelineError) -> any FeatureExtractor {
    ToneExtractor(reader: ToneReader(lexicon: .standard))
  }

  /// Brings an extractor back with the words that its model has learnt with.
  public func load(_ payloads: Payloads, parameters: Hyperparameters) throws(DatelineError) -> any FeatureExtractor {
    ToneExtractor(reader: ToneReader(lexicon: try ToneLexicon(payloads)))
  }
}
