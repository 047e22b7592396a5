import DatelineCore
import DatelineText
import Testing

/// What the tokenizer makes of each script, character by character.
@Suite struct TokenizerScriptTests {
  @Test func english() {
    expectWords("The U.S. won't wait", ["the", "u", "s", "won't", "wait"])
    expectWords("Rock'n'roll, 'tis the dogs' day", ["rock'n'roll", "tis", "the", "dogs", "day"])
    expectWords("“It’s over,” he said—twice…", ["it's", "over", "he", "said", "twice"])
    expectWords("write to jane_doe@mail.example.org", ["write", "to", "jane", "doe", "mail", "example", "org"])
    expectWords("state-of-the-art e-mail/fax", ["state", "of", "the", "art", "e", "mail", "fax"])
    expectWords("don''t a'1 1'a", ["don", "t", "a", "1", "1", "a"])
  }

  @Test func numbers() {
    expectWords("3.14 and 1,000.50 in 2024.", ["3.14", "and", "1,000.50", "in", "2024"])
    expectWords("5,,6 7. 8 .9 v2.0 3.a 10%", ["5", "6", "7", "8", "9", "v2.0", "3", "a", "10"])
    expectWords("m² ½ Ⅳ", ["m²", "½", "ⅳ"])
  }

  @Test func latinWithAccents() {
    expectWords("Café CAFÉ cafe\u{301} CAFE\u{301}", Array(repeating: "caf\u{E9}", count: 4))
    expectWords("Größe STRASSE straße STRAẞE", ["gr\u{F6}\u{DF}e", "strasse", "stra\u{DF}e", "stra\u{DF}e"])
    expectWords("İstanbul I\u{307}stanbul istanbul ısı", ["istanbul", "istanbul", "istanbul", "ısı"])
    expectWords("Œuvre Æsir ﬁnal eﬀect ﬃ", ["œuvre", "æsir", "final", "effect", "ffi"])
    expectWords("L'été l’été d'Orsay", ["l'\u{E9}t\u{E9}", "l'\u{E9}t\u{E9}", "d'orsay"])
    expectWords("col·legi 5·6 a·b", ["col\u{B7}legi", "5", "6", "a", "b"])
  }

  /// Vietnamese carries two marks a letter, and there are three ways to write that.
  @Test func vietnamese() {
    expectWords(
      "VIỆT Vi\u{1EB9}\u{302}t vi\u{EA}\u{323}t vie\u{302}\u{323}t", Array(repeating: "vi\u{1EC7}t", count: 4))
  }

  /// A mark cannot join a letter past another one of its kind: these are two spellings of two letters.
  @Test func marksOfOneClassKeepTheirOrder() {
    expectWords("a\u{312}\u{301} a\u{301}\u{312}", ["a\u{312}\u{301}", "\u{E1}\u{312}"])
  }

  @Test func cyrillic() {
    expectWords("Москва, ЁЛКА е\u{308}лка", ["москва", "\u{451}лка", "\u{451}лка"])
    expectWords("Київ і́ м'ята м’ята м\u{2BC}ята", ["ки\u{457}в", "і\u{301}", "м'ята", "м'ята", "м'ята"])
    expectWords("кое-где № 5", ["кое", "где", "5"])
  }

  @Test func greek() {
    expectWords("Ο ΣΟΦΟΣ σοφος σοφός", ["ο", "σοφοσ", "σοφοσ", "σοφ\u{3CC}σ"])
    // The acute accent as oxia and as tonos.
    expectWords("λόγος λ\u{1F79}γος λο\u{301}γος", Array(repeating: "λ\u{3CC}γοσ", count: 3))
    expectWords("τι; ᾼ ᾳ α\u{345}", ["τι", "\u{1FB3}", "\u{1FB3}", "\u{1FB3}"])
  }

  @Test func arabic() {
    expectWords("كتـــاب كِتَابٌ كتاب", ["كتاب", "كتاب", "كتاب"])
    expectWords("قال، هل؟", ["قال", "هل"])
    // Hamza and madda belong to the letter, whichever way it is written.
    expectWords("أكل \u{627}\u{654}كل \u{627}\u{64E}\u{654}كل", Array(repeating: "\u{623}كل", count: 3))
    expectWords("\u{627}\u{653}ن آن", ["\u{622}ن", "\u{622}ن"])
    expectWords("می\u{200C}خواهم ١٢٣", ["میخواهم", "١٢٣"])
  }

  @Test func hebrew() {
    expectWords("שלום, עולם!", ["שלום", "עולם"])
    expectWords("שָׁלוֹם \u{FB2A}לום", ["שלום", "שלום"])
    expectWords("ארה״ב ארה\"ב \"הארץ\"", ["ארה\"ב", "ארה\"ב", "הארץ"])
    expectWords("צ׳ילי וכו׳", ["צ'ילי", "וכו"])
  }

  @Test func hindi() {
    expectWords("नमस्ते दुनिया।", ["नमस्ते", "दुनिया"])
    expectWords("क्षेत्र क्\u{200D}षेत्र क्\u{200C}षेत्र", Array(repeating: "क्षेत्र", count: 3))
    // Unicode keeps letter and nukta apart in its composed form, but both spellings are in use.
    expectWords("ब\u{95C}ा ब\u{921}\u{93C}ा", ["ब\u{95C}ा", "ब\u{95C}ा"])
    expectWords("हिन्दी में ५०", ["हिन्दी", "में", "५०"])
  }

  @Test func bengali() {
    expectWords("বাংলা ভাষা।", ["বাংলা", "ভাষা"])
    expectWords("ক\u{9CB} ক\u{9C7}\u{9BE}", ["ক\u{9CB}", "ক\u{9CB}"])
    expectWords("সম\u{9DF} সম\u{9AF}\u{9BC}", ["সম\u{9DF}", "সম\u{9DF}"])
  }

  @Test func telugu() {
    expectWords("తెలుగు భాష, ఆంధ్ర", ["తెలుగు", "భాష", "ఆంధ్ర"])
    expectWords("క\u{C48} క\u{C46}\u{C56}", ["క\u{C48}", "క\u{C48}"])
  }

  @Test func tamil() {
    expectWords("தமிழ் மொழி.", ["தமிழ்", "மொழி"])
    expectWords("க\u{BCA} க\u{BC6}\u{BBE}", ["க\u{BCA}", "க\u{BCA}"])
  }

  @Test func thai() {
    // Clusters ภา ษา ไท ย: each token is two of them.
    expectWords("ภาษาไทย", ["ภาษา", "ษาไท", "ไทย"])
    expectWords("ที่ น้ำ", ["ที่", "น้ำ"])
    expectWords("ไทย 2024", ["ไทย", "2024"])
    // The marks of a consonant in either order, and a zero-width space between words.
    expectWords("ก\u{E38}\u{E48} ก\u{E48}\u{E38}", ["ก\u{E38}\u{E48}", "ก\u{E38}\u{E48}"])
    expectWords("ภา\u{200B}ษา", ["ภาษา"])
  }

  @Test func lao() {
    // ພາ ສາ ລາ ວ
    expectWords("ພາສາລາວ", ["ພາສາ", "ສາລາ", "ລາວ"])
    expectWords("ເມືອງ", ["ເມືອ", "ອງ"])
  }

  @Test func khmer() {
    // ភា សា ខ្មែ រ: the coeng hangs the next consonant on the cluster.
    expectWords("ភាសាខ្មែរ។", ["ភាសា", "សាខ្មែ", "ខ្មែរ"])
  }

  @Test func burmese() {
    // မြ န် မာ: the stop mark closes the syllable before it, which is a cluster of its own here.
    expectWords("မြန်မာ", ["မြန်", "န်မာ"])
    expectWords("\u{1025}\u{102E}း \u{1026}း", ["\u{1026}း", "\u{1026}း"])
    expectWords("ခ\u{103A}\u{1037} ခ\u{1037}\u{103A}", ["ခ\u{1037}\u{103A}", "ခ\u{1037}\u{103A}"])
    expectWords("မန္တလေး", ["မန္တ", "န္တလေး"])
  }

  @Test func chinese() {
    expectWords("北京欢迎你。", ["北", "京", "欢", "迎", "你"])
    expectWords("２０２４年GDP增长5.2%", ["2024", "年", "gdp", "增", "长", "5.2"])
    expectWords("\u{20000}一 葛\u{E0100}城 \u{F9E1}", ["\u{20000}", "一", "葛", "城", "\u{674E}"])
  }

  @Test func japanese() {
    expectWords("東京タワーへ", ["東", "京", "タ", "ワ", "ー", "へ"])
    expectWords("が か\u{3099}き ハ\u{309A}", ["\u{304C}", "\u{304C}", "き", "\u{30D1}"])
    expectWords("人々・「言葉」", ["人", "々", "言", "葉"])
  }

  @Test func korean() {
    expectWords("한국어 뉴스입니다.", ["한국어", "뉴스입니다"])
    expectWords("\u{1112}\u{1161}\u{11AB}\u{AD6D}\u{C5B4} \u{D558}\u{11AB}국어", ["한국어", "한국어"])
    expectWords("大韓民國은", ["大", "韓", "民", "國", "은"])
  }

  @Test func otherScripts() {
    expectWords("ქართული ᲥᲐᲠᲗᲣᲚᲘ Հայերեն", ["ქართული", "ქართული", "հայերեն"])
    expectWords("አማርኛ፣ ቋንቋ", ["አማርኛ", "ቋንቋ"])
    expectWords("𞤆𞤵𞤤𞤢𞤪 𐐐𐐐", ["𞤨𞤵𞤤𞤢𞤪", "𐐸𐐸"])
  }

  @Test func mixedScripts() {
    expectWords(
      "iPhone售价5,999元 в Москве, ไทยABCé",
      ["iphone", "售", "价", "5,999", "元", "в", "москве", "ไทย", "abc\u{E9}"])
    expectWords("abcไทยdef漢xyz", ["abc", "ไทย", "def", "漢", "xyz"])
  }

  @Test func fullWidthForms() {
    expectWords("ＡＢＣ　ｘｙｚ１２３", ["abc", "xyz123"])
    expectWords("３．１４ 3．14 ３.１４ ｄｏｎ＇ｔ １，０００", ["3.14", "3.14", "3.14", "don't", "1,000"])
  }

  @Test func emoji() {
    expectWords("great👍🏽job 👨‍👩‍👧 ❤️ 1️⃣ 🇩🇪", ["great", "job", "1"])
    expectWords("🏴\u{E0067}\u{E0062}\u{E007F}x", ["x"])
  }

  @Test func invisibleCharacters() {
    expectWords("infor\u{AD}mation \u{FEFF}word wo\u{FEFF}rd", ["information", "word", "word"])
    expectWords("a\u{200D}b a\u{200C}b a\u{2060}b a\u{200E}b a\u{34F}b", Array(repeating: "ab", count: 5))
    expectWords("\u{FEFF} \u{AD} \u{200B}", [])
    expectWords("one\u{A0}two\u{2003}three\u{2028}four\u{85}five\0six", ["one", "two", "three", "four", "five", "six"])
  }

  @Test func marksWithoutALetter() {
    expectWords("\u{301} =\u{338} \u{93F}\u{301} (\u{5B4})", [])
    expectWords("\u{301}a", ["a"])
  }

  @Test func nothing() {
    expectWords("", [])
    expectWords(" .,'\n\t-–—", [])
  }

  @Test func placesCutOutTheWordAsPrinted() {
    expectPrinted("Don’t “PANIC”, 1,000 times", ["Don’t", "PANIC", "1,000", "times"])
    expectPrinted("CAFE\u{301}s Infor\u{AD}mation", ["CAFE\u{301}s", "Infor\u{AD}mation"])
    expectPrinted("x كِتَابٌ, ﬁnal", ["x", "كِتَابٌ", "ﬁnal"])
    expectPrinted("東京が か\u{3099}", ["東", "京", "が", "か\u{3099}"])
    expectPrinted("ภาษาไทย", ["ภาษา", "ษาไท", "ไทย"])
    expectPrinted("ＡＢＣ\u{1112}\u{1161}\u{11AB}", ["ＡＢＣ\u{1112}\u{1161}\u{11AB}"])
  }

  @Test func appendsToWhatTheBufferHolds() {
    var buffer = TokenBuffer(Array("first é".utf8))
    tokenizer.tokenize(Array("second ü".utf8).span, into: &buffer)
    #expect(buffer.forms.map { String(decoding: $0, as: UTF8.self) } == ["first", "é", "second", "ü"])
    #expect(buffer.tokens.count == 4)
    #expect(buffer.tokens[2].start == 0)
    buffer.keepsNormalizedText = false
    tokenizer.tokenize(Array("third".utf8).span, into: &buffer)
    #expect(buffer.tokens.count == 5 && buffer.normalizedEnds.count == 4)
  }
}
