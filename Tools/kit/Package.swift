// swift-tools-version: 6.2

import PackageDescription

// What a classifier family in Swift is written with: the contracts of Dateline, and what makes a plugin of a type.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "DatelinePluginKit",
  products: [
    .library(
      name: "DatelinePluginKit", targets: ["DatelinePluginKit", "DatelineCore", "DatelineVectors", "DatelineParallel"])
  ],
  targets: [
    .systemLibrary(name: "CBLAS", providers: [.apt(["libblas-dev"])]),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CPrefetch"),
    .systemLibrary(name: "CDatelinePlugin"),
    .target(name: "DatelineParallel", swiftSettings: settings),
    .target(name: "DatelineVectors", dependencies: ["CBLAS"], swiftSettings: settings),
    .target(
      name: "DatelineCore", dependencies: ["DatelineVectors", "DatelineParallel", "CXXHash", "CPrefetch"],
      swiftSettings: settings),
    .target(
      name: "DatelinePluginKit",
      dependencies: ["DatelineCore", "DatelineVectors", "DatelineParallel", "CDatelinePlugin"],
      swiftSettings: settings),
  ]
)
