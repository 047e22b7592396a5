// swift-tools-version: 6.2

import PackageDescription

// The folder that Dateline is installed in (Tools/install PREFIX).
let prefix = Context.environment["DATELINE_PREFIX"] ?? "/usr/local"

let package = Package(
  name: "AveragedPerceptron",
  // The shared object that dateline loads.
  products: [.library(name: "AveragedPerceptron", type: .dynamic, targets: ["AveragedPerceptron"])],
  dependencies: [.package(path: prefix + "/share/dateline/DatelinePluginKit")],
  targets: [
    .target(
      name: "AveragedPerceptron", dependencies: [.product(name: "DatelinePluginKit", package: "DatelinePluginKit")])
  ],
  swiftLanguageModes: [.v6]
)
