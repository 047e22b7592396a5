"""The command `Tools/benchmark`."""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys

import corpora
import machine
import measure
import report
import rows
import scale
import tools
from measure import say

ROOT = pathlib.Path(__file__).resolve().parents[2]
DESCRIPTION = """Measures Dateline beside fastText, Vowpal Wabbit, scikit-learn and liblinear, where they are installed:
time, CPU time, memory, size of the model and accuracy of the same work on the same documents, in turn.
Nothing else should run on the machine meanwhile."""


def options(arguments):
    parser = argparse.ArgumentParser(prog="Tools/benchmark", description=DESCRIPTION)
    parser.add_argument("--corpora", metavar="DIR", default=os.environ.get("DATELINE_CORPORA") or None,
                        help="folder with imdb, headlines, 20news, newswire and pages (default: $DATELINE_CORPORA, or else invented documents)")
    parser.add_argument("--documents", metavar="N", type=enough, default=20_000,
                        help="how many documents to invent where there are no corpora (default: %(default)s)")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="seed of the invented documents (default: 1)")
    parser.add_argument("--binary", metavar="PATH", type=pathlib.Path,
                        help="the dateline to measure (default: .build/release/dateline, built where it is missing)")
    parser.add_argument("--python", metavar="PATH", default=sys.executable,
                        help="a Python that has scikit-learn and vowpalwabbit (default: the one that runs this)")
    parser.add_argument("--threads", metavar="N", type=positive, default=machine.cores(),
                        help="threads of fastText; Dateline takes all cores (default: %(default)s, all cores)")
    parser.add_argument("--repeats", metavar="N", type=positive, default=5, help="runs of each command (default: 5)")
    parser.add_argument("--only", metavar="NAME", action="append", default=[],
                        help="a row, or the first or last part of its name, such as train or imdb; repeatable")
    parser.add_argument("--scale", metavar="N", type=enough, nargs="?", const=10_000_000,
                        help="measure the growth of time and memory up to N invented documents, and nothing else unless --only names it (default N: %(const)s, which takes an hour and 6 GB of disk)")
    parser.add_argument("--max-memory", metavar="SIZE", default="2G", help="limit of memory with --scale (default: 2G)")
    parser.add_argument("--list", action="store_true", help="print the names of the rows, and end")
    parser.add_argument("--json", metavar="FILE", type=pathlib.Path, help="write all figures and commands there")
    parser.add_argument("--markdown", metavar="FILE", type=pathlib.Path, help="write the body of BENCHMARKS.md there")
    return parser.parse_args(arguments)


def positive(word):
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word} is not a number from 1 on")
    return number


def enough(word):
    if positive(word) < 200:
        raise argparse.ArgumentTypeError(f"{word} are too few documents for eight labels; 200 is the least")
    return int(word)


def chosen(every, only):
    """The rows that are asked for, in their order."""
    wrong = [name for name in only if not any(matches(row, name) for row in every)]
    if wrong:
        raise SystemExit(f"benchmark: there is no row {', '.join(wrong)}. Rows here: {', '.join(every)}.")
    return [row for row in every if not only or any(matches(row, name) for name in only)]


def matches(row, name):
    return row == name or row.startswith(name + "-") or row.endswith("-" + name)


def binary(given):
    """The program to measure; it is built where nothing is given and nothing is there."""
    path = (given or ROOT / ".build/release/dateline").absolute()
    if not path.exists():
        if given:
            raise SystemExit(f"benchmark: {given} does not exist. Leave --binary out to have it built.")
        say("building dateline: swift build -c release --product dateline")
        try:
            built = subprocess.run(["swift", "build", "-c", "release", "--product", "dateline"], cwd=ROOT, stdout=sys.stderr)
        except OSError as error:
            raise SystemExit(f"benchmark: swift: {error.strerror}. Install Swift, or name a program with --binary.")
        if built.returncode != 0:
            raise SystemExit("benchmark: the build failed, see above. Tools/setup installs what it needs.")
    return path


def main(arguments):
    given = options(arguments)
    every = corpora.known(given.corpora, given.documents, given.seed)
    available = rows.available(every, given.corpora)
    if given.scale:
        available = (available if given.only else {}) | {"scale": lambda bench: scale.row(bench, given.scale, given.max_memory)}
    names = chosen(available, given.only)
    if given.list:
        print("\n".join(names))
        return 0
    for path in filter(None, (given.json, given.markdown)):
        if not path.absolute().parent.is_dir():
            raise SystemExit(f"benchmark: there is no folder {path.parent} to write {path.name} to.")
    if given.corpora is None:
        say("no corpora (--corpora or DATELINE_CORPORA): measuring on invented documents")
    program = binary(given.binary)
    measure.Interruption.delayed.catch()
    cache = ROOT / ".build/benchmark"
    present, absent = [], {}
    everything = tools.everything(program, given.python, given.threads)
    for tool in everything[:1] if names == ["scale"] else everything:
        if any(tool.suits(corpus) for corpus in every.values()):
            reason = tool.absent()
            if reason:
                absent[tool.title] = reason
                say(f"absent: {tool.title}: {reason}")
            else:
                present.append(tool)
    result = {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": machine.description(), "repeats": given.repeats, "floor": measure.floor(),
        "versions": versions(present, program), "absent": absent,
        "notes": {tool.title: tool.note for tool in present if tool.note}, "rows": []}
    if (load := os.getloadavg()[0]) > 0.5:
        say(f"the machine is at work already (load {load:.1f}): do not trust the times")
    bench = rows.Bench(present, every, cache, given.repeats)
    for name in names:
        say(f"{name}")
        row = available[name](bench)
        result["rows"].append({"name": name, **row})
        print(report.text(row, result["floor"]), flush=True)
        if maker := rows.maker(bench):
            result["versions"]["Models by"] = maker
        # After every row, so that an interruption loses one row only.
        if given.json:
            given.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        if given.markdown:
            shown = report.shortener(ROOT, cache, program, given.python, given.corpora)
            given.markdown.write_text(report.markdown(result, shown), encoding="utf-8")
    for title, reason in absent.items():
        print(f"\nabsent: {title}: {reason}")
    return 0 if all(row.get("equal", True) for row in result["rows"]) else 1


def versions(present, program):
    found = {}
    for tool in present:
        name = {"dateline": "Dateline", "sklearn": "scikit-learn"}.get(tool.name.split("-")[0], tool.title.split(",")[0])
        found.setdefault(name, tool.version())
    commit = tools.said_by("git", "-C", str(ROOT), "describe", "--always", "--dirty")
    # The program need not be built from these sources: its digest says which one it was.
    with open(program, "rb") as file:
        found["Dateline"] = f"{found['Dateline']}, SHA-256 of the program {hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"
    if commit:
        found["Working copy"] = commit
    found["Python"] = sys.version.split()[0]
    found["Swift"] = tools.said_by("swift", "--version") or "not installed"
    return found


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (measure.Failed, corpora.Missing) as error:
        sys.exit(f"benchmark: {error}")
    except KeyboardInterrupt:
        sys.exit("benchmark: interrupted; nothing is left running")
