import DatelineCore
import Testing

@testable import DatelineText

@Suite struct TextParametersTests {
  @Test func defaults() throws {
    let values = try parameters([:])
    #expect(values.ngrams == 1...2 && values.characterNGrams == nil && values.hashBits == nil)
    #expect(values.minimumDocuments == 2 && values.maximumShare == 1 && values.titleWeight == 1)
    #expect(values.termFrequency == .sublinear && values.usesIDF && values.norm == .l2 && !values.separatesTitle)
    #expect(values.keepsSingleLetters)
  }

  @Test func settings() throws {
    let values = try parameters([
      "ngrams": "3", "char-ngrams": "2-12", "min-df": "5", "max-df": "0.25", "tf": "binary", "idf": "false",
      "norm": "none", "fields": "separate", "title-weight": "4", "vocabulary": "hashed", "hash-bits": "10",
      "single-letters": "false",
    ])
    #expect(!values.keepsSingleLetters)
    #expect(values.ngrams == 3...3 && values.characterNGrams == 2...12 && values.hashBits == 10)
    #expect(values.minimumDocuments == 5 && values.maximumShare == 0.25 && values.titleWeight == 4)
    #expect(values.termFrequency == .binary && !values.usesIDF && values.norm == .none && values.separatesTitle)
  }

  @Test(arguments: [
    "0-2", "2-1", "1-9", "9", "abc", "", "-", "1-", "-1", "1-2-3", "1--2", "1 - 2", "1.5", "none",
    "99999999999999999999",
  ])
  func badRangesAreRefused(_ range: String) {
    let error = failure { () throws(DatelineError) in try parameters(["ngrams": range]) }
    #expect(error.code == .usage)
    #expect(error.message == "ngrams=\(range): expected range of word n-grams such as 1-2")
  }

  @Test(arguments: [
    ("char-ngrams", "0-3"), ("char-ngrams", "5-3"), ("char-ngrams", "3-13"), ("char-ngrams", "some"), ("min-df", "0"),
    ("max-df", "1.5"), ("max-df", "-0.1"), ("tf", "log"), ("idf", "yes"), ("norm", "l1"), ("single-letters", "1"),
    ("fields", "title"),
    ("title-weight", "-1"), ("title-weight", "101"), ("vocabulary", "none"), ("hash-bits", "7"), ("hash-bits", "29"),
  ])
  func badValuesAreRefused(_ name: String, _ value: String) {
    let error = failure { () throws(DatelineError) in try parameters([name: value]) }
    #expect(error.code == .usage && error.message.hasPrefix("\(name)=\(value): expected "))
  }

  @Test func allProblemsAreToldAtOnce() {
    let error = failure { () throws(DatelineError) in
      try parameters(["ngrams": "0", "char-ngrams": "13", "mindf": "1"])
    }
    for part in ["ngrams=0", "char-ngrams=13", "mindf: no such parameter"] { #expect(error.message.contains(part)) }
  }
}
