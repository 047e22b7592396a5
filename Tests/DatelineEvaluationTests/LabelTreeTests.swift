import TestSupport
import DatelineCore
import Testing

@Suite struct LabelTreeTests {
  private let paths = ["Asia", "Asia/India/Delhi", "Europe-wide", "Europe/France", "Europe/Spain"]

  @Test func structure() throws {
    let tree = LabelTree(try domain(.exclusive, paths))
    #expect(
      tree.nodes.map(\.path) == [
        "Asia", "Asia/India", "Asia/India/Delhi", "Europe", "Europe-wide", "Europe/France", "Europe/Spain",
      ])
    #expect(tree.parents == [-1, 0, 1, -1, -1, 3, 3])
    #expect(tree.tops == [0, 0, 0, 3, 4, 3, 3])
    #expect(tree.nodeOfLabel == [0, 2, 4, 5, 6])
    #expect(tree.labelOfNode == [0, -1, 1, -1, 2, 3, 4])
    #expect(tree.node(of: try Label("Europe")) == 3)
    #expect(tree.node(of: try Label("Africa")) == nil)
    #expect(tree.top(of: try Label("Europe/Italy/Rome")) == 3)
    #expect(tree.top(of: try Label("Oceania/Fiji")) == nil)
  }

  @Test func sumsAndMaxima() throws {
    let values = [0.1, 0.2, 0.05, 0.25, 0.4]
    let sums = LabelTree(try domain(.exclusive, paths)).aggregate(values)
    #expect(zip(sums, [0.3, 0.2, 0.2, 0.65, 0.05, 0.25, 0.4]).allSatisfy { close($0, $1) }, "\(sums)")
    let maxima = LabelTree(try domain(.multiLabel, paths)).aggregate(values)
    #expect(maxima == [0.2, 0.2, 0.2, 0.4, 0.05, 0.25, 0.4])
    #expect(LabelTree(try domain(.multiLabel, paths)).aggregate([0.3, 0.2, 0, 0, 0])[0] == 0.3)
  }

  @Test func sumsDoNotExceedOne() throws {
    let tree = LabelTree(try domain(.exclusive, ["a/b", "a/c"]))
    #expect(tree.aggregate([0.7, 0.7]) == [1, 0.7, 0.7])
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel], 1...10)
  func noParentIsLessProbable(kind: Domain.Kind, seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let paths = (0..<30).map { _ in
      (0...random.below(4)).map { _ in ["a", "b", "c-", "d."][random.below(4)] }.joined(separator: "/")
    }
    let domain = try domain(kind, paths)
    let tree = LabelTree(domain)
    var values = domain.labels.map { _ in random.unit() }
    if kind == .exclusive {
      let sum = values.reduce(0, +)
      values = values.map { $0 / sum }
    }
    let result = tree.aggregate(values)
    for node in 0..<tree.count {
      #expect(result[node] >= 0 && result[node] <= 1, "seed \(seed)")
      if tree.parents[node] >= 0 {
        #expect(tree.parents[node] < node, "seed \(seed)")
        #expect(result[tree.parents[node]] >= result[node], "seed \(seed), \(tree.nodes[node])")
      }
      let below = domain.labels.indices.filter {
        domain.labels[$0] == tree.nodes[node] || domain.labels[$0].ancestors.contains(tree.nodes[node])
      }.map { values[$0] }
      let expected = kind == .exclusive ? below.reduce(0, +) : below.max() ?? 0
      #expect(close(result[node], expected), "seed \(seed), \(tree.nodes[node])")
    }
  }
}
