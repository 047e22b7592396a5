import DatelineCore
import Glibc
import Synchronization

private let temporaryNumber = Atomic<Int>(0)

/// The file that is going to take the place of another one, in the same folder.
///
/// It has no name before all its bytes are on the disk, so a process that is killed while it writes leaves nothing
/// behind. Where the file system has no files without names, as NFS, it is called `<target>.tmp-<process>-<number>`
/// from the start. It goes away with its value unless it has taken its place.
struct TemporaryFile: ~Copyable {
  /// Open for writing.
  let descriptor: Int32
  private let target: String
  private var name: String?

  // Glibc's O_TMPFILE is a macro that Swift does not see; the number is the same on all that Swift runs on.
  private static let withoutName: Int32 = 0o20_000_000 | O_DIRECTORY

  /// Makes the file.
  ///
  /// - Parameters:
  ///   - target: The path whose place it is going to take.
  ///   - path: The same as the caller wrote it, for messages.
  /// - Throws: ``DatelineError/Code/inputOutput`` when the folder is not there or takes no files.
  init(beside target: String, path: String) throws(DatelineError) {
    self.target = target
    // Without /proc the file could never be given its name.
    if access("/proc/self/fd", X_OK) == 0 {
      let descriptor = open(folder(of: target), O_WRONLY | O_CLOEXEC | TemporaryFile.withoutName, 0o666)
      if descriptor >= 0 {
        self.descriptor = descriptor
        name = nil
        return
      }
    }
    // Whatever the reason was, the usual way works or fails for a reason that is easier to name.
    while true {
      let name = TemporaryFile.nextName(for: target)
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        self.descriptor = descriptor
        self.name = name
        return
      }
      switch errno {
      // A killed process of the same number may have left its temporary file.
      case EEXIST, EINTR: continue
      case ENOENT, ENOTDIR:
        throw failure("the folder \"\(folder(of: target))\" is not there: make it first", path)
      default: throw failure("no file can be made in the folder \"\(folder(of: target))\"", path)
      }
    }
  }

  deinit {
    close(descriptor)
    if let name { unlink(name) }
  }

  /// Takes the target's place at once: whoever opens it gets the old file or the whole new one.
  ///
  /// - Throws: ``DatelineError/Code/inputOutput``; then the target is as it was.
  mutating func takePlace(path: String) throws(DatelineError) {
    // rename needs a name on both sides, and there is no linking over a file that exists.
    while name == nil {
      let next = TemporaryFile.nextName(for: target)
      if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, next, AT_SYMLINK_FOLLOW) == 0 {
        name = next
      } else if errno != EEXIST, errno != EINTR {
        throw failure("no file can be made in the folder \"\(folder(of: target))\"", path)
      }
    }
    guard let name, rename(name, target) == 0 else {
      throw failure("could not be put in the place of the old file", path)
    }
    self.name = nil
  }

  private static func nextName(for target: String) -> String {
    "\(target).tmp-\(getpid())-\(temporaryNumber.wrappingAdd(1, ordering: .relaxed).oldValue)"
  }
}
