import DatelineCore
import DatelineExtraction
import Glibc

// Prints what learning the page model needs: for each file a line of JSON with the names of the features, then one for
// each block of text.
//
//     PageFeatures FILE...
for path in CommandLine.arguments.dropFirst() {
  guard let file = fopen(path, "rb") else {
    throw DatelineError(.missingInput, "cannot be opened", at: .init(file: path))
  }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
  fclose(file)
  print(try PageFeatures.jsonLines(ofPage: bytes, named: path), terminator: "")
}
