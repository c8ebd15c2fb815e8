"""Where the results of a run go: into a store, or into a file that is written whole.

What a sink needs of a record is made by its `render`, in the worker processes: writing is one process's work alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar

from extractor.batch.answers import Answer, outcome
from extractor.filters import Filter
from extractor.inputs import Failure
from extractor.records import Document, Record
from extractor.writers import Writer, open_writer

if TYPE_CHECKING:
    from extractor.store import Store

T = TypeVar("T")

# What a sink needs of a record, and how many triples are in it; picklable.
Render = Callable[[Record], tuple[T, int]]

TEXTS = ("jsonl", "csv", "tsv")  # the formats in which each record is a text of its own


class Sink(Protocol[T]):
    """Takes what a run gives, in the order of the inputs."""

    @property
    def render(self) -> Render[T]: ...

    def is_done(self, document: Document) -> bool:
        """Whether it has what this document would give."""

    def write(self, results: Sequence[Answer[T] | Failure]) -> None:
        """Takes in results, all or none of them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record with what `keep` leaves of it."""

    keep: Filter = field(default_factory=Filter)

    def __call__(self, record: Record) -> tuple[Record, int]:
        record = self.keep.apply(record)
        return record, len(record.triples)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text that one of the `TEXTS` has for a record."""

    format: str
    keep: Filter
    excel: bool = False

    def __call__(self, record: Record) -> tuple[str, int]:
        record = self.keep.apply(record)
        buffer = io.StringIO(newline="")
        writer = open_writer(self.format, buffer, excel=self.excel, entities=self.keep.entities_only)
        head = buffer.tell()
        writer.write(record)
        return buffer.getvalue()[head:], len(record.triples)


class TextSink:
    """Writes the texts that `render` makes to a stream; failures have no place in it."""

    def __init__(self, stream: TextIO, render: Rendered) -> None:
        self.render = render
        self._stream = stream
        open_writer(render.format, stream, excel=render.excel, entities=render.keep.entities_only)  # the head

    def is_done(self, document: Document) -> bool:
        return False

    def write(self, results: Sequence[Answer[str] | Failure]) -> None:
        texts = (result.value for result in results if isinstance(result, Answer))
        self._stream.writelines(text for text in texts if text is not None)


class RecordSink:
    """Hands records to a writer; failures have no place in it."""

    def __init__(self, writer: Writer, keep: Filter) -> None:
        self.render = Kept(keep)
        self._writer = writer

    def is_done(self, document: Document) -> bool:
        return False

    def write(self, results: Sequence[Answer[Record] | Failure]) -> None:
        for result in results:
            if isinstance(result, Answer) and result.value is not None:
                self._writer.write(result.value)


class StoreSink:
    """Puts all results into a store, which has begun a run; `force`: whatever it has already."""

    def __init__(self, store: Store, force: bool = False) -> None:
        self.render = Kept()
        self._store, self._force = store, force

    def is_done(self, document: Document) -> bool:
        return not self._force and self._store.is_done(document)

    def write(self, results: Sequence[Answer[Record] | Failure]) -> None:
        self._store.write([outcome(result) for result in results])
