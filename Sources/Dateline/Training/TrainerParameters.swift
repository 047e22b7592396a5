import DatelineCore

/// Settings as users write them, shared out among classifier and vectorizer, and checked.
struct TrainerParameters {
  let classifier: Hyperparameters
  let vectorizer: Hyperparameters

  init(
    _ settings: [String: String], plugin: PluginDescription, vectorizer plugins: any VectorizerPlugin
  ) throws(DatelineError) {
    let schemas = [plugin.parameters, plugins.parameters]
    let names = schemas.map { Set($0.parameters.map(\.name)) }
    let shared = names[0].intersection(names[1]).sorted()
    guard shared.isEmpty else {
      throw DatelineError(
        .incompatible,
        "\(plugin.identifier) and the vectorizer both have a parameter called \(shared.joined(separator: ", ")): the family has to give it another name"
      )
    }
    let unknown = settings.keys.filter { name in !names.contains { $0.contains(name) } }.sorted()
    var problems = unknown.map { "\($0): no such parameter" }
    var checked: [Hyperparameters] = []
    for (number, schema) in schemas.enumerated() {
      do {
        checked.append(
          try Hyperparameters(
            schema, settings: settings.filter { names[number].contains($0.key) },
            defaults: number == 1 ? plugin.vectorizerDefaults : [:]))
      } catch { problems.append(error.message) }
    }
    guard problems.isEmpty, checked.count == 2 else {
      let known = schemas.flatMap { $0.parameters.map(\.name) }.joined(separator: ", ")
      throw DatelineError(
        .usage, problems.joined(separator: "; ") + (unknown.isEmpty ? "" : "; there are \(known)"))
    }
    classifier = checked[0]
    vectorizer = checked[1]
  }
}
