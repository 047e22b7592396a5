/// Text without tags: a page that was copied, or plain text.
struct TextPage {
  private let text: UnsafeBufferPointer<UInt8>

  /// - Parameter text: Valid UTF-8, without NUL.
  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  func extracted(explains: Bool) -> ExtractedPage {
    let lines = lines()
    guard PastedPage.isPasted(lines) else {
      var page = ExtractedPage(kind: .text, title: nil, body: String(decoding: text, as: UTF8.self), blocks: [])
      if explains {
        page.blocks = lines.filter { $0.kind != .blank }.map {
          PageBlock(text: string($0), role: .body, reason: "plain text stays as it is")
        }
      }
      return page
    }
    let decisions = PastedPage(lines).decisions()
    var page = ExtractedPage(kind: .pastedText, body: "", blocks: [])
    for (line, decision) in zip(lines, decisions) where line.kind != .blank {
      switch decision.role {
      case .title: page.title = string(line)
      case .body: page.body += (page.body.isEmpty ? "" : "\n\n") + string(line)
      case .dropped: break
      }
      if explains { page.blocks.append(PageBlock(text: string(line), role: decision.role, reason: decision.reason)) }
    }
    return page
  }

  private func lines() -> [TextLine] {
    var lines: [TextLine] = []
    var start = 0
    while start < text.count {
      let end = text.first(UInt8(ascii: "\n"), from: start) ?? text.count
      lines.append(TextLine(text, start..<end))
      start = end + 1
    }
    return lines
  }

  private func string(_ line: TextLine) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: text[line.range]), as: UTF8.self)
  }
}
