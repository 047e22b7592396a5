import DatelineCore
import Glibc

@testable import DatelineText

/// TF-IDF over strings and dictionaries, straight from the definitions, for text whose words stand between single
/// spaces and are in lower case.
struct ReferenceVectorizer {
  let parameters: TextParameters
  /// The number of each feature and its document frequency.
  var columns: [UInt64: Int] = [:]
  var frequencies: [Int: Int] = [:]
  var documentCount = 0

  /// Learns from documents of words. Terms that are features of their own get numbers by ascending fingerprint.
  init(_ documents: [(title: [String], body: [String])], _ parameters: TextParameters) {
    self.parameters = parameters
    documentCount = documents.count
    var inDocuments: [UInt64: Int] = [:]
    for document in documents { for term in terms(of: document).keys { inDocuments[term, default: 0] += 1 } }
    if let bits = parameters.hashBits {
      for term in inDocuments.keys { columns[term] = Int(term >> UInt64(64 - bits)) }
    } else {
      let limit = parameters.maximumShare * Double(documents.count)
      let kept = inDocuments.filter { $0.value >= parameters.minimumDocuments && Double($0.value) <= limit }
      for (number, term) in kept.keys.sorted().enumerated() { columns[term] = number }
    }
    for document in documents {
      for column in Set(terms(of: document).keys.compactMap { columns[$0] }) { frequencies[column, default: 0] += 1 }
    }
  }

  /// The values of a document by feature.
  func vector(of document: (title: [String], body: [String])) -> [Int: Double] {
    var values: [Int: Double] = [:]
    for (term, count) in terms(of: document) {
      if let column = columns[term] { values[column, default: 0] += Double(count) }
    }
    for (column, count) in values {
      let frequency =
        switch parameters.termFrequency {
        case .sublinear: 1 + log(count)
        case .count: count
        case .binary: 1.0
        }
      let idf = log(Double(1 + documentCount) / Double(1 + (frequencies[column] ?? 0))) + 1
      values[column] = parameters.usesIDF ? frequency * idf : frequency
    }
    let length = values.values.reduce(0) { $0 + $1 * $1 }
    let rarest = parameters.usesIDF ? log(Double(1 + documentCount)) + 1 : 1
    let norm =
      switch parameters.norm {
      case .l2: length.squareRoot()
      case .damped: (length + rarest * rarest).squareRoot()
      case .none: 1.0
      }
    return values.mapValues { $0 / norm }
  }

  /// How often each term occurs in a document.
  func terms(of document: (title: [String], body: [String])) -> [UInt64: Int] {
    var counts: [UInt64: Int] = [:]
    for _ in 0..<parameters.titleWeight {
      for term in terms(document.title, mark: parameters.separatesTitle ? 0x7469_746C : nil) {
        counts[term, default: 0] += 1
      }
    }
    for term in terms(document.body, mark: nil) { counts[term, default: 0] += 1 }
    return counts
  }

  private func terms(_ all: [String], mark: UInt64?) -> [UInt64] {
    let words = parameters.keepsSingleLetters ? all : all.filter { $0.utf8.count > 1 }
    func marked(_ value: UInt64) -> UInt64 { mark.map { Fingerprint.marked(value, $0) } ?? value }
    var terms: [UInt64] = []
    for length in parameters.ngrams where length <= words.count {
      for first in 0...words.count - length {
        let others = words[(first + 1)..<(first + length)]
        terms.append(others.reduce(marked(fingerprint(words[first]))) { Fingerprint.pair($0, fingerprint($1)) })
      }
    }
    for length in parameters.characterNGrams.map(Array.init) ?? [] {
      for word in words {
        let padded = Array((" " + word + " ").unicodeScalars)
        for first in 0..<max(0, padded.count - length + 1) {
          let gram = String(String.UnicodeScalarView(padded[first..<first + length]))
          terms.append(marked(Fingerprint.marked(fingerprint(gram), 0x6368_6172)))
        }
      }
    }
    return terms
  }
}
