import Glibc
import Testing

/// Where output goes, and what happens when it cannot go there.
@Suite struct StreamTests {
  private let shop: Workshop

  init() throws { shop = try Workshop() }

  @Test func aFullDisk() throws {
    let verbs = [
      ["classify", "--model", shop.model, shop.test], ["evaluate", "--model", shop.model, "--data", shop.test],
      ["inspect", shop.model], ["plugins", "list"], ["plugins", "show", "naive-bayes"],
    ]
    for verb in verbs {
      for format in ["text", "json"] {
        let run = try Command.run(verb + ["--format", format], output: "/dev/full")
        #expect(run.code == 74, "\(verb)")
        #expect(run.errors == "dateline: error: cannot write to standard output (No space left on device)\n")
      }
    }
  }

  @Test func nobodyReadsOn() throws {
    try shop.folder.write(
      "many.jsonl", String(repeating: Samples.jsonLines(Samples.articles(100)), count: 60))
    let run = try Command.shell(
      "($dateline classify --model topic.dateline many.jsonl; echo $? >status) | head -n 1", in: shop.folder)
    #expect(run.output == "d0  The minister and the vote\n")
    #expect(run.errors == "", "quietly")
    #expect(try shop.folder.text("status") == "\(128 + SIGPIPE)\n")
  }

  /// Nothing that is opened may take the place of a closed standard stream.
  @Test func closedStreams() throws {
    let run = try Command.shell(
      """
      $dateline classify --model topic.dateline test.jsonl >&- 2>errors; echo $?
      $dateline train --data train.jsonl --facet topic --output topic.dateline --plugin naive-bayes <&- >&- 2>&-
      echo $?
      $dateline inspect topic.dateline >inspected; echo $?
      """, in: shop.folder)
    #expect(run.output == "74\n0\n0\n")
    #expect(try shop.folder.text("errors").contains("Bad file descriptor"))
  }

  /// A training that is interrupted or killed leaves the old model, whole, and nothing else.
  @Test(arguments: [SIGINT, SIGTERM, SIGKILL]) func interruption(signal: Int32) throws {
    let old = try shop.folder.bytes("topic.dateline")
    // A pipe that is never closed keeps the training in its first step.
    let run = try Command.shell(
      """
      mkfifo pipe; exec 3<>pipe
      timeout --preserve-status -s \(signal) 0.2 $dateline train --data - --facet topic --output topic.dateline <pipe
      echo $?
      """, in: shop.folder)
    #expect(run.output == "\(128 + signal)\n")
    #expect(try shop.folder.bytes("topic.dateline") == old)
    #expect(shop.folder.names == ["pipe", "test.jsonl", "topic.dateline", "train.jsonl"])
  }
}
