"""What a command costs: time, processor time, and the memory of all its processes together; and what is quicker than what."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

EXTRACTOR = [sys.executable, "-m", "extractor"]
MB, GB = 1e6, 1e9
_EVERY = 0.25  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Cost:
    """seconds: of the clock. cpu: seconds of all processes together; main: of the first one. peak: bytes of all of them
    together, where memory that several share counts once.
    """

    seconds: float
    cpu: float
    main: float
    peak: int


def cost(*arguments: str | Path) -> Cost:
    """Runs `extractor` with these arguments, which must succeed."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen([*EXTRACTOR, *map(str, arguments)], stderr=told)
        watcher = _Watcher(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        watcher.end()
        if process.returncode:
            told.seek(0)
            sys.exit(told.read().decode("utf-8", "replace"))
    return Cost(seconds, used.ru_utime + used.ru_stime, watcher.main, watcher.peak)


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure with what is asked of it. `at_most`: it may not be larger, else it may not be smaller."""

    what: str
    figure: float
    asked: float
    at_most: bool = True

    def row(self) -> list[str]:
        """As a row of a table of `BOUNDS`."""
        kept = self.figure <= self.asked if self.at_most else self.figure >= self.asked
        asked = f"at {'most' if self.at_most else 'least'} {self.asked:g}"
        return [self.what, f"{self.figure:.3g}", asked, "yes" if kept else "no"]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured. rounds: that count; size: bytes of each set of texts; times: as much of what grows; warm: code
    points that an extractor reads first, by which it has made what it makes for much text only.
    """

    rounds: int = 5
    size: int = 500_000
    times: int = 10
    warm: int = 120_000


FULL = Scale()
QUICK = Scale(rounds=1, size=8_000, times=2, warm=0)  # whether it runs at all
BOUNDS = ("ratio", "", "asked", "kept")


class Timings:
    """The seconds that each of several things took, round by round."""

    def __init__(self, seconds: Mapping[str, Sequence[float]]) -> None:
        self._seconds = seconds

    def median(self, name: str) -> float:
        """The middle one of the seconds that a thing took."""
        return median(self._seconds[name])

    def ratio(self, name: str, base: str) -> float:
        """How many times as long as `base` a thing takes: the middle one of the ratios within a round."""
        return median(a / b for a, b in zip(self._seconds[name], self._seconds[base], strict=True))


def interleaved(tasks: Mapping[str, Callable[[], float]], rounds: int) -> Timings:
    """Runs the tasks in turn, `rounds` times; each tells its seconds. So whatever else the machine does hits all alike.

    A first round is not counted: it fills caches, and makes what is made at the first use.
    """
    for run in tasks.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, run in tasks.items():
            seconds[name].append(run())
    return Timings(seconds)


def timed(run: Callable[[], object]) -> Callable[[], float]:
    """`run` as a task that tells its seconds of the processor: on a machine with other work the clock's are no measure."""

    def task() -> float:
        began = time.process_time()
        run()
        return time.process_time() - began

    return task


class _Watcher(threading.Thread):
    """Looks at a process and all that it has started, now and then."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak, self.main = 0, 0.0
        self._root = psutil.Process(pid)
        self._ended = threading.Event()
        self.start()

    def end(self) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            with suppress(psutil.Error):
                times = self._root.cpu_times()
                self.main = times.user + times.system
                family = [self._root, *self._root.children(recursive=True)]
                self.peak = max(self.peak, sum(map(_memory, family)))


def _memory(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        memory = process.memory_full_info()
        return int(getattr(memory, "pss", 0) or memory.rss)  # pss: its share of what it shares; Linux alone has it
    return 0


def machine() -> str:
    """What it was measured on, in a line."""
    import extractor

    memory = psutil.virtual_memory().total / 2**30
    system = f"{platform.system()} {platform.machine()}, {psutil.cpu_count()} cores, {memory:.0f} GiB"
    return f"extractor {extractor.__version__}, Python {platform.python_version()}, {system}"


def size(place: Path) -> int:
    """The bytes of a file, or of all files in a folder."""
    return sum(path.stat().st_size for path in place.rglob("*")) if place.is_dir() else place.stat().st_size


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """As Markdown."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, ["---"] * len(headings), *rows))


def say(line: str) -> None:
    """Tells how far it is, on stderr."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def work_folder(given: Path | None) -> Iterator[Path]:
    """`given`, made where it is missing, or a temporary folder."""
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
