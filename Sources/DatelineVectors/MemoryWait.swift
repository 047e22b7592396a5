/// For loops that read memory ahead of its use.
public enum MemoryWait {
  /// Does nothing; what it is given has to be worked out all the same, so the compiler cannot leave reads out.
  @inline(never) @_optimize(none)
  public static func use(_ number: some BitwiseCopyable) {}
}
