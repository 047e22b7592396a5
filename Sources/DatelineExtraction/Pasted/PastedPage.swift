/// Text that was copied from a page with all that stood around the story.
///
/// The story is in runs of long lines that end in full stops. Around them are the words of menus, the headlines of other
/// stories, each often twice, their first words cut off by dots, and what the site asks for.
struct PastedPage {
  struct Decision {
    var role: PageBlock.Role
    var reason: String
  }

  private let lines: [TextLine]

  init(_ lines: [TextLine]) { self.lines = lines }

  /// The longest line of text that was broken into lines.
  private static let longestWrapped = 100

  /// Whether lines are a page that was copied. When in doubt they are not: what is plain text stays as it is.
  static func isPasted(_ lines: [TextLine]) -> Bool {
    let written = lines.filter { $0.kind != .blank }
    let prose = written.indices.filter { written[$0].kind == .prose && !written[$0].isNotice }
    guard let first = prose.first, let last = prose.last, prose.count >= 2 || written[first].length >= 200 else {
      return false
    }
    // On pages a paragraph is a line. In mail and the like lines end where the page was full.
    guard prose.contains(where: { written[$0].length > longestWrapped }) else { return false }
    let around = written[..<first] + written[(last + 1)...]
    // Items are the story's own.
    let short = around.filter { !$0.isItem && ($0.kind == .menu || $0.kind == .fragment) }
    let cut = around.count { $0.kind == .cut }
    let notices = around.count { $0.isNotice }
    let menu = written[..<first].count { !$0.isItem && $0.kind == .menu }
    // A headline may stand above and in the text. More lines that stand twice are links with pictures.
    let repeated = short.count - Set(short.map(\.words.words)).count
    // What heads an article is a section, a headline, an author and a date.
    if menu >= 5 { return true }
    return short.count >= 3 && (repeated >= 2 || cut >= 2 || notices >= 1) || notices >= 2 && short.count >= 1
  }

  /// What becomes of each line.
  func decisions() -> [Decision] {
    var decisions = lines.map { Decision(role: .dropped, reason: PastedPage.reason($0)) }
    for run in storyRuns() {
      for index in run where decisions.indices.contains(index) {
        decisions[index] = Decision(role: .body, reason: "a line of the story")
      }
    }
    if let title = titleIndex(decisions) {
      decisions[title] = Decision(role: .title, reason: "the short line that shares most words with the story")
    }
    return decisions
  }

  private static func reason(_ line: TextLine) -> String {
    if line.isNotice { return "a notice or an invitation of the site" }
    return switch line.kind {
    case .blank: "empty"
    case .prose: "far from the story"
    case .sentence, .fragment: "a line outside of the story"
    case .cut: "a teaser that is cut off"
    case .menu: "words of a menu"
    }
  }

  /// The lines of the story: of all runs of prose the largest, and those that are not much smaller.
  private func storyRuns() -> [[Int]] {
    var runs: [[Int]] = []
    var gap: [Int] = []
    for index in lines.indices where lines[index].kind != .blank {
      guard isProse(index) else {
        gap.append(index)
        continue
      }
      if let run = runs.last, let kept = bridge(gap, behind: run.last ?? index) {
        runs[runs.count - 1] += kept + [index]
      } else {
        runs.append([index])
      }
      gap = []
    }
    // Behind the last line may be a short last sentence, or a list that the last line announces.
    if let run = runs.last, let last = run.last { runs[runs.count - 1] += tail(gap, behind: last) }
    let sizes = runs.map { run in run.reduce(0) { $0 + lines[$1].length } }
    let largest = sizes.max() ?? 0
    return zip(runs, sizes).filter { $1 * 3 >= largest }.map(\.0)
  }

  private func isProse(_ index: Int) -> Bool { lines[index].kind == .prose && !lines[index].isNotice }

  /// The lines between two lines of prose that belong to the story; `nil` where the story does not go on behind them.
  private func bridge(_ gap: [Int], behind last: Int) -> [Int]? {
    if lines[last].endsInColon || gap.allSatisfy({ lines[$0].isItem }) { return gap }
    let isKept = { (index: Int) in
      let line = lines[index]
      return !line.isNotice && (line.kind == .sentence || line.isItem || line.kind == .cut && gap.count == 1)
    }
    let kept = gap.filter(isKept)
    let others = gap.filter { !isKept($0) }
    if others.isEmpty { return kept }
    // One or two short lines are sub-headings. More, or cut ones, are a box that stands in the story.
    let isBox = others.contains { lines[$0].isNotice || lines[$0].kind == .cut } || others.count > 2
    if !isBox { return gap }
    return others.count <= 3 ? kept : nil
  }

  private func tail(_ gap: [Int], behind last: Int) -> [Int] {
    if lines[last].endsInColon { return gap.prefix { !lines[$0].isNotice && lines[$0].kind != .cut } }
    return Array(gap.prefix { !lines[$0].isNotice && (lines[$0].kind == .sentence || lines[$0].isItem) })
  }

  /// The short line outside of the story that shares most words with it, if one shares enough.
  private func titleIndex(_ decisions: [Decision]) -> Int? {
    var story: Set<UInt64> = []
    for (line, decision) in zip(lines, decisions) where decision.role == .body { story.formUnion(line.words.words) }
    var best: (score: Double, index: Int)?
    var isBehind = false
    for (index, line) in lines.enumerated() {
      if decisions[index].role == .body { isBehind = true }
      guard decisions[index].role == .dropped, !line.isNotice, line.kind != .cut, line.words.words.count <= 30 else {
        continue
      }
      let words = Set(line.words.words)
      let shared = words.intersection(story).count
      guard words.count >= 3, shared >= 2, shared * 5 >= words.count * 2 else { continue }
      // A headline stands above its story more often than not.
      let score = Double(shared * shared) / Double(words.count) * (isBehind ? 1 : 2)
      if score > best?.score ?? 0 { best = (score, index) }
    }
    return best?.index
  }
}
