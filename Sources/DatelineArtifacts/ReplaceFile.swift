import DatelineCore
import Glibc

/// Replaces or makes a file; see `ArtifactWriter.write` for what is promised.
func replaceFile(at path: String, with pieces: [[UInt8]]) throws(DatelineError) {
  let (target, old) = try resolve(path)
  var temporary = try TemporaryFile(beside: target, path: path)
  if let old {
    // Best effort: only root may give files away, and the mode matters more.
    _ = fchown(temporary.descriptor, old.st_uid, old.st_gid)
    _ = fchmod(temporary.descriptor, old.st_mode & 0o777)
  }
  for piece in pieces { try writeAll(piece, to: temporary.descriptor, path: path) }
  guard fsync(temporary.descriptor) == 0 else { throw failure("could not be written to the disk", path) }
  try temporary.takePlace(path: path)
  try synchronise(folderOf: target, path: path)
}

/// Throws what `replaceFile` would throw for a path, before there is anything to write.
func checkReplacing(_ path: String) throws(DatelineError) {
  let target = try resolve(path).target
  _ = try TemporaryFile(beside: target, path: path)
}

/// The file that a path stands for, links followed, and what is there now.
private func resolve(_ path: String) throws(DatelineError) -> (target: String, old: stat?) {
  let location = DatelineError.Location(file: path)
  guard !path.isEmpty, !path.utf8.contains(0) else {
    throw DatelineError(.usage, "\"\(path)\" is no path: name the file to write")
  }
  var status = stat()
  guard stat(path, &status) == 0 else {
    // Only a path that is not there is fine; makeTemporary says what is wrong with the others.
    if lstat(path, &status) == 0, status.kind == S_IFLNK {
      throw DatelineError(
        .inputOutput, "a symbolic link to a file that is not there: remove the link, or name its target", at: location)
    }
    return (path, nil)
  }
  guard status.kind != S_IFDIR else {
    throw DatelineError(.inputOutput, "a folder: name the file to write in it", at: location)
  }
  guard status.kind == S_IFREG else {
    throw DatelineError(
      .inputOutput, "\(status.kindName): a model is written beside its path and then renamed, so name a regular file",
      at: location)
  }
  guard access(path, W_OK) == 0 else { throw failure("is write-protected: name another file, or permit writing", path) }
  guard let real = realpath(path, nil) else { throw failure("could not be found", path) }
  defer { free(real) }
  return (String(cString: real), status)
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(DatelineError) {
  var start = 0
  while start < bytes.count {
    // Linux writes at most 2 GiB at once.
    let written = bytes.withUnsafeBytes {
      write(descriptor, $0.baseAddress?.advanced(by: start), min($0.count - start, 1 << 30))
    }
    if written > 0 {
      start += written
    } else if written == 0 || errno != EINTR {
      throw failure("could not be written: is the disk full?", path)
    }
  }
}

/// Makes the new name itself survive a power cut. File systems that cannot do it are left alone.
private func synchronise(folderOf target: String, path: String) throws(DatelineError) {
  let descriptor = open(folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  if descriptor < 0 { return }
  defer { close(descriptor) }
  if fsync(descriptor) != 0, errno == EIO || errno == ENOSPC || errno == EDQUOT {
    throw failure("was written, but its folder could not be written to the disk", path)
  }
}

/// The folder in which a path lies.
func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// An error with what the system says; to be called before anything else changes `errno`.
func failure(_ message: String, _ path: String) -> DatelineError {
  let number = errno
  return DatelineError(.inputOutput, message, at: .init(file: path), cause: systemMessage(number))
}
