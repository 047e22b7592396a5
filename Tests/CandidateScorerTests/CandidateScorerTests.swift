import DatelineCore
import DatelineParallel
import DatelineVectors
import Testing

@testable import CandidateScorer

@Suite struct CandidateScorerTests {
  @Test func contributionsAndConstantsAreTheScores() throws {
    let world = World.random(80, seed: 1)
    let model = try world.train()
    #expect(model.labelCount == 7 && model.featureCount == World.featureCount)
    for row in world.rows + [SparseVector()] {
      let scores = model.scores(row)
      for label in 0..<model.labelCount {
        var sum = model.constant(label: label)
        for (index, value) in zip(row.indices, row.values) {
          sum += model.contribution(feature: Int(index), value: value, label: label)
        }
        #expect((sum - scores[label]).magnitude < 1e-9 * max(1, sum.magnitude), "\(World.paths[label])")
      }
    }
  }

  @Test func whatDocumentsAreAboutIsFound() throws {
    let model = try World.random(150, seed: 2).train()
    let others = World.random(60, seed: 3)
    var right = 0
    for (row, paths) in zip(others.rows, others.targets) {
      let scores = model.scores(row)
      let leaves = World.paths.indices.filter { World.paths[$0].contains("/") }
      let best = leaves.max { scores[$0] < scores[$1] }
      if best.map({ World.paths[$0] }) == paths[0] { right += 1 }
    }
    #expect(right > 50, "\(right) of 60")
  }

  /// The weights are those of kinds, not of labels, so a label that no document has is judged like the others.
  @Test func labelsWithoutDocumentsAreJudged() throws {
    let model = try World.random(150, seed: 4, missing: "south/d").train()
    let unseen = try #require(World.paths.firstIndex(of: "south/d"))
    var world = World()
    let south = World.words + 2 * 3
    world.append([World.words / 2: 1, south: 0.75, World.words + 2 * unseen: 0.75])
    world.append([World.words / 2: 1, south: 0.75, World.words + 2 * 4: 0.75])
    let (named, other) = (model.scores(world.rows[0]), model.scores(world.rows[1]))
    #expect(named[unseen] > 0 && named[unseen] > named[4] + 1)
    #expect(other[unseen] < 0 && other[4] > other[unseen] + 1)
    // Nothing but the terms of the label above can tell the two apart.
    #expect((named[unseen] - other[4]).magnitude < 0.1)
  }

  @Test func labelsWithoutCandidatesAreJudgedByTerms() throws {
    var world = World.random(60, seed: 5)
    world.labels += ["west"]
    let model = try world.train()
    #expect(model.labelCount == 8 && model.candidateOfLabel.last == -1)
    #expect(world.rows.allSatisfy { model.scores($0).allSatisfy { $0.isFinite } })
  }

  @Test func rowsOfALevelAreThoseOfItsDocuments() throws {
    let world = World.random(20, seed: 6, parents: 8)
    let (set, candidates) = (try world.set(), try World.candidates())
    let levels = LabelLevels(set.domain)
    #expect(levels.count == 2 && levels.levels == [0, 1, 1, 0, 1, 1, 1] && levels.tops == [0, 0, 0, 1, 1, 1, 1])
    let held = TermScores(documentCount: 20, labelCount: 2)
    let numbers = set.domain.labels.map { Int32(candidates.candidate(of: $0) ?? -1) }
    let rarities = LabelRarity(set, levels, ContiguousFolds(documentCount: 20, count: 1))
    let first = CandidateRows(set, candidates, levels, level: 0, numbers, held, rarities)
    let second = CandidateRows(set, candidates, levels, level: 1, numbers, held, rarities)
    // All documents have labels of the first level, twelve also of the second: the others say nothing about it.
    #expect(first.answers.count == 20 * 2 && first.answers.count { $0 } == 20)
    #expect(second.answers.count == 12 * 5 && second.answers.count { $0 } == 12)
    #expect(first.width == 9 && first.values.count == 40 * 9 && first.weights.allSatisfy { $0 == 1 })
    let leaves = try set.selecting(Array(8..<20))
    let alone = CandidateRows(
      leaves, candidates, levels, level: 1, numbers, TermScores(documentCount: 12, labelCount: 2),
      LabelRarity(leaves, levels, ContiguousFolds(documentCount: 12, count: 1)))
    #expect(alone.values == second.values && alone.answers == second.answers)
  }

  /// Whether a document has a label must not be read off how often the label occurs.
  @Test func raritiesLeaveOutTheFoldOfTheDocument() throws {
    var world = World()
    for number in 0..<40 {
      world.append([0: 1])
      world.targets.append(number < 20 ? ["north", "north/a"] : number < 30 ? ["south"] : [])
    }
    let set = try world.set()
    let rarities = LabelRarity(set, LabelLevels(set.domain), ContiguousFolds(documentCount: 40, count: 4))
    let (north, leaf, south) = (0, 1, 3)
    #expect(rarities.rarity(of: north) == 0.5 && rarities.rarity(of: south) == (0.5).squareRoot())
    #expect(rarities.rarity(of: north, without: 3) == (0.5).squareRoot())
    #expect(rarities.rarity(of: north, without: 35) == 0.5)
    // Ten documents but those of the fold are none: as rare as five.
    #expect(rarities.rarity(of: south, without: 25) == 1)
    #expect(rarities.rarity(of: leaf) == 0 && rarities.rarity(of: leaf, without: 3) == 0)
  }

  @Test func sharedWeightsOfALabelScoreAsThoseOfItsRow() {
    let weights = SharedWeights(kindCount: 2, weights: [2, -1, 0.5, 3, 0.25, 0.125, -0.5, 4, 1.5])
    var row: [Double] = []
    SharedWeights.append(features: [1, 0.5], score: -3, constant: -2, rarity: 0.75, kindCount: 2, to: &row)
    #expect(row == [1, 0.5, 0.75, 0.375, -3, -2.25, -2, 0.75, 1])
    let sum = zip(row, weights.weights).reduce(0) { $0 + $1.0 * $1.1 }
    let label = weights.weights(rarity: 0.75, constant: -2)
    #expect(label[0] + 0.5 * label[1] - 3 * label[2] + label[3] == sum)
    row = []
    SharedWeights.append(features: nil, score: -3, constant: -2, rarity: 0.75, kindCount: 2, to: &row)
    #expect(row == [0, 0, 0, 0, -3, -2.25, -2, 0.75, 1])
  }

  @Test func levelsOfLabelsWithoutTheOneAbove() throws {
    var world = World()
    world.labels = ["x/y", "x/y/z", "w"]
    let levels = LabelLevels(try world.domain())
    // Sorted: w, x/y, x/y/z.
    #expect(levels.levels == [0, 0, 1] && levels.tops == [0, 1, 1] && levels.firstLevel == [0, 1])
  }

  @Test func sameBytesForAnyNumberOfThreads() throws {
    let world = World.random(90, seed: 7)
    var found: Set<[[UInt8]]> = []
    for threads in [1, 2, 7] { found.insert(try world.train(threads: threads).payloads().map(\.bytes)) }
    #expect(found.count == 1)
  }

  @Test func modelsComeBackToTheBit() throws {
    let world = World.random(80, seed: 8)
    let model = try world.train(["C": "3", "scorer-C": "0.5", "scorer-folds": "3"])
    let loaded = try World.plugin.load(Payloads(model.payloads()), domain: world.domain())
    for row in world.rows {
      #expect(model.scores(row).map(\.bitPattern) == loaded.scores(row).map(\.bitPattern))
    }
    #expect(try loaded.payloads().map(\.bytes) == model.payloads().map(\.bytes))
    #expect(
      try model.payloads().map(\.name).suffix(3) == ["candidates.layout", "candidates.labels", "candidates.weights"])
  }

  @Test func settingsChangeTheModel() throws {
    let world = World.random(80, seed: 9)
    let model = try world.train()
    #expect(try world.train(["scorer-C": "0.01"]).weights != model.weights)
    #expect(try world.train(["scorer-folds": "2"]).weights != model.weights)
    var weighted = world
    weighted.weights = (0..<80).map { $0 < 40 ? 2 : 0.5 }
    #expect(try weighted.train().weights != model.weights)
  }

  @Test func trainingWithoutCandidatesIsRefused() throws {
    let set = try World.random(10, seed: 10).set(candidates: nil)
    let parameters = try Hyperparameters(World.plugin.description.parameters, settings: [:])
    do throws(DatelineError) {
      _ = try World.plugin.train(
        set, parameters: parameters, context: TrainingContext(workers: WorkerPool(threads: 1)))
      Issue.record("no error")
    } catch {
      #expect(error.code == .usage && error.message.contains("--features places"), "\(error)")
    }
  }

  @Test func capabilitiesAreThoseOfTheTerms() {
    #expect(World.plugin.description.capabilities.contains([.multiLabel, .linear]))
    #expect(!World.plugin.description.capabilities.contains(.incremental))
    #expect(World.plugin.description.identifier == "candidate-scorer")
  }
}
