"""A run: what is left out, what is written together, what is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from extractor.batch import run as module
from extractor.batch.answers import Answer
from extractor.batch.run import Recipe, run
from extractor.batch.sinks import Kept, Rendered, TextSink
from extractor.batch.stopping import Stopping
from extractor.batch.tally import Tally
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.inputs import Failure
from extractor.knowledge.compiled import knowledge_key
from extractor.records import Document, Record
from extractor.writers import open_writer
from helpers import SMALL, write_folder

ITEMS = [
    Document("a", "one", "a.txt"),
    Failure("b.txt", "b.txt: cannot be read"),
    Document("c", "known", "c.txt"),
    Document("d", "slow", "many.jsonl"),
    Document("e", "two", "e.txt"),
]


class Here:
    """A pool without processes."""

    def map(self, items: Iterable[Document | Failure]) -> Iterator[Answer[str] | Failure]:
        for item in items:
            if isinstance(item, Failure):
                yield item
            elif item.text == "slow":
                yield Answer(item, kind="slow", reason="not done in time")
            else:
                yield Answer(item, item.text.upper(), len(item.text))


class Remembering:
    """A sink that remembers what it got; it has what is `known`."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def is_done(self, document: Document) -> bool:
        return document.text == "known"

    def write(self, results: Sequence[Answer[str] | Failure]) -> None:
        self.batches.append([r.source if isinstance(r, Failure) else r.kind or str(r.value) for r in results])


def run_here(sink: Remembering, stopping: Stopping | None = None) -> tuple[Tally, list[str]]:
    told: list[str] = []
    watched: list[int] = []
    tally = run(ITEMS, Here(), sink, stopping or Stopping(), told.append, lambda t: watched.append(t.seen))  # type: ignore[arg-type]
    assert watched == list(range(1, tally.seen + 1))
    return tally, told


def test_what_is_done_is_left_out_and_failures_are_told() -> None:
    sink = Remembering()
    tally, told = run_here(sink)
    assert sink.batches == [["ONE", "b.txt", "slow", "TWO"]]
    assert told == ["b.txt: cannot be read", "many.jsonl: document d: not done in time"]
    assert str(tally) == "documents 2, triples 6, failed 2 (slow 1, unreadable 1), skipped 1"
    assert not tally.interrupted


@pytest.mark.parametrize(("limit", "value"), [("BATCH", 2), ("BATCH_SIZE", 4), ("BATCH_TIME", -1)])
def test_what_is_written_together_is_bounded(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(module, limit, value)
    sink = Remembering()
    run_here(sink)
    assert len(sink.batches) > 1
    assert sum(sink.batches, []) == ["ONE", "b.txt", "slow", "TWO"]


def test_after_an_interruption_nothing_more_is_read() -> None:
    stopping = Stopping()
    stopping.asked = True
    sink = Remembering()
    tally, _ = run_here(sink, stopping)
    assert tally.interrupted
    assert sink.batches == []


def test_a_worker_that_begins_later_must_know_the_same(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, SMALL)
    recipe = Recipe((folder,), False, knowledge_key([folder], False), Kept())
    record, triples = recipe()(Document("a", "甲辰收購乙巳。"))
    assert (record.id, triples) == ("a", 1)
    (folder / "companies.csv").write_text(SMALL["companies.csv"] + "new,新辰,,,,\n", encoding="utf-8")
    with pytest.raises(ExtractorError, match="changed while the run was going on"):
        recipe()


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("format_", ["jsonl", "csv", "tsv"])
def test_texts_are_what_the_writer_of_the_format_writes(small, tmp_path: Path, format_: str, excel: bool) -> None:  # type: ignore[no-untyped-def]
    if excel and format_ == "jsonl":
        pytest.skip("is no sheet")
    records: list[Record] = [small.extract(Document(str(n), "甲辰收購乙巳，\n否認併購丙午。")) for n in range(3)]
    paths = tmp_path / "theirs", tmp_path / "ours"
    with paths[0].open("w", encoding="utf-8", newline="\n") as stream:
        writer = open_writer(format_, stream, excel=excel)
        for record in records:
            writer.write(record)
    with paths[1].open("w", encoding="utf-8", newline="\n") as stream:
        render = Rendered(format_, Filter(), excel)
        answers: list[Answer[str] | Failure] = [Answer(Document("", ""), *render(record)) for record in records]
        answers.insert(1, Answer(Document("", ""), kind="slow", reason="late"))
        answers.insert(2, Failure("b.txt", "b.txt: cannot be read"))
        TextSink(stream, render).write(answers)
    assert paths[0].read_bytes() == paths[1].read_bytes() != b""
