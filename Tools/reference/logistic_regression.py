#!/usr/bin/env python3
"""Reference numbers for Tests/LogisticRegressionTests, made with scikit-learn.

    logistic_regression.py > Tests/LogisticRegressionTests/Resources/logistic_regression.json

Every problem is solved by scikit-learn's LogisticRegression with two solvers, which must agree. The objective is
computed here, apart from scikit-learn: ½‖W‖² + C · Σ sᵢ lossᵢ with constants that are not penalised, where sᵢ is the
document's weight times its label's. The constants of softmax are only determined up to a common number: they are
written with mean 0.
"""
import json
import warnings

import numpy as np
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")


def sparse(rng, documents, features, density):
    """Values that a float holds exactly, so that both sides see the same numbers."""
    x = rng.gamma(2.0, 0.5, (documents, features)) * (rng.random((documents, features)) < density)
    return np.float32(np.round(x * 1024) / 1024).astype(float)


def exclusive(seed, documents, features, labels, density=0.25, noise=1.0):
    rng = np.random.default_rng(seed)
    x = sparse(rng, documents, features, density)
    scores = x @ rng.normal(0, 1, (features, labels)) + rng.normal(0, 0.5, labels) + rng.gumbel(0, noise, (documents, labels))
    y = scores.argmax(axis=1)
    y[:labels] = np.arange(labels)
    return x, y, np.round(rng.gamma(2.0, 0.5, documents) * 16) / 16


def datasets():
    result = {}
    result["binary"] = exclusive(1, 60, 20, 2)
    result["binary-skewed"] = exclusive(2, 80, 12, 2, noise=0.5)
    result["softmax-3"] = exclusive(3, 60, 15, 3)
    result["softmax-5"] = exclusive(4, 90, 18, 5)
    x, y, w = exclusive(5, 40, 10, 3)
    result["duplicates"] = (np.vstack([x, x[:15], x[:5]]), np.concatenate([y, y[:15], y[:5]]), np.concatenate([w, w[:15], w[:5]]))
    x, y, w = exclusive(6, 50, 12, 2)
    x[:, [0, 7, 11]] = 0
    result["absent-features"] = (x, y, w)
    x, y, w = exclusive(7, 40, 30, 3, density=0.15)
    x[:, 0:3] = np.eye(3)[y] * 2
    result["separable"] = (x, y, w)
    x, y, w = exclusive(8, 30, 10, 2, density=0.2)
    x[:, 0:2] = np.eye(2)[y]
    result["separable-binary"] = (x, y, w)
    for name, seed, labels in (("multi-label-4", 9, 4), ("multi-label-11", 10, 11)):
        rng = np.random.default_rng(seed)
        x = sparse(rng, 60, 14, 0.25)
        y = x @ rng.normal(0, 1, (14, labels)) + rng.logistic(0, 1, (60, labels)) > np.linspace(-0.5, 1.5, labels)
        y[0], y[1] = True, False
        result[name] = (x, y.astype(int), np.round(rng.gamma(2.0, 0.5, 60) * 16) / 16)
    return result


def solve(x, y, c, class_weight, weights):
    solutions = []
    for solver, tolerance in (("newton-cholesky", 1e-12), ("lbfgs", 1e-10)):
        model = LogisticRegression(C=c, tol=tolerance, max_iter=100_000, solver=solver, class_weight=class_weight)
        model.fit(x, y, sample_weight=weights)
        solutions.append((model.coef_, model.intercept_))
    return solutions


def objective(x, y, c, weights, coefficients, intercepts):
    margins = x @ coefficients.T + intercepts
    if coefficients.shape[0] == 1:
        losses = np.logaddexp(0, np.where(y == 1, -1, 1) * margins[:, 0])
    else:
        losses = logsumexp(margins, axis=1) - margins[np.arange(len(y)), y]
    return 0.5 * (coefficients ** 2).sum() + c * (weights * losses).sum()


def case(name, data, c, balanced, weighted):
    x, y, w = data
    weights = w if weighted else np.ones(len(y))
    columns = [y] if y.ndim == 1 else list(y.T)
    total, coefficients, intercepts = 0.0, [], []
    for column in columns:
        strengths = weights.copy()
        if balanced:
            support = np.array([weights[column == k].sum() for k in range(column.max() + 1)])
            strengths *= (weights.sum() / (len(support) * support))[column]
        # The strengths are what `class_weight="balanced"` stands for; given as weights of the documents, they do not
        # depend on how scikit-learn counts weighted documents.
        (b, a), other = solve(x, column, c, None, strengths)
        values = [objective(x, column, c, strengths, *s) for s in ((b, a), other)]
        assert abs(values[0] - values[1]) <= 1e-7 * values[0], (name, values)
        if balanced and not weighted:
            named = objective(x, column, c, strengths, *solve(x, column, c, "balanced", None)[0])
            assert abs(named - values[0]) <= 1e-9 * named, (name, named, values)
        total += values[0]
        coefficients += b.tolist()
        intercepts += (a - a.mean() if len(a) > 1 else a).tolist()
    return {"dataset": name, "C": c, "class_weight": "balanced" if balanced else "none", "weighted": weighted,
            "objective": total, "coefficients": np.round(coefficients, 9).tolist(),
            "intercepts": np.round(intercepts, 9).tolist()}


def main():
    data = datasets()
    cases = []
    for name in ("binary", "softmax-3"):
        cases += [case(name, data[name], c, balanced, weighted)
                  for c in (0.1, 1, 100) for balanced in (False, True) for weighted in (False, True)]
    for name in ("binary-skewed", "softmax-5"):
        cases += [case(name, data[name], 1, balanced, True) for balanced in (False, True)]
    for name in ("duplicates", "absent-features", "separable", "separable-binary"):
        cases += [case(name, data[name], c, False, False) for c in (1, 100)]
    for name in ("multi-label-4", "multi-label-11"):
        cases += [case(name, data[name], c, False, weighted) for c in (0.1, 1, 100) for weighted in (False, True)]
    sets = {}
    for name, (x, y, w) in data.items():
        sets[name] = {
            "features": x.shape[1], "labels": y.shape[1] if y.ndim == 2 else int(y.max()) + 1,
            "multi_label": y.ndim == 2,
            "indices": [np.flatnonzero(row).tolist() for row in x], "values": [row[row != 0].tolist() for row in x],
            "targets": [np.flatnonzero(row).tolist() for row in y] if y.ndim == 2 else [[int(k)] for k in y],
            "weights": w.tolist()}
    print(json.dumps({"datasets": sets, "cases": cases}, separators=(",", ":")))


main()
