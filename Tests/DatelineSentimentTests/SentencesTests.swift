import Testing

@testable import DatelineSentiment

@Suite struct SentencesTests {
  private func sentences(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var found: [String] = []
    Sentences.forEach(in: bytes.span) { found.append(String(decoding: bytes[$0], as: UTF8.self)) }
    return found
  }

  @Test func endsAtMarksWithACapitalBehind() {
    #expect(
      sentences("The pier burnt down. Nobody was hurt! Who pays? The town, it seems.")
        == ["The pier burnt down.", "Nobody was hurt!", "Who pays?", "The town, it seems."])
  }

  @Test func abbreviationsInitialsAndNumbersEndNone() {
    #expect(sentences("Mr. Olsen paid $5.4 million to J. P. Berg of Sen. Lund's office.").count == 1)
    #expect(sentences("The U.S. economy grew. It surprised many.").count == 2)
  }

  @Test func quotationMarksBelongToTheirSentence() {
    #expect(sentences("\"It is over.\" She left.") == ["\"It is over.\"", "She left."])
    #expect(sentences("“It is over.” She left.") == ["“It is over.”", "She left."])
  }

  @Test func emptyLinesEndSentencesAndSingleOnesDoNot() {
    #expect(
      sentences("A headline without a stop\n\nThe text\ngoes on.") == [
        "A headline without a stop", "The text\ngoes on.",
      ])
  }

  @Test func marksOfOtherScripts() {
    #expect(sentences("今日は雨です。明日は晴れです。").count == 2)
    #expect(sentences("बारिश हुई। धूप निकली।").count == 2)
  }

  @Test(arguments: ["", " \n ", "...", "."]) func hardlyAnyText(_ text: String) { #expect(sentences(text).count <= 1) }

  /// Many bytes are looked at together: what is found does not depend on where they begin.
  @Test func marksAreFoundAtAnyPlace() {
    let text = "It rained. Nobody came! Why? 今日は雨です。明日は\n\n“Yes.” Mr. Olsen (who knew…) left."
    let expected = sentences(text)
    for shift in 1...70 {
      #expect(sentences(String(repeating: " ", count: shift) + text) == expected, "behind \(shift) spaces")
      let word = String(repeating: "x", count: shift) + " "
      #expect(sentences(word + text) == [word + expected[0]] + expected.dropFirst(), "behind \(shift) letters")
    }
    #expect(expected.count == 7)
  }

  @Test func rangesCoverAllThatIsNoSpace() {
    let text = "One. Two?! (Three.) four… five\n\n\nsix. Seven"
    #expect(sentences(text).joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
  }
}
