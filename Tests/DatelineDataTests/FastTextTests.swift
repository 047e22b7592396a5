import DatelineCore
import Testing

@Suite struct FastTextTests {
  let labelled = ReaderOptions(labelField: "topic", requiresLabel: true)
  let several = ReaderOptions(labelField: "topic", requiresLabel: true, allowsSeveralLabels: true)

  @Test func readsLabelsAndWords() throws {
    #expect(
      try read("__label__sport  The  match \r\n\n__label__a/b x__label__y z", as: "train.txt", labelled) == [
        Row(id: "train.txt:1", body: "The  match", labels: ["sport"], line: 1),
        Row(id: "train.txt:3", body: "x__label__y z", labels: ["a/b"], line: 3),
      ])
  }

  @Test func labelsMayStandAnywhere() throws {
    let rows = try read("__label__a __label__b one\t__label__c two", as: "f", several)
    #expect(rows.map(\.body) == ["one two"])
    #expect(rows.map(\.labels) == [["a", "b", "c"]])
    // Without labels wanted they are still no part of the text.
    #expect(try read("__label__a __label__b one", as: "f").map(\.body) == ["one"])
  }

  @Test func refusesMissingAndBadLabels() throws {
    let cases = [
      ("just words", "no label"), ("__label__ words", "without a name"), ("__label__a __label__b w", "--multi-label"),
      ("__label__a//b w", "empty step"),
    ]
    for (line, message) in cases {
      let error = try readError("__label__x fine\n\(line)\n", as: "f", labelled)
      #expect(error.message.contains(message), "\(line): \(error.message)")
      #expect(error.line == 2 && error.field == "__label__")
    }
  }

  @Test func refusesNamesOfFields() throws {
    #expect(
      try readError("__label__x y", as: "f", ReaderOptions(textFields: ["text"])).message.contains("--text-fields"))
    #expect(try readError("__label__x y", as: "f", ReaderOptions(weightField: "w")).message.contains("weight"))
  }
}
