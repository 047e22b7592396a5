"""Invented labelled documents, so that the benchmark runs where there is no corpus, and as many as anyone wants with as
many labels. As a program it writes them as JSON Lines; a thousand labels in half a million short documents are

    python3 -B Tools/benchmarks/zipf.py --labels 1000 --documents 500000 --words 20-30 >many.jsonl

Everything is integer arithmetic on SplitMix64 (Steele, Lea and Flood 2014, figure 17): the same seed gives the same
bytes on every machine. Word r is drawn with a probability in proportion to 1 / (r + 3), which is Zipf's law with the
flat head that Mandelbrot found. A share of a document's words comes from a list of its label, some from the list of
another one, and a few documents have a wrong label: no classifier can be perfect.
"""
import argparse
import array
import bisect
import itertools
import json
import multiprocessing
import random as mersenne
import re
import signal
import sys

LABELS = ("culture", "economy", "health", "politics", "science", "sport", "travel", "weather")
VOCABULARY = 60_000
TOPICAL_WORDS = 3_000
SHORTEST, SPREAD = 30, 180  # words in a document: SHORTEST up to SHORTEST + SPREAD, short ones more often
TOPICAL, STRAY, MISLABELLED = 9, 10, 4  # percent of words, of words, of documents
# Where there are many labels, documents are short: more of their words are of their labels, which have fewer each.
WORDS_OF_MANY, TOPICAL_OF_MANY, FURTHER = 300, 30, 40  # FURTHER: percent of documents that have one label more

ONSETS = ("", "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "st", "tr", "sh")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ou", "ea")
CODAS = ("", "", "n", "r", "s", "l", "nd", "st")


class SplitMix64:
    """A generator of 64 bits a step."""

    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFFFFFFFFFF

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, bound):
        """A number from 0 to bound - 1; the bias is below bound / 2^64."""
        return (self.next() * bound) >> 64


class Zipf:
    """Draws from a list, its first elements most often."""

    sums = {}  # by length: lists of one length share them

    def __init__(self, elements):
        self.elements = elements
        self.cumulative = self.sums.get(len(elements)) or self.sums.setdefault(len(elements), [])
        for rank in range(len(self.cumulative), len(elements)):
            self.cumulative.append((self.cumulative[-1] if rank else 0) + (1 << 32) // (rank + 3))

    def draw(self, random):
        return self.elements[bisect.bisect_right(self.cumulative, random.below(self.cumulative[-1]))]


def invented_words(count, random):
    """Different words of one to four syllables; the frequent ones, which come first, are short."""
    words, seen = [], set()
    while len(words) < count:
        syllables = 1 + random.below(2 + (len(words) > 200) + (len(words) > 5_000))
        word = "".join(
            ONSETS[random.below(len(ONSETS))] + VOWELS[random.below(len(VOWELS))] + CODAS[random.below(len(CODAS))]
            for _ in range(syllables))
        if word not in seen:
            seen.add(word)
            words.append(word)
    return words


def documents(count, seed=1):
    """Yields `count` dictionaries with id, text and topic."""
    random = SplitMix64(seed)
    words = invented_words(VOCABULARY, random)
    common = Zipf(words)
    # The words of a topic are words of the language, too, spread over all but the most frequent ones.
    topical = [Zipf([words[100 + random.below(VOCABULARY - 100)] for _ in range(TOPICAL_WORDS)]) for _ in LABELS]
    for number in range(count):
        label = random.below(len(LABELS))
        length = SHORTEST + min(random.below(SPREAD), random.below(SPREAD))
        text = []
        for _ in range(length):
            dice = random.below(100)
            if dice < TOPICAL:
                source = topical[label]
            elif dice < TOPICAL + STRAY:
                source = topical[random.below(len(LABELS))]
            else:
                source = common
            text.append(source.draw(random))
        if random.below(100) < MISLABELLED:
            label = random.below(len(LABELS))
        yield {"id": str(number + 1), "text": sentences(text, random), "topic": LABELS[label]}


def many_labels(count, labels, words=(20, 30), multi_label=False, seed=1):
    """Yields `count` dictionaries with id, text and topic, of `labels` labels that are as unlike in frequency as words.

    With `multi_label` a document has one to four of them, and the topic is a list.
    """
    random = SplitMix64(seed)
    language = invented_words(VOCABULARY, random)
    common = Zipf(language)
    names = Zipf([f"topic-{number:0{len(str(labels - 1))}}" for number in range(labels)])
    topical = {name: Zipf([language[100 + random.below(VOCABULARY - 100)] for _ in range(WORDS_OF_MANY)])
               for name in names.elements}
    for number in range(count):
        topics = [names.draw(random)]
        while multi_label and len(topics) < 4 and random.below(100) < FURTHER:
            topics.append(names.draw(random))
        text = []
        for _ in range(words[0] + random.below(words[1] - words[0] + 1)):
            dice = random.below(100)
            if dice < TOPICAL_OF_MANY:
                source = topical[topics[random.below(len(topics))]]
            elif dice < TOPICAL_OF_MANY + STRAY:
                source = topical[names.draw(random)]
            else:
                source = common
            text.append(source.draw(random))
        if random.below(100) < MISLABELLED:
            topics[0] = names.draw(random)
        yield {"id": str(number + 1), "text": sentences(text, random),
               "topic": sorted(set(topics)) if multi_label else topics[0]}


def sentences(words, random):
    """The words with capitals, commas and full stops."""
    parts, start, end = [], 0, 0
    while start < len(words):
        end = min(len(words), start + 5 + random.below(15))
        comma = start + 2 + random.below(12)
        sentence = [words[start].capitalize()] + words[start + 1:end]
        if comma < end - 1:
            sentence[comma - start] += ","
        parts.append(" ".join(sentence) + ".")
        start = end
    return " ".join(parts)


# Streams of millions of documents. Here a word costs a look-up in a table of 2^16 words, in which each stands as often
# as it is drawn; numbers come in bulk from Python's Mersenne Twister, whose bytes are the same everywhere, too. As many
# words do not fit into one table, there are several of them, each with its share of the rare words; a document is drawn
# from one of them.
STRATA, TABLE = 8, 1 << 16
SHORT_LENGTHS = (8, 11, 14, 16, 18, 18, 20, 20, 22, 25, 28, 36)  # words; a document of them has 200 bytes as JSON
BLOCK = 20_000  # documents that are made of one seed


def tables(labels, random):
    """For each label, tables of words: the topic's in their share, and those of the language."""
    words = invented_words(VOCABULARY, random)
    common = expected(words)
    result = []
    for _ in range(labels):
        topical = expected([words[100 + random.below(VOCABULARY - 100)] for _ in range(TOPICAL_WORDS)])
        share = STRATA * TABLE * TOPICAL // 100
        every = spread_out(topical, share) + spread_out(common, STRATA * TABLE - share)
        result.append([every[stratum::STRATA] for stratum in range(STRATA)])
    return result


def expected(words):
    """The words with the sums of their frequencies."""
    return words, list(itertools.accumulate((1 << 32) // (rank + 3) for rank in range(len(words))))


def spread_out(law, count):
    """`count` words in the order of their ranks, each as often as its frequency says."""
    words, sums = law
    return [words[bisect.bisect_right(sums, (2 * place + 1) * sums[-1] // (2 * count))] for place in range(count)]


def stream_block(block):
    """The lines of one block of a stream, as bytes; what it is made of is in `STREAM` of this process."""
    names, by_label, count, seed = STREAM
    first = block * BLOCK
    size = min(BLOCK, count - first)
    random = mersenne.Random((seed << 32) + block)
    number = iter(array.array("H", random.randbytes(2 * size * 3)))
    words = array.array("H", random.randbytes(2 * size * max(SHORT_LENGTHS)))
    lines, start = [], 0
    for document in range(first + 1, first + size + 1):
        label, name, length = next(number) % len(names), next(number), SHORT_LENGTHS[next(number) % len(SHORT_LENGTHS)]
        table = by_label[label][name % STRATA]
        text = " ".join(map(table.__getitem__, words[start:start + length]))
        start += length
        # A few documents have a wrong label, drawn with the bits that are left.
        shown = names[name // STRATA % len(names)] if name >> 9 < 128 * MISLABELLED // 100 else names[label]
        lines.append(f'{{"id":"{document}","text":"{text}","topic":"{shown}"}}\n')
    return "".join(lines).encode()


def leave_signals():
    """What ends the program ends its children by closing their pipe; they have nothing to tidy up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def write_stream(path, count, names, seed=1, processes=None):
    """Writes `count` short documents as JSON Lines, with labels of these names, in constant memory: a million takes a
    few seconds. The bytes depend on `count`, `names` and `seed` alone."""
    global STREAM
    # Children that are forked have the tables already.
    STREAM = tuple(names), tables(len(names), SplitMix64(seed)), count, seed
    blocks = range((count + BLOCK - 1) // BLOCK)
    with open(path, "wb") as file, multiprocessing.get_context("fork").Pool(processes, leave_signals) as pool:
        for lines in pool.imap(stream_block, blocks):
            file.write(lines)


def options(arguments):
    parser = argparse.ArgumentParser(description="Writes invented documents of many labels as JSON Lines.")
    parser.add_argument("--documents", metavar="N", type=int, default=500_000, help="how many (default: %(default)s)")
    parser.add_argument("--labels", metavar="N", type=int, default=1000, help="of how many labels (default: %(default)s)")
    parser.add_argument("--words", metavar="A-B", type=length, default=(20, 30), help="words in a document (default: 20-30)")
    parser.add_argument("--multi-label", action="store_true", help="one to four labels a document")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="the same seed gives the same bytes (default: 1)")
    chosen = parser.parse_args(arguments)
    if chosen.labels < 1:
        parser.error("--labels: at least one")
    return chosen


def length(word):
    match = re.fullmatch(r"(\d+)-(\d+)", word)
    if not match or not 0 < int(match[1]) <= int(match[2]):
        raise argparse.ArgumentTypeError(f"{word} is no range such as 20-30")
    return int(match[1]), int(match[2])


def main(arguments):
    chosen = options(arguments)
    for document in many_labels(chosen.documents, chosen.labels, chosen.words, chosen.multi_label, chosen.seed):
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
