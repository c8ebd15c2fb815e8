"""A run: inputs through worker processes into a sink."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from extractor.batch.answers import Answer, Work
from extractor.batch.sinks import Render, Sink
from extractor.batch.stopping import Stopping
from extractor.batch.tally import Tally
from extractor.batch.workers import Pool
from extractor.errors import ExtractorError
from extractor.inputs import Failure
from extractor.knowledge.compiled import knowledge_key
from extractor.records import Document

T = TypeVar("T")

BATCH = 500  # results that are written at a time
BATCH_SIZE = 4_000_000  # code points of their texts
BATCH_TIME = 10  # seconds; what a killed run has to do again


@dataclass(frozen=True, slots=True)
class Recipe(Generic[T]):
    """How a worker process comes to what it does: an Extractor with these folders, `render` behind it.

    knowledge: the hash of what the run began with; a worker that starts later must not know anything else.
    """

    dictionaries: tuple[Path, ...]
    builtin: bool
    knowledge: str
    render: Render[T]

    def __call__(self) -> Work[T]:
        from extractor import Extractor

        extractor, render = Extractor(self.dictionaries, self.builtin), self.render
        if knowledge_key(self.dictionaries, self.builtin) != self.knowledge:
            raise ExtractorError("the dictionaries or rules were changed while the run was going on; run it again")
        return lambda document: render(extractor.extract(document))


def run(
    items: Iterable[Document | Failure],
    pool: Pool[T],
    sink: Sink[T],
    stopping: Stopping,
    tell: Callable[[str], None],
    watch: Callable[[Tally], None],
) -> Tally:
    """Writes what every item gives to the sink, in their order, without those that it has; until an end is asked for.

    Then what the workers have in hand is finished and written. `tell` gets the line of each failure, `watch` the numbers
    so far, after each document.
    """
    tally = Tally()

    def to_do() -> Iterator[Document | Failure]:
        for item in stopping.until(items):
            if isinstance(item, Document) and sink.is_done(item):
                tally.skipped += 1
                watch(tally)
            else:
                yield item

    def counted() -> Iterator[Answer[T] | Failure]:
        for result in pool.map(to_do()):
            if isinstance(result, Failure):
                tally.add(0, "unreadable")
                tell(result.message)
            else:
                tally.add(result.triples, result.kind)
                if result.kind is not None:
                    tell(result.error)
            watch(tally)
            yield result

    for batch in _batches(counted()):
        sink.write(batch)
    tally.interrupted = stopping.asked
    return tally


def _batches(results: Iterable[Answer[T] | Failure]) -> Iterator[list[Answer[T] | Failure]]:
    batch: list[Answer[T] | Failure] = []
    size, began = 0, time.monotonic()
    for result in results:
        batch.append(result)
        size += len(result.document.text) if isinstance(result, Answer) else 0
        if len(batch) >= BATCH or size >= BATCH_SIZE or time.monotonic() - began >= BATCH_TIME:
            yield batch
            batch, size, began = [], 0, time.monotonic()
    if batch:
        yield batch
