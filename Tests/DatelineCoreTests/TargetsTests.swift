import DatelineCore
import Testing

@Suite struct TargetsTests {
  private var targets: Targets {
    var targets = Targets()
    targets.append([3, 1, 3])
    targets.append([] as [Int])
    targets.append([2])
    return targets
  }

  @Test func labelsAreSortedAndUnique() {
    #expect(targets.count == 3)
    #expect(Array(targets[0]) == [1, 3])
    #expect(targets[1].isEmpty)
    #expect(Array(targets[2]) == [2])
    #expect(targets.contains(3, document: 0) && !targets.contains(2, document: 0) && !targets.contains(1, document: 1))
  }

  @Test func exclusive() {
    let targets = Targets(exclusive: [1, 0, 1])
    #expect(targets.offsets == [0, 1, 2, 3] && targets.indices == [1, 0, 1])
  }

  @Test func selecting() {
    let selected = targets.selecting([2, 0, 0])
    #expect(selected.count == 3)
    #expect(Array(selected[0]) == [2] && Array(selected[1]) == [1, 3] && Array(selected[2]) == [1, 3])
    #expect(targets.selecting([]) == Targets())
  }

  @Test func renumbering() {
    var others = Targets(exclusive: [0])
    others.append(targets, renumbering: [9, 7, 5, 6])
    #expect(others.count == 4)
    #expect(Array(others[0]) == [0] && Array(others[1]) == [6, 7] && others[2].isEmpty && Array(others[3]) == [5])
  }

  @Test func equalHoweverTheyWereMade() {
    var mixed = Targets(exclusive: [1])
    #expect(mixed.haveOneLabelEach)
    mixed.append([])
    mixed.append([4])
    #expect(!mixed.haveOneLabelEach && mixed.offsets == [0, 1, 1, 2] && mixed.count == 3)
    #expect(mixed.selecting([0, 2]) == Targets(exclusive: [1, 4]))
    mixed.renumber([0, 7, 0, 0, 2])
    #expect(mixed.indices == [7, 2] && mixed.count == 3)
    var several = targets
    several.renumber([0, 9, 3, 1])
    #expect(Array(several[0]) == [1, 9] && several[1].isEmpty && Array(several[2]) == [3])
    var empty = Targets()
    #expect(empty.count == 0 && empty.offsets == [0])
    empty.append([] as [Int])
    #expect(empty.count == 1 && empty.offsets == [0, 0])
  }

  @Test func support() {
    #expect(targets.support(labelCount: 5) == [0, 1, 1, 1, 0])
    #expect(Targets().support(labelCount: 2) == [0, 0])
  }
}
