import DatelineCore
import DatelineVectors

/// A random order of documents that needs few of them in memory at a time.
///
/// Documents that fit into one block of elements come in any order. More of them are cut into runs of consecutive
/// documents, 1/256 of a block each; every pass deals the runs anew into blocks, and shuffles the documents within
/// each block. So a block is nearly a random sample even where the corpus is sorted by label, and yet its rows are read
/// in long stretches. It depends on the data alone whether there is one block, not on where the rows are.
struct VisitingOrder {
  /// A block of so many elements and documents takes 128 MB of memory, and most corpora are smaller.
  static let standardBlockSize = 1 << 24

  private static let runsOfBlock = 256

  /// In the order of the last pass where they are one block; ascending where they are more.
  private var documents: [Int32]
  /// Places in ``documents`` where runs begin and end; a single run where there is one block.
  private let bounds: [Int]
  private let isOneBlock: Bool

  /// - Parameters:
  ///   - documents: Which documents; in any order where they are one block.
  ///   - rows: Their rows.
  ///   - blockSize: The largest sum of the elements and documents of a block.
  init(_ documents: [Int32], rows: CSRMatrix, blockSize: Int) {
    isOneBlock = rows.storedCount + rows.rowCount <= blockSize
    if isOneBlock {
      self.documents = documents
      bounds = [0, documents.count]
      return
    }
    let documents = documents.sorted()
    var bounds = [0]
    func size(_ first: Int32, _ last: Int32) -> Int {
      rows.rowOffsets[Int(last) + 1] - rows.rowOffsets[Int(first)] + Int(last - first) + 1
    }
    for place in documents.indices
    where size(documents[bounds[bounds.count - 1]], documents[place]) * VisitingOrder.runsOfBlock >= blockSize {
      bounds.append(place + 1)
      if place + 1 == documents.count { break }
    }
    if bounds.last != documents.count { bounds.append(documents.count) }
    self.documents = documents
    self.bounds = bounds
  }

  /// Hands over all documents, block after block, each with the stretches of documents that it comes from.
  mutating func forEachBlock(
    _ random: inout SplitMix64, _ body: (_ documents: [Int32], _ stretches: [Range<Int>]) -> Void
  ) {
    if isOneBlock {
      random.shuffle(&documents)
      body(documents, [])
      return
    }
    var runs = Array(0..<bounds.count - 1)
    random.shuffle(&runs)
    var block: [Int32] = []
    for first in stride(from: 0, to: runs.count, by: VisitingOrder.runsOfBlock) {
      let chosen = runs[first..<min(first + VisitingOrder.runsOfBlock, runs.count)]
      block.removeAll(keepingCapacity: true)
      for run in chosen { block += documents[bounds[run]..<bounds[run + 1]] }
      random.shuffle(&block)
      body(block, chosen.map { Int(documents[bounds[$0]])..<Int(documents[bounds[$0 + 1] - 1]) + 1 })
    }
  }
}
