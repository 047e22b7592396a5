/// The labels of a sequence of documents, by their numbers in a domain.
///
/// Document `i` has the labels `indices[offsets[i]..<offsets[i + 1]]`, ascending; exactly one where labels exclude
/// each other.
public struct Targets: Sendable, Equatable {
  /// Where each document's labels begin; one more than there are documents.
  public private(set) var offsets: [Int]
  /// The labels of all documents.
  public private(set) var indices: [Int32]

  /// No documents yet.
  public init() {
    offsets = [0]
    indices = []
  }

  /// One label for each document.
  public init(exclusive labels: some Sequence<Int>) {
    self.init()
    for label in labels { append([label]) }
  }

  /// Adds the documents of other targets.
  ///
  /// - Parameter numbers: The new number of each of their labels.
  public mutating func append(_ other: Targets, renumbering numbers: [Int32]) {
    for document in 0..<other.count {
      let first = indices.count
      for label in other[document] { indices.append(numbers[Int(label)]) }
      if indices.count - first > 1 { indices[first...].sort() }
      offsets.append(indices.count)
    }
  }

  /// The number of documents.
  public var count: Int { offsets.count - 1 }

  /// Adds a document with the given labels, which are sorted and freed from repetitions.
  public mutating func append(_ labels: some Collection<Int>) {
    if labels.count == 1, let only = labels.first {
      indices.append(Int32(only))
    } else {
      indices += Set(labels).sorted().map { Int32($0) }
    }
    offsets.append(indices.count)
  }

  /// The labels of one document.
  public subscript(document: Int) -> ArraySlice<Int32> { indices[offsets[document]..<offsets[document + 1]] }

  /// Whether a document has a label. O(its labels).
  public func contains(_ label: Int, document: Int) -> Bool { self[document].contains(Int32(label)) }

  /// The targets of some of the documents, in the order given.
  public func selecting(_ documents: [Int]) -> Targets {
    var result = Targets()
    for document in documents {
      result.indices += self[document]
      result.offsets.append(result.indices.count)
    }
    return result
  }

  /// How many documents have each label.
  public func support(labelCount: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: labelCount)
    for index in indices { counts[Int(index)] += 1 }
    return counts
  }
}
