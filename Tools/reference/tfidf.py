#!/usr/bin/env python3
"""Writes reference values of scikit-learn's TfidfVectorizer for the tests of the text vectorizer:

    Tools/reference/tfidf.py > Tests/DatelineTextTests/Resources/tfidf.json

The sentences are ASCII, and TOKEN says in scikit-learn's terms what Dateline takes for a word there.
"""
import json
import sys

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

TOKEN = r"[a-z0-9]+(?:(?:(?<=[a-z])'(?=[a-z])|(?<=[0-9])[.,](?=[0-9]))[a-z0-9]+)*"

SENTENCES = [
    "The harbour council won't raise the mooring fee, the mayor said on Tuesday.",
    "Mooring fees rose by 3.5% last year; the council doesn't expect 1,000 boats again.",
    "A late goal gave the home side a 2-1 win in the rain.",
    "The mayor's office said the bridge will open in May, not in April.",
    "Rain, rain and more rain: the match was called off at 4.30 p.m.",
    "Boats stayed in the harbour while the rain lasted.",
    "",
    "The council, the mayor and the harbour office agree: open the bridge!",
    "home win home win home win",
]

CONFIGURATIONS = [
    ({"ngrams": "1", "min-df": "1", "tf": "count"}, {}),
    ({"ngrams": "1-2", "min-df": "1"}, {"ngram_range": (1, 2), "sublinear_tf": True}),
    ({"ngrams": "1-3", "min-df": "2", "max-df": "0.6"},
     {"ngram_range": (1, 3), "sublinear_tf": True, "min_df": 2, "max_df": 0.6}),
    ({"ngrams": "2", "min-df": "1", "tf": "binary", "norm": "none"},
     {"ngram_range": (2, 2), "binary": True, "norm": None}),
    ({"ngrams": "1", "min-df": "3", "tf": "count", "idf": "false"}, {"min_df": 3, "use_idf": False}),
]

cases = []
for settings, arguments in CONFIGURATIONS:
    vectorizer = TfidfVectorizer(token_pattern=TOKEN, **arguments)
    matrix = vectorizer.fit_transform(SENTENCES)
    terms = vectorizer.get_feature_names_out()
    rows = []
    for number in range(matrix.shape[0]):
        row = matrix.getrow(number)
        rows.append({str(terms[column]): float(value) for column, value in sorted(zip(row.indices, row.data))})
    cases.append({"settings": settings, "features": len(terms), "rows": rows})

json.dump({"scikit_learn": sklearn.__version__, "sentences": SENTENCES, "cases": cases}, sys.stdout, indent=1)
sys.stdout.write("\n")
