"""How far a run is, told on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from extractor.batch.tally import Tally
from extractor.inputs import Failure
from extractor.inputs.walking import split_name, walk

Watch = Callable[[Tally], None]
Total = Callable[[], int | None]

BAR, LINES = 0.2, 10.0  # seconds between two looks
_SEVERAL = (".jsonl", ".csv")  # endings of files that hold any number of documents


def describe(tally: Tally, seconds: float, total: int | None) -> str:
    """``1,200 of 5,000 documents, failed 3, skipped 400, 85 a second, 0:00:45 left`` after so many seconds."""
    parts = [f"{tally.seen:,}" + (f" of {total:,}" if total else "") + " documents"]
    parts += [f"{what} {count:,}" for what, count in (("failed", tally.failed), ("skipped", tally.skipped)) if count]
    worked = tally.documents + tally.failed
    if worked and seconds > 0:
        rate = worked / seconds
        parts.append(f"{rate:.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
        if total and total > tally.seen:
            parts.append(f"{timedelta(seconds=round((total - tally.seen) / rate))} left")
    return ", ".join(parts)


@contextmanager
def progress(say: Callable[[str], None], terminal: bool, total: Total) -> Iterator[Watch]:
    """What is to be called with the numbers, as often as one likes, for the length of a `with`."""
    if not terminal:
        yield _Ticker(lambda line, tally: say(line), LINES, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(bar_width=24), TextColumn("{task.description}", markup=False))
    # What is printed meanwhile goes above the bar; the bar itself leaves nothing behind.
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield _Ticker(
            lambda line, tally: bar.update(task, description=line, completed=tally.seen, total=total()), BAR, total
        )


class _Ticker:
    """Shows the numbers, but not more often than every so many seconds."""

    def __init__(self, show: Callable[[str, Tally], None], every: float, total: Total) -> None:
        self._show, self._every, self._total = show, every, total
        self._began = time.monotonic()
        self._due = self._began + every

    def __call__(self, tally: Tally) -> None:
        now = time.monotonic()
        if now >= self._due:
            self._due = now + self._every
            self._show(describe(tally, now - self._began, self._total()), tally)


def count_ahead(source: str, glob: str | None) -> Total:
    """Counts the documents of a folder beside the run; None as long as, or where, the number is not known."""
    found: list[int] = []
    folder = Path(source)
    if source != "-" and folder.is_dir():
        threading.Thread(target=lambda: found.extend(_count(folder, glob)), daemon=True).start()
    return lambda: found[0] if found else None


def _count(folder: Path, glob: str | None) -> Iterator[int]:
    count = 0
    for path in walk(folder, glob):
        if not isinstance(path, Failure) and split_name(path)[1] in _SEVERAL:
            return
        count += 1
    yield count
