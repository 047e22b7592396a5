#!/usr/bin/env python3
"""Reference numbers for Tests/CandidateScorerTests, made with scikit-learn.

    candidate_scorer.py > Tests/CandidateScorerTests/Resources/candidate_scorer.json

Each problem is one label's: rows of features of its candidate, of which some are all zero, the same times the label's
rarity, a score, the same times the rarity, the score's constant and the rarity; the answer is whether the document has
the label. The rarity is that among the documents of the four folds that the document is not in. Two
solvers of scikit-learn must agree. The constant has no penalty.
"""
import json
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")


def problem(seed, documents, kinds, weighted, unnamed):
    rng = np.random.default_rng(seed)
    x = np.round(rng.random((documents, kinds)) * 16) / 16 + 1 / 16
    x[rng.random(documents) < unnamed] = 0
    scores = np.round(rng.normal(-1, 1, documents) * 64) / 64
    constants = np.round(rng.normal(-2, 0.2, documents) * 64) / 64
    logits = x @ rng.normal(0, 2, kinds) + scores - constants - 1.5
    y = rng.random(documents) < 1 / (1 + np.exp(-logits))
    y[:2] = [True, False]
    weights = np.round(rng.gamma(2.0, 0.5, documents) * 16) / 16 if weighted else np.ones(documents)
    return x, scores, constants, y, weights


def solve(x, y, weights, c):
    found = []
    for solver in ("lbfgs", "newton-cg"):
        model = LogisticRegression(C=c, solver=solver, tol=1e-12, max_iter=100_000)
        model.fit(x, y, sample_weight=weights)
        found.append(np.append(model.coef_[0], model.intercept_))
    difference = np.abs(found[0] - found[1]).max()
    assert difference < 1e-4, difference
    return found[1]


def rarities(y):
    found = np.empty(len(y))
    bounds = [len(y) * fold // 5 for fold in range(6)]
    for start, end in zip(bounds, bounds[1:]):
        found[start:end] = np.sqrt(5 / max(5, y.sum() - y[start:end].sum()))
    return found


cases = []
for seed, documents, kinds, weighted, unnamed in [(1, 60, 2, False, 0.3), (2, 90, 4, True, 0.5), (3, 150, 6, False, 0.0)]:
    x, scores, constants, y, weights = problem(seed, documents, kinds, weighted, unnamed)
    r = rarities(y)
    rows = np.column_stack([x, x * r[:, None], scores, scores * r, constants, r])
    solutions = [{"C": c, "weights": solve(rows, y, weights, c).round(9).tolist()} for c in (0.1, 1, 30)]
    cases.append({
        "kinds": kinds, "features": x.tolist(), "scores": scores.tolist(), "constants": constants.tolist(),
        "answers": [bool(v) for v in y], "document_weights": weights.tolist(), "solutions": solutions,
    })
print(json.dumps({"cases": cases}))
