import Dateline
import DatelineVectors

/// A vectorizer of one's own: how a text is written, and not what about. Each of a few measures, such as the length of
/// words, falls into one of ten equally full classes, and each class is a feature.
struct StyleVectorizer: Vectorizer {
  /// For each measure, where its classes end, ascending.
  let bounds: [[Float]]
  static let classCount = 10

  var featureCount: Int { Style.count * StyleVectorizer.classCount }

  func vectorize(title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, into row: inout SparseVector)
  {
    row = vector(Style.measures(title, body))
  }

  func vector(_ measures: [Float]) -> SparseVector {
    var row = SparseVector()
    for (measure, value) in measures.enumerated() {
      let number = bounds[measure].count { $0 < value }
      row.append(index: UInt32(measure * StyleVectorizer.classCount + number), value: 1)
    }
    return row
  }

  func payloads() -> [Payload] { [Payload(name: "style.bounds", bounds.flatMap { $0 })] }
}

/// What is measured of a text.
enum Style {
  static let count = 6

  /// Letters a word, words a sentence, and the shares of capitals, digits, quotation marks and questions.
  static func measures(_ title: Span<UInt8>, _ body: Span<UInt8>) -> [Float] {
    var (letters, capitals, digits, quotes, words, sentences, questions) = (0, 0, 0, 0, 0, 0, 0)
    func add(_ text: Span<UInt8>) {
      var isInWord = false
      for place in text.indices {
        let byte = text[place]
        let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80
        if isLetter { letters += 1 }
        if isLetter, !isInWord { words += 1 }
        isInWord = isLetter
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): capitals += 1
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
        case UInt8(ascii: "\""): quotes += 1
        case UInt8(ascii: "?"): (questions, sentences) = (questions + 1, sentences + 1)
        case UInt8(ascii: "."), UInt8(ascii: "!"): sentences += 1
        default: break
        }
      }
    }
    add(title)
    add(body)
    func share(_ part: Int, _ whole: Int) -> Float { Float(part) / Float(max(1, whole)) }
    return [
      share(letters, words), share(words, sentences), share(capitals, letters), share(digits, letters),
      share(quotes, words), share(questions, sentences),
    ]
  }
}

/// The family: learns the classes, and brings a vectorizer back.
struct StyleVectorizerPlugin: VectorizerPlugin {
  let identifier = "style"
  let parameters = ParameterSchema([])

  func trainer(_ parameters: Hyperparameters) throws(DatelineError) -> any VectorizerTrainer { StyleTrainer() }

  func load(_ payloads: Payloads, parameters: Hyperparameters) throws(DatelineError) -> any Vectorizer {
    let size = StyleVectorizer.classCount - 1
    let all = try payloads.numbers("style.bounds", as: Float.self, count: Style.count * size).array()
    return StyleVectorizer(bounds: (0..<Style.count).map { Array(all[$0 * size..<($0 + 1) * size]) })
  }
}

/// Measures batches on any thread, then finds the bounds that divide all documents evenly.
struct StyleTrainer: VectorizerTrainer {
  func count(_ batch: DocumentBatch) -> [[Float]] {
    let bytes = batch.bytes.span
    return batch.records.map { Style.measures(bytes.extracting($0.title), bytes.extracting($0.body)) }
  }

  func fit(
    _ counts: [[[Float]]], workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix) {
    let documents = counts.flatMap { $0 }
    guard !documents.isEmpty else { throw DatelineError(.invalidData, "no documents to learn from") }
    let bounds = (0..<Style.count).map { measure in
      let sorted = documents.map { $0[measure] }.sorted()
      return (1..<StyleVectorizer.classCount).map { sorted[$0 * sorted.count / StyleVectorizer.classCount] }
    }
    let vectorizer = StyleVectorizer(bounds: bounds)
    return (vectorizer, CSRMatrix(rows: documents.map(vectorizer.vector), columnCount: vectorizer.featureCount))
  }
}
