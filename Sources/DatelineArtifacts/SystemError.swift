import DatelineCore
import Glibc

/// What the system calls an error number.
func systemMessage(_ number: Int32) -> String { String(cString: strerror(number)) }

extension stat {
  /// The kind of file: `S_IFREG`, `S_IFDIR` and so on.
  var kind: mode_t { st_mode & S_IFMT }

  /// The kind of file in words, for one that is neither a regular file nor a folder.
  var kindName: String {
    switch kind {
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "no regular file"
    }
  }
}
