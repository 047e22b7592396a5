public import DatelineCore
import DatelineVectors

extension TextVectorizer: ReducibleVectorizer {
  /// The vectorizer of some of the features. It cannot grow any more.
  public func selecting(features chosen: [Int]) throws(DatelineError) -> any Vectorizer {
    guard case .exact(let vocabulary) = features else {
      throw DatelineError(
        .usage, "a hashed vocabulary cannot leave features out: --set hash-bits= to fewer makes the model smaller")
    }
    guard let fingerprints = vocabulary.fingerprints else {
      throw DatelineError(.usage, "terms can only be left out while the model is trained")
    }
    let frequencies = weighting.documentFrequencies?.array()
    return TextVectorizer(
      extractor: extractor, features: .exact(try Vocabulary(chosen.map { fingerprints[$0] })),
      weighting: TermWeighting(
        parameters: weighting.parameters, documentCount: weighting.documentCount,
        documentFrequencies: frequencies.map { frequencies in
          DocumentFrequencies(chosen.map { frequencies[$0] })
        }), canGrow: false)
  }

  /// What leaves features out and gives documents the length that they then have.
  public func reduction(to features: [Int]) -> any FeatureReduction {
    TextFeatureReduction(features, of: featureCount, norm: weighting.parameters.norm)
  }
}

private struct TextFeatureReduction: FeatureReduction {
  /// The new number of each feature, or -1.
  private let places: [Int32]
  private let norm: TextParameters.Norm

  init(_ features: [Int], of count: Int, norm: TextParameters.Norm) {
    var places = [Int32](repeating: -1, count: count)
    for (place, feature) in features.enumerated() { places[feature] = Int32(place) }
    self.places = places
    self.norm = norm
  }

  func reduce(indices: Span<UInt32>, values: Span<Float>, into row: inout SparseVector) {
    row.replace { newIndices, newValues in
      var (squares, leftOut) = (0.0, 0.0)
      for position in indices.indices {
        let (place, square) = (places[Int(indices[position])], Double(values[position]) * Double(values[position]))
        if place < 0 {
          leftOut += square
          continue
        }
        newIndices.append(UInt32(place))
        newValues.append(values[position])
        squares += square
      }
      guard norm != .none, squares > 0 else { return }
      // With the one more term of ``TextParameters/Norm/damped`` the length was 1.
      let scale = Float(1 / (norm == .damped ? 1 - leftOut : squares).squareRoot())
      for place in newValues.indices { newValues[place] *= scale }
    }
  }
}
