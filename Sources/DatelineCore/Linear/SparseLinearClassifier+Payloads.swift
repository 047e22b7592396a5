import DatelineVectors

extension SparseLinearClassifier {
  /// The name of the part that every classifier of this form has, and no other.
  public static let mark = "sparse.shape"
  /// The name of the part with ``starts``.
  public static let startsName = "sparse.starts"
  /// The name of the part with ``labels``.
  public static let labelsName = "sparse.labels"

  /// All parts of the classifier, their names beginning with `sparse.`.
  public func payloads() -> [Payload] {
    [
      Payload(name: SparseLinearClassifier.mark, [UInt64(featureCount), UInt64(labelCount)]),
      Payload(name: "sparse.bias", bias),
      Payload(name: "sparse.slopes", slopes),
      Payload(name: "sparse.shifts", shifts),
      Payload(name: "sparse.defaults", defaults),
      Payload(name: "sparse.groups", groups),
      Payload(name: "sparse.rows", rows),
      Payload(name: SparseLinearClassifier.startsName, starts),
      Payload(name: SparseLinearClassifier.labelsName, labels),
      Payload(name: "sparse.cells", cells),
    ]
  }

  /// Brings a classifier back from the parts that ``payloads()`` gave. O(features + cells): all that leads to a place in
  /// memory is checked.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` for parts that do not fit together.
  public init(_ payloads: Payloads, domain: Domain) throws(DatelineError) {
    func damaged(_ what: String) -> DatelineError {
      DatelineError(.invalidData, "the weights of the model have \(what): the file is damaged")
    }
    let shape = try payloads.numbers(SparseLinearClassifier.mark, as: UInt64.self, count: 2).array()
    guard shape[0] <= 1 << 32, shape[1] == UInt64(domain.count) else {
      throw DatelineError(
        .invalidData,
        "a linear model of \(shape[0]) features and \(shape[1]) labels for a domain of \(domain.count) labels: the file is damaged"
      )
    }
    let features = Int(shape[0])
    func constants(_ name: String) throws(DatelineError) -> [Double] {
      let numbers = try payloads.numbers(name, as: Double.self, count: domain.count).array()
      guard numbers.allSatisfy(\.isFinite) else { throw damaged("a constant that is not a number") }
      return numbers
    }
    func optional<Number>(_ name: String, as type: Number.Type) throws(DatelineError) -> SharedBuffer<Number>
    where Number: BitwiseCopyable & Sendable {
      let numbers = try payloads.numbers(name, as: type)
      guard numbers.count == 0 || numbers.count == features else {
        throw damaged("\(numbers.count) numbers in \"\(name)\" for \(features) features")
      }
      return numbers
    }
    let bias = try constants("sparse.bias")
    let slopes = try constants("sparse.slopes")
    let shifts = try constants("sparse.shifts")
    let defaults = try optional("sparse.defaults", as: Float.self)
    let groups = try optional("sparse.groups", as: UInt32.self)
    let rows = try payloads.numbers("sparse.rows", as: Float.self)
    guard rows.count.isMultiple(of: domain.count) else { throw damaged("a row that is not one number a label") }
    let largest = groups.withSpan { groups in groups.indices.reduce(-1) { max($0, Int(groups[$1])) } }
    guard largest < rows.count / domain.count else { throw damaged("a feature of a group that does not exist") }
    let starts = try payloads.numbers(SparseLinearClassifier.startsName, as: UInt64.self, count: features + 1)
    let labels = try payloads.numbers(SparseLinearClassifier.labelsName, as: UInt32.self)
    if let problem = SparseLinearClassifier.problem(starts, labels, labelCount: domain.count) { throw damaged(problem) }
    self.init(
      bias: bias, slopes: slopes, shifts: shifts, defaults: defaults, groups: groups, rows: rows, starts: starts,
      labels: labels, cells: try payloads.numbers("sparse.cells", as: Float.self, count: labels.count))
  }

  /// What is wrong with the cells' places; `nil` when nothing is.
  private static func problem(
    _ starts: SharedBuffer<UInt64>, _ labels: SharedBuffer<UInt32>, labelCount: Int
  ) -> String? {
    starts.withSpan { starts in
      labels.withSpan { labels in
        guard starts[0] == 0, starts[starts.count - 1] == labels.count else {
          return "starts that do not span the cells"
        }
        for feature in 0..<starts.count - 1 {
          // A start beyond the cells would be below one of the next, which ends with their number; but not before it is
          // used.
          guard starts[feature] <= starts[feature + 1], starts[feature + 1] <= labels.count else {
            return "starts that do not ascend"
          }
          var last = -1
          for cell in Int(starts[feature])..<Int(starts[feature + 1]) {
            guard Int(labels[cell]) > last else { return "labels that do not ascend within a feature" }
            last = Int(labels[cell])
          }
          guard last < labelCount else { return "a label that does not exist" }
        }
        return nil
      }
    }
  }
}
