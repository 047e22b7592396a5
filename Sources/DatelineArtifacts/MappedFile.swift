import DatelineCore
import DatelineVectors
import Glibc

/// A whole file in memory, without reading it: pages come when they are touched, and are shared with other processes.
final class MappedFile {
  private let start: UnsafeMutableRawPointer
  private let count: Int

  private init(start: UnsafeMutableRawPointer, count: Int) {
    self.start = start
    self.count = count
  }

  deinit { munmap(start, count) }

  /// The bytes of a regular file; the mapping lives as long as any copy of the result.
  static func bytes(of path: String) throws(DatelineError) -> SharedBuffer<UInt8> {
    let location = DatelineError.Location(file: path)
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw DatelineError(.usage, "\"\(path)\" is no path: name a model file")
    }
    // Without O_NONBLOCK a pipe that nobody writes to would hold us here.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let number = errno
      if number == ENOENT || number == ENOTDIR {
        throw DatelineError(.missingInput, "no such file: check the path", at: location)
      }
      throw DatelineError(.inputOutput, "the file cannot be opened", at: location, cause: systemMessage(number))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw DatelineError(.inputOutput, "the file cannot be examined", at: location, cause: systemMessage(errno))
    }
    guard status.kind != S_IFDIR else {
      throw DatelineError(.invalidData, "a folder: name a model file in it", at: location)
    }
    guard status.kind == S_IFREG else {
      throw DatelineError(
        .invalidData, "\(status.kindName): a model file is mapped, so copy it to a regular file first", at: location)
    }
    let count = Int(status.st_size)
    guard count > 0 else { return SharedBuffer([]) }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw DatelineError(.inputOutput, "the file cannot be mapped", at: location, cause: systemMessage(errno))
    }
    let memory = UnsafeBufferPointer(start: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: count)
    return SharedBuffer(unsafelySharing: memory, owner: MappedFile(start: start, count: count))
  }
}
