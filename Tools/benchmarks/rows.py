"""The rows of the benchmark. Each one gives a dictionary: what `--json` writes, and what the tables are made of."""
import dataclasses
import hashlib
import os
import pathlib
import subprocess

import measure
import prepare
from measure import say, spread

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLD_REPEATS = 30
ARTICLE_COPIES = 30
THREADS = ("1", "2", "7")


class Bench:
    """What the rows share: the tools that are here, the prepared corpora, and the models of this run."""

    def __init__(self, tools, corpora, cache, repeats):
        self.tools, self.corpora, self.cache, self.repeats = tools, corpora, cache, repeats
        self.ready, self.models = {}, {}

    def data(self, corpus):
        if corpus not in self.ready:
            self.ready[corpus] = prepare.prepared(self.corpora[corpus], self.cache, say)
        return self.ready[corpus]

    def path(self, tool, data):
        return str(data.folder / (tool.name + tool.suffix))

    def model(self, tool, data):
        """A model that this run has trained; models of earlier runs may be those of other versions."""
        key = (tool.name, data.corpus.name)
        if key not in self.models:
            say(f"    training {tool.title}, which is not measured here")
            tool.before(data)
            measure.run(tool.train(data, self.path(tool, data)))
            self.models[key] = self.path(tool, data)
        return self.models[key]

    def answer(self, tool, data, part):
        return tool.classify(data, part, self.model(tool, data), str(data.folder / (tool.name + ".output")))


def train(bench, corpus):
    data = bench.data(corpus)
    tools = [tool for tool in bench.tools if tool.suits(data.corpus)]
    row = {"kind": "train", "title": f"Train: {data.corpus.title}", **described(data, "train"),
           "held_documents": data.documents["held"], "split": data.corpus.split}

    def command(tool):
        tool.before(data)
        return tool.train(data, bench.path(tool, data))

    def finish(tool, result):
        path = bench.models[tool.name, corpus] = bench.path(tool, data)
        result["model_bytes"] = os.path.getsize(path)
        result["accuracy"] = tool.accuracy(data, path)
        say(f"    {tool.name}: accuracy {result['accuracy']:.4f}")

    timed(row, tools, command, bench.repeats, finish)
    return row


def classify(bench, corpus):
    data = bench.data(corpus)
    tools = classifiers(bench, data)
    row = {"kind": "classify", "title": f"Classify: {data.corpus.title}", **described(data, "classify"),
           "copies": data.copies}

    def finish(tool, result):
        size, wall = data.size("classify", tool.form), result["wall"]["median"]
        result |= {"input_bytes": size, "documents_per_second": data.documents["classify"] / wall,
                   "bytes_per_second": size / wall}

    timed(row, tools, lambda tool: bench.answer(tool, data, "classify"), bench.repeats, finish)
    return row


def cold(bench, corpus):
    data = bench.data(corpus)
    tools = classifiers(bench, data)
    row = {"kind": "cold", "title": f"Classify one document, from the program's start to its end: {data.corpus.title}",
           "corpus": corpus, "documents": 1}
    timed(row, tools, lambda tool: bench.answer(tool, data, "one"), COLD_REPEATS)
    return row


@dataclasses.dataclass(frozen=True)
class Program:
    """What `timed` has to know of Dateline where no peer does the same."""
    name: str
    title: str


def articles(bench, source):
    """Whole articles, with the models that ship."""
    path = bench.cache / "articles.jsonl"
    bench.cache.mkdir(parents=True, exist_ok=True)
    # A line may lack its end where it is the last one.
    text = source.read_bytes().rstrip(b"\n") + b"\n"
    path.write_bytes(text * ARTICLE_COPIES)
    models = [word for facet in ("region", "topic", "sentiment")
              for word in ("--model", str(ROOT / f"Models/{facet}.dateline"))]
    return stream(bench, "Tag articles with all three models that ship", "region, topic and sentiment",
                  ("classify", *models, "--format", "json", str(path)), text.count(b"\n") * ARTICLE_COPIES, path.stat().st_size,
                  f"newswire articles, {ARTICLE_COPIES} times over, on all cores")


def pages(bench, folder):
    """The stories of pages, on one thread."""
    files = [file for file in folder.iterdir() if file.is_file()]
    return stream(bench, "Find the stories of pages, on one thread", "extract",
                  ("extract", "--format", "json", "--threads", "1", str(folder)), len(files),
                  sum(file.stat().st_size for file in files), "pages in HTML")


def stream(bench, title, work, words, documents, size, of):
    row = {"kind": "stream", "title": title, "documents": documents, "bytes": size, "of": of}

    def finish(tool, result):
        wall = result["wall"]["median"]
        result |= {"documents_per_second": documents / wall, "bytes_per_second": size / wall}

    timed(row, [Program("dateline-stream", f"Dateline, {work}")],
          lambda tool: measure.Command((str(bench.tools[0].binary), *words)), bench.repeats, finish)
    return row


def digest(bench, corpus):
    """Whether the model file is the same, byte for byte, with any number of threads."""
    data = bench.data(corpus)
    tool = next(t for t in bench.tools if t.name == "dateline-defaults")
    path = pathlib.Path(data.folder / "threads.model")
    digests, commands = {}, []
    for threads in THREADS:
        command = tool.train(data, str(path), "--threads", threads)
        measure.run(command)
        digests[threads] = hashlib.sha256(path.read_bytes()).hexdigest()
        commands.append(list(command.argv))
        say(f"    {threads} threads: {digests[threads][:16]}")
    return {"kind": "digest", "title": f"Equal model files: {data.corpus.title}", "corpus": corpus,
            "sha256": digests, "commands": commands, "equal": len(set(digests.values())) == 1}


def maker(bench):
    """What a model of this run says of the program and the BLAS that made it."""
    tool = bench.tools[0]
    path = next((path for (name, _), path in bench.models.items() if name.startswith("dateline")), None)
    if path is None:
        return None
    result = subprocess.run([tool.binary, "inspect", path], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return next((line.removeprefix("trained by").strip() for line in result.stdout.splitlines()
                 if line.startswith("trained by")), None)


def classifiers(bench, data):
    """Who classifies: Dateline with its default model, and the peers that read text without a script of ours."""
    return [t for t in bench.tools if t.name in ("dateline-defaults", "fasttext", "vw") and t.suits(data.corpus)]


def described(data, part):
    return {"corpus": data.corpus.name, "documents": data.documents[part], "bytes": data.size(part),
            "labels": len(data.labels)}


def timed(row, tools, command, repeats, finish=lambda tool, result: None):
    """Measures the tools' commands in turn, and puts the results into the row, by the tools' names. Ratios are between
    runs of the same round. A peer may fail; what it says is kept. Dateline has to work."""
    commands, failures = {}, {}
    for tool in tools:
        try:
            commands[tool.name] = command(tool)
        except measure.Failed as failure:
            failures[tool.name] = str(failure)
    row["load_before"] = os.getloadavg()[0]
    usages, late = measure.interleaved(commands, repeats, say)
    row["load_after"] = os.getloadavg()[0]
    failures |= late
    row["tools"] = {}
    for tool in tools:
        result = row["tools"][tool.name] = {"title": tool.title}
        if tool.name not in failures:
            result |= {"command": list(commands[tool.name].argv), "runs": [
                {"wall": u.wall, "user": u.user, "system": u.system, "peak_bytes": u.peak} for u in usages[tool.name]]}
            summarise(result, usages[tool.name], usages[tools[0].name], tool is tools[0])
            try:
                finish(tool, result)
            except measure.Failed as failure:
                failures[tool.name] = str(failure)
        if tool.name in failures:
            if tool.name.startswith("dateline"):
                raise measure.Failed(failures[tool.name])
            say(f"    {tool.name} failed: {failures[tool.name]}")
            result["failed"] = failures[tool.name]


def summarise(result, usages, base, is_base):
    for figure in ("wall", "cpu", "peak"):
        values = [getattr(usage, figure) for usage in usages]
        result[figure] = spread(values)
        if not is_base:
            others = [max(getattr(usage, figure), 1e-9) for usage in base]
            result[f"{figure}_ratio"] = spread([v / o for v, o in zip(values, others, strict=True)])


def available(corpora, folder=None):
    """All rows by name, as functions of the bench. The folder is that of the corpora, if there is one."""
    rows = {}
    for corpus in corpora:
        if corpus != "region":
            rows[f"train-{corpus}"] = lambda bench, corpus=corpus: train(bench, corpus)
    for corpus in ("imdb", "headlines", "zipf"):
        if corpus in corpora:
            rows[f"classify-{corpus}"] = lambda bench, corpus=corpus: classify(bench, corpus)
    short = "headlines" if "headlines" in corpora else "zipf"
    rows["cold"] = lambda bench: cold(bench, short)
    if folder is not None:
        newswire, html = pathlib.Path(folder) / "newswire/articles.jsonl", pathlib.Path(folder) / "pages/html"
        if newswire.is_file():
            rows["articles"] = lambda bench: articles(bench, newswire)
        if html.is_dir():
            rows["pages"] = lambda bench: pages(bench, html)
    same = "region" if "region" in corpora else "zipf"
    rows["digest"] = lambda bench: digest(bench, same)
    return rows
