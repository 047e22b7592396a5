import DatelineExtraction

/// An invented story and what sites put around stories.
enum Samples {
  static let headline = "Harbour town votes to rebuild its old lighthouse"

  static let paragraphs = [
    "The council of Brekkvik has voted to rebuild the lighthouse that a storm destroyed eleven years ago, after a debate that went on until midnight.",
    "Nine members voted in favour and four against. The work is expected to take two years, and the first stones will be laid in the spring, said the mayor, Ingrid Solberg.",
    "\"People here have waited long enough,\" she told reporters after the vote. \"A harbour without a light is only half a harbour.\"",
    "Opponents said the money, about six million kroner, was needed for the school, where two classrooms have been closed since the autumn because of damp.",
    "The old tower stood for 140 years and guided fishing boats home through the narrow sound, until it fell in a single night.",
  ]

  /// Something of each paragraph that no other has.
  static let marks = [
    "went on until midnight", "Nine members voted", "long enough", "because of damp", "a single night",
  ]

  static let menu = """
    <nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li>
    <li><a href="/sport">Sport</a></li><li><a href="/money">Money</a></li><li><a href="/tv">Television</a></li></ul></nav>
    """

  static let trending = """
    <aside class="sidebar"><h3>Trending now</h3><ul>
    <li><a href="/1">Brazil: floods reach the second city of the south</a></li>
    <li><a href="/1">Brazil: floods reach the second city of the south</a></li>
    <li><a href="/2">Japan opens its longest railway tunnel</a></li>
    <li><a href="/3">Kenya's runners win three medals in Berlin</a></li></ul></aside>
    """

  static let footer = """
    <footer><p>© 2024 Brekkvik Times. All rights reserved.</p><ul><li><a href="/about">About us</a></li>
    <li><a href="/terms">Terms of use</a></li><li><a href="/privacy">Privacy policy</a></li></ul></footer>
    """

  static let story = paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n")

  /// A page with a frame around some markup.
  static func page(head: String = "", _ content: String) -> String {
    """
    <!DOCTYPE html><html lang="en"><head><title>\(headline) - Brekkvik Times</title>\(head)</head><body>
    <header class="site-header"><a href="/">Brekkvik Times</a></header>\(menu)
    <div class="content"><h1>\(headline)</h1>\(content)</div>
    \(trending)\(footer)</body></html>
    """
  }
}

/// Extracts from text.
func extract(_ text: String, input: PageExtractor.Input = .auto, explains: Bool = false) throws -> ExtractedPage {
  try PageExtractor(input: input, explains: explains).extract(Array(text.utf8))
}
