"""How far a run is: the words, the counting ahead, the bar on a terminal."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from extractor.batch import progress
from extractor.batch.progress import count_ahead, describe
from extractor.batch.tally import Tally
from helpers import write_folder

CASES = [
    (Tally(), 0.0, None, "0 documents"),
    (Tally(documents=1_200), 10.0, None, "1,200 documents, 120 a second"),
    (Tally(documents=3), 10.0, 3, "3 of 3 documents, 0.3 a second"),
    (
        Tally(documents=90, failures=Counter(slow=10)),
        10.0,
        1_100,
        "100 of 1,100 documents, failed 10, 10 a second, 0:01:40 left",
    ),
    # What was skipped took no time, and says nothing of the time that is left.
    (
        Tally(documents=100, skipped=900),
        10.0,
        2_000,
        "1,000 of 2,000 documents, skipped 900, 10 a second, 0:01:40 left",
    ),
    (Tally(skipped=5), 10.0, None, "5 documents, skipped 5"),
]


@pytest.mark.parametrize(("tally", "seconds", "total", "expected"), CASES)
def test_the_words(tally: Tally, seconds: float, total: int | None, expected: str) -> None:
    assert describe(tally, seconds, total) == expected


def test_a_tally_in_words() -> None:
    tally = Tally(skipped=2)
    tally.add(3, None)
    for kind in ("slow", "unreadable", "slow"):
        tally.add(0, kind)  # type: ignore[arg-type]
    assert str(tally) == "documents 1, triples 3, failed 3 (slow 2, unreadable 1), skipped 2"
    assert not tally.nothing_done


def total(source: str | Path, glob: str | None = None) -> int | None:
    counted = count_ahead(str(source), glob)
    deadline = time.monotonic() + 5
    while counted() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    return counted()


def test_documents_are_counted_ahead_where_each_file_is_one(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"a.txt": "", "b/c.md": "", "b/d.pdf": "", "e.txt": ""})
    assert total(folder) == 3
    assert total(folder, "*.txt") == 2


@pytest.mark.parametrize("source", ["-", "a.txt", "none", "."])
def test_where_they_cannot_be_counted_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    write_folder(tmp_path, {"a.txt": "", "b.jsonl": ""})
    monkeypatch.chdir(tmp_path)
    threads: list[object] = []
    monkeypatch.setattr(progress.threading.Thread, "start", lambda thread: (threads.append(thread), thread.run()))
    assert count_ahead(source, None)() is None
    assert len(threads) == (source == ".")


def test_lines_come_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now, said = [0.0], list[str]()
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    tally = Tally()
    with progress.progress(said.append, terminal=False, total=lambda: None) as watch:
        for second in range(1, 26):
            now[0] = float(second)
            tally.add(0, None)
            watch(tally)
    assert said == ["10 documents, 1.0 a second", "20 documents, 1.0 a second"]
