import DatelineCore
import DatelineVectors

extension FeatureCounts {
  /// The counts as parts of a model.
  ///
  /// - Parameter withCells: Whether the places of the cells are among them; sparse weights have the same.
  func payloads(withCells: Bool) -> [Payload] {
    let cells = [Payload(name: "counts.offsets", offsets), Payload(name: "counts.labels", labels)]
    return [Payload(name: "counts.documents", [documents] + documentsOfLabel), Payload(name: "counts.totals", totals)]
      + (withCells ? cells : []) + [Payload(name: "counts.sums", sums)]
  }

  init(_ payloads: Payloads, featureCount: Int, labelCount: Int) throws(DatelineError) {
    func damaged(_ what: String) -> DatelineError {
      DatelineError(.invalidData, "the counts of the model have \(what): the file is damaged")
    }
    let head = try payloads.numbers("counts.documents", as: Double.self, count: labelCount + 1).array()
    self.labelCount = labelCount
    documents = head[0]
    documentsOfLabel = Array(head.dropFirst())
    totals = try payloads.numbers("counts.totals", as: Double.self, count: featureCount).array()
    let isSparse = payloads.names.contains(SparseLinearClassifier.mark)
    offsets = try payloads.numbers(
      isSparse ? SparseLinearClassifier.startsName : "counts.offsets", as: UInt64.self, count: featureCount + 1
    ).array()
    labels = try payloads.numbers(
      isSparse ? SparseLinearClassifier.labelsName : "counts.labels", as: UInt32.self
    ).array()
    sums = try payloads.numbers("counts.sums", as: Double.self, count: labels.count).array()
    guard offsets.first == 0, offsets.last == UInt64(labels.count),
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw damaged("offsets that do not ascend") }
    guard labels.allSatisfy({ Int($0) < labelCount }) else { throw damaged("a label that does not exist") }
    guard (head + totals + sums).allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw damaged("a sum that is negative or no number")
    }
    guard isFinite else { throw damaged("sums beyond the range of numbers") }
    // Rounding cannot make a part larger than the whole: both are summed in one order, and addition is monotone.
    guard documentsOfLabel.allSatisfy({ $0 <= head[0] }) else {
      throw damaged("more documents with a label than there are")
    }
    for feature in 0..<featureCount {
      let cells = cells(of: feature)
      guard zip(cells, cells.dropFirst()).allSatisfy({ labels[$0] < labels[$1] }) else {
        throw damaged("labels that do not ascend within a feature")
      }
      guard cells.allSatisfy({ sums[$0] <= totals[feature] }) else {
        throw damaged("a part that is larger than the whole")
      }
    }
  }
}
