#!/usr/bin/env python3
"""Tests of the benchmark's own parts: python3 -B Tools/benchmarks/tests.py"""
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import corpora
import measure
import prepare
import report
import scale
import tools
import zipf

GOLDEN_OF_MANY = {
    False: "5b7797acf22612849ac04471013020a285c8329dfe1cf2dbf6ad9bd6cd312416",
    True: "e9d2dac9c5b7101872b8c67dd497eef56a0a790f004f8cd57da65c310a007b34",
}
STREAM = "1eb4af95a4e530b33790520cdcd42a3c3e7ca80ac15b8536c2e127ddc49c874c"
GOLDEN = "ac3469102a8bc455eeafd92503e40b8539f7874a6a091964365ec9b27c254714"


class Generator(unittest.TestCase):
    def test_splitmix_is_the_published_one(self):
        random = zipf.SplitMix64(1234567)
        self.assertEqual([random.next() for _ in range(3)],
                         [6457827717110365317, 3203168211198807973, 9817491932198370423])

    def test_documents_never_change(self):
        text = "\n".join(f"{d['topic']} {d['text']}" for d in zipf.documents(50, seed=7))
        self.assertEqual(hashlib.sha256(text.encode()).hexdigest(), GOLDEN)

    def test_documents_of_many_labels_never_change(self):
        for multi_label, golden in GOLDEN_OF_MANY.items():
            documents = list(zipf.many_labels(50, 40, multi_label=multi_label, seed=7))
            text = "\n".join(f"{d['topic']} {d['text']}" for d in documents)
            self.assertEqual(hashlib.sha256(text.encode()).hexdigest(), golden)
            self.assertTrue(all(20 <= len(d["text"].split()) <= 30 for d in documents))
            self.assertEqual({isinstance(d["topic"], list) for d in documents}, {multi_label})

    def test_ranges(self):
        self.assertEqual(zipf.length("20-30"), (20, 30))
        for wrong in ("30", "3-2", "0-5", "a-b"):
            self.assertRaises(zipf.argparse.ArgumentTypeError, zipf.length, wrong)

    def test_frequencies_fall(self):
        random = zipf.SplitMix64(1)
        law = zipf.Zipf(range(1000))
        drawn = [law.draw(random) for _ in range(20_000)]
        self.assertGreater(drawn.count(0), drawn.count(10))
        self.assertGreater(drawn.count(10), drawn.count(500))


class Streams(unittest.TestCase):
    def stream(self, count, names, seed=1, processes=None):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "stream.jsonl")
            zipf.write_stream(path, count, names, seed, processes)
            return path.read_bytes()

    def test_streams_never_change(self):
        self.assertEqual(hashlib.sha256(self.stream(300, ["a", "b", "c"], 7)).hexdigest(), STREAM)

    def test_processes_do_not_matter(self):
        one = self.stream(zipf.BLOCK + 5, ["a", "b"], processes=1)
        self.assertEqual(one, self.stream(zipf.BLOCK + 5, ["a", "b"], processes=3))
        documents = [json.loads(line) for line in one.splitlines()]
        self.assertEqual([document["id"] for document in documents], [str(n + 1) for n in range(zipf.BLOCK + 5)])
        share = sum(document["topic"] == "a" for document in documents) / len(documents)
        self.assertAlmostEqual(share, 0.5, delta=0.02)
        self.assertTrue(180 < len(one) / len(documents) < 220)


class Scale(unittest.TestCase):
    runs = [{"documents": documents, "bytes": 200 * documents, "labels": labels, "program": program,
             "wall": documents / 10_000, "peak_bytes": 2**30, "classify_wall": 1, "classify_peak_bytes": 2**25}
            for labels in scale.LABELS for documents in scale.sizes(1_000_000) for program in scale.PROGRAMS]

    def test_sizes(self):
        self.assertEqual(list(scale.sizes(1_000_000)), [10_000, 100_000, 1_000_000])
        self.assertEqual(list(scale.sizes(30_000)), [10_000, 30_000])

    def test_table(self):
        header, lines = scale.table({"runs": self.runs})
        self.assertEqual(len(lines), 6)
        self.assertTrue(all(len(line) == len(header) for line in lines))
        self.assertEqual(lines[0][:6], ["2", "10,000", "2", "1.0", "100", "1,024"])

    def test_a_straight_line(self):
        lines = scale.plot({"runs": self.runs}).splitlines()
        places = [(number, line.index("n")) for number, line in enumerate(lines[:-1]) if "n" in line[11:] and "|" in line]
        self.assertEqual(places, [(0, 43), (4, 27), (8, 11)])


class Preparation(unittest.TestCase):
    def test_every_fifth_is_held_out(self):
        train, held = corpora.fifths(lambda: iter(range(12)))
        self.assertEqual((list(train()), list(held())), ([0, 1, 2, 3, 5, 6, 7, 8, 10, 11], [4, 9]))

    def test_shuffling_keeps_all(self):
        order = corpora.shuffled(list(range(100)))
        self.assertEqual(sorted(order), list(range(100)))
        self.assertNotEqual(order, list(range(100)))

    def test_lines(self):
        document = {"title": "A|b: C", "text": "Don't\npanic\u2028now."}
        self.assertEqual(prepare.fasttext_line(document, "a b"), "__label__a_b a b c don't panic now\n")
        self.assertEqual(prepare.vw_line(document, "x", ["x", "y"]), "-1 | a b c don't panic now\n")
        self.assertEqual(prepare.vw_line(document, "z", ["x", "y", "z"]), "3 | a b c don't panic now\n")


class Reading(unittest.TestCase):
    def test_vw_answers(self):
        self.assertEqual([tools.vw_answer(word, True) for word in ("2", "-0.3", "0.1")], ["1", "-1", "1"])
        self.assertEqual(tools.vw_answer("12", False), "12")

    def test_ratio(self):
        self.assertEqual(report.ratio({"median": 2.0, "min": 1.5, "max": 12.34}), "2.00 (1.50–12.3)")


class Measuring(unittest.TestCase):
    def test_usage(self):
        usage = measure.run(measure.Command((sys.executable, "-c", "x = b'x' * 80_000_000")))
        self.assertGreater(usage.peak, 80_000_000)
        self.assertGreater(usage.wall, 0)

    def test_failures_have_last_words(self):
        with self.assertRaisesRegex(measure.Failed, "ended with 3: why"):
            measure.run(measure.Command(("sh", "-c", "echo why >&2; exit 3")))
        with self.assertRaisesRegex(measure.Failed, "No such file"):
            measure.run(measure.Command(("/no/such/program",)))

    def test_interruption_leaves_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            note = pathlib.Path(folder, "pid")
            script = ("import measure; measure.Interruption.delayed.catch(); "
                      f"measure.run(measure.Command(('sh', '-c', 'sleep 60 & echo $! > {note}.new; mv {note}.new {note}; wait')))")
            parent = subprocess.Popen([sys.executable, "-B", "-c", script], cwd=os.path.dirname(os.path.abspath(__file__)),
                                      stderr=subprocess.DEVNULL)
            while not note.exists():
                time.sleep(0.01)
            parent.send_signal(signal.SIGINT)
            parent.wait()
            status = pathlib.Path(f"/proc/{note.read_text().strip()}/stat")
            # It is killed, though not by waiting for it; who inherits it reaps it sooner or later.
            for _ in range(200):
                if not status.exists() or status.read_text().split()[2] == "Z":
                    return
                time.sleep(0.01)
            self.fail("a grandchild lives on")


if __name__ == "__main__":
    unittest.main()
