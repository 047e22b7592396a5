import DatelineCore
import DatelineData
import Glibc
import Testing

@Suite struct TextAndFolderTests {
  let labelled = ReaderOptions(labelField: "topic", requiresLabel: true)

  @Test func aFileOfTextIsOneDocument() throws {
    #expect(try read("Two\nlines\n", as: "note.txt") == [Row(id: "note.txt", body: "Two\nlines\n")])
    #expect(try read("", as: "note.txt") == [])
    #expect(try read("abc", as: "note", pieceSize: 1) == [Row(id: "note", body: "abc")])
  }

  @Test func textHasNoLabelsAndNoFields() throws {
    #expect(try readError("words", as: "note.txt", labelled).message.contains("plain text, which carries no labels"))
    #expect(try readError("words", as: "note.txt", ReaderOptions(textFields: ["a"])).message.contains("--text-fields"))
    #expect(try readError("words", as: "note.txt", ReaderOptions(split: .test)).message.contains("--split test"))
    #expect(try read("words", as: "note.txt", ReaderOptions(labelField: "topic")).map(\.labels) == [nil])
  }

  @Test func emptyFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", "words")
    try folder.write("b.txt", "")
    let reading = try read([folder.path])
    #expect(reading.rows.map(\.body) == ["words"])
    #expect(reading.summary.empty == ["\(folder.path)/b.txt"])
  }

  @Test func aNameThatIsNotUTF8IsPassedOver() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", "words")
    let name = "\(folder.path)/b".utf8.map { CChar(bitPattern: $0) } + [CChar(bitPattern: 0xFF), 0]
    let descriptor = open(name, O_WRONLY | O_CREAT, 0o644)
    try #require(descriptor >= 0)
    close(descriptor)
    defer { unlink(name) }
    let reading = try read([folder.path])
    #expect(reading.rows.map(\.body) == ["words"])
    #expect(reading.summary.ignored == ["\(folder.path)/b\u{FFFD}"])
  }

  private func newsgroups() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("train/rec.autos/101", "cars")
    try folder.write("train/rec.autos/100", "car")
    try folder.write("train/alt.misc/100", [UInt8(ascii: "c"), 0xE9, 0x93])
    try folder.write("train/alt.misc/.hidden", "x")
    try folder.write("train/README", "about")
    return folder
  }

  @Test func aFolderPerLabelIsFoundOut() throws {
    let folder = try newsgroups()
    let reading = try read(["\(folder.path)/train"], CorpusOptions(reader: labelled))
    #expect(
      reading.rows == [
        Row(id: "alt.misc/100", body: "cé“", labels: ["alt.misc"]),
        Row(id: "rec.autos/100", body: "car", labels: ["rec.autos"]),
        Row(id: "rec.autos/101", body: "cars", labels: ["rec.autos"]),
      ])
    #expect(
      reading.summary.sources == [
        CorpusSummary.Source(path: "\(folder.path)/train", format: "folder", documents: 3)
      ])
    #expect(reading.summary.ignored == ["\(folder.path)/train/README", "\(folder.path)/train/alt.misc/.hidden"])
    // Nor does the folder above hold the labels "train/alt.misc" and "train/rec.autos".
    let above = try read([folder.path + "/"], CorpusOptions(reader: labelled))
    #expect(above.rows.map(\.labels) == reading.rows.map(\.labels))
    #expect(above.rows.map(\.id) == ["train/alt.misc/100", "train/rec.autos/100", "train/rec.autos/101"])
    #expect(try read(["\(folder.path)/train"]).rows.map(\.labels) == [nil, nil, nil])
  }

  /// A pipe could be read for ever, and what only begins like a notice is a document. Nothing is opened here.
  @Test func whatAFolderHolds() throws {
    let folder = try TemporaryFolder()
    for name in ["a.txt", "License.md", "notice-of-strike.html"] { try folder.write("f/\(name)", "words") }
    let path = folder.path + "/f"
    try #require(mkfifo(path + "/pipe", 0o600) == 0)
    try #require(symlink("nowhere", path + "/link") == 0)
    let found = try Corpus([path], options: CorpusOptions(format: "text")).files()
    #expect(found.files == ["a.txt", "link", "notice-of-strike.html"].map { "\(path)/\($0)" })
    #expect(found.ignored == ["License.md", "pipe"].map { "\(path)/\($0)" })
  }

  @Test func foldersInFoldersAreLabelsBelow() throws {
    let folder = try TemporaryFolder()
    try folder.write("Europe/Ukraine/1.txt", "a")
    try folder.write("Europe/2.txt", "b")
    let options = CorpusOptions(format: "folder", reader: labelled)
    let rows = try read([folder.path], options).rows
    #expect(rows.map(\.labels) == [["Europe"], ["Europe/Ukraine"]])
    try folder.write("loose.txt", "c")
    let error = try #require(throws: DatelineError.self) { try read([folder.path], options) }
    #expect(error.location?.file == "\(folder.path)/loose.txt")
    let file = try #require(throws: DatelineError.self) { try read(["\(folder.path)/loose.txt"], options) }
    #expect(file.code == .usage)
  }

  @Test func foldersOfTablesAreNoLabels() throws {
    let folder = try TemporaryFolder()
    try folder.write("eng/train.tsv", "topic\ttext\na\tb\n")
    try folder.write("deu/train.tsv", "topic\ttext\nc\td\n")
    let reading = try read([folder.path], CorpusOptions(reader: labelled))
    #expect(reading.rows.map(\.id) == ["deu/train.tsv:2", "eng/train.tsv:2"])
    #expect(reading.rows.map(\.labels) == [["c"], ["a"]])
    #expect(reading.summary.duplicateIdentifiers == 0)
  }

  @Test func otherFoldersAreReadFileByFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("b.jsonl", #"{"text":"json"}"#)
    try folder.write("a.txt", "text")
    try folder.write("B.csv", "text\ncsv\n")
    try folder.write("deep/c.txt", "deep")
    try folder.write("LICENSE", "all yours")
    let reading = try read([folder.path])
    #expect(reading.rows.map(\.id) == ["B.csv:2", "a.txt", "b.jsonl:1", "deep/c.txt"])
    #expect(reading.summary.sources.map(\.format) == ["csv", "text", "jsonl", "text"])
    #expect(reading.summary.sources.map(\.documents) == [1, 1, 1, 1])
    #expect(reading.summary.ignored == ["\(folder.path)/LICENSE"])
  }

  @Test func aNulInAMessageNamesTheFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/1", "fine")
    let path = try folder.write("a/2", [65, 10, 0, 66])
    let error = try #require(throws: DatelineError.self) { try read([folder.path], CorpusOptions(reader: labelled)) }
    #expect(error.location == .init(file: path, line: 2))
    #expect(error.message.contains("NUL"))
  }
}
