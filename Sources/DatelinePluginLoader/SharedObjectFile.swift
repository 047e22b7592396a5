import DatelineCore
import Glibc

/// A look at a file before the dynamic linker gets it, which would wait for a pipe for ever, and does not survive a file that
/// was cut off.
enum SharedObjectFile {
  /// - Throws: `DatelineError.Code.missingInput` where no file is, `.incompatible` for one that is no whole shared object.
  static func check(_ path: String) throws(DatelineError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw DatelineError(.missingInput, "no such plugin", cause: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DatelineError(.incompatible, "not a file: name the shared object itself")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw DatelineError(.incompatible, "the plugin cannot be read", cause: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var header = Elf64_Ehdr()
    guard pread(descriptor, &header, MemoryLayout<Elf64_Ehdr>.size, 0) == MemoryLayout<Elf64_Ehdr>.size,
      header.e_ident.0 == 0x7F, header.e_ident.1 == UInt8(ascii: "E"), header.e_ident.2 == UInt8(ascii: "L"),
      header.e_ident.3 == UInt8(ascii: "F"), Int(header.e_phentsize) == MemoryLayout<Elf64_Phdr>.size
    else { throw DatelineError(.incompatible, "not a shared object: build the plugin with -shared -fPIC") }
    for number in 0..<Int(header.e_phnum) {
      var segment = Elf64_Phdr()
      let place = Int(truncatingIfNeeded: header.e_phoff) &+ number * MemoryLayout<Elf64_Phdr>.size
      let isThere = pread(descriptor, &segment, MemoryLayout<Elf64_Phdr>.size, place) == MemoryLayout<Elf64_Phdr>.size
      let (end, overflows) = segment.p_offset.addingReportingOverflow(segment.p_filesz)
      guard isThere, segment.p_type != PT_LOAD || (!overflows && end <= UInt64(status.st_size)) else {
        throw DatelineError(.incompatible, "a shared object that is cut off: build or copy it again")
      }
    }
  }
}
