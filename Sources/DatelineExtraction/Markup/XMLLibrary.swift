internal import CXML
internal import DatelineCore
internal import Glibc

/// The libxml2 of the system, opened when the first page in HTML is read.
///
/// Plain text needs none of it. A libxml2 that a program is linked to is loaded at every start, with ICU and the C++
/// library that it is built on: that takes longer than to open a model and classify a headline. What `Tools/install`
/// builds is not linked to it; other builds are, as pkg-config says.
struct XMLLibrary: @unchecked Sendable {
  // Unchecked: addresses that never change; the calls themselves may be made from any thread once the library is set up.
  let calls: dateline_xml_calls

  /// - Throws: ``DatelineError`` where the system has no libxml2 of the headers' interface.
  static func open() throws(DatelineError) -> XMLLibrary {
    try shared.get()
  }

  private static let shared = Result { () throws(DatelineError) in try XMLLibrary() }

  /// Stays open as long as the process lives. libxml2 sets itself up once, before threads use it.
  private init() throws(DatelineError) {
    guard let library = dlopen(DATELINE_XML_LIBRARY, RTLD_NOW | RTLD_LOCAL) else {
      throw XMLLibrary.error("cannot be opened: is libxml2 installed?", cause: dlerror().map { String(cString: $0) })
    }
    var calls = dateline_xml_calls()
    guard dateline_xml_find(library, &calls) else {
      throw XMLLibrary.error("lacks some of its functions: is it another library, or one without HTML?")
    }
    calls.initialize()
    self.calls = calls
  }

  private static func error(_ problem: String, cause: String? = nil) -> DatelineError {
    DatelineError(
      .missingInput, "a page in HTML is read with libxml2, and \(DATELINE_XML_LIBRARY) \(problem)", cause: cause)
  }
}
