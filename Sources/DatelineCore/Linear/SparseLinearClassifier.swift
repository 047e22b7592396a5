public import DatelineVectors

/// A linear classifier of many labels in little memory: most features say the same, or nearly so, of most labels.
///
/// The weight of a feature f for a label l is what all labels share, and a cell where the two have to do with each other:
///
///     w(f, l) = slope(l) · default(f) + shift(l) + row(group(f), l) + cell(f, l)
///
/// Defaults, groups and cells may be missing and count 0. A score is the label's bias and the sum of the weights times
/// the document's values, so the first two parts need a sum over the document only, and not one a label.
public struct SparseLinearClassifier: AdditiveClassifier {
  /// The number of features.
  public let featureCount: Int
  /// The number of labels.
  public let labelCount: Int
  /// The constant of each label.
  public let bias: [Double]
  /// How much the default of a feature counts for each label.
  public let slopes: [Double]
  /// What every feature adds for each label.
  public let shifts: [Double]
  /// What each feature adds for all labels, times the label's slope; empty where that is nothing.
  public let defaults: SharedBuffer<Float>
  /// The row of each feature; empty where there are no rows.
  public let groups: SharedBuffer<UInt32>
  /// Groups × labels: what features add by their group.
  public let rows: SharedBuffer<Float>
  /// Where each feature's cells begin; one more than there are features.
  public let starts: SharedBuffer<UInt64>
  /// The label of each cell, ascending within a feature.
  public let labels: SharedBuffer<UInt32>
  /// What each cell adds.
  public let cells: SharedBuffer<Float>

  /// A classifier of the given parts.
  ///
  /// - Parameters:
  ///   - bias: One a label, as slopes and shifts.
  ///   - defaults: One a feature, or none.
  ///   - groups: One a feature, each below the number of rows, or none.
  ///   - rows: Groups × labels.
  ///   - starts: See ``starts``; ascending from 0 to the number of cells.
  ///   - labels: See ``labels``; each below the number of labels.
  ///   - cells: As many as there are labels of cells.
  public init(
    bias: [Double], slopes: [Double], shifts: [Double], defaults: SharedBuffer<Float>, groups: SharedBuffer<UInt32>,
    rows: SharedBuffer<Float>, starts: SharedBuffer<UInt64>, labels: SharedBuffer<UInt32>, cells: SharedBuffer<Float>
  ) {
    precondition(!bias.isEmpty && slopes.count == bias.count && shifts.count == bias.count, "one of each a label")
    precondition(starts.count > 0 && starts[starts.count - 1] == cells.count, "starts must span the cells")
    precondition(labels.count == cells.count, "one label a cell")
    precondition([0, starts.count - 1].contains(defaults.count), "one default a feature, or none")
    precondition([0, starts.count - 1].contains(groups.count), "one group a feature, or none")
    precondition(rows.count.isMultiple(of: bias.count), "groups × labels")
    featureCount = starts.count - 1
    labelCount = bias.count
    self.bias = bias
    self.slopes = slopes
    self.shifts = shifts
    self.defaults = defaults
    self.groups = groups
    self.rows = rows
    self.starts = starts
    self.labels = labels
    self.cells = cells
  }

  /// What one unit of a feature adds to the score of a label. O(log of the feature's cells).
  public func weight(feature: Int, label: Int) -> Double {
    var weight = shifts[label]
    if defaults.count > 0 { weight += slopes[label] * Double(defaults[feature]) }
    if groups.count > 0 { weight += Double(rows[Int(groups[feature]) * labelCount + label]) }
    var low = Int(starts[feature])
    var high = Int(starts[feature + 1])
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if labels[middle] < UInt32(label) { low = middle + 1 } else { high = middle }
    }
    return low < end && labels[low] == UInt32(label) ? weight + Double(cells[low]) : weight
  }

  /// The feature's weight times its value.
  public func contribution(feature: Int, value: Float, label: Int) -> Double {
    Double(value) * weight(feature: feature, label: label)
  }

  /// The constant part of the score of a label.
  public func constant(label: Int) -> Double { bias[label] }

  /// Adds up the weights of the document's features. O(cells of the document's features + labels), and where there are
  /// groups O(groups among the features × labels) more.
  public func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
    add(indices, into: &scores) { Double(values[$0]) }
  }

  /// The scores of a document all of whose values are 1. Costs what ``score(indices:values:into:)`` does.
  public func score(presentIndices indices: Span<UInt32>, into scores: inout MutableSpan<Double>) {
    add(indices, into: &scores) { _ in 1 }
  }

  @inline(__always)
  private func add(_ indices: Span<UInt32>, into scores: inout MutableSpan<Double>, _ value: (Int) -> Double) {
    for label in 0..<labelCount { scores[label] = 0 }
    var sum = 0.0
    var sumOfDefaults = 0.0
    starts.withSpan { starts in
      labels.withSpan { labels in
        cells.withSpan { cells in
          for position in indices.indices {
            let feature = Int(indices[position])
            let value = value(position)
            sum += value
            if defaults.count > 0 { sumOfDefaults += value * Double(defaults[feature]) }
            for cell in Int(starts[feature])..<Int(starts[feature + 1]) {
              scores[Int(labels[cell])] += value * Double(cells[cell])
            }
          }
        }
      }
    }
    if groups.count > 0 { addRows(indices, into: &scores, value) }
    for label in 0..<labelCount { scores[label] += bias[label] + slopes[label] * sumOfDefaults + shifts[label] * sum }
  }

  /// Adds the rows of the features' groups, each once.
  private func addRows(_ indices: Span<UInt32>, into scores: inout MutableSpan<Double>, _ value: (Int) -> Double) {
    var found: [(group: UInt32, value: Double)] = []
    found.reserveCapacity(indices.count)
    for position in indices.indices { found.append((groups[Int(indices[position])], value(position))) }
    found.sort { $0.group < $1.group }
    rows.withSpan { rows in
      var place = 0
      while place < found.count {
        let group = found[place].group
        var sum = 0.0
        while place < found.count, found[place].group == group {
          sum += found[place].value
          place += 1
        }
        let row = rows.extracting(Int(group) * labelCount..<(Int(group) + 1) * labelCount)
        for label in row.indices { scores[label] += sum * Double(row[label]) }
      }
    }
  }
}
