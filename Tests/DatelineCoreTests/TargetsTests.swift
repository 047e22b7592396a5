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

  @Test func support() {
    #expect(targets.support(labelCount: 5) == [0, 1, 1, 1, 0])
    #expect(Targets().support(labelCount: 2) == [0, 0])
  }
}
