/// The labels of a sequence of documents, by their numbers in a domain.
///
/// Document `i` has the labels `indices[offsets[i]..<offsets[i + 1]]`, ascending; exactly one where labels exclude
/// each other. Where every document has exactly one label, it takes four bytes.
public struct Targets: Sendable, Equatable {
  /// ``offsets``; empty as long as every document has exactly one label.
  private var starts: [Int] = []
  /// The labels of all documents.
  public private(set) var indices: [Int32] = []

  /// No documents yet.
  public init() {}

  /// One label for each document.
  public init(exclusive labels: some Sequence<Int>) {
    for label in labels { append([label]) }
  }

  /// The number of documents.
  public var count: Int { starts.isEmpty ? indices.count : starts.count - 1 }

  /// Where each document's labels begin; one more than there are documents. O(documents).
  public var offsets: [Int] { starts.isEmpty ? Array(0...indices.count) : starts }

  /// Whether every document has exactly one label. O(1).
  public var haveOneLabelEach: Bool { starts.isEmpty }

  /// Adds a document with the given labels, which are sorted and freed from repetitions.
  public mutating func append(_ labels: some Collection<Int>) {
    if labels.count == 1, let only = labels.first {
      indices.append(Int32(only))
      endDocument(labels: 1)
    } else {
      let labels = Set(labels).sorted()
      indices += labels.map { Int32($0) }
      endDocument(labels: labels.count)
    }
  }

  /// Notes that the last labels are one document's.
  private mutating func endDocument(labels: Int) {
    if !starts.isEmpty {
      starts.append(indices.count)
    } else if labels != 1 {
      starts = Array(0...indices.count - labels) + [indices.count]
    }
  }

  /// Adds the documents of other targets.
  ///
  /// - Parameter numbers: The new number of each of their labels.
  public mutating func append(_ other: Targets, renumbering numbers: [Int32]) {
    for document in 0..<other.count {
      let first = indices.count
      for label in other[document] { indices.append(numbers[Int(label)]) }
      if indices.count - first > 1 { indices[first...].sort() }
      endDocument(labels: indices.count - first)
    }
  }

  /// Gives every label another number.
  ///
  /// - Parameter numbers: The new number of each label; no two are equal.
  public mutating func renumber(_ numbers: [Int32]) {
    for place in indices.indices { indices[place] = numbers[Int(indices[place])] }
    if haveOneLabelEach { return }
    for document in 0..<count where starts[document + 1] - starts[document] > 1 {
      indices[starts[document]..<starts[document + 1]].sort()
    }
  }

  /// The labels of one document.
  public subscript(document: Int) -> ArraySlice<Int32> {
    starts.isEmpty ? indices[document...document] : indices[starts[document]..<starts[document + 1]]
  }

  /// Whether a document has a label. O(its labels).
  public func contains(_ label: Int, document: Int) -> Bool { self[document].contains(Int32(label)) }

  /// The targets of some of the documents, in the order given.
  public func selecting(_ documents: [Int]) -> Targets {
    var result = Targets()
    for document in documents {
      let labels = self[document]
      result.indices += labels
      result.endDocument(labels: labels.count)
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
