import DatelineCore
import Testing

/// Training and classifying with features of places.
@Suite struct PlacesTests {
  /// Headlines about four countries, each with its region; two are withheld from training if that is asked for.
  private func write(_ folder: TemporaryFolder, _ name: String = "train.jsonl", dateline: Bool = false) throws -> String
  {
    let countries = [
      ("Peru", "Lima", "Latin America/Peru"), ("Norway", "Oslo", "Europe/Norway"), ("Kenya", "Nairobi", "Africa/Kenya"),
      ("Japan", "Tokyo", "Asia/Japan"),
    ]
    let events = ["rain floods a market", "a bridge opens", "teachers go on strike", "a museum burns", "prices rise"]
    var lines = ""
    for number in 0..<80 {
      let (country, city, label) = countries[number % 4]
      let event = events[number % 5]
      let text =
        dateline
        ? "\(city.uppercased()), May \(1 + number % 28) - Today \(event)."
        : "In \(city) \(event), and people in \(country) talk about it on day \(number % 7)."
      let json: JSONValue = [
        "id": .string("p\(number)"), "title": .string(dateline ? "News" : "\(country): \(event)"),
        "text": .string(text), "region": .array([.string(label)]),
      ]
      lines += json.text + "\n"
    }
    return try folder.write(name, lines)
  }

  private func training(_ data: String, _ model: String, _ more: String...) -> [String] {
    [
      "train", "--data", data, "--facet", "region", "--output", model, "--multi-label", "--set", "C=10", "--set",
      "ngrams=1", "--folds", "2",
    ] + more
  }

  private func tags(_ model: String, _ text: String, _ folder: TemporaryFolder, _ more: String...) throws -> [String] {
    let path = try folder.write("one.txt", text)
    let arguments = ["classify", "--model", model, "--format", "json", "--input-format", "text"] + more + [path]
    let json = try expectSuccess(arguments).jsonLines()
    return json.first?["tags"]?["region"]?.elements?.compactMap { $0["label"]?.string } ?? []
  }

  @Test func countriesWithoutDocumentsAreFound() throws {
    let folder = try TemporaryFolder()
    let (data, model) = (try write(folder), folder.file("region.dateline"))
    let places = ["--plugin", "candidate-scorer", "--features", "places"]
    try expectSuccess(
      training(data, model, "--all-candidates", "--calibration", "none", "--thresholds", "fixed:0.1") + places)
    #expect(try tags(model, "In Oslo a bridge opens, and Norway talks.", folder).contains("Europe/Norway"))
    // No document is about it.
    #expect(try tags(model, "In Lisbon a bridge opens, and Portugal talks.", folder).contains("Europe/Portugal"))
    // Without the flag there are only the labels of the documents.
    let few = folder.file("few.dateline")
    try expectSuccess(training(data, few, "--calibration", "none", "--thresholds", "fixed:0.5") + places)
    #expect(try !tags(few, "In Lisbon a bridge opens, and Portugal talks.", folder).contains("Europe/Portugal"))
    #expect(try tags(few, "In Oslo a bridge opens, and Norway talks.", folder).contains("Europe/Norway"))
  }

  @Test func sameBytesForAnyNumberOfThreads() throws {
    let folder = try TemporaryFolder()
    let (data, model) = (try write(folder), folder.file("region.dateline"))
    var models: Set<[UInt8]> = []
    for threads in ["1", "2", "7"] {
      try expectSuccess(
        training(
          data, model, "--all-candidates", "--plugin", "candidate-scorer", "--features", "places", "--threads", threads)
      )
      models.insert(try folder.bytes("region.dateline"))
    }
    #expect(models.count == 1)
  }

  @Test func fixedThresholdsAndMinimums() throws {
    let folder = try TemporaryFolder()
    let (data, model) = (try write(folder), folder.file("region.dateline"))
    let places = ["--plugin", "candidate-scorer", "--features", "places", "--calibration", "none"]
    try expectSuccess(training(data, model, "--thresholds", "fixed:0.25", "--min-probability", "0.2") + places)
    let inspected = try expectSuccess(["inspect", model, "--format", "json"]).output
    #expect(inspected.contains("0.25"), "\(inspected)")
    #expect(try tags(model, "In Oslo a bridge opens, and Norway talks.", folder).contains("Europe/Norway"))
    #expect(try tags(model, "In Oslo a bridge opens.", folder, "--min-probability", "1") == [])
    try expectError(64, training(data, model, "--thresholds", "fixed:2") + places, "fixed")
    try expectError(64, training(data, model, "--min-probability", "1.5") + places, "--min-probability 1.5")
  }

  @Test func refusals() throws {
    let folder = try TemporaryFolder()
    let (data, model) = (try write(folder), folder.file("region.dateline"))
    try expectError(64, training(data, model, "--plugin", "candidate-scorer"), "--features places")
    let unknown = try Command.run(training(data, model, "--features", "moon"))
    #expect(
      unknown.code != 0 && unknown.errors.contains("moon") && unknown.errors.contains("places"), "\(unknown.errors)")
    let exclusive = ["train", "--data", data, "--facet", "region", "--output", model]
    try expectError(
      64, exclusive + ["--all-candidates", "--features", "places"], "--all-candidates needs --multi-label")
    try expectError(64, exclusive + ["--thresholds", "fixed:0.5"], "--thresholds needs --multi-label")
    #expect(folder.names == ["train.jsonl"])
  }

  /// The only thing that tells these documents apart is their dateline.
  @Test func datelinesAreIgnoredWhereThatIsAskedFor() throws {
    let folder = try TemporaryFolder()
    let data = try write(folder, "datelines.jsonl", dateline: true)
    func accuracy(_ more: [String]) throws -> Double {
      let model = folder.file("region.dateline")
      try expectSuccess(
        training(data, model, "--plugin", "candidate-scorer", "--features", "places") + more)
      let run = try expectSuccess(["evaluate", "--model", model, "--data", data, "--format", "json"] + more)
      return try #require(try run.json()["micro"]?["f1"]?.number)
    }
    #expect(try accuracy([]) > 0.95)
    #expect(try accuracy(["--ignore-dateline"]) < 0.7)
  }
}
