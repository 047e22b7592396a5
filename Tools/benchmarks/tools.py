"""Dateline and its peers: how each one is called, and how its answers are read."""
import json
import pathlib
import shutil
import subprocess

import prepare
from measure import Command, run

HERE = pathlib.Path(__file__).parent


class Tool:
    """One program with one set of options.

    `train` and `classify` give commands; `answers` and `gold` give the labels it answered and those it should have, in
    a form of its own in which equal means right. `suits` says on which corpora it is run.
    """
    form = "jsonl"
    suffix = ".model"
    note = ""

    def __init__(self, name, title):
        self.name, self.title = name, title

    def absent(self):
        """Why it cannot run here, or None."""

    def suits(self, corpus):
        return True

    def before(self, data):
        """Work that its time does not count."""

    def gold(self, data):
        return first_words(data.path("held", self.form))

    def accuracy(self, data, model):
        output = str(data.folder / f"{self.name}.answers")
        run(self.classify(data, "held", model, output))
        pairs = list(zip(self.answers(output, data), self.gold(data), strict=True))
        return sum(answer == gold for answer, gold in pairs) / len(pairs)


def first_words(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line.split(maxsplit=1)[0]


def said_by(*argv):
    """The first line that a command prints, or None where it cannot be run."""
    try:
        result = subprocess.run(argv, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = (result.stdout.strip() or result.stderr.strip()).splitlines()
    return text[0] if result.returncode == 0 and text else None


def package_version(package):
    """The version of a Debian package: fastText and liblinear do not tell theirs."""
    return said_by("dpkg-query", "--show", "--showformat=${Version}", package) or "version unknown"


class Dateline(Tool):
    def __init__(self, name, title, binary, options):
        super().__init__(name, title)
        self.binary, self.options = str(binary), options

    def version(self):
        return said_by(self.binary, "--version")

    def train(self, data, model, *more):
        return Command((self.binary, "train", "--data", data.path("train"), "--facet", data.corpus.facet,
                        "--output", model, *self.options, *more))

    def classify(self, data, part, model, output):
        return Command((self.binary, "classify", "--model", model, "--format", "json", data.path(part)), output)

    def accuracy(self, data, model):
        report = str(data.folder / "evaluation.json")
        run(Command((self.binary, "evaluate", "--model", model, "--data", data.path("held"), "--format", "json"), report))
        return json.loads(pathlib.Path(report).read_text())["accuracy"]


class FastText(Tool):
    form = "fasttext"
    suffix = ".bin"

    def __init__(self, name, title, threads, options=()):
        super().__init__(name, title)
        self.threads, self.options = threads, options

    def absent(self):
        return None if shutil.which("fasttext") else "there is no command fasttext; try: apt-get install fasttext"

    def version(self):
        return package_version("fasttext")

    def train(self, data, model):
        return Command(("fasttext", "supervised", "-input", data.path("train", self.form),
                        "-output", model.removesuffix(".bin"), "-wordNgrams", "2", "-epoch", "5", "-dim", "10",
                        "-thread", str(self.threads), "-verbose", "0", *self.options))

    def classify(self, data, part, model, output):
        return Command(("fasttext", "predict", model, data.path(part, self.form)), output)

    def answers(self, output, data):
        return first_words(output)


class VowpalWabbit(Tool):
    form = "vw"

    def __init__(self, python):
        super().__init__("vw", "Vowpal Wabbit")
        self.command = ("vw",) if shutil.which("vw") else (str(python), "-m", "vowpalwabbit")
        if self.command[0] != "vw":
            self.note = "run through its Python package, whose start is part of its times"

    def absent(self):
        return None if self.version() else "there is no command vw and no package vowpalwabbit; try --python " \
            "with a Python for which: pip install vowpalwabbit"

    def version(self):
        return said_by(*self.command, "--version")

    def start(self):
        """A run that does nothing."""
        return Command((*self.command, "--version"))

    def train(self, data, model):
        kind = ("--loss_function", "logistic") if len(data.labels) == 2 else ("--oaa", str(len(data.labels)))
        return Command((*self.command, "-d", data.path("train", self.form), *kind, "--ngram", "2", "-b", "24",
                        # Otherwise it holds out every tenth document, and learns from fewer than the others.
                        "--passes", "5", "--holdout_off", "-k", "--cache_file", model + ".cache", "-f", model, "--quiet"))

    def classify(self, data, part, model, output):
        return Command((*self.command, "-t", "-i", model, "-d", data.path(part, self.form), "-p", output, "--quiet"))

    def answers(self, output, data):
        two = len(data.labels) == 2
        return (vw_answer(word, two) for word in first_words(output))


def vw_answer(word, two):
    """The class of a prediction: the sign of a score where there are two labels, a number from 1 where there are more."""
    return ("1" if float(word) > 0 else "-1") if two else str(int(float(word)))


class ScikitLearn(Tool):
    def __init__(self, family, title, python, corpora=None):
        super().__init__(f"sklearn-{family}", title)
        self.family, self.python, self.corpora = family, str(python), corpora

    def absent(self):
        return None if self.version() else "this Python has no scikit-learn; try --python with one for which: " \
            "pip install scikit-learn"

    def version(self):
        return said_by(self.python, str(HERE / "scikit_learn.py"), "version")

    def suits(self, corpus):
        return self.corpora is None or corpus.name in self.corpora

    def script(self, *arguments, output=None):
        argv = (self.python, str(HERE / "scikit_learn.py"), *arguments)
        return Command(argv, output) if output else Command(argv)

    def train(self, data, model):
        return self.script("train", self.family, data.corpus.facet, data.path("train"), model)

    def classify(self, data, part, model, output):
        return self.script("predict", model, data.path(part), output=output)

    def answers(self, output, data):
        with open(output, encoding="utf-8") as file:
            for line in file:
                yield line.rstrip("\n")

    def gold(self, data):
        with open(data.path("held"), encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)[data.corpus.facet]


class Liblinear(Tool):
    """The solver alone: it reads the finished matrix, which scikit-learn wrote before the clock started."""
    form = "svm"

    def __init__(self, python, corpora):
        super().__init__("liblinear", "liblinear, on the finished matrix")
        self.matrix = ScikitLearn("svc", "", python)
        self.corpora = corpora

    def absent(self):
        if not shutil.which("liblinear-train"):
            return "there is no command liblinear-train; try: apt-get install liblinear-tools"
        return self.matrix.absent()

    def version(self):
        return package_version("liblinear-tools")

    def suits(self, corpus):
        return corpus.name in self.corpora

    def before(self, data):
        held = pathlib.Path(data.path("held", self.form))
        if not held.exists():
            partial = [data.path("train", self.form), str(held) + ".partial"]
            run(self.matrix.script("matrix", data.corpus.facet, data.path("train"), data.path("held"), *partial))
            pathlib.Path(partial[1]).rename(held)  # Only a finished one counts as there.

    def train(self, data, model):
        return Command(("liblinear-train", "-s", "7", "-c", "10", "-q", data.path("train", self.form), model))

    def classify(self, data, part, model, output):
        return Command(("liblinear-predict", "-q", data.path(part, self.form), model, output))

    def answers(self, output, data):
        return first_words(output)


def everything(binary, python, threads):
    """All tools; the first one is what the others are compared with."""
    return [
        Dateline("dateline", "Dateline, the peers' work", binary, ("--set", "C=10", "--calibration", "none")),
        Dateline("dateline-defaults", "Dateline, defaults", binary, ()),
        FastText("fasttext", "fastText", threads),
        # Its own learning rate of 0.1 is too low for five epochs over corpora of this size; the speed is the same.
        FastText("fasttext-rate", "fastText, learning rate 1", threads, ("-lr", "1.0")),
        VowpalWabbit(python),
        ScikitLearn("svc", "scikit-learn, linear SVC", python),
        ScikitLearn("logistic", "scikit-learn, logistic regression", python, ("imdb",)),
        Liblinear(python, ("imdb",)),
    ]
