import DatelineCore
import DatelineVectors

extension Conformance {
  /// What goes into model files, and what comes back.
  static let fileChecks = [
    Check("saved-and-loaded", "a loaded model gives the scores of the saved one, to the bit, and the same parts again")
    {
      for kind in kinds($0) {
        let samples = Samples.make($0.seed) { $0.kind = kind }
        let (set, matrix) = (try samples.set(), samples.matrix)
        let model = try $0.train(set)
        let loaded = try $0.plugin.load(Payloads(model.payloads()), domain: set.domain)
        try expect(
          same(try $0.scores(of: matrix, by: model)[...], try $0.scores(of: matrix, by: loaded)[...]),
          "the same scores, \(kind.rawValue)", found: "others")
        try expect(try $0.bytes(of: loaded) == $0.bytes(of: model), "the same parts, \(kind.rawValue)", found: "others")
      }
    },
    Check("parts-have-names", "the parts of a model have names of lower-case letters, digits, points and hyphens") {
      let parts = try $0.train(Samples.make($0.seed).set()).payloads()
      try expect(!parts.isEmpty, "at least one part", found: "none")
      try expect(Set(parts.map(\.name)).count == parts.count, "a name for each part", found: "two of one name")
      for part in parts {
        let isName = part.name.utf8.allSatisfy {
          (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
            || $0 == UInt8(ascii: "_")
        }
        try expect(isName && !part.name.isEmpty, "a name such as linear.weights", found: part.name)
      }
    },
    Check("truncated-parts-refused", "parts that are missing or end too early are refused where they are needed") {
      let (samples, subject) = (Samples.make($0.seed), $0)
      let set = try samples.set()
      let model = try $0.train(set)
      let (parts, scores) = (try model.payloads(), try $0.scores(of: samples.matrix, by: model))
      for (number, part) in parts.enumerated() {
        func check(_ replacement: Payload?, _ what: String) throws {
          var changed: [Payload?] = parts
          changed[number] = replacement
          do {
            // A part may be there only for learning on, and be looked at only then.
            let loaded = try subject.plugin.load(Payloads(changed.compactMap { $0 }), domain: set.domain)
            let found = try subject.scores(of: samples.matrix, by: loaded)
            try expect(
              same(found[...], scores[...]), "\(what) is refused, or not needed for the scores", found: "other scores")
          } catch let error as DatelineError {
            try expect(
              error.code == .invalidData, "\(what) is refused as invalidData", found: "\(error.code): \(error)")
          }
        }
        try check(nil, "a model without \(part.name)")
        for count in [0, 1, part.bytes.count / 2, part.bytes.count - 1] where count >= 0 && count < part.bytes.count {
          try check(
            Payload(name: part.name, bytes: Array(part.bytes.prefix(count))),
            "\(part.name) with \(count) of its \(part.bytes.count) bytes")
        }
      }
    },
    Check("flipped-parts", "parts with flipped bits are refused, or load as a model that can be used") {
      let samples = Samples.make($0.seed)
      let set = try samples.set()
      let (parts, rows) = (try $0.train(set).payloads(), samples.selecting([0, 1, 2, 3]).matrix)
      var random = SplitMix64(seed: $0.seed)
      for _ in 0..<200 {
        let number = Int(random.next() % UInt64(parts.count))
        var bytes = parts[number].bytes
        let place = Int(random.next() % UInt64(max(1, bytes.count)))
        if bytes.isEmpty { continue }
        bytes[place] ^= 1 << UInt8(random.next() % 8)
        var changed = parts
        changed[number] = Payload(name: parts[number].name, bytes: bytes)
        do {
          let model = try $0.plugin.load(Payloads(changed), domain: set.domain)
          try expect(
            model.labelCount == set.domain.count && model.featureCount == set.features.columnCount,
            "a model of the same shape", found: "\(model.featureCount) features, \(model.labelCount) labels")
          // Files have checksums; what gets past them need not be right, but it is a model.
          let scores = try $0.scores(of: rows, by: model)
          try expect(scores.contains(where: \.isFinite), "a refusal, or a model with scores", found: "\(scores)")
        } catch let error as DatelineError {
          try expect(error.code == .invalidData, "damage is refused as invalidData", found: "\(error.code): \(error)")
        }
      }
    },
    Check("other-domain-refused", "a model is refused for labels that are more or fewer than its own") {
      let parts = try $0.train(Samples.make($0.seed).set()).payloads()
      for count in [3, 5] {
        let (subject, domain) = ($0, try Samples.make($0.seed) { $0.labelCount = count }.set().domain)
        try expectRefusal("a model of 4 labels for \(count)", [.invalidData]) {
          _ = try subject.plugin.load(Payloads(parts), domain: domain)
        }
      }
    },
  ]
}
