import DatelineCore
import DatelineExtraction

/// An extracted page for people and for programs.
struct PageText: Sendable {
  let format: OutputFormat
  let explains: Bool
  /// Whether people need to be told which page it is.
  let namesPages: Bool

  func bytes(_ page: ExtractedPage, name: String) -> [UInt8] {
    var bytes: [UInt8] = []
    switch format {
    case .json:
      json(page, name: name).write(into: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .text:
      if namesPages { bytes += "== \(name.printable)\n".utf8 }
      if explains { writeBlocks(page, into: &bytes) } else { writeStory(page, into: &bytes) }
    }
    return bytes
  }

  private func json(_ page: ExtractedPage, name: String) -> JSONValue {
    func string(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    var members: [(name: String, value: JSONValue)] = [
      ("title", string(page.title)), ("body", .string(page.body)), ("date", string(page.date)),
      ("language", string(page.language)), ("id", .string(name)), ("source", string(page.site)),
    ]
    if explains {
      members.append(("kind", .string(page.kind.rawValue)))
      members.append(
        (
          "blocks",
          .array(
            page.blocks.map { block in
              [
                "role": .string(block.role.rawValue), "reason": .string(block.reason), "text": .string(block.text),
              ]
            })
        ))
    }
    return .object(members)
  }

  private func writeStory(_ page: ExtractedPage, into bytes: inout [UInt8]) {
    if let title = page.title { bytes += "\(title.printable)\n\n".utf8 }
    // By bytes: a carriage return with a line feed is one character of a string.
    for line in page.body.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      bytes += String(Substring(line)).trimmingCarriageReturn.printable.utf8
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  private func writeBlocks(_ page: ExtractedPage, into bytes: inout [UInt8]) {
    bytes += "\(page.kind.rawValue)\n".utf8
    for block in page.blocks {
      let mark = [PageBlock.Role.title: "title", .body: "keep "][block.role] ?? "drop "
      let text = block.text.printable
      let shown = text.count > 80 ? "\(text.prefix(79))…" : text
      bytes += "  \(mark)  \(shown)\n           \(block.reason)\n".utf8
    }
  }
}

extension String {
  /// The line without the carriage return that it may end with.
  var trimmingCarriageReturn: String { utf8.last == UInt8(ascii: "\r") ? String(unicodeScalars.dropLast()) : self }
}
