internal import CXML
internal import DatelineCore

/// Runs libxml2's HTML parser over a page. This file is the only one that calls it (``XMLLibrary`` opens it).
///
/// The parser reports tags and text and builds no tree of its own: its tree takes twice the time of its events and
/// several times the memory of ours, which has a few dozen bytes for each element.
enum HTMLParser {
  /// How deep elements may nest. The parser searches the open elements for every end tag, so without a limit the time
  /// for hostile pages would grow with the square of their length. What is deeper becomes a sibling.
  private static let maximumDepth: Int32 = 256

  /// The tree of a page.
  ///
  /// - Parameter page: Clean UTF-8.
  static func parse(_ page: MarkupCleaner.CleanPage) throws(DatelineError) -> PageTree {
    let markup = page.markup
    guard !markup.isEmpty else { return PageTree() }
    let xml = try XMLLibrary.open().calls
    guard markup.count < Int(Int32.max), let context = xml.new_context() else {
      throw DatelineError(.internal, "the HTML parser cannot be started: there is not enough memory")
    }
    let sink = UnsafeMutablePointer<Sink>.allocate(capacity: 1)
    sink.initialize(to: Sink(context, page.runs))
    defer {
      sink.deinitialize(count: 1)
      sink.deallocate()
      if let document = context.pointee.myDoc { xml.free_document(document) }
      xml.free_context(context)
    }
    context.pointee.sax.pointee = handler
    context.pointee.userData = UnsafeMutableRawPointer(sink)
    let options = HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
    markup.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // Broken markup is repaired and not reported, so there is nothing to do with the result.
        _ = xml.read_memory(
          context, characters.baseAddress, Int32(characters.count), nil, "UTF-8", Int32(options))
      }
    }
    return sink.pointee.finish()
  }

  /// What the parser's calls work on.
  private struct Sink {
    private var builder = PageTreeBuilder()
    private let context: htmlParserCtxtPtr
    private var runs: TextRuns.Reader

    init(_ context: htmlParserCtxtPtr, _ runs: TextRuns) {
      self.context = context
      self.runs = TextRuns.Reader(runs)
    }

    mutating func start(_ kind: ElementKind, _ attributes: SAXAttributes) {
      runs.endText { builder.text($0) }
      builder.start(kind, attributes)
      if limitDepth() { builder.end(kind) }
    }

    mutating func end(_ kind: ElementKind) {
      runs.endText { builder.text($0) }
      builder.end(kind)
    }

    mutating func finish() -> PageTree {
      runs.endText { builder.text($0) }
      return builder.finish()
    }

    mutating func text(_ text: UnsafeBufferPointer<UInt8>) { runs.resolve(text) { builder.text($0) } }

    /// Takes the newest of too many open elements from the parser's stack, where it has just been put.
    private func limitDepth() -> Bool {
      let depth = context.pointee.nameNr
      guard depth > HTMLParser.maximumDepth, let names = context.pointee.nameTab else { return false }
      context.pointee.nameNr = depth - 1
      context.pointee.name = names[Int(depth) - 2]
      return true
    }
  }

  private static var handler: htmlSAXHandler {
    var handler = htmlSAXHandler()
    handler.startElement = { data, name, attributes in
      guard let data, let name else { return }
      data.assumingMemoryBound(to: Sink.self).pointee.start(ElementKind(name: name), SAXAttributes(attributes))
    }
    handler.endElement = { data, name in
      guard let data, let name else { return }
      data.assumingMemoryBound(to: Sink.self).pointee.end(ElementKind(name: name))
    }
    handler.characters = { data, text, count in
      guard let data, let text else { return }
      data.assumingMemoryBound(to: Sink.self).pointee.text(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    handler.ignorableWhitespace = handler.characters
    return handler
  }
}
