import DatelineCore
import DatelineVectors
import Testing

@Suite struct PayloadsTests {
  private let payloads = Payloads([
    Payload(name: "numbers", [1, 2, 3] as [UInt32]), Payload(name: "text", bytes: Array("abc".utf8)),
    Payload(name: "buffer", SharedBuffer([0.5] as [Double])),
  ])

  @Test func access() throws {
    #expect(payloads.names == ["numbers", "text", "buffer"])
    #expect(try payloads.bytes("text").array() == Array("abc".utf8))
    #expect(try payloads.bytes("numbers").array() == [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0])
    #expect(try payloads.numbers("numbers", as: UInt32.self, count: 3).array() == [1, 2, 3])
    #expect(try payloads.numbers("buffer", as: Double.self).array() == [0.5])
  }

  @Test func wrongSizesAndNames() {
    for count in [0, 2, 4, Int.max] {
      let error = failure { () throws(DatelineError) in
        try payloads.numbers("numbers", as: UInt32.self, count: count)
      }
      #expect(error.code == .invalidData && error.message.contains("\"numbers\" of the model has 12 bytes"))
    }
    #expect(throws: DatelineError.self) { try payloads.numbers("text", as: UInt16.self) }
    #expect(throws: DatelineError.self) { try payloads.numbers("numbers", as: UInt64.self) }
    let error = failure { () throws(DatelineError) in try payloads.bytes("none") }
    #expect(error.code == .invalidData && error.message.contains("numbers, text, buffer"))
  }

  @Test func provenanceComesBack() throws {
    let provenance = Provenance(
      dataDigest: DataDigest().description, documentCount: 12, seed: .max, toolVersion: "1.2", blas: "x/libblas.so.3")
    let json = try JSONValue(parsing: Array(provenance.json.text.utf8))
    #expect(try Provenance(json: json) == provenance, "a seed of 64 bits survives, too")
    for place in json.members.indices {
      var members = json.members
      members.remove(at: place)
      #expect(throws: DatelineError.self) { try Provenance(json: .object(members)) }
    }
  }
}
