"""The pool of worker processes: order, isolation, limits; with real processes and real kills."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from extractor.batch import workers
from extractor.batch.answers import Answer, Work
from extractor.batch.workers import Pool
from extractor.errors import ExtractorError
from extractor.inputs import Failure
from extractor.records import Document

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes with signals")

STUCK = re.compile("(a+)+b")  # takes for ever, and holds the interpreter's lock meanwhile


def deeds(document: Document) -> tuple[str, int]:
    """What a document's text asks for; its id, and one triple, where it asks for nothing."""
    match document.text.split():
        case ["die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["die", "once", marker]:
            if not Path(marker).exists():
                Path(marker).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case ["leave"]:
            os._exit(7)
        case ["sleep"]:
            time.sleep(600)
        case ["stick"]:
            STUCK.match("a" * 60)
        case ["refuse"]:
            raise ExtractorError("2:1: cannot be taken")
        case ["fault"]:
            raise KeyError("a key\nin two lines")
        case ["fill"]:
            bytearray(1 << 34)
        case ["pid"]:
            return str(os.getpid()), 0
    return f"did {document.id}", 1


def make_deeds() -> Work[str]:
    return deeds


def make_nothing(error: str) -> Work[str]:
    raise ExtractorError(error)


def make_fault() -> Work[str]:
    raise KeyError("names")


def make_death() -> Work[str]:
    os._exit(9)


def documents(*texts: str) -> list[Document]:
    return [Document(f"d{number}", text, f"news/d{number}.txt") for number, text in enumerate(texts)]


def run(items: Any, count: int = 1, make: Callable[[], Work[str]] = make_deeds, **limits: Any) -> list[Any]:
    with Pool(make, count, **limits) as pool:
        return list(pool.map(items))


def told(results: list[Any]) -> list[str]:
    """Each result as one word: its value's, or the kind of failure."""
    return [result.kind or result.value for result in results]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_answers_come_in_the_order_of_the_items(count: int) -> None:
    items: list[Document | Failure] = [*documents(*[""] * 100)]
    for place in (0, 40, 41, 102):
        items.insert(place, Failure(f"f{place}", f"f{place}: cannot be read"))
    results = run(items, count)
    assert [r if isinstance(r, Failure) else r.document for r in results] == items
    assert [r.value for r in results if isinstance(r, Answer)] == [f"did d{number}" for number in range(100)]


def test_no_items_are_no_answers_and_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_Hand", None)
    assert run([], 2) == []


CASES = {
    "die": ("crashed", r"news/d1.txt: its worker process died, twice \(signal SIGKILL\)"),
    "leave": ("crashed", r"news/d1.txt: its worker process died, twice \(exit status 7\)"),
    "sleep": ("slow", r"news/d1.txt: not done within 0.5 s; --timeout gives it more"),
    "stick": ("slow", r"news/d1.txt: not done within 0.5 s; --timeout gives it more"),
    "refuse": ("broken", r"news/d1.txt: 2:1: cannot be taken"),
    "fault": ("broken", r"news/d1.txt: a fault of this program, please report it: KeyError: .*"),
}


@pytest.mark.parametrize("text", CASES)
def test_one_document_fails_alone(text: str) -> None:
    results = run(documents("", text, "", ""), timeout=0.5)
    kind, error = CASES[text]
    assert told(results) == ["did d0", kind, "did d2", "did d3"]
    assert re.fullmatch(error, results[1].error)


def test_many_that_fail_among_many(tmp_path: Path) -> None:
    texts = [""] * 120
    for place, text in {3: "die", 4: "die", 50: "stick", 77: "refuse", 119: "die"}.items():
        texts[place] = text
    expected = [f"did d{number}" for number in range(120)]
    for place, kind in {3: "crashed", 4: "crashed", 50: "slow", 77: "broken", 119: "crashed"}.items():
        expected[place] = kind
    assert told(run(documents(*texts), 2, timeout=0.5)) == expected


def test_a_worker_that_is_killed_for_no_fault_of_the_document_loses_nothing(tmp_path: Path) -> None:
    results = run(documents("", f"die once {tmp_path / 'marker'}", ""))
    assert told(results) == ["did d0", "did d1", "did d2"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not keep to the limit")
@pytest.mark.parametrize("memory", [1 << 28])
def test_memory_is_limited(memory: int) -> None:
    results = run(documents("", "fill", "", "x" * (memory // 2), ""), memory=memory)
    assert told(results) == ["did d0", "crashed", "did d2", "crashed", "did d4"]
    assert results[1].reason == "not enough memory"


def test_a_stuck_worker_does_not_block_the_sending_of_more() -> None:
    large = "x" * 3_000_000  # more than any pipe holds
    results = run(documents("stick", *[large] * 6), timeout=0.5)
    assert told(results) == ["slow", *(f"did d{number}" for number in range(1, 7))]


def test_what_is_read_ahead_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WINDOW", 3)
    read = 0

    def items() -> Iterator[Document]:
        nonlocal read
        for document in documents("sleep", *[""] * 2_000):
            read += 1
            yield document

    with Pool(make_deeds, 2, timeout=1.5) as pool:
        answers = pool.map(items())
        assert next(answers).kind == "slow"
        assert read <= 2 * 3 * workers.CHUNK
        assert len(list(answers)) == 2_000


def test_workers_are_few_where_there_is_little_to_do() -> None:
    assert len({answer.value for answer in run(documents(*["pid"] * 10), 4)}) == 1


def test_a_worker_that_cannot_begin_ends_the_run() -> None:
    with pytest.raises(ExtractorError, match="^companies.csv:3: no id\nanother line$"):
        run(documents(""), make=partial(make_nothing, "companies.csv:3: no id\nanother line"))
    with pytest.raises(ExtractorError, match=r"^a worker process cannot begin: KeyError: 'names'$"):
        run(documents(""), make=make_fault)
    with pytest.raises(ExtractorError, match=r"^worker processes die before they begin \(exit status 9\)$"):
        run(documents("", ""), make=make_death)


ORPHANS = """
import sys
sys.path.insert(0, {folder!r})
from test_workers import documents, make_deeds
from extractor.batch.workers import Pool

if __name__ == "__main__":
    with Pool(make_deeds, 2, timeout={timeout}) as pool:
        texts = ["pid", *[""] * 15, "pid", *[""] * 15, *{texts}]
        for number, answer in enumerate(pool.map(documents(*texts))):
            if number in (0, 16):
                print(answer.value, flush=True)
        sys.stdin.read()
"""


@pytest.mark.parametrize(("texts", "timeout"), [([], 60), (["stick"], 0.5)], ids=["idle", "stuck"])
def test_workers_end_with_their_parent(tmp_path: Path, texts: list[str], timeout: float) -> None:
    script = tmp_path / "parent.py"
    script.write_text(ORPHANS.format(folder=str(Path(__file__).parent), texts=texts, timeout=timeout), encoding="utf-8")
    parent = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout and parent.stdin
    pids = {int(parent.stdout.readline()) for _ in range(2)}
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 30
    while alive := [pid for pid in pids if _is_alive(pid)]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.05)
    parent.stdin.close()
    parent.stdout.close()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A zombie that nobody has waited for has ended too.
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
