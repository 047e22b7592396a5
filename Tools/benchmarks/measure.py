"""Runs one command at a time, and says what it cost."""
import dataclasses
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time


class Failed(Exception):
    """A command that did not do its work; the text says which, and its last words."""


@dataclasses.dataclass(frozen=True)
class Command:
    """What to run. `output` receives standard output where the command has no option for it."""
    argv: tuple
    output: str = os.devnull


@dataclasses.dataclass(frozen=True)
class Usage:
    """Seconds and bytes of one run, threads and finished children included."""
    wall: float
    user: float
    system: float
    peak: int

    @property
    def cpu(self):
        return self.user + self.system


def run(command):
    """Runs a command to its end, in a process group of its own, so that none of it outlives an interruption."""
    with tempfile.TemporaryFile() as errors, open(command.output, "wb") as output:
        child = status = None
        try:
            start = time.perf_counter()
            with Interruption.delayed:
                child = subprocess.Popen(command.argv, stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
                                         start_new_session=True)
            _, status, usage = os.wait4(child.pid, 0)
            wall = time.perf_counter() - start
        except OSError as error:
            raise Failed(f"{command.argv[0]}: {error.strerror}") from error
        finally:
            if child and status is None:
                os.killpg(child.pid, signal.SIGKILL)
                _, status, _ = os.wait4(child.pid, 0)
            if child:
                child.returncode = os.waitstatus_to_exitcode(status)  # It is reaped, and Popen has to know.
        if child.returncode != 0:
            errors.seek(0, os.SEEK_END)
            errors.seek(max(0, errors.tell() - 600))
            words = errors.read().decode("utf-8", "replace").strip().splitlines()[-3:]
            raise Failed(f"{' '.join(command.argv)}\nended with {child.returncode}: {' / '.join(words) or 'no message'}")
    return Usage(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024)


def interleaved(commands, repeats, say):
    """Runs all commands in turn, `repeats` times: A B C A B C …; what disturbs the machine then disturbs all of them.

    `commands` maps names to commands. Returns the usages of each, and why those that failed did; they are not run again.
    """
    usages, failures = {name: [] for name in commands}, {}
    for repeat in range(repeats):
        for name, command in commands.items():
            if name in failures:
                continue
            try:
                usage = run(command)
            except Failed as failure:
                if name.startswith("dateline"):
                    raise
                failures[name] = str(failure)
                continue
            usages[name].append(usage)
            if repeats <= 10:
                say(f"    {repeat + 1}/{repeats} {name}: {usage.wall:.2f} s, CPU {usage.cpu:.2f} s, {usage.peak / 1e6:.0f} MB")
    return usages, failures


def spread(values):
    """Median, minimum and maximum."""
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def floor():
    """What a command that does nothing costs here. Linux counts the memory of this Python into a child's peak up to
    the child's exec, so no peak is below this one."""
    usages = [run(Command(("/bin/true",))) for _ in range(10)]
    return {"wall": statistics.median(u.wall for u in usages), "peak": max(u.peak for u in usages)}


class Interruption:
    """Ctrl-C, SIGTERM and SIGHUP, which all end the program in order; but not between a child's start and the place
    where its number is known, because it could not be ended then."""

    def __init__(self):
        self.held, self.pending = False, False

    def catch(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.handle)

    def handle(self, number, frame):
        if not self.held:
            raise KeyboardInterrupt
        self.pending = True

    def __enter__(self):
        self.held = True

    def __exit__(self, *error):
        self.held = False
        if self.pending:
            self.pending = False
            raise KeyboardInterrupt


Interruption.delayed = Interruption()


def say(text):
    print(text, file=sys.stderr, flush=True)
