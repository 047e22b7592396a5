import DatelineCore
import DatelineData
import Glibc
import Testing

private let corpora = getenv("DATELINE_CORPORA").map { String(cString: $0) }

/// The public corpora, where they are at hand: their documents have been counted by others.
@Suite(.enabled(if: corpora != nil, "DATELINE_CORPORA names no folder"))
struct RealCorporaTests {
  private func summary(_ path: String, _ reader: ReaderOptions) throws -> CorpusSummary {
    let folder = try #require(corpora)
    return try read(["\(folder)/\(path)"], CorpusOptions(reader: reader)).summary
  }

  @Test func modApteSplits() throws {
    var reader = ReaderOptions(labelField: "topics", requiresLabel: true, allowsSeveralLabels: true, split: .train)
    #expect(try summary("reuters21578", reader).documents == 9603)
    reader.split = .test
    #expect(try summary("reuters21578", reader).documents == 3299)
    reader.split = nil
    let all = try summary("reuters21578", reader)
    #expect(all.documents == 21_578 && all.duplicateIdentifiers == 0)
  }

  @Test func newsgroups() throws {
    let reader = ReaderOptions(labelField: "topic", requiresLabel: true)
    #expect(try summary("20news", reader).documents == 11_314)
  }

  @Test func sib200() throws {
    let reader = ReaderOptions(labelField: "category", requiresLabel: true)
    #expect(try summary("sib200/eng_Latn", reader).documents == 1004)
  }
}
