"""Invented labelled documents, so that the benchmark runs where there is no corpus.

Everything is integer arithmetic on SplitMix64 (Steele, Lea and Flood 2014, figure 17): the same seed gives the same
bytes on every machine. Word r is drawn with a probability in proportion to 1 / (r + 3), which is Zipf's law with the
flat head that Mandelbrot found. A share of a document's words comes from a list of its label, some from the list of
another one, and a few documents have a wrong label: no classifier can be perfect.
"""
import bisect

LABELS = ("culture", "economy", "health", "politics", "science", "sport", "travel", "weather")
VOCABULARY = 60_000
TOPICAL_WORDS = 3_000
SHORTEST, SPREAD = 30, 180  # words in a document: SHORTEST up to SHORTEST + SPREAD, short ones more often
TOPICAL, STRAY, MISLABELLED = 9, 10, 4  # percent of words, of words, of documents

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

    def __init__(self, elements):
        self.elements = elements
        self.cumulative, total = [], 0
        for rank in range(len(elements)):
            total += (1 << 32) // (rank + 3)
            self.cumulative.append(total)

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
