import DatelineVectors
import Testing

@Suite struct SharedBufferTests {
  /// Large ones begin at a large page; what is in them is the same.
  @Test func largeBuffers() {
    for count in [0, 1, 1 << 18, 1 << 20, (1 << 20) + 5] {
      let buffer = SharedBuffer<Double>(count: count) { memory in
        for place in memory.indices { memory.initializeElement(at: place, to: Double(place)) }
      }
      buffer.withUnsafeBufferPointer { memory in
        #expect(memory.count == count && memory.indices.allSatisfy { memory[$0] == Double($0) })
        if count >= 1 << 20 { #expect(UInt(bitPattern: memory.baseAddress) % (1 << 21) == 0) }
      }
      let zeros = MutableBuffer<Double>(zeros: count)
      zeros.withUnsafeBufferPointer { memory in #expect(memory.allSatisfy { $0 == 0 }) }
    }
  }

  @Test func ownsItsElements() {
    let buffer = SharedBuffer([1.5, -2, 3] as [Double])
    #expect(buffer.count == 3)
    #expect(buffer[1] == -2)
    #expect(buffer.array() == [1.5, -2, 3])
    #expect(buffer.withSpan { span in span.indices.reduce(0) { $0 + span[$1] } } == 2.5)
    #expect(buffer.bytes().count == 24)
  }

  @Test func empty() {
    let buffer = SharedBuffer<Float>([])
    #expect(buffer.count == 0)
    #expect(buffer.array().isEmpty)
    #expect(buffer.withSpan { $0.count } == 0)
    #expect(SharedBuffer<UInt8>([]).reinterpreted(as: Double.self)?.count == 0)
    #expect(SharedBuffer<UInt8>([1]).slice(1..<1).array().isEmpty)
  }

  @Test func reinterpretedAtEveryAlignment() {
    let numbers: [UInt32] = [1, 0xFFFF_FFFF, 0x0102_0304]
    for shift in 0..<8 {
      let bytes = [UInt8](repeating: 0xEE, count: shift) + SharedBuffer(numbers).bytes()
      let part = SharedBuffer(bytes).slice(shift..<bytes.count)
      #expect(part.reinterpreted(as: UInt32.self)?.array() == numbers, "shifted by \(shift)")
      #expect(part.reinterpreted(as: UInt64.self) == nil, "12 bytes are no whole number of 8")
    }
  }

  @Test func bytesAreLittleEndian() {
    #expect(SharedBuffer([0x0102_0304] as [UInt32]).bytes() == [4, 3, 2, 1])
  }

  private final class Owner {
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 16)
    let ended: () -> Void

    init(ended: @escaping () -> Void) {
      memory.initialize(repeating: 7)
      self.ended = ended
    }

    deinit {
      memory.initialize(repeating: 0)
      memory.deallocate()
      ended()
    }
  }

  @Test func partsKeepTheOwnerAlive() {
    final class Flag { var isSet = false }
    let ended = Flag()
    var part: SharedBuffer<UInt64>?
    do {
      let owner = Owner { ended.isSet = true }
      let buffer = SharedBuffer(unsafelySharing: UnsafeBufferPointer(owner.memory), owner: owner)
      part = buffer.slice(8..<16).reinterpreted(as: UInt64.self)
    }
    #expect(!ended.isSet)
    #expect(part?.array() == [0x0707_0707_0707_0707])
    part = nil
    #expect(ended.isSet)
  }
}
