// The program of the article "Getting started": trains a model, saves it, loads it again, and tags an article with it.
// Run it in the folder of the package: swift run -c release TagArticle
import Dateline

// Learn a model of the facet "topic" from labelled articles.
let trainer = try Trainer(facet: "topic")
let (model, summary) = try trainer.train(contentsOf: ["TrainingData/news.train.jsonl"])
print("learnt \(model.domain.count) topics from \(summary.documentCount) articles")

// Measure it on articles that it has not seen.
let counts = try model.evaluate(contentsOf: ["TrainingData/news.heldout.jsonl"])
print("right on \((Evaluation(counts, seconds: 0).accuracy * 100).fixed(0)) % of \(counts.documents) unseen articles")

// Save it, and load it again.
let path = ".build/topic.dateline"
try model.write(to: path)
let loaded = try Model(contentsOf: path)

// Tag an article.
let article = Document(
  title: "Late goal sends islanders into the final",
  body: """
    A header in the ninetieth minute gave the visitors a 2-1 victory on Sunday and a place in the cup final. Their \
    coach praised the goalkeeper, who saved a penalty before half-time.
    """)
let tagging = loaded.tag(article)
for tag in tagging.tags { print("\(tag.label) (probability \(tag.probability.fixed(2)))") }
if let reason = tagging.withheld { print("no topic: \(reason)") }

// Ask the models that come with Dateline: region, topic and sentiment.
let answers = try Tagger.standard().tag(article)
for (facet, tagging) in answers.taggings {
  for tag in tagging.tags { print("\(facet): \(tag.label) (probability \(tag.probability.fixed(2)))") }
  if let reason = tagging.withheld { print("no \(facet): \(reason)") }
}
