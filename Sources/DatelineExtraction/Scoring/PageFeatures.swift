package import DatelineCore

/// The features of a page's blocks for the program that learns the model.
package enum PageFeatures {
  /// One JSON object a line: of the first the names of the features, of the others a block each.
  package static func jsonLines(ofPage bytes: [UInt8], named name: String) throws(DatelineError) -> String {
    let tree = try bytes.withBuffer { (bytes) throws(DatelineError) in try PageReader.tree(bytes) }
    let picker = TitlePicker(tree)
    let titleIndex = picker.blockIndex()
    let features = tree.blocks.map { BlockFeatures(tree, $0) }
    let context = ContextFeatures(tree, features, titleIndex: titleIndex)
    var output: [UInt8] = []
    let head: JSONValue = [
      "page": .string(name), "title": picker.title(titleIndex).map { .string($0) } ?? .null,
      "names": .array(PageModel.featureNames.map { .string($0) }),
    ]
    head.write(into: &output)
    output.append(UInt8(ascii: "\n"))
    var row = FeatureRow()
    for (index, block) in tree.blocks.enumerated() {
      row.removeAll()
      features[index].fill(&row)
      context.fill(&row, at: index)
      let value: JSONValue = [
        "text": .string(String(decoding: tree.text[block.text], as: UTF8.self)), "title": .bool(index == titleIndex),
        "features": .array(row.values.map { .number(Double($0)) }),
      ]
      value.write(into: &output)
      output.append(UInt8(ascii: "\n"))
    }
    return String(decoding: output, as: UTF8.self)
  }
}
