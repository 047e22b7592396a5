#!/usr/bin/env python3
"""scikit-learn as a program, for the benchmark: run by the Python that --python names, not by the benchmark's own.

    scikit_learn.py train   {svc,logistic} FACET TRAIN.jsonl MODEL
    scikit_learn.py predict MODEL DOCUMENTS.jsonl > LABELS
    scikit_learn.py matrix  FACET TRAIN.jsonl HELD.jsonl TRAIN.svm HELD.svm      for liblinear-train
    scikit_learn.py version
"""
import json
import pickle
import sys

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer


def read(path, facet=None):
    texts, labels = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            texts.append(f"{record.get('title', '')}\n{record['text']}")
            if facet:
                labels.append(record[facet])
    return texts, labels


def vectorizer():
    return TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)


def train(family, facet, data, model):
    texts, labels = read(data, facet)
    terms = vectorizer()
    matrix = terms.fit_transform(texts)
    if family == "svc":
        from sklearn.svm import LinearSVC
        classifier = LinearSVC()
    else:
        from sklearn.linear_model import LogisticRegression
        classifier = LogisticRegression(C=10, max_iter=1000)
    classifier.fit(matrix, labels)
    with open(model, "wb") as file:
        pickle.dump((terms, classifier), file, protocol=pickle.HIGHEST_PROTOCOL)


def predict(model, data):
    with open(model, "rb") as file:
        terms, classifier = pickle.load(file)
    for label in classifier.predict(terms.transform(read(data)[0])):
        print(label)


def matrix(facet, data, held, data_out, held_out):
    from sklearn.datasets import dump_svmlight_file
    terms = vectorizer()
    texts, labels = read(data, facet)
    names = sorted(set(labels))
    dump_svmlight_file(terms.fit_transform(texts), [names.index(x) for x in labels], data_out, zero_based=False)
    texts, labels = read(held, facet)
    dump_svmlight_file(terms.transform(texts), [names.index(x) for x in labels], held_out, zero_based=False)


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    {"train": train, "predict": predict, "matrix": matrix,
     "version": lambda: print(sklearn.__version__)}[command](*arguments)
