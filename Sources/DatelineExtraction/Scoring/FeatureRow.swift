/// The features of one block, filled in a fixed order.
///
/// Whoever fills it also names what is filled, so that the order is written down once. Names are kept on request only.
struct FeatureRow {
  private(set) var values: [Float] = []
  private(set) var names: [String] = []
  private let keepsNames: Bool

  init(keepsNames: Bool = false) { self.keepsNames = keepsNames }

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    names.removeAll()
  }

  @inline(__always)
  mutating func add(_ name: @autoclosure () -> String, _ value: Float) {
    values.append(value)
    if keepsNames { names.append(name()) }
  }

  @inline(__always)
  mutating func add(_ name: @autoclosure () -> String, if flag: Bool) { add(name(), flag ? 1 : 0) }
}
