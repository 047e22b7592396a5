#!/usr/bin/env python3
"""Reference numbers for Tests/NaiveBayesTests, made with scikit-learn.

    naive_bayes.py > Tests/NaiveBayesTests/Resources/naive_bayes.json

For every case: the joint log-likelihood of every document as MultinomialNB, BernoulliNB and ComplementNB have it, with
alpha, class priors, document weights and class weights. Class weights (mean / support, to the power of 1/2 or 1)
multiply the counts of a label's documents; priors stay those of the documents themselves.
"""
import itertools
import json

import numpy as np
from sklearn.naive_bayes import BernoulliNB, ComplementNB, MultinomialNB

MODELS = {"multinomial": MultinomialNB, "bernoulli": BernoulliNB, "complement": ComplementNB}


def dataset(seed, documents, features, labels):
    rng = np.random.default_rng(seed)
    rates = rng.gamma(0.4, 1.0, (labels, features))
    y = rng.choice(labels, size=documents, p=rng.dirichlet(3 * np.ones(labels)))
    y[:labels] = np.arange(labels)
    x = rng.poisson(rates[y])
    x[:, features - 1] = 0  # a feature that is never there
    x[labels] = 0  # an empty document
    return x, y, rng.integers(1, 5, documents) / 2


def case(name, data, variant, counts, alpha, prior, class_weight, weighted, norm):
    x, y, w = data
    seen = (x > 0).astype(int) if counts == "presence" or variant == "bernoulli" else x
    weights = w if weighted else np.ones(len(y))
    support = np.bincount(y, weights=weights)
    exponent = {"none": 0, "sqrt": 0.5, "balanced": 1}[class_weight]
    scaled = weights * ((support.mean() / support) ** exponent)[y]
    options = {"alpha": alpha, "force_alpha": True}
    if variant == "complement":
        options["norm"] = norm
    else:
        options["class_prior"] = support / support.sum() if prior == "empirical" else np.ones(len(support)) / len(support)
    model = MODELS[variant](**options).fit(seen, y, sample_weight=scaled)
    # What is scored are the documents' own values, but for the Bernoulli variant.
    scores = model._joint_log_likelihood(seen if variant == "bernoulli" else x)
    if variant != "complement" and prior == "uniform":
        scores = scores + np.log(len(support))  # Dateline's constants have no term for equal priors.
    if norm and variant == "complement":
        scores = scores * x.shape[1]  # Weights of mean 1 instead of sum 1.
    return {"dataset": name, "variant": variant, "counts": counts, "alpha": alpha, "class_prior": prior,
            "class_weight": class_weight, "weighted": weighted, "normalize": norm,
            "scores": [[float(f"{v:.10g}") for v in row] for row in scores]}


def main():
    data = {"two": dataset(1, 14, 8, 2), "four": dataset(2, 24, 11, 4)}
    cases = []
    for name, variant in itertools.product(data, MODELS):
        for alpha, prior, class_weight, weighted in (
                (1.0, "empirical", "none", False), (0.1, "empirical", "none", True), (0.5, "uniform", "none", False),
                (1.0, "empirical", "balanced", True), (0.3, "uniform", "sqrt", True)):
            for counts in ("values", "presence"):
                for norm in (False, True) if variant == "complement" else (False,):
                    cases.append(case(name, data[name], variant, counts, alpha, prior, class_weight, weighted, norm))
    sets = {name: {"features": x.shape[1], "labels": int(y.max()) + 1,
                   "indices": [np.flatnonzero(row).tolist() for row in x],
                   "values": [row[row != 0].tolist() for row in x], "targets": y.tolist(), "weights": w.tolist()}
            for name, (x, y, w) in data.items()}
    print(json.dumps({"datasets": sets, "cases": cases}, separators=(",", ":")))


main()
