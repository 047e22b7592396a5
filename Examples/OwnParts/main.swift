// The program of the article "Parts of your own": a corpus reader, a tokenizer and a vectorizer that Dateline does not have.
// Run it in the folder of the package: swift run OwnParts
import Dateline
import DatelineText

let articles = ["TrainingData/news.train.jsonl"]
let unseen = ["TrainingData/news.heldout.jsonl"]

func accuracy(_ model: Model) throws -> String {
  let counts = try model.evaluate(contentsOf: unseen)
  return (Evaluation(counts, seconds: 0).accuracy * 100).fixed(0) + " %"
}

// A tokenizer of one's own goes into the text vectorizer, with a name for the model file.
var trainer = try Trainer(facet: "topic")
let posts = TextVectorizerPlugin(tokenizer: PostTokenizer(), identifier: "posts")
trainer.vectorizer = posts
let tokenized = try trainer.train(contentsOf: articles).model
print("a tokenizer of one's own: \(try accuracy(tokenized)) of the topics are right")

// Whoever loads such a model has to know the vectorizer.
try tokenized.write(to: ".build/posts.dateline")
let loaded = try Model(contentsOf: ".build/posts.dateline", vectorizers: VectorizerRegistry([posts]))
print("  loaded again: \(loaded.tag(Document(body: "The #striker scored twice")).tags.map(\.label.path))")

// A vectorizer of one's own takes the place of the text vectorizer.
trainer.vectorizer = StyleVectorizerPlugin()
let style = try trainer.train(contentsOf: articles).model
print("a vectorizer of one's own: \(try accuracy(style)) of the topics are right by their style alone")

// A corpus reader of one's own reads files of its format.
let options = CorpusOptions(
  format: "mbox", reader: ReaderOptions(labelField: "topic", requiresLabel: true), extraReaders: [MailReader()])
let mail = try Trainer(facet: "topic").train(CorpusSource(Corpus(["Examples/OwnParts/sample.mbox"], options: options)))
print("a corpus reader of one's own: \(mail.summary.documentCount) messages, \(mail.model.domain.labels.map(\.path))")
