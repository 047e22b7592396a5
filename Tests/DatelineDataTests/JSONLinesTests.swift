import DatelineCore
import Testing

@Suite struct JSONLinesTests {
  let labelled = ReaderOptions(labelField: "topic", requiresLabel: true)
  let several = ReaderOptions(labelField: "topic", requiresLabel: true, allowsSeveralLabels: true)

  @Test func readsTheUsualFields() throws {
    let rows = try read(
      """
      {"id": "a1", "date": "2024-05-01", "source": "wire", "title": "Rain", "text": "It rained.", "topic": "weather"}
      {"id": 17, "headline": "Sun", "content": "It shone.", "url": "http://x", "topic": "weather"}

      {"text":"No title","topic":"none at all"}
      """, as: "news.jsonl", labelled)
    #expect(
      rows == [
        Row(
          id: "a1", title: "Rain", body: "It rained.", date: "2024-05-01", source: "wire", labels: ["weather"], line: 1),
        Row(id: "17", title: "Sun", body: "It shone.", source: "http://x", labels: ["weather"], line: 2),
        Row(id: "news.jsonl:4", body: "No title", labels: ["none at all"], line: 4),
      ])
  }

  @Test func skipsWhatIsNotWanted() throws {
    let rows = try read(
      #"{"a":{"text":"inner","b":[1,{"c":null}]},"n":-1.5e-3,"t":true,"e":[],"o":{},"text":"outer","text":"second"}"#,
      as: "x.jsonl")
    #expect(rows == [Row(id: "x.jsonl:1", body: "outer", line: 1)])
  }

  /// Names are expected where the record before had them, and found where they are.
  @Test func recordsNeedNotResembleOneAnother() throws {
    let seed: UInt64 = 41
    var generator = SeededGenerator(state: seed)
    let long = String(repeating: "n", count: 4_095)
    let names = ["id", "title", "text", "topic", "t\\u0065xt", "other", "titles", "te", "", long, long + "n"]
    for round in 0..<40 {
      let lines = (0..<Int.random(in: 1...12, using: &generator)).map { line in
        // Often the same members as before, at times others, in another order, or with other white space.
        var members = ["id", "title", "text", "topic"]
        if Int.random(in: 0..<3, using: &generator) == 0 {
          let count = Int.random(in: 0..<20, using: &generator) == 0 ? 70 : 3
          members = ["id", "text"] + (0..<count).map { _ in names.randomElement(using: &generator) ?? "" }
          members.shuffle(using: &generator)
        }
        let space = ["  ", " ", " ", " ", "\t", " \r", ""].randomElement(using: &generator) ?? ""
        let fields = members.enumerated().map { "\(space)\"\($1)\":\(space)\"\(line) \($1) \($0)\"" }
        return "{\(fields.joined(separator: ",")) }"
      }
      let together = try read(lines.joined(separator: "\n"), as: "x.jsonl", ReaderOptions(labelField: "topic"))
      let apart = try lines.map { try #require(try read($0, as: "x.jsonl", ReaderOptions(labelField: "topic")).first) }
      func unnumbered(_ rows: [Row]) -> [Row] {
        rows.map { row in
          var row = row
          row.line = 0
          return row
        }
      }
      #expect(unnumbered(together) == unnumbered(apart), "round \(round), seed \(seed): \(lines)")
    }
  }

  @Test func decodesEscapes() throws {
    let rows = try read(
      #"{"id":"\u0041\/","t\u0065xt":"q\" b\\ n\n t\t r\r f\f b\b é \u00e9 \ud83d\ude00 \ud83dx \udc00 \ud83d\u0041 end\\"}"#,
      as: "x.jsonl")
    #expect(rows.count == 1)
    #expect(rows.first?.id == "A/")
    #expect(
      rows.first?.body == "q\" b\\ n\n t\t r\r f\u{0C} b\u{08} é é 😀 \u{FFFD}x \u{FFFD} \u{FFFD}A end\\")
  }

  @Test func labelsMayBeStringsNumbersFlagsAndArrays() throws {
    let text = """
      {"text":"a","topic":" sport "}
      {"text":"b","topic":3}
      {"text":"c","topic":false}
      {"text":"d","topic":["x/y"]}
      """
    #expect(try read(text, as: "x.jsonl", labelled).map(\.labels) == [["sport"], ["3"], ["false"], ["x/y"]])
    let many = """
      {"text":"a","topic":["p", "q\\u0072" ,2]}
      {"text":"b","topic":[]}
      {"text":"c","topic":"single"}
      """
    #expect(try read(many, as: "x.jsonl", several).map(\.labels) == [["p", "qr", "2"], [], ["single"]])
  }

  @Test func labelsAreLeftAloneWhenNotWanted() throws {
    let rows = try read(#"{"text":"a","topic":["p","q"]}"#, as: "x.jsonl")
    #expect(rows.map(\.labels) == [nil])
    let optional = ReaderOptions(labelField: "topic")
    #expect(
      try read("{\"text\":\"a\"}\n{\"text\":\"b\",\"topic\":null}", as: "x.jsonl", optional).map(\.labels) == [
        nil, nil,
      ])
  }

  @Test(arguments: [
    (#"{"text":"a"}"#, "no label (missing)"), (#"{"text":"a","topic":null}"#, "no label (null)"),
    (#"{"text":"a","topic":""}"#, "no label (empty)"), (#"{"text":"a","topic":"  "}"#, "no label (empty)"),
    (#"{"text":"a","topic":[]}"#, "no label (an array)"), (#"{"text":"a","topic":["x","y"]}"#, "--multi-label"),
    (#"{"text":"a","topic":{"x":1}}"#, "an object where a label"), (#"{"text":"a","topic":"x//y"}"#, "empty step"),
    (#"{"text":"a","topic":"/y"}"#, "empty step"), (#"{"text":"a","topic":"y/"}"#, "empty step"),
    (#"{"text":"a","topic":[["x"]]}"#, "an array in an array"), (#"{"text":"a","topic":[""]}"#, "an empty label"),
  ])
  func refusesBadLabels(_ line: String, _ message: String) throws {
    let error = try readError("{\"text\":\"fine\",\"topic\":\"t\"}\n\(line)\n", as: "x.jsonl", labelled)
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.line == 2)
    #expect(error.field == "topic")
  }

  @Test func refusesMissingLabelsOfMultiLabelFacetsToo() throws {
    #expect(try readError(#"{"text":"a","topic":null}"#, as: "x.jsonl", several).field == "topic")
    #expect(try readError(#"{"text":"a"}"#, as: "x.jsonl", several).message.contains("no label"))
  }

  @Test func refusesLongLabels() throws {
    let long = String(repeating: "x", count: 1001)
    #expect(
      try readError("{\"text\":\"a\",\"topic\":\"\(long)\"}", as: "x.jsonl", labelled).message.contains("1001 bytes"))
    #expect(try read("{\"text\":\"a\",\"topic\":\"\(long.dropLast())\"}", as: "x.jsonl", labelled).count == 1)
  }

  @Test(arguments: [
    (#"{"text":"a""#, "does not end on its line"), (#"["a"]"#, "expected \"{\""), (#"{"text":"a}"#, "without an end"),
    (#"{"text":"a"} x"#, "more text behind"), (#"{"text" "a"}"#, "expected \":\""), (#"{text:"a"}"#, "name of a field"),
    (#"{"text":"a",}"#, "name of a field"), (#"{"text":"a" "b":1}"#, "expected \",\""),
    (#"{"text":"\x"}"#, "unknown escape"),
    (#"{"text":"\u12"}"#, "four hexadecimal"), (#"{"text":"a","n":01}"#, "expected"),
    (#"{"text":"a","n":1.}"#, "digits"),
    (#"{"text":"a","n":1e}"#, "exponent"), (#"{"text":"a","n":tru}"#, "expected true"),
    (#"{"text":"a","n":[1}"#, "in an array"),
    (#"{"text":"a","n":{"b":1]}"#, "in an object"), (#"{"text":"a","n":}"#, "expected a value"),
    (#"{"text":"a","n":"#, "a value is expected"),
    (#"{"text":"a\"}"#, "without an end"),
    // What was cut off within an escape.
    (#"{"text":"abc\"#, "has to stand on one line"), (#"{"text":"abc\q def"#, "has to stand on one line"),
    (#"{"text":"abc\u00"#, "has to stand on one line"), (#"{"te\qxt:1}"#, "has to stand on one line"),
    (#"{"text":"abc\u00"}"#, "four hexadecimal"), (#"{"text":"abc\q" def"#, "unknown escape"),
  ])
  func refusesBrokenSyntax(_ line: String, _ message: String) throws {
    let error = try readError("{\"text\":\"fine\"}\r\n\n\(line)\n{\"text\":\"fine\"}", as: "x.jsonl")
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.line == 3)
  }

  @Test func refusesDeepNesting() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(try readError("{\"n\":\(deep)", as: "x.jsonl").message.contains("levels of nesting"))
    let fine = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(try read("{\"n\":\(fine),\"text\":\"a\"}", as: "x.jsonl").count == 1)
  }

  @Test func namesTheFieldsOfARecordWithoutText() throws {
    let error = try readError(#"{"id":1,"bo\u0064i":"x"}"#, as: "x.jsonl")
    #expect(
      error.message.contains(#"none of the text fields "title", "headline", "text", "body", "content", "description""#))
    #expect(error.message.contains(#"it has "id", "bodi""#), "\(error.message)")
    #expect(error.line == 1)
    #expect(try readError("{}", as: "x.jsonl").message.contains("it is empty"))
  }

  @Test func refusesTextAndIdentifiersOfOtherTypes() throws {
    let text = try readError(#"{"text":5}"#, as: "x.jsonl")
    #expect(text.message.contains("a number where text is expected") && text.field == "text")
    let id = try readError(#"{"text":"a","id":[1]}"#, as: "x.jsonl")
    #expect(id.message.contains("an array") && id.field == "id")
    #expect(
      try read(#"{"text":"a","id":null,"source":{"name":"x"},"date":[1]}"#, as: "x.jsonl") == [
        Row(id: "x.jsonl:1", body: "a", line: 1)
      ])
  }

  @Test func takesTheTextFieldsThatAreNamed() throws {
    let line = #"{"lead":"L","title":"T","text":"X","extra":"E"}"#
    func fields(_ names: [String]) throws -> [String] {
      let rows = try read(line, as: "x.jsonl", ReaderOptions(textFields: names))
      return rows.flatMap { [$0.title, $0.body] }
    }
    #expect(try fields(["lead"]) == ["", "L"])
    #expect(try fields(["title"]) == ["", "T"])
    #expect(try fields(["lead", "text"]) == ["L", "X"])
    #expect(try fields(["lead", "title", "text"]) == ["T", "L\nX"])
    #expect(try fields(["lead", "absent", "text", "extra"]) == ["L", "X\nE"])
  }

  @Test func theBodyIsTheFirstUsualFieldThatIsThere() throws {
    let rows = try read(
      """
      {"description":"D","content":"C","body":"B","text":null}
      {"description":"D","headline":"H","title":null}
      {"title":"T"}
      """, as: "x.jsonl")
    #expect(rows.map(\.body) == ["B", "D", ""])
    #expect(rows.map(\.title) == ["", "H", "T"])
  }

  @Test func readsWeights() throws {
    let options = ReaderOptions(weightField: "w")
    #expect(
      try read("{\"text\":\"a\",\"w\":0.25}\n{\"text\":\"b\",\"w\":\"3\"}", as: "x.jsonl", options).map(\.weight) == [
        0.25, 3,
      ])
    for bad in ["-1", "\"x\"", "null", "1e999", "true"] {
      let error = try readError("{\"text\":\"a\",\"w\":\(bad)}", as: "x.jsonl", options)
      #expect(error.field == "w" && error.message.contains("weight"), "\(bad): \(error.message)")
    }
    #expect(try readError("{\"text\":\"a\"}", as: "x.jsonl", options).field == "w")
  }

  @Test func oneFieldMayPlaySeveralParts() throws {
    let rows = try read(#"{"text":"a","source":"wire"}"#, as: "x.jsonl", ReaderOptions(labelField: "source"))
    #expect(rows == [Row(id: "x.jsonl:1", body: "a", source: "wire", labels: ["wire"], line: 1)])
  }

  @Test func saysWhatToDoAboutAnArray() throws {
    let error = try readError("[\n {\"text\":\"a\"}\n]", as: "all.json")
    #expect(error.message.contains("jq -c '.[]'"))
    #expect(try readError("[{\"text\":\"a\"}]", as: "unknown").message.contains("jq -c"))
  }

  @Test func aSplitIsRefused() throws {
    #expect(
      try readError("{\"text\":\"a\"}", as: "x.jsonl", ReaderOptions(split: .train)).message.contains("--split train"))
  }
}
