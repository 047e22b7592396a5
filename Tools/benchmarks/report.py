"""Tables for people: the same in the terminal and in Markdown."""
import os
import pathlib

import scale as growth


def table(row, floor):
    """Header, cells and a note of a row's table."""
    kind = row["kind"]
    if kind == "scale":
        return *growth.table(row), "Seconds by documents:\n\n```\n" + growth.plot(row) + "\n```"
    first = next(iter(row["tools"].values()))["title"]
    small = kind == "cold"
    header = ["program", "ms" if small else "s", "min–max", "CPU ms" if small else "CPU s", "memory MB"]
    header += {"train": ["model MB", "accuracy"], "cold": []}.get(kind, ["documents/s", "MB/s"])
    # Nobody is beside Dateline there.
    alone = kind == "stream"
    header += [] if alone else ["time, ratio", "CPU, ratio"]
    lines = []
    for result in row["tools"].values():
        if "failed" in result:
            lines.append([result["title"], "failed"] + [""] * (len(header) - 2))
            continue
        scale = 1000 if small else 1
        wall, cpu, peak = result["wall"], result["cpu"], result["peak"]["median"]
        cells = [result["title"], seconds(wall["median"] * scale),
                 f"{seconds(wall['min'] * scale)}–{seconds(wall['max'] * scale)}", seconds(cpu["median"] * scale),
                 f"{peak / 1e6:.0f}" if peak > floor["peak"] else f"≤ {floor['peak'] / 1e6:.0f}"]
        if kind == "train":
            cells += [f"{result['model_bytes'] / 1e6:.1f}", f"{result['accuracy']:.4f}"]
        if kind in ("classify", "stream"):
            cells += [f"{result['documents_per_second']:,.0f}", f"{result['bytes_per_second'] / 1e6:.0f}"]
        if not alone:
            cells += [ratio(result.get("wall_ratio")), ratio(result.get("cpu_ratio"))]
        lines.append(cells)
    if small:
        lines.append(["a program that does nothing", seconds(floor["wall"] * 1000)] + [""] * (len(header) - 2))
    return header, lines, "" if alone else f"A ratio of 2 means: twice the time of \"{first}\"."


def seconds(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def ratio(spread):
    if spread is None:
        return "1"
    return f"{seconds(spread['median'])} ({seconds(spread['min'])}–{seconds(spread['max'])})"


def facts(row):
    """One sentence on what a row's documents are."""
    if row["kind"] == "train":
        return (f"{row['documents']:,} documents ({row['bytes'] / 1e6:.1f} MB of JSON Lines), {row['labels']} labels. "
                f"Accuracy on {row['held_documents']:,} others: {row['split']}.")
    if row["kind"] == "classify":
        return (f"{row['documents']:,} documents ({row['bytes'] / 1e6:.1f} MB of JSON Lines): those held out, "
                f"{row['copies']} times over. The model is loaded, and the answers are written to a file.")
    if row["kind"] == "stream":
        return f"{row['documents']:,} {row['of']} ({row['bytes'] / 1e6:.1f} MB)."
    if row["kind"] == "scale":
        return growth.facts(row)
    if row["kind"] == "cold":
        return "Medians of the runs of a process that loads its model for one document."
    counts = ", ".join(row["sha256"])
    return f"Models trained with {counts} threads are equal, byte for byte: {'yes' if row['equal'] else 'NO'}."


def text(row, floor):
    """A row for the terminal."""
    parts = [f"\n== {row['title']}", facts(row)]
    if "tools" in row or row["kind"] == "scale":
        header, lines, note = table(row, floor)
        widths = [max(len(line[i]) for line in [header, *lines]) for i in range(len(header))]
        for line in [header, *lines]:
            parts.append("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths))))
        parts += [note] if note else []
    return "\n".join(parts)


def markdown(result, shown):
    """The body of BENCHMARKS.md. `shown` replaces a machine's paths by names."""
    machine, versions = result["machine"], result["versions"]
    memory = f", {machine['memory_bytes'] / 2**30:.0f} GB" if machine["memory_bytes"] else ""
    parts = [
        f"Measured on {result['date'][:10]} on {machine['cores']} cores of {machine['processor']}{memory}, "
        f"Linux {machine['kernel']}, by `Tools/benchmark`. Runs of each command: {result['repeats']}; figures are medians. For single "
        "documents there are 30 runs. In brackets: the smallest and the largest. All programs of a table ran in turn (A B C A B C …), "
        "and a ratio compares runs of the same round.",
        "Times are those of whole processes: start, reading the documents, the work, writing the model or the answers. "
        "fastText and Vowpal Wabbit get lower-cased words that were cut before, in their own format; that is not in their "
        "times. \"The peers' work\" is training with one given constant and without calibration (`--set C=10 "
        "--calibration none`); with its defaults Dateline also chooses the constant and calibrates, which the others "
        "do not. fastText's learning rate of 1 was the best of 0.1, 0.5 and 1 on the held-out documents. "
        f"Memory below {result['floor']['peak'] / 1e6:.0f} MB cannot be told apart.",
    ]
    for row in result["rows"]:
        parts += [f"## {row['title']}", facts(row)]
        if "tools" in row or row["kind"] == "scale":
            header, lines, note = table(row, result["floor"])
            body = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1)]
            body += ["| " + " | ".join(line) + " |" for line in lines]
            parts += ["\n".join(body)] + ([note] if note else [])
    parts += ["## Versions", "\n".join(f"- {name}: {version}" for name, version in versions.items())]
    absent = [f"- {name}: not installed" for name in result["absent"]]
    parts += ["\n".join(absent + [f"- {title}: {note}" for title, note in result["notes"].items()])] if absent or result["notes"] else []
    parts += ["## Commands", "```\n" + "\n".join(commands(result, shown)) + "\n```"]
    return "\n\n".join(parts) + "\n"


def commands(result, shown):
    for row in result["rows"]:
        yield f"# {row['title']}"
        for command in row.get("commands") or [tool["command"] for tool in row["tools"].values() if "command" in tool]:
            yield " ".join(shown(word) for word in command)


def shortener(root, cache, binary, python, corpora=None):
    """A function that writes a path as it reads on any machine."""
    def shown(word):
        if word == str(binary):
            return "dateline"
        if word == str(python):
            return "python3"
        if corpora and word.startswith(str(corpora) + os.sep):
            return "DIR" + os.sep + str(pathlib.Path(word).relative_to(corpora))
        for folder in (cache, root):
            if word.startswith(str(folder) + os.sep):
                return str(pathlib.Path(word).relative_to(folder))
        return word
    return shown
