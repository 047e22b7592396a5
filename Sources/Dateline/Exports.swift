// `import Dateline` is enough for a program that uses the library: documents, labels and errors, corpora on disk,
// threads, and evaluations come with it.
@_exported public import DatelineCore
@_exported public import DatelineData
@_exported public import DatelineEvaluation
@_exported public import DatelineParallel
