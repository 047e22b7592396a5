import Glibc

/// Amounts of memory, in bytes.
public enum MemorySize {
  /// The memory of this machine.
  public static var physical: Int { Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE))) }

  /// The memory that this process has now, the pages of mapped files included; 0 where the system does not tell.
  public static var resident: Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var text = [UInt8](repeating: 0, count: 128)
    let count = read(descriptor, &text, text.count)
    let fields = text.prefix(max(0, count)).split(separator: UInt8(ascii: " "))
    guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// An amount as people write it: `2G`, `500M`, `64k` or a number of bytes; a unit is 1,024 of the one before, and may
  /// end in `B` or `iB`.
  ///
  /// - Throws: ``DatelineError/Code/usage`` for anything else, and for less than one byte.
  public static func parse(_ text: String) throws(DatelineError) -> Int {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let unit = text.dropFirst(digits.count).lowercased()
    let factor: Double? =
      switch unit {
      case "", "b": 1
      case "k", "kb", "kib": 0x1p10
      case "m", "mb", "mib": 0x1p20
      case "g", "gb", "gib": 0x1p30
      case "t", "tb", "tib": 0x1p40
      default: nil
      }
    guard let number = Double(digits), let factor, case let size = number * factor, size >= 1, size < 0x1p60 else {
      throw DatelineError(.usage, "\"\(text)\" is no amount of memory: write it like 2G or 500M")
    }
    return Int(size)
  }

  /// An amount for people: `2.0 GiB`.
  public static func describe(_ bytes: Int) -> String { describe(Double(bytes)) }

  /// An amount for people, as large as it may be.
  public static func describe(_ bytes: Double) -> String {
    var number = bytes
    for unit in ["bytes", "KiB", "MiB", "GiB"] {
      if number < 1024 { return "\(number.fixed(unit == "bytes" ? 0 : 1)) \(unit)" }
      number /= 1024
    }
    return "\(number.fixed(1)) TiB"
  }
}
