public import DatelineVectors

extension DatelineError {
  /// What a disk that cannot hold temporary files means for the work.
  public init(_ error: SpoolError) { self.init(.inputOutput, error.message, cause: error.cause) }

  /// Runs work with temporary files.
  ///
  /// - Throws: ``Code/inputOutput`` when the disk cannot hold them.
  public static func spooling<Result>(
    _ work: () throws(SpoolError) -> Result
  ) throws(DatelineError) -> Result {
    do { return try work() } catch { throw DatelineError(error) }
  }
}
