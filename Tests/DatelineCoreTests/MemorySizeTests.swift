import DatelineCore
import Testing

@Suite struct MemorySizeTests {
  @Test(arguments: [
    ("2G", 2_147_483_648), ("1.5GiB", 1_610_612_736), ("500M", 524_288_000), ("64k", 65_536), ("7", 7), ("7B", 7),
    ("1T", 1_099_511_627_776),
  ])
  func reads(text: String, bytes: Int) throws { #expect(try MemorySize.parse(text) == bytes) }

  @Test(arguments: ["", "G", "-1G", "2X", "2 G", "0", "1e9", "nan", "9999999999T", "1..2M"])
  func refuses(text: String) {
    #expect(throws: DatelineError.self) { try MemorySize.parse(text) }
  }

  @Test func describes() {
    #expect(MemorySize.describe(512) == "512 bytes")
    #expect(MemorySize.describe(1536) == "1.5 KiB")
    #expect(MemorySize.describe(2_147_483_648) == "2.0 GiB")
    #expect(MemorySize.describe(0x1p70) == "1073741824.0 TiB")
    #expect(MemorySize.physical > 1 << 20)
  }
}
