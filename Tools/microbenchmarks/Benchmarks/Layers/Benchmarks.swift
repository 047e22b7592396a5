// The list of benchmarks is a variable of a module that knows nothing of concurrency. Benchmarks run one after another.
@preconcurrency import Benchmark

// The program that the plugin makes of this calls it by this name.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: standardMetrics, warmupIterations: 3, maxDuration: .seconds(3), maxIterations: 1_000_000)
  // Temporary files go away with what a benchmark has set up.
  Benchmark.teardown = { for benchmark in Benchmark.benchmarks { benchmark.setupState = nil } }
  addScanning()
  addTokenising()
  addVectorising()
  addKernels()
  addTraining()
  addTagging()
  addPlugins()
}
