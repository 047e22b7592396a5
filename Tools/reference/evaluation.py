#!/usr/bin/env python3
"""Reference numbers for Tests/DatelineEvaluationTests, made with scikit-learn, SciPy and NumPy.

    evaluation.py > Tests/DatelineEvaluationTests/Resources/evaluation.json

Metrics come from scikit-learn; the calibration error and the calibration objectives are written here in NumPy, apart
from the Swift code, and minimised by SciPy. All inputs are seeded and part of the output.
"""
import json

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss, precision_recall_fscore_support

BINS = 15


def calibration_error(confidence, hit):
    """Guo et al. 2017, equation 3: bin m holds confidences in ((m - 1) / M, m / M]."""
    bins = np.clip(np.ceil(np.asarray(confidence) * BINS).astype(int) - 1, 0, BINS - 1)
    total = 0.0
    for m in range(BINS):
        inside = bins == m
        if inside.any():
            total += inside.mean() * abs(np.mean(hit[inside]) - np.mean(confidence[inside]))
    return total


def averages(gold, predicted, labels=None):
    result = {}
    for kind in ("macro", "micro"):
        p, r, f, _ = precision_recall_fscore_support(gold, predicted, labels=labels, average=kind, zero_division=0)
        result[kind] = {"precision": float(p), "recall": float(r), "f1": float(f)}
    return result


def per_label(gold, predicted, labels):
    p, r, f, s = precision_recall_fscore_support(gold, predicted, labels=labels, average=None, zero_division=0)
    return [{"precision": float(a), "recall": float(b), "f1": float(c), "support": int(d)}
            for a, b, c, d in zip(p, r, f, s)]


def exclusive(seed, documents, labels, unused):
    """Labels numbered `labels - unused` and up are never gold; the last of them is never predicted either."""
    rng = np.random.default_rng(seed)
    prior = rng.dirichlet(np.ones(labels - unused))
    gold = rng.choice(labels - unused, size=documents, p=prior)
    scores = rng.normal(0, 1, (documents, labels))
    scores[np.arange(documents), gold] += 1.2
    scores[:, labels - 1] -= 50 if unused else 0
    probabilities = np.round(softmax(1.7 * scores, axis=1), 6)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    predicted = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    return {
        "seed": seed, "labels": labels, "gold": gold.tolist(), "predicted": predicted.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "accuracy": float(accuracy_score(gold, predicted)), **averages(gold, predicted),
        "label_figures": per_label(gold, predicted, list(range(labels))),
        "confusion": confusion_matrix(gold, predicted, labels=list(range(labels))).tolist(),
        "log_loss": float(log_loss(gold, probabilities, labels=list(range(labels)))),
        "calibration_error": float(calibration_error(confidence, predicted == gold)),
        "baseline_accuracy": float(np.bincount(gold).max() / documents),
    }


def multilabel(seed, documents, labels):
    rng = np.random.default_rng(seed)
    gold = rng.random((documents, labels)) < rng.uniform(0.02, 0.4, labels)
    gold[:, labels - 1] = False
    probabilities = np.round(expit(rng.normal(-1.5, 1, (documents, labels)) + 2.5 * gold), 6)
    predicted = probabilities >= 0.5
    present = [k for k in range(labels) if gold[:, k].any()]
    sets = {}
    for row in gold:
        sets[tuple(row)] = sets.get(tuple(row), 0) + 1
    micro = averages(gold, predicted)["micro"]
    macro = averages(gold, predicted, labels=present)["macro"]
    clipped = np.clip(probabilities, 2.0**-52, 1 - 2.0**-52)
    losses = -np.where(gold, np.log(clipped), np.log1p(-clipped))
    return {
        "seed": seed, "labels": labels,
        "gold": [np.flatnonzero(row).tolist() for row in gold],
        "predicted": [np.flatnonzero(row).tolist() for row in predicted],
        "probabilities": probabilities.ravel().tolist(),
        "accuracy": float(accuracy_score(gold, predicted)), "macro": macro, "micro": micro,
        "label_figures": per_label(gold, predicted, list(range(labels))),
        "log_loss": float(losses.mean()),
        "calibration_error": float(calibration_error(probabilities.ravel(), gold.ravel())),
        "baseline_accuracy": max(sets.values()) / documents,
    }


def minimum(function, start):
    """A minimum to nearly all digits: BFGS, then Newton steps with a Hessian from differences of the gradient."""
    point = minimize(lambda x: function(x)[0], start, jac=lambda x: function(x)[1], method="BFGS",
                     options={"gtol": 1e-9, "maxiter": 5000}).x
    for _ in range(6):
        gradient = function(point)[1]
        step = 1e-5
        hessian = np.array([(function(point + step * e)[1] - function(point - step * e)[1]) / (2 * step)
                            for e in np.eye(len(point))])
        point = point - np.linalg.solve((hessian + hessian.T) / 2, gradient)
    return point


def vector_scaling(scores, gold, weights):
    documents, labels = scores.shape
    missed = 1 / (weights.sum() + 2)
    target = np.full((documents, labels), missed / (labels - 1))
    target[np.arange(documents), gold] = 1 - missed

    def function(x):
        z = x[0] * scores + x[1:]
        residual = weights[:, None] * (softmax(z, axis=1) - target)
        value = -(weights[:, None] * target * log_softmax(z, axis=1)).sum() + 0.5 * (x[1:] ** 2).sum()
        return value, np.concatenate([[(residual * scores).sum()], residual.sum(axis=0) + x[1:]])

    return minimum(function, np.concatenate([[1.0], np.zeros(labels)]))


def exclusive_calibration(seed, documents, labels, scale, weighted):
    rng = np.random.default_rng(seed)
    gold = rng.choice(labels, size=documents, p=rng.dirichlet(np.full(labels, 0.7)))
    scores = rng.normal(0, 1, (documents, labels)) + rng.normal(0, 0.7, labels)
    scores[np.arange(documents), gold] += 1.5
    scores = np.round(scores * scale, 5)
    weights = np.round(rng.uniform(0.2, 3, documents), 2) if weighted else np.ones(documents)
    point = vector_scaling(scores, gold, weights)
    return {"seed": seed, "labels": labels, "gold": gold.tolist(), "scores": scores.ravel().tolist(),
            "weights": weights.tolist() if weighted else None, "slope": point[0], "offsets": point[1:].tolist()}


def platt(scores, positive, weights, slope_prior=(0, 0), offset_prior=(0, 0)):
    positives, negatives = weights[positive].sum(), weights[~positive].sum()
    target = np.where(positive, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def function(x):
        z = x[0] * scores + x[1]
        residual = weights * (expit(z) - target)
        a, b = x[0] - slope_prior[0], x[1] - offset_prior[0]
        value = (weights * (np.logaddexp(0, z) - target * z)).sum() + (slope_prior[1] * a * a + offset_prior[1] * b * b) / 2
        return value, np.array([(residual * scores).sum() + slope_prior[1] * a, residual.sum() + offset_prior[1] * b])

    return minimum(function, np.array([1.0, 0.0]))


def multilabel_calibration(seed, documents, rates, weighted):
    rng = np.random.default_rng(seed)
    labels = len(rates)
    gold = rng.random((documents, labels)) < np.array(rates)
    scores = np.round(rng.normal(-2, 1.3, (documents, labels)) + gold * rng.uniform(1.5, 3.5, labels), 5)
    weights = np.round(rng.uniform(0.2, 3, documents), 2) if weighted else np.ones(documents)
    pooled = platt(scores.ravel(), gold.ravel(), np.repeat(weights, labels))
    slopes, offsets = [], []
    for k in range(labels):
        z = pooled[0] * scores[:, k] + pooled[1]
        a, b = platt(z, gold[:, k], weights, (1, 4), (0, 1))
        slopes.append(a * pooled[0])
        offsets.append(a * pooled[1] + b)
    return {"seed": seed, "labels": labels, "gold": [np.flatnonzero(row).tolist() for row in gold],
            "scores": scores.ravel().tolist(), "weights": weights.tolist() if weighted else None,
            "slopes": slopes, "offsets": offsets}


print(json.dumps({
    "exclusive": [exclusive(1, 120, 4, 0), exclusive(2, 90, 7, 2), exclusive(3, 60, 2, 0)],
    "multi_label": [multilabel(4, 100, 6), multilabel(5, 40, 12)],
    "exclusive_calibration": [
        exclusive_calibration(6, 150, 5, 1, False), exclusive_calibration(7, 200, 2, 25, False),
        exclusive_calibration(8, 120, 6, 0.03, True)],
    "multi_label_calibration": [
        multilabel_calibration(9, 160, [0.3, 0.1, 0.02, 0.005], False),
        multilabel_calibration(10, 150, [0.2, 0.05, 0.0], True)],
}, separators=(",", ":")))
