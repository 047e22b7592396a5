import DatelineCore
import DatelineParallel
import DatelineVectors

extension FeatureCounts {
  /// The cells of a table of sums: 128 MB.
  static let standardTableSize = 1 << 24
  /// Tables that are filled at a time, whatever the number of threads.
  private static let tablesAtOnce = 2

  /// The sums of a set whose rows are in a temporary file: table after table of as many features as there is room for,
  /// each filled by a sweep over the rows. Every sum is taken in the order of the documents, as it is without a table.
  static func sweepingParts(
    _ set: TrainingSet, binarizes: Bool, workers: WorkerPool, tableSize: Int = standardTableSize
  ) -> [Part] {
    let size = max(1, tableSize / (set.domain.count + 1))
    let bounds = WorkerPool.bounds(count: set.features.columnCount, size: size)
    let pool = workers.threadCount > tablesAtOnce ? WorkerPool(threads: tablesAtOnce) : workers
    return pool.map(bounds.count - 1) { piece in
      sweep(set, bounds[piece]..<bounds[piece + 1], binarizes: binarizes)
    }
  }

  private static func sweep(_ set: TrainingSet, _ features: Range<Int>, binarizes: Bool) -> Part {
    let labelCount = set.domain.count
    // By feature, a sum for each label and then the total.
    let width = labelCount + 1
    var table = [Double](repeating: 0, count: features.count * width)
    let (rows, targets, weights) = (set.features, set.targets, set.weights)
    rows.columnIndices.withSpan { columns in
      rows.values.withSpan { values in
        rows.forEachBlock { block in
          for document in block {
            let weight = weights?[document] ?? 1
            if weight == 0 { continue }
            let labels = targets[document]
            let range = rows.range(ofRow: document)
            for position in start(of: features, in: columns, range)..<range.upperBound {
              let feature = Int(columns[position])
              if feature >= features.upperBound { break }
              let first = (feature - features.lowerBound) * width
              let value = weight * (binarizes ? 1 : Double(values[position]))
              table[first + labelCount] += value
              for label in labels { table[first + Int(label)] += value }
            }
          }
        }
      }
    }
    return part(table, features.count, width)
  }

  /// The first place of a row whose feature is not before some features.
  private static func start(of features: Range<Int>, in columns: Span<UInt32>, _ row: Range<Int>) -> Int {
    var (low, high) = (row.lowerBound, row.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if Int(columns[middle]) < features.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func part(_ table: [Double], _ featureCount: Int, _ width: Int) -> Part {
    var part = Part()
    for feature in 0..<featureCount {
      let row = feature * width..<(feature + 1) * width - 1
      let before = part.labels.count
      for place in row where table[place] != 0 {
        part.labels.append(UInt32(place - row.lowerBound))
        part.sums.append(table[place])
      }
      part.lengths.append(part.labels.count - before)
      part.totals.append(table[row.upperBound])
    }
    return part
  }
}
