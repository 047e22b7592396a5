import DatelineCore
import Testing

@testable import DatelineText

/// One table for all tests: filling it in takes time.
let tokenizer = WordTokenizer()

extension TokenBuffer {
  /// The tokens of some bytes, with their normalised forms.
  init(_ bytes: [UInt8], _ tokenizer: WordTokenizer = tokenizer) {
    self.init()
    keepsNormalizedText = true
    tokenizer.tokenize(bytes.span, into: &self)
  }

  /// The normalised forms, byte by byte: Swift's strings would call equivalent ones equal.
  var forms: [[UInt8]] {
    zip([0] + normalizedEnds, normalizedEnds).map { Array(normalizedText[$0..<$1]) }
  }
}

/// Expects the normalised tokens of a text, byte by byte, and fingerprints that belong to them.
func expectWords(
  _ text: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  let buffer = TokenBuffer(Array(text.utf8))
  let forms = buffer.forms
  #expect(
    forms == expected.map { Array($0.utf8) },
    "\(text) gave \(forms.map { String(decoding: $0, as: UTF8.self) }), expected \(expected)",
    sourceLocation: sourceLocation)
  #expect(buffer.tokens.map(\.fingerprint) == forms.map(fingerprint), sourceLocation: sourceLocation)
}

/// Expects that the tokens of a text, cut out of it by their places, are these.
func expectPrinted(
  _ text: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  let bytes = Array(text.utf8)
  let printed = TokenBuffer(bytes).tokens.map { Array(bytes[Int($0.start)..<Int($0.end)]) }
  #expect(
    printed == expected.map { Array($0.utf8) }, "\(printed.map { String(decoding: $0, as: UTF8.self) })",
    sourceLocation: sourceLocation)
}

func fingerprint(_ form: [UInt8]) -> UInt64 { form.withUnsafeBufferPointer { Fingerprint.token($0) } }

func fingerprint(_ form: String) -> UInt64 { fingerprint(Array(form.utf8)) }

/// The error that some work throws; records an issue when there is none.
func failure<Value>(
  sourceLocation: SourceLocation = #_sourceLocation, _ work: () throws(DatelineError) -> Value
) -> DatelineError {
  do throws(DatelineError) {
    _ = try work()
    Issue.record("no error", sourceLocation: sourceLocation)
    return DatelineError(.internal, "")
  } catch {
    return error
  }
}

func parameters(_ settings: [String: String]) throws(DatelineError) -> TextParameters {
  try TextParameters(Hyperparameters(TextParameters.schema, settings: settings))
}
