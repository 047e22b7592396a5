import DatelineArtifacts
import DatelineCore
import Glibc

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A folder that goes away with its value.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/dateline-tests-XXXXXX\0".utf8CString)
    path = String(cString: mkdtemp(&template))
  }

  deinit {
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }

  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

func readFile(_ path: String) -> [UInt8]? {
  guard let file = fopen(path, "rb") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes += buffer.prefix(count)
  }
}

func writeFile(_ path: String, _ bytes: [UInt8]) {
  guard let file = fopen(path, "wb") else { return }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
}

/// A small model with odd lengths, an empty section in the middle and one at the end.
let sampleManifest: JSONValue = [
  "facet": "topic", "labels": ["économie", "sport/football"], "threshold": 0.25,
  "nested": ["a": [1, 2, nil], "b": true],
]
let samplePayloads: [Payload] = [
  Payload(name: "linear.bias", [0.5, -1.25, 3e-7] as [Double]),
  Payload(name: "empty", bytes: []),
  Payload(name: "vocabulary_1", bytes: Array("ein Wort, zwei Wörter".utf8)),
  Payload(name: "weights-2", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17] as [Float]),
  Payload(name: "last", bytes: []),
]
