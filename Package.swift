// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// One library target of a layer. Imports point strictly downward; siblings never import one another.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "Dateline",
  products: [
    .library(name: "Dateline", targets: ["Dateline"]),
    .library(name: "DatelineCore", targets: ["DatelineCore"]),
    .library(name: "DatelineExtraction", targets: ["DatelineExtraction"]),
    // For tokenizers and vectorizers of one's own.
    .library(name: "DatelineText", targets: ["DatelineText"]),
    .library(name: "DatelineVectors", targets: ["DatelineVectors"]),
    // For classifier families that others have built.
    .library(name: "DatelinePluginLoader", targets: ["DatelinePluginLoader"]),
    .library(name: "DatelinePluginKit", targets: ["DatelinePluginKit"]),
    .library(name: "DatelineConformance", targets: ["DatelineConformance"]),
    .executable(name: "dateline", targets: ["DatelineCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    // L0: system libraries
    .systemLibrary(name: "CBLAS", providers: [.apt(["libblas-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CPrefetch"),
    .systemLibrary(name: "CSIMD"),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CDatelinePlugin"),
    .systemLibrary(name: "CForeignMemory"),
    .target(name: "CGazetteer", exclude: ["gazetteer.tsv"]),
    // L1
    library("DatelineParallel", []),
    library("DatelineVectors", ["CBLAS"]),
    // L2
    library("DatelineCore", ["DatelineVectors", "DatelineParallel", "CXXHash", "CPrefetch"]),
    library("DatelineOptimization", ["DatelineVectors", "DatelineParallel"]),
    // L3
    library("DatelineText", ["DatelineCore", "DatelineVectors", "DatelineParallel", "CSIMD"]),
    library("DatelinePlaces", ["DatelineCore", "DatelineVectors", "CGazetteer", "CSIMD"]),
    library("DatelineExtraction", ["DatelineCore", "CXML"]),
    library("DatelineData", ["DatelineCore", "DatelineParallel", "CZlib", "CXXHash", "CSIMD"]),
    library("DatelineArtifacts", ["DatelineCore", "DatelineVectors", "CXXHash"]),
    library("DatelineEvaluation", ["DatelineCore", "DatelineOptimization"]),
    library("DatelineSentiment", ["DatelineCore", "DatelineVectors", "CSIMD"]),
    library("NaiveBayes", ["DatelineCore", "DatelineVectors", "DatelineParallel"]),
    library(
      "LogisticRegression",
      ["DatelineCore", "DatelineVectors", "DatelineParallel", "DatelineOptimization", "CPrefetch"]),
    library("CandidateScorer", ["DatelineCore", "DatelineVectors", "DatelineParallel", "DatelineOptimization"]),
    library(
      "DatelinePluginLoader",
      ["DatelineCore", "DatelineVectors", "DatelineParallel", "CDatelinePlugin", "CForeignMemory"]),
    library("DatelinePluginKit", ["DatelineCore", "DatelineVectors", "DatelineParallel", "CDatelinePlugin"]),
    library("DatelineConformance", ["DatelineCore", "DatelineVectors", "DatelineParallel"]),
    // L4
    library(
      "Dateline",
      [
        "DatelineCore", "DatelineVectors", "DatelineParallel", "DatelineExtraction", "DatelineText", "DatelinePlaces",
        "DatelineSentiment",
        "DatelineData", "DatelineArtifacts", "DatelineEvaluation", "CandidateScorer", "NaiveBayes",
        "LogisticRegression",
      ]),
    // L5
    .executableTarget(
      name: "DatelineCommand",
      dependencies: [
        "Dateline", "DatelineCore", "DatelineData", "DatelineEvaluation", "DatelineArtifacts", "DatelineExtraction",
        "DatelineParallel", "DatelinePluginLoader", "DatelineConformance", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tools/dateline",
      swiftSettings: strict),
    .executableTarget(name: "TagArticle", dependencies: ["Dateline"], path: "Tools/example", swiftSettings: strict),
    .executableTarget(
      name: "OwnParts", dependencies: ["Dateline", "DatelineText", "DatelineVectors"], path: "Examples/OwnParts",
      exclude: ["sample.mbox"], swiftSettings: strict),
    .executableTarget(
      name: "PageFeatures", dependencies: ["DatelineExtraction", "DatelineCore"], path: "Tools/page-model",
      exclude: ["learn.py"],
      swiftSettings: strict),
    // Tests
    .target(name: "TestSupport", dependencies: ["DatelineCore"], path: "Tests/TestSupport", swiftSettings: strict),
    tests("DatelineVectorsTests", ["DatelineVectors"]),
    tests("DatelineParallelTests", ["DatelineParallel"]),
    tests("DatelineCoreTests", ["DatelineCore", "DatelineVectors", "DatelineParallel"]),
    tests(
      "DatelineArtifactsTests", ["DatelineArtifacts", "DatelineCore", "DatelineVectors", "CXXHash"],
      resources: [.copy("Resources")]),
    tests(
      "DatelineTextTests", ["DatelineText", "DatelineCore", "DatelineVectors", "DatelineParallel", "CSIMD"],
      resources: [.copy("Resources")]),
    tests("DatelineExtractionTests", ["DatelineExtraction", "DatelineCore"]),
    tests("DatelineDataTests", ["DatelineData", "DatelineCore", "DatelineParallel", "CZlib"]),
    tests("CommandTests", ["DatelineCommand", "DatelineCore", "TestSupport"]),
    tests("DatelineOptimizationTests", ["DatelineOptimization", "DatelineParallel", "TestSupport"]),
    tests(
      "NaiveBayesTests", ["NaiveBayes", "DatelineCore", "DatelineVectors", "DatelineParallel", "TestSupport"],
      resources: [.copy("Resources")]),
    tests(
      "LogisticRegressionTests",
      [
        "LogisticRegression", "DatelineOptimization", "DatelineCore", "DatelineVectors", "DatelineParallel",
        "TestSupport",
      ],
      resources: [.copy("Resources")]),
    tests(
      "DatelineEvaluationTests", ["DatelineEvaluation", "DatelineCore", "TestSupport"], resources: [.copy("Resources")]),
    tests("DatelineSentimentTests", ["DatelineSentiment", "DatelineCore", "DatelineVectors"]),
    tests("DatelinePlacesTests", ["DatelinePlaces", "DatelineCore", "DatelineVectors"]),
    tests(
      "CandidateScorerTests",
      ["CandidateScorer", "LogisticRegression", "DatelineCore", "DatelineVectors", "DatelineParallel"],
      resources: [.copy("Resources")]),
    tests(
      "DatelineTests", ["Dateline", "DatelineVectors", "DatelineCore", "LogisticRegression"],
      resources: [.copy("Resources")]),
    tests(
      "DatelineConformanceTests",
      [
        "DatelineConformance", "CandidateScorer", "NaiveBayes", "LogisticRegression", "DatelineCore", "DatelineVectors",
        "DatelineParallel",
      ]),
    tests(
      "DatelinePluginLoaderTests",
      [
        "DatelinePluginLoader", "DatelinePluginKit", "DatelineConformance", "NaiveBayes", "DatelineCore",
        "DatelineVectors", "DatelineParallel", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    tests("TrainingDataTests", ["DatelineCore"]),
  ]
)

// The micro-benchmarks are for whoever works on Dateline (`Tools/microbenchmark`): nobody else resolves what they need.
if Context.environment["DATELINE_BENCHMARKS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
  package.targets.append(
    .executableTarget(
      name: "Microbenchmarks",
      dependencies: [
        "Dateline", "DatelineCore", "DatelineData", "DatelineText", "DatelineVectors", "DatelineParallel", "NaiveBayes",
        "LogisticRegression", "DatelinePluginKit", "DatelinePluginLoader",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      // The plugin takes targets for benchmarks whose folder is in one called Benchmarks, and no others.
      path: "Tools/microbenchmarks/Benchmarks/Layers",
      swiftSettings: strict,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
}
