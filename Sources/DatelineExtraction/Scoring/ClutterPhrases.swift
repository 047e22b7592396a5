/// Phrases that stand around stories, not in them. They count only in short texts, and are no more than a hint there.
enum ClutterPhrases {
  /// - Parameter text: UTF-8; no more than its first 400 bytes are looked at.
  static func occur(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var walk = PatternMatcher.Walk()
    let matcher = matcher
    matcher.step(&walk, 0x20)
    for byte in text.prefix(400) {
      let isCapital = byte >= 0x41 && byte <= 0x5A
      matcher.step(&walk, isCapital ? byte | 0x20 : byte)
      if walk.flags != 0 { return true }
    }
    matcher.step(&walk, 0x20)
    return walk.flags != 0
  }

  private static let phrases = [
    "copyright", "©", "all rights reserved", "click here", "read more", "read the full", " comment", "share this",
    " share ", "follow us", "subscribe", "sign up", "cookie", "photo:", "file photo", "getty images", "/getty",
    "reuters/", "/afp", "/ap ", "log in", "login", "sign in", "register", "newsletter", "e-mail", "email",
    "terms of", "privacy", "advertisement", "related", "more from", "tweet", "facebook", "twitter", "whatsapp",
    " print ", "posted", "updated", "published", "permalink", " reply", "font size", "http:", "https:", "www.",
    "source:", " tags:", " tag:", "filed under", "topics:", "photograph:", "image caption", "skip to", "most read",
    "most popular", "trending", "support us", "donate", "minutes ago", "hours ago", "min read",
    // In other languages.
    "weiterlesen", "kommentar", "teilen", "lesen sie auch", "mehr zum thema", "datenschutz", "lire la suite",
    "lire aussi", "partager", "commentaire", "abonnez", "leer más", "compartir", "comentario", "suscríb",
    "leggi anche", "condividi", "commenti", "leia mais", "compartilh", "czytaj", "komentarz", "udostępnij", "drukuj",
    "читать", "комментар", "поделиться", "подписаться", "σχόλια", "διαβάστε", "εκτύπωση", "版权", "责任编辑", "来源",
    "评论", "相关", "分享", "関連記事", "댓글",
  ]

  private static let matcher = PatternMatcher(phrases.map { (pattern: $0, flags: 1) })
}
