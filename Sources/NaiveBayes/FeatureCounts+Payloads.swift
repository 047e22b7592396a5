import DatelineCore
import DatelineVectors

extension FeatureCounts {
  func payloads() -> [Payload] {
    [
      Payload(name: "counts.documents", [documents] + documentsOfLabel),
      Payload(name: "counts.totals", totals),
      Payload(name: "counts.offsets", offsets),
      Payload(name: "counts.labels", labels),
      Payload(name: "counts.sums", sums),
    ]
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
    offsets = try payloads.numbers("counts.offsets", as: UInt64.self, count: featureCount + 1).array()
    labels = try payloads.numbers("counts.labels", as: UInt32.self).array()
    sums = try payloads.numbers("counts.sums", as: Double.self, count: labels.count).array()
    guard offsets.first == 0, offsets.last == UInt64(labels.count),
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw damaged("offsets that do not ascend") }
    guard labels.allSatisfy({ Int($0) < labelCount }) else { throw damaged("a label that does not exist") }
    guard (head + totals + sums).allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw damaged("a sum that is negative or no number")
    }
  }
}
