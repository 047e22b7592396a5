internal import CXML
internal import DatelineCore
internal import Glibc

/// The libxml2 of the system, opened when the first page in HTML is read.
///
/// Plain text needs none of it. A libxml2 that the command were linked to would be loaded at every start, with ICU and
/// the C++ library that it is built on: that takes longer than to open a model and classify a headline.
struct XMLLibrary: @unchecked Sendable {
  // Unchecked: addresses that never change; the calls themselves may be made from any thread once the library is set up.
  let calls: dateline_xml_calls

  /// - Throws: ``DatelineError`` where the system has no libxml2 of the headers' interface.
  static func open() throws(DatelineError) -> XMLLibrary {
    guard let shared else {
      throw DatelineError(
        .missingInput,
        "a page in HTML is read with libxml2, and \(DATELINE_XML_LIBRARY) is not on this system: install it (Debian: apt-get install libxml2)"
      )
    }
    return shared
  }

  private static let shared = XMLLibrary()

  /// Stays open as long as the process lives. libxml2 sets itself up once, before threads use it.
  private init?() {
    guard let library = dlopen(DATELINE_XML_LIBRARY, RTLD_NOW | RTLD_LOCAL) else { return nil }
    var calls = dateline_xml_calls()
    guard dateline_xml_find(library, &calls) else { return nil }
    calls.initialize()
    self.calls = calls
  }
}
