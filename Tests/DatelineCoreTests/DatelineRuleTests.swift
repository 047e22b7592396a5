import DatelineCore
import Testing

@Suite struct DatelineRuleTests {
  private func dateline(_ body: String) -> String? {
    let bytes = Array(body.utf8)
    return DatelineRule.range(bytes.span).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test(arguments: [
    ("CARACAS, Feb 21 (Agency) - Rain fell.", "CARACAS, Feb 21 (Agency) -"),
    ("YANGON: At least nine people", "YANGON:"),
    ("LONDON — The mayor", "LONDON —"),
    ("LONDON – The mayor", "LONDON –"),
    ("NEW DELHI: Trains stop", "NEW DELHI:"),
    ("NEW DELHI, Jan 5: Trains stop", "NEW DELHI, Jan 5:"),
    ("MANILA, Philippines (Agency) -- A storm", "MANILA, Philippines (Agency) -"),
    ("  \n  LIMA, May 3 - Rain", "LIMA, May 3 -"),
    ("PORT-AU-PRINCE, Haiti - Gangs", "PORT-AU-PRINCE, Haiti -"),
    ("WASHINGTON (The Agency: world news) - Rain", "WASHINGTON (The Agency: world news) -"),
    ("GAZA/JERUSALEM, Oct 3rd - Talks", "GAZA/JERUSALEM, Oct 3rd -"),
    ("LIMA:", "LIMA:"),
  ])
  func datelines(body: String, expected: String) { #expect(dateline(body) == expected, "\(body)") }

  @Test(arguments: [
    "", " ", "Rain fell: nobody was hurt", "Lima - Rain fell", "WHO: nine people need help", "BREAKING: Rain falls",
    "NATO: the alliance meets", "UBS said - and others did not", "NASA chief says: we are late", "US: rain falls",
    "UN - Rain", "PERU", "PERUVIAN rain fell on Tuesday", "LIMA-based traders - who else", "LIMA\n- Rain fell",
    "CARACAS, Feb 21 (Agency - never closed: on and on", "ÉVIAN: Rain",
    "LONGER THAN ALL DATELINES OF THE WORLD PUT TOGETHER AND STILL NOT AT ITS END AT ALL - RAIN",
  ])
  func others(body: String) { #expect(dateline(body) == nil, "\(body)") }

  @Test func bytesOfAnyKind() {
    var random = SplitMix64(seed: 5)
    let telling: [[UInt8]] = [
      Array("LIMA".utf8), [0xE2], [0xE2, 0x80], Array("—".utf8), Array(" - ".utf8), [0x3A], [0x28],
    ]
    for _ in 0..<3000 {
      var bytes = random.next().isMultiple(of: 2) ? Array("CARACAS".utf8) : []
      for _ in 0..<random.next() % 8 { bytes += telling[Int(random.next() % 7)] }
      if let range = DatelineRule.range(bytes.span) {
        #expect(range.upperBound <= bytes.count && !range.isEmpty, "seed 5: \(bytes)")
      }
    }
  }

  @Test func bodiesWithoutTheirDatelines() {
    var batch = DocumentBatch()
    for (title, body) in [("WHO: help", "LIMA: Rain fell."), ("T", "Rain fell in LIMA: much."), ("", "LIMA —")] {
      batch.append(Document(title: title, body: body), labels: nil)
    }
    batch.dropDatelines()
    #expect((0..<3).map { batch.document(at: $0).body } == [" Rain fell.", "Rain fell in LIMA: much.", ""])
    #expect(batch.document(at: 0).title == "WHO: help")
  }
}
