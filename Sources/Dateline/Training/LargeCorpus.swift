import DatelineCore
import DatelineEvaluation

/// What stands for all documents where they are very many. It depends on the documents and the seed alone.
///
/// Parameters that differ in the tenth document of a thousand are told apart by some hundred thousand documents, and a
/// calibration of a few numbers needs no more. So from 400,000 documents on, parameters are chosen on a sample of about
/// 200,000; and from 1,000,000 on, calibration and thresholds are fitted to one part of about 5 % that is held out once,
/// where smaller corpora are learnt fold by fold.
struct LargeCorpus: Sendable {
  var documentsForSample = 400_000
  var sampleSize = 200_000
  var documentsForHeldOut = 1_000_000
  var heldOutShare = 0.05

  /// What keeps the sample and the held-out part independent of each other.
  enum Purpose: UInt64 { case sample = 0x7361_6D70, heldOut = 0x6865_6C64 }

  /// About a share of the documents, ascending. Copies of one text are taken or left together.
  static func documents(_ share: Double, of digests: [UInt64], seed: UInt64, for purpose: Purpose) -> [Int] {
    let key = SplitMix64.mix(seed &+ SplitMix64.increment) ^ purpose.rawValue
    let limit = UInt64(share * 0x1p64)
    return digests.indices.filter { SplitMix64.mix(digests[$0] ^ key) < limit }
  }

  /// The documents to choose parameters on, and their digests; `nil` where these are all.
  func sample(
    of set: TrainingSet, digests: [UInt64], seed: UInt64
  ) throws(DatelineError) -> (set: TrainingSet, digests: [UInt64])? {
    guard set.count >= documentsForSample else { return nil }
    let share = Double(sampleSize) / Double(set.count)
    // Where one text is very frequent, the sample could be nearly everything.
    let chosen = Array(LargeCorpus.documents(share, of: digests, seed: seed, for: .sample).prefix(sampleSize * 5 / 4))
    return (try set.selecting(chosen), chosen.map { digests[$0] })
  }

  /// The scores of a part of the documents by a model of the others; `nil` where one of the two has no documents.
  ///
  /// The others are not copied: the part is learnt with the weight 0.
  func heldOutTable(
    _ set: TrainingSet, digests: [UInt64], seed: UInt64, parameters: Hyperparameters, train: ClassifierTraining,
    context: TrainingContext
  ) throws(DatelineError) -> ScoreTable? {
    let heldOut = LargeCorpus.documents(heldOutShare, of: digests, seed: seed, for: .heldOut)
    var weights = set.weights ?? [Double](repeating: 1, count: set.count)
    for document in heldOut { weights[document] = 0 }
    guard !heldOut.isEmpty, weights.contains(where: { $0 > 0 }) else { return nil }
    let others = try TrainingSet(
      domain: set.domain, features: set.features, targets: set.targets, weights: weights,
      candidates: set.candidates)
    let model = try train(others, parameters, context).model
    return try ScoreTable(
      kind: set.domain.kind, labelCount: set.domain.count,
      scores: try CrossValidation.scores(of: heldOut, in: set, by: model, context.workers),
      targets: set.targets.selecting(heldOut), weights: set.weights.map { weights in heldOut.map { weights[$0] } })
  }
}
