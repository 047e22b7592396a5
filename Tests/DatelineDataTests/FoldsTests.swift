import DatelineCore
import DatelineData
import Testing

@Suite struct FoldsTests {
  private func batch(_ texts: [(String, String)]) -> DocumentBatch {
    var batch = DocumentBatch()
    for (title, body) in texts { batch.append(Document(id: "\(batch.count)", title: title, body: body)) }
    return batch
  }

  @Test func digestsAreOfTheContentAlone() {
    let digests = batch([("a", "b"), ("a", "b"), ("b", "a"), ("ab", ""), ("", "ab"), ("", "")]).contentDigests()
    #expect(digests[0] == digests[1])
    #expect(Set(digests).count == 5)
    #expect(batch([("x", "y"), ("a", "b")]).contentDigests()[1] == digests[0])
    #expect(DocumentBatch().contentDigests() == [])
  }

  @Test func labelsAreSpreadEvenly() throws {
    let seed: UInt64 = 11
    var generator = SeededGenerator(state: seed)
    for round in 0..<20 {
      let labels = (0..<Int.random(in: 20..<300, using: &generator)).map { _ in
        Int.random(in: 0..<6, using: &generator) * Int.random(in: 0..<2, using: &generator)
      }
      let digests = labels.map { _ in generator.next() }
      let count = Int.random(in: 2...10, using: &generator)
      let folds = try Folds(Targets(exclusive: labels), digests: digests, count: count, seed: generator.next())
      func spread(_ documents: [Int]) -> Int {
        let sizes = (0..<count).map { fold in documents.count { folds.assignments[$0] == fold } }
        return (sizes.max() ?? 0) - (sizes.min() ?? 0)
      }
      #expect(spread(Array(labels.indices)) <= 1, "seed \(seed), round \(round)")
      for label in 0..<6 {
        #expect(spread(labels.indices.filter { labels[$0] == label }) <= 1, "seed \(seed), round \(round)")
      }
      for fold in 0..<count {
        let both = folds.documents(in: fold) + folds.documents(outside: fold)
        #expect(both.sorted() == Array(labels.indices))
      }
    }
  }

  @Test func copiesShareAFold() throws {
    let digests = (0..<200).map { UInt64($0 % 60) }
    let folds = try Folds(Targets(exclusive: digests.map { Int($0 % 3) }), digests: digests, count: 5, seed: 3)
    for (document, digest) in digests.enumerated() {
      #expect(folds.assignments[document] == folds.assignments[Int(digest)])
    }
    let sizes = (0..<5).map { folds.documents(in: $0).count }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 4, "\(sizes)")
  }

  @Test func documentsOfSeveralLabelsFollowTheRarest() throws {
    var targets = Targets()
    // Label 0 is everywhere, label 1 in eight documents; the last ones have none.
    for document in 0..<80 { targets.append(document % 10 == 0 ? [0, 1] : [0]) }
    for _ in 0..<8 { targets.append([Int]()) }
    var generator = SeededGenerator(state: 5)
    let folds = try Folds(targets, digests: (0..<88).map { _ in generator.next() }, count: 4, seed: 0)
    for fold in 0..<4 {
      let documents = folds.documents(in: fold)
      #expect(documents.count == 22)
      #expect(documents.count { targets.contains(1, document: $0) } == 2)
      #expect(documents.count { targets[$0].isEmpty } == 2)
    }
  }

  @Test func theOrderOfTheDocumentsDoesNotMatter() throws {
    var generator = SeededGenerator(state: 23)
    let digests = (0..<100).map { _ in generator.next() % 70 }
    let labels = digests.map { Int($0 % 4) }
    let folds = try Folds(Targets(exclusive: labels), digests: digests, count: 3, seed: 9)
    let order = (0..<100).shuffled(using: &generator)
    let shuffled = try Folds(
      Targets(exclusive: order.map { labels[$0] }), digests: order.map { digests[$0] }, count: 3, seed: 9)
    #expect(order.map { folds.assignments[$0] } == shuffled.assignments)
    let other = try Folds(Targets(exclusive: labels), digests: digests, count: 3, seed: 10)
    #expect(other.assignments != folds.assignments)
  }

  @Test func refusesWhatCannotBeDealt() throws {
    let targets = Targets(exclusive: [0, 0, 0])
    #expect(
      try #require(throws: DatelineError.self) { try Folds(targets, digests: [1, 2, 3], count: 1, seed: 0) }.code
        == .usage)
    #expect(throws: DatelineError.self) { try Folds(targets, digests: [1, 1, 2], count: 3, seed: 0) }
    #expect(try Folds(targets, digests: [1, 2, 3], count: 3, seed: 0).assignments.sorted() == [0, 1, 2])
  }
}
