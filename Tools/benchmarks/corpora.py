"""Where the labelled documents come from, and which of them are held out."""
import dataclasses
import json
import pathlib

import zipf


@dataclasses.dataclass(frozen=True)
class Corpus:
    """A name, the facet, and functions that yield dictionaries with id, text, the facet, and maybe title."""
    name: str
    title: str
    facet: str
    split: str
    sources: tuple  # paths, or whatever else the documents follow from: as text it is the key of the cache
    train: callable
    held: callable


class Missing(Exception):
    """A corpus that is not there."""


EVERY_FIFTH = "every fifth document by position (the 5th, 10th, 15th …) is held out"
OWN_FILES = "train and dev are files of their own; dev is later"


def known(folder, count, seed):
    """All corpora by name: those of the folder, or the invented one where there is no folder."""
    if folder is None:
        everything = lambda: zipf.documents(count, seed)
        corpora = [Corpus("zipf", f"{count:,} invented documents (seed {seed})", "topic", EVERY_FIFTH,
                          ("zipf", count, seed, pathlib.Path(zipf.__file__)), *fifths(everything))]
    else:
        folder = pathlib.Path(folder)
        imdb, news = folder / "imdb/train.jsonl", folder / "20news/train"
        corpora = [
            Corpus("imdb", "IMDB reviews", "sentiment", EVERY_FIFTH, (imdb,),
                   *fifths(lambda: lines(imdb, "sentiment"))),
            *(Corpus(name, f"headlines, {facet}", facet, OWN_FILES, (train, dev),
                     lambda train=train, facet=facet: lines(train, facet),
                     lambda dev=dev, facet=facet: lines(dev, facet))
              for name, facet in (("headlines", "topic"), ("region", "region"))
              for train, dev in [[folder / f"headlines/{facet}.{part}.jsonl" for part in ("train", "dev")]]),
            Corpus("20news", "20 Newsgroups, with headers", "group", EVERY_FIFTH, (news,),
                   *fifths(lambda: folders(news, "group"))),
        ]
    return {corpus.name: corpus for corpus in corpora}


def fifths(documents):
    """Functions that yield what is learnt from, and what is held out."""
    def part(held):
        return lambda: (d for n, d in enumerate(documents()) if (n % 5 == 4) == held)
    return part(False), part(True)


def shuffled(elements, seed=1):
    """Fisher-Yates. Programs that learn one document after the other learn nothing from labels in a row."""
    random = zipf.SplitMix64(seed)
    for last in range(len(elements) - 1, 0, -1):
        other = random.below(last + 1)
        elements[last], elements[other] = elements[other], elements[last]
    return elements


def lines(path, facet):
    """The documents of a file of JSON Lines."""
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                record = json.loads(line)
                document = {"id": str(record.get("id", number)), "text": record["text"], facet: record[facet]}
                if "title" in record:
                    document["title"] = record["title"]
                yield document
    except OSError as error:
        raise Missing(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError) as error:
        raise Missing(f"{path}, line {number}: not a record with text and {facet} ({error!r})") from error


def folders(path, facet):
    """The documents of a folder of folders, one a file, the paths sorted and then shuffled; the folders are the labels."""
    if not path.is_dir():
        raise Missing(f"{path}: there is no such folder")
    for file in shuffled(sorted(f for f in path.glob("*/*") if f.is_file())):
        yield {"id": f"{file.parent.name}/{file.name}", "text": file.read_bytes().decode("latin-1"),
               facet: file.parent.name}


def fingerprint(corpus):
    """Text that changes when the documents may have."""
    def one(source):
        if not isinstance(source, pathlib.Path):
            return repr(source)
        try:
            status = source.stat()
        except OSError as error:
            raise Missing(f"{source}: {error.strerror}") from error
        return f"{source.name} {status.st_size} {status.st_mtime_ns}"
    return " ; ".join(one(source) for source in corpus.sources)
