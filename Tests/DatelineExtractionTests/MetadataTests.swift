import DatelineExtraction
import Testing

@Suite("Headline, date, language, site")
struct MetadataTests {
  @Test(
    "dates",
    arguments: [
      (#"<meta property="article:published_time" content="2024-05-01T10:00:00Z">"#, "2024-05-01T10:00:00Z"),
      (#"<meta itemprop="datePublished" content="2024-05-02">"#, "2024-05-02"),
      (#"<meta name="pubdate" content=" 20240503 ">"#, "20240503"),
      (
        #"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-04"}</script>"#,
        "2024-05-04"
      ),
      (
        #"<script type='application/ld+json'>{"@graph":[{"@type":["NewsArticle"],"datePublished":"2024-05-05"}]}</script>"#,
        "2024-05-05"
      ),
      (#"<script type="application/ld+json">{"@type":"Organization","datePublished":"2020"}</script>"#, nil),
      (#"<script type="application/ld+json">{broken</script><meta name="date" content="today">"#, nil),
      (#"<meta name="date" content="2000"><meta property="article:published_time" content="2024">"#, "2024"),
    ])
  func dates(_ head: String, _ date: String?) throws {
    #expect(try extract(Samples.page(head: head, Samples.story)).date == date)
  }

  @Test("the date of a time element, that of the publication first")
  func time() throws {
    let times =
      "<time datetime=\"2024-01-01\">New year</time> <time itemprop=\"datePublished\" datetime=\"2024-02-02\">then</time>"
    #expect(try extract(Samples.page(times + Samples.story)).date == "2024-02-02")
    #expect(try extract(Samples.page("<time datetime='2024-01-01'>x</time>" + Samples.story)).date == "2024-01-01")
    let flagged = "<time datetime=2024-01-01>New year</time> <time pubdate datetime=2024-02-02>then</time>"
    #expect(try extract(Samples.page(flagged + Samples.story)).date == "2024-02-02")
  }

  @Test(
    "languages",
    arguments: [
      ("<html lang=\"pt_BR\">", "", "pt-BR"), ("<html xml:lang='de'>", "", "de"),
      ("<html>", "<meta name=language content=fr>", "fr"),
      ("<html>", "<meta http-equiv=content-language content='es, en'>", "es"),
      ("<html>", "<meta property=og:locale content=en_GB>", "en-GB"), ("<html lang=''>", "", nil),
      ("<html lang='English text'>", "", nil),
    ])
  func languages(_ root: String, _ head: String, _ language: String?) throws {
    let page = Samples.page(head: head, Samples.story).replacing("<html lang=\"en\">", with: root)
    #expect(try extract(page).language == language)
  }

  @Test("the site's name")
  func site() throws {
    let page = try extract(Samples.page(head: "<meta property='og:site_name' content='Brekkvik Times'>", Samples.story))
    #expect(page.site == "Brekkvik Times")
  }

  @Test("without a heading the title of the page is the headline, but for the site's name")
  func titleOfPage() throws {
    let page = Samples.page(Samples.story).replacing("<h1>\(Samples.headline)</h1>", with: "")
    #expect(try extract(page).title == Samples.headline)
  }

  @Test("of several headings the one that the page's title repeats")
  func severalHeadings() throws {
    let page = Samples.page("<h1>Local news</h1>" + Samples.story).replacing(
      "<header class=\"site-header\">", with: "<header><h1>Brekkvik Times</h1>")
    #expect(try extract(page).title == Samples.headline)
  }

  @Test("nothing is said, nothing is invented")
  func nothing() throws {
    let page = try extract("<p>\(Samples.paragraphs[0])</p><p>\(Samples.paragraphs[1])</p>")
    #expect(page.title == nil && page.date == nil && page.language == nil && page.site == nil)
    #expect(page.body.contains(Samples.marks[0]))
  }
}
