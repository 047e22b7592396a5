import Testing

@testable import DatelineSentiment

@Suite struct TargetTests {
  private func mentions(of name: String, in text: String) -> [String] {
    let bytes = Array(text.utf8)
    let name = Array(name.utf8)
    return Target(name: name.span).mentions(in: bytes.span).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
  }

  private func window(_ name: String, _ text: String, reach: Int = 2) -> String {
    let name = Array(name.utf8)
    let target = Target(name: name.span, reach: reach)
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    target.writeWindows(around: target.mentions(in: bytes.span), of: bytes.span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test func wholeNamesAndSurnames() {
    #expect(
      mentions(of: "Ada Brandt", in: "Ada Brandt spoke. Brandt's aides, and Ada, left Brandtland.") == [
        "Ada Brandt", "Brandt",
      ])
    #expect(mentions(of: "Ole Lund Jr.", in: "Lund lost.") == ["Lund"])
  }

  @Test func commonWordsAreNoSurnames() {
    #expect(mentions(of: "Bank of Norway", in: "In Norway the Bank of Norway waits.") == ["Bank of Norway"])
    #expect(mentions(of: "the harbour", in: "A harbour is the harbour.") == ["the harbour"])
  }

  @Test func capitalsMatterUnlessNothingElseIsFound() {
    #expect(mentions(of: "May", in: "May may stay, said May.") == ["May", "May"])
    #expect(mentions(of: "brandt", in: "BRANDT WINS") == ["BRANDT"])
  }

  @Test func windowsAreSomeWordsOnEachSide() {
    #expect(
      window("Brandt", "On Monday the angry crowd booed Brandt, who calmly left the hall.")
        == "crowd booed TheTarget")
    #expect(window("Brandt", "Brandt won") == "TheTarget won")
    #expect(window("Brandt", "Brandt") == "TheTarget")
  }

  @Test func windowsEndWithTheirClause() {
    let text = "The crowd booed Ada Brandt and cheered Ole Lund on Monday"
    #expect(window("Ada Brandt", text) == "crowd booed TheTarget")
    #expect(window("Ole Lund", text, reach: 9) == "and cheered TheTarget on Monday")
    #expect(window("Lund", "We wait; Lund never does—or so it seems", reach: 9) == "TheTarget never does")
  }

  @Test func windowsThatTouchAreOne() {
    #expect(
      window("Brandt", "They like Brandt for Brandt likes them a lot") == "They like TheTarget for TheTarget likes them"
    )
    #expect(
      window("Brandt", "They like Brandt a lot here, we say now that here Brandt is good")
        == "They like TheTarget a lot.\nthat here TheTarget is good")
  }

  @Test(arguments: ["", " ", "Nobody"]) func notMentioned(_ name: String) {
    #expect(mentions(of: name, in: "Somebody spoke.").isEmpty)
    #expect(window(name, "Somebody spoke.") == "")
  }
}
