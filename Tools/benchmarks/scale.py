"""The row "scale": training and classifying under a limit of memory, from ten thousand documents to ten million."""
import json
import math
import os
import subprocess

import measure
import zipf
from measure import say

PROGRAMS = ("naive-bayes", "logistic-regression")
LABELS = (2, 9)
SMALLEST = 10_000


def sizes(largest):
    size = SMALLEST
    while size < largest:
        yield size
        size *= 10
    yield largest


def row(bench, largest, limit):
    """Trains both families on invented documents of each size and number of labels, and classifies what was learnt
    from. The documents lie in the cache while they are needed: ten million take two gigabytes."""
    binary = bench.tools[0].binary
    bench.cache.mkdir(parents=True, exist_ok=True)
    data, model = bench.cache / "scale.jsonl", bench.cache / "scale.model"
    runs = []
    try:
        for labels in LABELS:
            for documents in sizes(largest):
                say(f"    inventing {documents:,} documents of {labels} labels")
                zipf.write_stream(data, documents, [f"label-{number}" for number in range(labels)])
                for program in PROGRAMS:
                    runs.append(run(binary, data, model, documents, labels, program, limit))
    finally:
        data.unlink(missing_ok=True)
        model.unlink(missing_ok=True)
    return {"kind": "scale", "title": f"Ten thousand to {largest:,} documents, within {limit} of memory",
            "limit": limit, "runs": runs, "commands": [run["command"] for run in runs[:len(PROGRAMS)]]}


def run(binary, data, model, documents, labels, program, limit):
    train = measure.Command((str(binary), "train", "--data", str(data), "--facet", "topic", "--plugin", program, "--set",
                             "vocabulary=hashed", "--max-memory", limit, "--output", str(model)))
    trained = measure.run(train)
    classified = measure.run(measure.Command(
        (str(binary), "classify", "--model", str(model), "--format", "json", str(data))))
    inspected = subprocess.run([binary, "inspect", "--format", "json", str(model)], capture_output=True, text=True,
                               stdin=subprocess.DEVNULL)
    passes = (json.loads(inspected.stdout) if inspected.returncode == 0 else {}).get("training", {}).get("report", {}).get("passes")
    say(f"    {documents:,} documents, {labels} labels, {program}: {trained.wall:.1f} s, CPU {trained.cpu:.1f} s, "
        f"{trained.peak / 2**20:.0f} MiB; classified in {classified.wall:.1f} s, {classified.peak / 2**20:.0f} MiB")
    return {"documents": documents, "bytes": os.path.getsize(data), "labels": labels, "program": program,
            "wall": trained.wall, "cpu": trained.cpu, "peak_bytes": trained.peak, "passes": passes,
            "classify_wall": classified.wall, "classify_peak_bytes": classified.peak, "command": list(train.argv)}


def table(row):
    """Header and cells, a line for each number of labels and of documents."""
    header = ["labels", "documents", "MB"]
    for name in ("naive Bayes", "logistic regression"):
        header += [f"{name}: s", "µs/document", "peak MiB", "classify s", "peak MiB"]
    lines = {}
    for run in row["runs"]:
        line = lines.setdefault((run["labels"], run["documents"]), [
            str(run["labels"]), f"{run['documents']:,}", f"{run['bytes'] / 1e6:,.0f}"])
        line += [f"{run['wall']:.1f}", f"{run['wall'] / run['documents'] * 1e6:.0f}", f"{run['peak_bytes'] / 2**20:,.0f}",
                 f"{run['classify_wall']:.1f}", f"{run['classify_peak_bytes'] / 2**20:.0f}"]
    return header, list(lines.values())


def facts(row):
    return (f"Invented documents of about 200 bytes (`zipf.write_stream`). Both families with `--set vocabulary=hashed "
            f"--max-memory {row['limit']}`, everything else by default: strength chosen, probabilities calibrated. Peaks are "
            "those of the whole process, mapped pages of temporary files included. Each command ran once.")


WIDTH, HEIGHT = 16, 4  # characters a decade


def plot(row):
    """Seconds of training by documents, both on logarithmic scales: what grows linearly rises by a decade in each."""
    marks = {key: mark for key, mark in zip(
        [(labels, program) for labels in LABELS for program in PROGRAMS], "nlNL", strict=True)}
    points = [(math.log10(run["documents"]), math.log10(max(run["wall"], 1e-3)), marks[run["labels"], run["program"]])
              for run in row["runs"]]
    left, low = math.floor(min(x for x, _, _ in points)), math.floor(min(y for _, y, _ in points))
    right, high = math.ceil(max(x for x, _, _ in points)), math.ceil(max(y for _, y, _ in points))
    high, right = max(high, low + 1), max(right, left + 1)
    grid = [[" "] * ((right - left) * WIDTH + 4) for _ in range((high - low) * HEIGHT + 1)]
    for x, y, mark in points:
        line = grid[round((high - y) * HEIGHT)]
        place = round((x - left) * WIDTH)
        # Marks that meet stand side by side.
        while place < len(line) - 1 and line[place] != " ":
            place += 1
        line[place] = mark
    lines = [(f"{10.0 ** (high - number // HEIGHT):>7g} s " if number % HEIGHT == 0 else " " * 10) + "|" + "".join(line).rstrip()
             for number, line in enumerate(grid)]
    lines.append(" " * 10 + "+" + "-" * ((right - left) * WIDTH))
    lines.append(" " * 9 + "".join(f"10^{x}".ljust(WIDTH) for x in range(left, right + 1)).rstrip() + " documents")
    lines.append("n, l: naive Bayes and logistic regression with 2 labels; N, L: with 9")
    return "\n".join(lines)
