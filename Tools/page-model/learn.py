#!/usr/bin/env python3
"""Learns the weights that tell the blocks of a story from all others on a page.

    learn.py PROGRAM PAGES [--write FILE]

PROGRAM is the built PageFeatures; PAGES a folder with `html/NAME.html` and `gold/NAME.txt`, the story as cut by hand.
Prints the shingle F1 under cross-validation over pages, and with --write puts the weights learnt from all pages into a
Swift file. Needs numpy and scipy. A block belongs to the story when most of its words do in an alignment of the two texts.
"""
import argparse
import difflib
import glob
import html
import json
import os
import random
import re
import subprocess
import sys

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from importlib.machinery import SourceFileLoader  # noqa: E402

pages_tool = SourceFileLoader(
    "evaluate_pages", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "evaluate-pages")).load_module()

STRENGTH = 250.0  # of the penalty on the squared weights, per feature scaled to variance one
NAMELESS = 0.3  # the weight of a second copy of all pages, without the hints in class and id
FOLDS = 5

# What may not speak for a story, and what may not speak against one, whatever the pages at hand have by accident.
NEVER_FOR = {f"{where} {hint}" for where in ("near", "far") for hint in (
    "comment", "related", "navigation", "side", "foot", "head", "share", "advertisement", "subscription", "consent",
    "picture", "byline", "keywords", "hidden", "list", "inset")}
NEVER_FOR |= {"in nav", "in aside", "in footer", "in header", "in figure", "cut off", "phrase", "links", "links>1/4",
              "links>9/10"}
NEVER_AGAINST = {"in article", "in main", "in quote", "near article", "far article", "near body", "far body"}
# What the penalty draws weights to: what is known of elements and names that few pages at hand have.
EXPECTED = {"in nav": -2, "in aside": -2, "in footer": -2, "in figure": -2.5, "in header": -1, "in article": 0.5,
            "in main": 0.3, "in quote": 0.5}
for hint, weight in {"consent": -2, "comment": -2, "hidden": -1.5, "subscription": -1.5, "navigation": -1.5,
                     "related": -1.2, "foot": -1.2, "share": -1, "advertisement": -1, "keywords": -1, "side": -0.8,
                     "picture": -0.7, "byline": -0.7, "body": 0.4, "article": 0.4}.items():
    EXPECTED |= {f"near {hint}": weight, f"far {hint}": weight}


class Page:
    """A page's blocks with their features, and which of them belong to the story."""

    def __init__(self, name, head, blocks, gold):
        self.name, self.title, self.gold = name, head["title"] or "", gold
        self.texts = [b["text"] for b in blocks]
        self.features = np.array([b["features"] for b in blocks], dtype=np.float64).reshape(len(blocks), -1)
        self.is_title = np.array([b["title"] for b in blocks], dtype=bool)
        self.answers, lengths = self.align()
        # Long blocks count for more, and all pages for the same.
        weights = np.clip(lengths, 1, 150) ** 0.75
        self.weights = np.where(self.is_title, 0, weights / max(1, weights.sum()) * 100)

    def align(self):
        """Of each block, whether most of its words stand in the story, in their order; and how many it has."""
        spaceless = len(re.findall(r"[\u3040-\u9fff]", self.gold)) * 2 > len(self.gold)
        words = (lambda t: list(re.sub(r"\W+", "", t))) if spaceless else (lambda t: re.findall(r"\w+", t))
        own, all_words = [], []
        for index, text in enumerate(self.texts):
            block = words(text)
            own += [index] * len(block)
            all_words += block
        matched, lengths = np.zeros(len(self.texts)), np.zeros(len(self.texts))
        for index in own:
            lengths[index] += 1
        matcher = difflib.SequenceMatcher(None, all_words, words(self.gold), autojunk=False)
        for match in matcher.get_matching_blocks():
            for place in range(match.a, match.a + match.size):
                matched[own[place]] += 1 if match.size >= 3 else 0.5
        return (matched >= 0.5 * np.maximum(1, lengths)).astype(float), lengths


def load(program, folder):
    pages, names = [], []
    for path in sorted(glob.glob(os.path.join(folder, "html", "*.html"))):
        name = os.path.basename(path)[:-5]
        lines = subprocess.run([program, path], capture_output=True, check=True, text=True).stdout.split("\n")
        rows = [json.loads(line) for line in lines if line]
        names = rows[0]["names"]
        if len(rows) > 1:
            pages.append(Page(name, rows[0], rows[1:], pages_tool.gold(folder, name)))
    return pages, names


def learn(pages, names):
    """Logistic regression with bounds on the signs of some weights.

    Names that nobody can read, as some systems generate them, are met by learning from each page without its names, too.
    """
    features = np.vstack([p.features for p in pages])
    answers = np.concatenate([p.answers for p in pages])
    weights = np.concatenate([p.weights for p in pages])
    scale = features.std(axis=0) + 1e-6
    expected = np.array([EXPECTED.get(name, 0) for name in names] + [0]) * np.append(scale, 1)
    nameless = features * [not name.startswith(("near ", "far ")) and name != "has names" for name in names]
    features, answers = np.vstack([features, nameless]), np.append(answers, answers)
    weights = np.append(weights, NAMELESS * weights)
    scaled = np.hstack([features / scale, np.ones((len(features), 1))])
    bounds = [(None, 0) if n in NEVER_FOR else (0, None) if n in NEVER_AGAINST else (None, None) for n in names]

    def loss(vector):
        scores = scaled @ vector
        penalized = vector - expected
        penalized[-1] = 0
        value = (weights * np.logaddexp(0, -scores * (2 * answers - 1))).sum() + STRENGTH / 2 * penalized @ penalized
        return value, scaled.T @ (weights * (1 / (1 + np.exp(-scores)) - answers)) + STRENGTH * penalized

    result = minimize(loss, expected, jac=True, method="L-BFGS-B", bounds=bounds + [(None, None)],
                      options={"maxiter": 400})
    return result.x[:-1] / scale, result.x[-1]


def report(pages, scores, what):
    for name, subset in pages_tool.SUBSETS:
        pairs = []
        for page, score in zip(pages, scores):
            if not subset(page.name):
                continue
            kept = [t for t, s, title in zip(page.texts, score, page.is_title) if s > 0 and not title]
            title = page.title + "\n" if page.name.startswith("daniel") else ""
            pairs.append((page.gold, title + "\n".join(kept)))
        if pairs:
            p, r, f = pages_tool.shingle_f1(pairs)
            print(f"{what}  {name:<14} {len(pairs):4d} pages  precision {p:.3f}  recall {r:.3f}  F1 {f:.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("pages")
    parser.add_argument("--write")
    arguments = parser.parse_args()
    pages, names = load(arguments.program, arguments.pages)
    order = list(range(len(pages)))
    random.Random(1).shuffle(order)
    for count, what in ((2, "halves    "), (FOLDS, "five folds")):
        scores = [None] * len(pages)
        for fold in range(count):
            weights, bias = learn([pages[j] for i, j in enumerate(order) if i % count != fold], names)
            for i, j in enumerate(order):
                if i % count == fold:
                    scores[j] = pages[j].features @ weights + bias
        report(pages, scores, what)
    weights, bias = learn(pages, names)
    report(pages, [p.features @ weights + bias for p in pages], "all       ")
    if arguments.write:
        lines = [f'    "{name}": {weight:.4f},' for name, weight in zip(names + ["bias"], list(weights) + [bias])
                 if abs(weight) >= 0.00005]
        with open(arguments.write, "w", encoding="utf-8") as file:
            file.write("// Written by Tools/page-model/learn.py. Do not edit.\n\n/// The weights of ``PageModel`` by the "
                       "names of their features; those that are not here are zero.\nenum PageWeights {\n  static let "
                       "table: [String: Float] = [\n" + "\n".join(lines) + "\n  ]\n}\n")


if __name__ == "__main__":
    main()
