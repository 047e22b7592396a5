import DatelineArtifacts
import DatelineCore
import DatelineVectors
import Glibc
import Testing

@Suite struct FileSystemTests {
  private let folder = TemporaryFolder()

  private func write(_ path: String, _ payload: UInt8 = 1) throws(DatelineError) {
    try ArtifactWriter.write(manifest: [:], payloads: [Payload(name: "p", bytes: [payload])], to: path)
  }

  private func writeRefusal(_ path: String) -> DatelineError? {
    #expect(throws: DatelineError.self) { try write(path) }
  }

  @Test func missingFolder() {
    let error = writeRefusal(folder.path + "/none/model")
    #expect(error?.code == .inputOutput)
    #expect(error?.description.contains("the folder \"\(folder.path)/none\" is not there") == true)
    #expect(folder.names.isEmpty)
  }

  @Test func folderThatIsAFile() {
    writeFile(folder.path + "/file", [1])
    #expect(writeRefusal(folder.path + "/file/model") != nil)
    #expect(folder.names == ["file"])
    #expect(readFile(folder.path + "/file") == [1])
  }

  @Test func anExistingFileSurvivesAFailedWrite() throws {
    let path = folder.path + "/model"
    try write(path)
    let old = readFile(path)
    #expect(throws: DatelineError.self) {
      try ArtifactWriter.write(manifest: [1], payloads: [], to: path)
    }
    #expect(readFile(path) == old)
    #expect(folder.names == ["model"])
  }

  @Test func replacing() throws {
    let path = folder.path + "/model"
    try write(path, 1)
    chmod(path, 0o640)
    let first = try ArtifactFile.open(path)
    try write(path, 2)
    #expect(try ArtifactFile.open(path).bytes("p").array() == [2])
    #expect(try first.bytes("p").array() == [1], "whoever has the old file open keeps it")
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640, "a replaced file keeps its permissions")
    #expect(folder.names == ["model"])
  }

  @Test func symbolicLinks() throws {
    let path = folder.path + "/model"
    let link = folder.path + "/link"
    try write(path, 1)
    #expect(symlink("model", link) == 0)
    try write(link, 2)
    #expect(try ArtifactFile.open(path).bytes("p").array() == [2])
    var status = stat()
    #expect(lstat(link, &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK, "the link stays a link")
    #expect(symlink("nowhere", folder.path + "/dangling") == 0)
    #expect(writeRefusal(folder.path + "/dangling")?.message.contains("symbolic link") == true)
    #expect(folder.names == ["dangling", "link", "model"])
  }

  @Test func thingsThatAreNoFiles() {
    #expect(writeRefusal(folder.path)?.message.contains("a folder") == true)
    #expect(writeRefusal("/dev/null")?.message.contains("a device") == true)
    #expect(writeRefusal("")?.code == .usage)
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    #expect(writeRefusal(folder.path + "/pipe")?.message.contains("a pipe") == true)
    #expect(folder.names == ["pipe"])
    func openRefusal(_ path: String) -> DatelineError? {
      #expect(throws: DatelineError.self) { try ArtifactFile.open(path) }
    }
    #expect(openRefusal(folder.path)?.message.contains("a folder") == true)
    #expect(openRefusal("/dev/null")?.message.contains("a device") == true)
    #expect(openRefusal(folder.path + "/pipe")?.message.contains("a pipe") == true)
    #expect(openRefusal(folder.path + "/none")?.code == .missingInput)
    #expect(openRefusal("")?.code == .usage)
    writeFile(folder.path + "/empty", [])
    #expect(
      openRefusal(folder.path + "/empty")?.description == "\(folder.path)/empty: an empty file: copy the model again")
  }

  @Test func twoWritersAtOnce() async throws {
    let path = folder.path + "/model"
    await withTaskGroup(of: Void.self) { group in
      for payload in UInt8(0)..<16 {
        group.addTask {
          try? ArtifactWriter.write(
            manifest: [:], payloads: [Payload(name: "p", bytes: .init(repeating: payload, count: 1000))], to: path)
        }
      }
    }
    let content = try ArtifactFile.open(path).bytes("p").array()
    #expect(Set(content).count == 1)
    #expect(folder.names == ["model"])
  }

  @Test func leftOversOfAKilledProcessAreNoObstacle() throws {
    let path = folder.path + "/model"
    for number in 0..<200 { writeFile("\(path).tmp-\(getpid())-\(number)", [0]) }
    try write(path)
    try ArtifactFile.open(path).verifyAll()
  }
}
