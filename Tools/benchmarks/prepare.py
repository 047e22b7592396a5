"""Writes the same documents for every program: JSON Lines, fastText lines and Vowpal Wabbit lines.

Vowpal Wabbit and fastText neither lower-case, nor know punctuation or JSON: they get lower-cased words in one line a
document. Without that their accuracy is up to three points lower; that it has been done for them is in nobody's time. All of it is a stream: this process must stay small, see
`measure.floor`.
"""
import contextlib
import dataclasses
import json
import os
import pathlib
import re
import shutil

import corpora

VERSION = 4  # of the files below; another one makes the cache stale
WORD = re.compile(r"\w+(?:'\w+)*")
FORMATS = ("jsonl", "fasttext", "vw")
LEAST_DOCUMENTS, LEAST_BYTES = 25_000, 20_000_000  # of the part that is classified


@dataclasses.dataclass(frozen=True)
class Prepared:
    """A corpus in the cache; parts are train, held, and classify: the held-out part written over several times."""
    corpus: corpora.Corpus
    folder: pathlib.Path
    labels: list
    documents: dict
    copies: int

    def path(self, part, form="jsonl"):
        return str(self.folder / f"{part}.{form}")

    def size(self, part, form="jsonl"):
        return os.path.getsize(self.path(part, form))


def plain(document):
    """The document's lower-cased words in one line; punctuation is left out, but for apostrophes within words."""
    return " ".join(WORD.findall(f"{document.get('title', '')} {document['text']}".lower()))


def fasttext_label(label):
    return "__label__" + "_".join(label.split())


def fasttext_line(document, label):
    return f"{fasttext_label(label)} {plain(document)}\n"


def vw_class(label, labels):
    """-1 and 1 for two labels; numbers from 1 on for more."""
    number = labels.index(label)
    return 2 * number - 1 if len(labels) == 2 else number + 1


def vw_line(document, label, labels):
    return f"{vw_class(label, labels)} | {plain(document)}\n"  # Its own | and : are no words, and are gone.


def prepared(corpus, cache, say):
    """The corpus as files of the cache, written unless they are there already."""
    folder = cache / corpus.name
    stamp = folder / "prepared.json"
    key = f"{VERSION} {corpora.fingerprint(corpus)}"
    with contextlib.suppress(OSError, ValueError):
        state = json.loads(stamp.read_text())
        if state["key"] == key:
            return Prepared(corpus, folder, state["labels"], state["documents"], state["copies"])
    say(f"preparing {corpus.title}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    labels = sorted({document[corpus.facet] for document in corpus.train()})
    documents = {part: write(folder, part, getattr(corpus, part)(), corpus.facet, labels) for part in ("train", "held")}
    size = os.path.getsize(folder / "held.jsonl")
    copies = max(-(-LEAST_DOCUMENTS // documents["held"]), -(-LEAST_BYTES // size))
    for form in FORMATS:
        with open(folder / f"classify.{form}", "wb") as out:
            for _ in range(copies):
                with open(folder / f"held.{form}", "rb") as held:
                    shutil.copyfileobj(held, out)
    documents["classify"] = copies * documents["held"]
    with open(folder / "held.jsonl", encoding="utf-8") as held:
        (folder / "one.jsonl").write_text(held.readline(), encoding="utf-8")
    for form in ("fasttext", "vw"):
        with open(folder / f"held.{form}", encoding="utf-8") as held:
            (folder / f"one.{form}").write_text(held.readline(), encoding="utf-8")
    stamp.write_text(json.dumps({"key": key, "labels": labels, "documents": documents, "copies": copies}))
    return Prepared(corpus, folder, labels, documents, copies)


def write(folder, part, documents, facet, labels):
    """Writes one part in all formats, and counts its documents. Those of labels that training lacks are left out."""
    count = 0
    with contextlib.ExitStack() as stack:
        files = {form: stack.enter_context(open(folder / f"{part}.{form}", "w", encoding="utf-8", newline="\n"))
                 for form in FORMATS}
        for document in documents:
            label = document[facet]
            if label not in labels:
                continue
            files["jsonl"].write(json.dumps(document, ensure_ascii=False) + "\n")
            files["fasttext"].write(fasttext_line(document, label))
            files["vw"].write(vw_line(document, label, labels))
            count += 1
    return count
