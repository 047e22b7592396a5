/// Sums what a text says of its tone and makes the ``ToneFeature``s of it.
struct ToneMeter {
  /// The pleasant and the unpleasant, in sums of valences.
  private struct Sums {
    var positive = 0.0
    var negative = 0.0
  }

  private var finished = Sums()
  private var sentence = Sums()
  /// What a word of the sentence counts: more behind a "but".
  private var factor = 1.0
  private var positiveCount = 0.0
  private var negativeCount = 0.0
  private var mostPositive = 0.0
  private var mostNegative = 0.0
  private var first = 0.0
  private var last = 0.0
  private var negatedCount = 0.0
  private var intensifiedCount = 0.0
  private var riseCount = 0.0
  private var fallCount = 0.0

  mutating func add(_ hit: ToneReader.Hit) {
    if hit.movement > 0 { riseCount += 1 } else if hit.movement < 0 { fallCount += 1 }
    guard hit.valence != 0 else { return }
    let valence = hit.valence * factor
    if valence > 0 {
      sentence.positive += valence
      positiveCount += 1
      mostPositive = max(mostPositive, valence)
    } else {
      sentence.negative -= valence
      negativeCount += 1
      mostNegative = max(mostNegative, -valence)
    }
    if first == 0 { first = valence }
    last = valence
    if hit.isNegated { negatedCount += 1 }
    if hit.isIntensified { intensifiedCount += 1 }
  }

  /// A "but": what was before it counts half, what is behind it one and a half.
  mutating func turn() {
    sentence.positive *= 0.5
    sentence.negative *= 0.5
    factor = 1.5
  }

  /// The end of a sentence.
  mutating func stop() {
    finished.positive += sentence.positive
    finished.negative += sentence.negative
    sentence = Sums()
    factor = 1
  }

  /// Appends the features that are not 0, in their order, numbered from `start` on.
  mutating func write(
    _ circumstances: ToneReader.Circumstances, from start: UInt32, _ indices: inout [UInt32], _ values: inout [Float]
  ) {
    stop()
    let sum = finished.positive - finished.negative
    // VADER's normalisation, with its constant.
    let compound = sum / (sum * sum + 15).squareRoot()
    let density = 4 * sum / Double(max(1, circumstances.words))
    for feature in ToneFeature.all {
      let value: Double =
        switch feature {
        case .positiveSum: ToneMeter.saturated(finished.positive, half: 4)
        case .negativeSum: ToneMeter.saturated(finished.negative, half: 4)
        case .positiveCount: ToneMeter.saturated(positiveCount, half: 2)
        case .negativeCount: ToneMeter.saturated(negativeCount, half: 2)
        case .mostPositive: mostPositive / 4
        case .mostNegative: mostNegative / 4
        case .compoundPositive: max(0, compound)
        case .compoundNegative: max(0, -compound)
        case .isPositive: compound > 0.05 ? 1 : 0
        case .isNegative: compound < -0.05 ? 1 : 0
        case .positiveDensity: min(1, max(0, density))
        case .negativeDensity: min(1, max(0, -density))
        case .firstPositive: max(0, first) / 4
        case .firstNegative: max(0, -first) / 4
        case .lastPositive: max(0, last) / 4
        case .lastNegative: max(0, -last) / 4
        case .negatedCount: ToneMeter.saturated(negatedCount, half: 1)
        case .intensifiedCount: ToneMeter.saturated(intensifiedCount, half: 1)
        case .hasNegation: circumstances.hasNegation ? 1 : 0
        case .hasQuestion: circumstances.gaps.contains(.question) ? 1 : 0
        case .hasExclamation: circumstances.gaps.contains(.exclamation) ? 1 : 0
        case .hasQuotation: circumstances.gaps.contains(.quotation) ? 1 : 0
        case .riseCount: ToneMeter.saturated(riseCount, half: 1)
        case .fallCount: ToneMeter.saturated(fallCount, half: 1)
        case .rises: riseCount > fallCount ? 1 : 0
        case .falls: fallCount > riseCount ? 1 : 0
        }
      if value == 0 { continue }
      indices.append(start + UInt32(feature.rawValue))
      values.append(Float(value))
    }
  }

  /// From 0 towards 1, and one half at `half`.
  private static func saturated(_ value: Double, half: Double) -> Double { value / (value + half) }
}
