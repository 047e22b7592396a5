/// Characters that make the tokenizer's rules meet: letters of all kinds, marks, joiners and separators.
private let alphabets: [[Unicode.Scalar]] = [
  Array("abcXYZ019 '.,-\n".unicodeScalars),
  Array("aeiouAEIOUsçñİßΣς\u{300}\u{301}\u{302}\u{307}\u{308}\u{323}\u{327}\u{31B}\u{345} ’".unicodeScalars),
  Array("אבשׁ\u{5BC}\u{5C1}\u{FB2A}\"״׳ اأبكـ\u{64E}\u{653}\u{654}\u{200C}".unicodeScalars),
  Array("कडढक़ड़\u{93C}\u{94D}\u{93F}\u{200D}\u{9C7}\u{9BE}\u{9D7}\u{9CB} কগ".unicodeScalars),
  Array(
    "กขเแ\u{E34}\u{E38}\u{E48}\u{E49}ๆ ភខ\u{17D2}\u{17C2}မန\u{1039}\u{103A}\u{1037}\u{1025}\u{102E}".unicodeScalars),
  Array("漢字かがハ\u{3099}\u{309A}ー々한\u{1112}\u{1161}\u{11AB}Ａ１．＇、\u{FE0F}\u{E0100}\u{20000}".unicodeScalars),
  Array("👍\u{1F3FD}\u{200D}\u{FEFF}\u{AD}=≠\u{338}ﬁ·l\u{345}\u{F9E1}\u{212B}\u{1F79}\u{10428}".unicodeScalars),
]

extension SeededGenerator {
  /// Text of one or several scripts.
  mutating func text(maximumLength: Int = 24) -> String {
    var scalars = String.UnicodeScalarView()
    var alphabet = alphabets[Int.random(in: alphabets.indices, using: &self)]
    for _ in 0..<Int.random(in: 0...maximumLength, using: &self) {
      if Int.random(in: 0..<8, using: &self) == 0 {
        alphabet = alphabets[Int.random(in: alphabets.indices, using: &self)]
      }
      scalars.append(alphabet[Int.random(in: alphabet.indices, using: &self)])
    }
    return String(scalars)
  }

  /// Any bytes, or text with damage.
  mutating func bytes() -> [UInt8] {
    if Int.random(in: 0..<4, using: &self) == 0 {
      return (0..<Int.random(in: 0...40, using: &self)).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }
    var bytes = Array(text().utf8)
    for _ in 0..<Int.random(in: 0...3, using: &self) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &self)
      switch Int.random(in: 0..<3, using: &self) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &self)
      default: bytes.removeLast(bytes.count - place)
      }
    }
    return bytes
  }
}
