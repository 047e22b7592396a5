import Dateline
import DatelineCore

/// Why a document got its labels, for people and for programs.
struct ExplanationText {
  let document: Document
  let facet: Facet
  let explanations: [Explanation]
  /// Why the document gets no label; `nil` when it gets one.
  let withheld: String?
  /// The most terms to show for a label; `nil` for the usual number.
  let top: Int?

  private static let usualTop = 15

  func write(into bytes: inout [UInt8], usesColor: Bool) {
    let title = document.title.printable
    bytes += "\([document.id.printable, title].filter { !$0.isEmpty }.joined(separator: "  "))\n".utf8
    if let withheld { bytes += "  \(facet)  withheld: \(withheld.printable)\n".utf8 }
    for explanation in explanations {
      let shown = explanation.terms.prefix(top ?? ExplanationText.usualTop)
      let label = "\(facet)  \(explanation.probability.fixed(2))  \(explanation.label.path.printable)"
      let sum = "\(signed(explanation.constant)) + \(Units.count(explanation.terms.count, "term"))"
      bytes += "  \(label)  score \(signed(explanation.score)) = \(sum)\n".utf8
      for term in shown {
        let number = signed(term.contribution)
        let painted = usesColor ? "\u{1B}[\(term.contribution < 0 ? 31 : 32)m\(number)\u{1B}[0m" : number
        let times = term.places.count > 1 ? "  x\(term.places.count)" : ""
        let words = ExplanationText.words(of: term)
        bytes += "    \(painted)  \(words.printable)\(times)\n".utf8
      }
      let rest = explanation.terms.dropFirst(shown.count)
      if !rest.isEmpty {
        let sum = rest.reduce(0) { $0 + $1.contribution }
        bytes += "    \(signed(sum))  in \(Units.count(rest.count, "more term"))\n".utf8
      }
    }
  }

  private static func words(of term: Explanation.Term) -> String {
    let words = term.words.joined(separator: " | ")
    guard let name = term.name else { return words.isEmpty ? "(a feature without words)" : words }
    return words.isEmpty ? name : "\(name) (\(words))"
  }

  private func signed(_ number: Double) -> String { (number < 0 ? "-" : "+") + number.magnitude.fixed(3) }

  var json: JSONValue {
    let offsets = [
      TextPlace.Field.title: CharacterOffsets(document.title), .body: CharacterOffsets(document.body),
    ]
    return [
      "id": .string(document.id), "source": document.source.map { .string($0) } ?? .null,
      "facet": .string(facet.name), "withheld": withheld.map { .string($0) } ?? .null,
      "explanations": .array(
        explanations.map { explanation in
          [
            "label": .string(explanation.label.path), "probability": .number(explanation.probability),
            "score": .number(explanation.score), "constant": .number(explanation.constant),
            "terms": .array(
              explanation.terms.prefix(top ?? .max).map { term in
                [
                  "words": .array(term.words.map { .string($0) }), "name": term.name.map { .string($0) } ?? .null,
                  "contribution": .number(term.contribution),
                  "value": .number(Double(term.value)),
                  "places": .array(
                    term.places.map { place in
                      let offsets = offsets[place.field]
                      return [
                        "field": .string(place.field.rawValue),
                        "start": JSONValue(offsets?[place.bytes.lowerBound] ?? 0),
                        "end": JSONValue(offsets?[place.bytes.upperBound] ?? 0),
                      ]
                    }),
                ]
              }),
          ]
        }),
    ]
  }
}

/// Turns places in bytes into places in characters (Unicode code points), as most languages count.
private struct CharacterOffsets {
  private let counts: [Int]

  init(_ text: String) {
    var counts = [0]
    var count = 0
    for byte in text.utf8.dropFirst() {
      if byte & 0xC0 != 0x80 { count += 1 }
      counts.append(count)
    }
    if !text.isEmpty { counts.append(count + 1) }
    self.counts = counts
  }

  subscript(byte: Int) -> Int { counts[min(byte, counts.count - 1)] }
}
