/// The numbers that describe the tone of a text. Each is 0 where the text says nothing of it, and about 1 at most.
///
/// The order is that of the features in model files: new ones only at the end.
enum ToneFeature: Int, CaseIterable {
  /// The sum of the valences above 0, and of those below.
  case positiveSum, negativeSum
  /// How many words are pleasant, and how many unpleasant.
  case positiveCount, negativeCount
  /// The most pleasant word, and the most unpleasant one.
  case mostPositive, mostNegative
  /// The sum of all valences, pressed into -1 to 1 as VADER does, above 0 and below.
  case compoundPositive, compoundNegative
  /// Whether that is clearly above 0, or below.
  case isPositive, isNegative
  /// The sum of all valences for each word of the text, above 0 and below.
  case positiveDensity, negativeDensity
  /// The first word that says anything.
  case firstPositive, firstNegative
  /// The last one.
  case lastPositive, lastNegative
  /// How many words are turned, and how many strengthened or weakened.
  case negatedCount, intensifiedCount
  /// Whether anything is negated, known or not.
  case hasNegation
  case hasQuestion, hasExclamation, hasQuotation
  /// How many words say that something goes up or well, and how many the opposite.
  case riseCount, fallCount
  /// Which of the two are more.
  case rises, falls

  /// All of them, made once.
  static let all = allCases

  /// What it is called in explanations.
  var name: String {
    switch self {
    case .positiveSum: "pleasant words, summed"
    case .negativeSum: "unpleasant words, summed"
    case .positiveCount: "pleasant words, counted"
    case .negativeCount: "unpleasant words, counted"
    case .mostPositive: "the most pleasant word"
    case .mostNegative: "the most unpleasant word"
    case .compoundPositive: "all in all pleasant"
    case .compoundNegative: "all in all unpleasant"
    case .isPositive: "rather pleasant than not"
    case .isNegative: "rather unpleasant than not"
    case .positiveDensity: "how densely pleasant"
    case .negativeDensity: "how densely unpleasant"
    case .firstPositive: "a pleasant word first"
    case .firstNegative: "an unpleasant word first"
    case .lastPositive: "a pleasant word last"
    case .lastNegative: "an unpleasant word last"
    case .negatedCount: "words turned by a negation"
    case .intensifiedCount: "words strengthened or weakened"
    case .hasNegation: "a negation"
    case .hasQuestion: "a question mark"
    case .hasExclamation: "an exclamation mark"
    case .hasQuotation: "quotation marks"
    case .riseCount: "words of rising, counted"
    case .fallCount: "words of falling, counted"
    case .rises: "more rising than falling"
    case .falls: "more falling than rising"
    }
  }

  /// Whether a word that says something stands for the feature; the others are of the text as a whole.
  func isCarried(by hit: ToneReader.Hit) -> Bool {
    switch self {
    case .positiveSum, .positiveCount: hit.valence > 0
    case .negativeSum, .negativeCount: hit.valence < 0
    case .negatedCount: hit.isNegated && hit.valence != 0
    case .intensifiedCount: hit.isIntensified && hit.valence != 0
    case .riseCount: hit.movement > 0
    case .fallCount: hit.movement < 0
    default: false
    }
  }
}
