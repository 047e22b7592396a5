public import DatelineCore

/// Finds the story on a page: bytes in, headline and text out.
///
/// ```swift
/// let page = try PageExtractor().extract(bytes)
/// print(page.title ?? "", page.body)
/// ```
///
/// Takes pages in HTML, text that was copied from a page, and plain text, in any encoding, and finds out which it is.
/// Plain text passes through unchanged. Markup may be broken in any way.
///
/// Time and memory are linear in the length of the bytes, whatever they are: see the article on extraction. An extractor
/// holds no state, so one may serve all threads.
public struct PageExtractor: Sendable {
  /// What bytes are.
  public enum Input: String, Sendable, CaseIterable {
    /// HTML or text, whichever the bytes look like.
    case auto
    /// HTML, however little of it there is.
    case html
    /// Text. Signs such as `<` stand for themselves.
    case text
  }

  /// The largest page that is taken, in bytes.
  public static let maximumLength = 1 << 30

  private let input: Input
  private let explains: Bool

  /// An extractor.
  ///
  /// - Parameters:
  ///   - input: What bytes are.
  ///   - explains: Whether pages are to have all their blocks, with reasons. That takes a third more time.
  public init(input: Input = .auto, explains: Bool = false) {
    self.input = input
    self.explains = explains
  }

  /// The story on a page.
  ///
  /// - Complexity: O(*n*) for *n* bytes.
  /// - Throws: ``DatelineError/Code/invalidData`` for bytes that are no text, such as a picture, and for more than
  ///   ``maximumLength`` of them.
  public func extract(_ bytes: Span<UInt8>) throws(DatelineError) -> ExtractedPage {
    guard bytes.count <= PageExtractor.maximumLength else {
      throw DatelineError(
        .invalidData,
        "a page of \(bytes.count) bytes; expected at most \(PageExtractor.maximumLength): cut it into its articles")
    }
    return try bytes.withUnsafeBufferPointer { (buffer) throws(DatelineError) in try extract(buffer) }
  }

  /// The story on a page.
  ///
  /// - Complexity: O(*n*) for *n* bytes.
  /// - Throws: ``DatelineError/Code/invalidData`` for bytes that are no text, such as a picture, and for more than
  ///   ``maximumLength`` of them.
  public func extract(_ bytes: [UInt8]) throws(DatelineError) -> ExtractedPage { try extract(bytes.span) }

  private func extract(_ bytes: UnsafeBufferPointer<UInt8>) throws(DatelineError) -> ExtractedPage {
    let isMarkup = input == .html || input == .auto && FormatRecognizer.isHTML(bytes)
    guard let encoding = EncodingSniffer(bytes: bytes, isMarkup: isMarkup).sniff() else {
      return try extract(decoded: bytes)
    }
    let decoded = Transcoder.utf8(bytes, encoding) ?? Transcoder.utf8(bytes, .windows1252) ?? []
    return try decoded.withBuffer { (text) throws(DatelineError) in try extract(decoded: text) }
  }

  /// - Parameter text: Valid UTF-8.
  private func extract(decoded text: UnsafeBufferPointer<UInt8>) throws(DatelineError) -> ExtractedPage {
    let markLength = text.hasPrefix("\u{FEFF}", at: 0) ? 3 : 0
    let text = UnsafeBufferPointer(rebasing: text[markLength...])
    let looksLikeMarkup = input != .text && FormatRecognizer.isHTML(text)
    let hasNUL = text.first(0, from: 0) != nil
    // A picture is refused whatever it is called; browsers forgive a page a NUL.
    if looksLikeMarkup || input == .html && !hasNUL {
      return HTMLPage(try PageReader.tree(text)).extracted(explains: explains)
    }
    guard !hasNUL else {
      throw DatelineError(
        .invalidData, "a NUL byte, which text does not hold: is this a picture or another binary file?")
    }
    return TextPage(text).extracted(explains: explains)
  }
}
