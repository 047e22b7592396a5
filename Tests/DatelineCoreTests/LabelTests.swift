import DatelineCore
import Testing

@Suite struct LabelTests {
  @Test func paths() throws {
    let label = try Label("Europe/Ukraine/Kyiv")
    #expect(label.depth == 3)
    #expect(label.parent?.path == "Europe/Ukraine")
    #expect(label.ancestors.map(\.path) == ["Europe/Ukraine", "Europe"])
    #expect(try Label("sport").parent == nil)
    #expect(try Label("sport").depth == 1)
    #expect(try Label("sport").ancestors.isEmpty)
  }

  @Test(arguments: ["", "/", "/a", "a/", "a//b"])
  func emptySteps(path: String) {
    #expect(failure { () throws(DatelineError) in try Label(path) }.code == .invalidData)
  }

  @Test func length() throws {
    _ = try Label(String(repeating: "é", count: 500))
    let error = failure { () throws(DatelineError) in try Label(String(repeating: "é", count: 500) + "x") }
    #expect(error.message.contains("1001 bytes"))
  }

  @Test func orderIsThatOfBytes() throws {
    let sorted = try ["Z", "a", "a/b", "ab", "é", "中", "😀"].map { try Label($0) }
    #expect(sorted.shuffled().sorted() == sorted)
  }

  @Test func equalityIsThatOfBytes() throws {
    let composed = try Label("caf\u{E9}")
    let decomposed = try Label("cafe\u{301}")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(decomposed < composed)
    for order in [[composed, decomposed], [decomposed, composed]] {
      let domain = try Domain(facet: Facet("topic"), kind: .exclusive, labels: order)
      #expect(domain.index(of: decomposed) == 0 && domain.index(of: composed) == 1)
    }
  }

  @Test func aMarkBehindASlashHidesNoStep() throws {
    let label = try Label("a/\u{301}b")
    #expect(label.depth == 2)
    #expect(label.parent?.path == "a")
    #expect(failure { () throws(DatelineError) in try Label("a//\u{301}b") }.code == .invalidData)
  }

  @Test func facets() throws {
    for name in ["topic", "région", "my-facet_2.0", "主題", String(repeating: "x", count: 100)] {
      #expect(try Facet(name).name == name)
    }
    for name in ["", "a b", "a/b", "a\n", "a:b", "😀", String(repeating: "x", count: 101)] {
      #expect(failure { () throws(DatelineError) in try Facet(name) }.code == .usage)
    }
  }

  @Test func domains() throws {
    let domain = try domain(["b", "a", "b", "c/d"])
    #expect(domain.labels.map(\.path) == ["a", "b", "c/d"])
    #expect(domain.count == 3 && domain.isHierarchical)
    for (index, label) in domain.labels.enumerated() { #expect(domain.index(of: label) == index) }
    for other in ["0", "aa", "c", "d"] { #expect(try domain.index(of: Label(other)) == nil) }
    let error = failure { () throws(DatelineError) in
      try Domain(facet: Facet("topic"), kind: .multiLabel, labels: [])
    }
    #expect(error.code == .invalidData && error.message.contains("--label-field"))
  }

  @Test func indicesOfManyLabels() throws {
    let names = (0..<300).map { "label-\($0)" }
    let domain = try domain(names.shuffled())
    #expect(domain.labels.map(\.path) == names.sorted())
    for (index, label) in domain.labels.enumerated() { #expect(domain.index(of: label) == index) }
  }
}
