"""The parts of a cluster's output: two Parquet files each, which are there whole or not at all."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from itertools import groupby
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractor.cluster.columns import DOCUMENTS, DONE, TRIPLES, document_row, to_record, triple_rows
from extractor.cluster.files import Folder
from extractor.outcomes import FailureKind, Outcome
from extractor.records import Record

TRIPLES_FILE, DOCUMENTS_FILE = "part-{:05d}.triples.parquet", "part-{:05d}.documents.parquet"
_NAME = re.compile(r"part-(\d{5,})\.(?:triples|documents)\.parquet")
_DRAFT = ".draft-"  # hidden: no reader of a folder of Parquet files takes it
_GROUP = 2000  # inputs a row group: what a writer has in memory
_SUMMARY = b"extractor"


@dataclass(slots=True)
class Summary:
    """What is in a part; `key` tells all that it was made from. `failed` counts by kind, `characters` the documents' texts."""

    number: int
    key: str
    documents: int = 0
    characters: int = 0
    triples: int = 0
    failed: dict[FailureKind, int] = field(default_factory=dict)


class PartWriter:
    """Writes one part, outcome by outcome, in memory that does not grow; the part is there when the block ends well."""

    def __init__(self, folder: Folder, number: int, key: str) -> None:
        self.summary = Summary(number, key)
        self._folder = folder
        self._failed: Counter[FailureKind] = Counter()
        self._documents: list[dict[str, Any]] = []
        self._triples: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            number, token = self.summary.number, uuid4().hex
            self._drafts = []
            self._writers = []
            for name, schema in ((TRIPLES_FILE, TRIPLES), (DOCUMENTS_FILE, DOCUMENTS)):
                final = name.format(number)
                draft = f"{_DRAFT}{token}.{final}"
                stream = stack.enter_context(self._folder.open(draft, "wb"))
                self._drafts.append((draft, final))
                # The writer closes before its stream.
                self._writers.append(stack.enter_context(pq.ParquetWriter(stream, schema, compression="zstd")))
            self._stack = stack.pop_all()
        return self

    def add(self, outcome: Outcome) -> None:
        """Writes what became of one input."""
        summary = self.summary
        self._documents.append(document_row(outcome))
        if outcome.record is None:
            self._failed[outcome.kind or "broken"] += 1
        else:
            summary.documents += 1
            summary.triples += len(outcome.record.triples)
            self._triples += triple_rows(outcome.record)
        summary.characters += len(outcome.document.text) if outcome.document else 0
        if len(self._documents) >= _GROUP:
            self._flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            with self._stack:
                if kind is None:
                    self._flush()
                    self.summary.failed = dict(sorted(self._failed.items()))
                    for writer in self._writers:
                        writer.add_key_value_metadata({_SUMMARY.decode(): json.dumps(asdict(self.summary))})
            if kind is None:
                # The documents last: where they are, the part is whole.
                for draft, final in self._drafts:
                    self._folder.move(draft, final)
        except BaseException:
            self._forget()
            raise
        if kind is not None:
            self._forget()

    def _flush(self) -> None:
        for writer, rows, schema in zip(
            self._writers, (self._triples, self._documents), (TRIPLES, DOCUMENTS), strict=True
        ):
            if rows:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows.clear()

    def _forget(self) -> None:
        for draft, _ in self._drafts:
            with suppress(OSError):
                self._folder.remove(draft)


def read_summary(folder: Folder, number: int) -> Summary | None:
    """What is in part `number`; None where it is missing or not whole."""
    triples, documents = TRIPLES_FILE.format(number), DOCUMENTS_FILE.format(number)
    try:
        with folder.open(documents, "rb") as ours, folder.open(triples, "rb") as others:
            first, second = (pq.read_metadata(stream).metadata or {} for stream in (ours, others))
        # Of two attempts that overtook each other one file each may be left: they are the same if the keys are.
        return Summary(**json.loads(first[_SUMMARY])) if first[_SUMMARY] == second[_SUMMARY] else None
    except (OSError, ValueError, KeyError, TypeError):  # none there, cut off, or no part of ours
        return None


def read_errors(folder: Folder, number: int, most: int) -> list[str]:
    """The lines of the first failures in a part."""
    with folder.open(DOCUMENTS_FILE.format(number), "rb") as stream:
        table = pq.read_table(stream, columns=["error"], filters=pc.field("error").is_valid())
    return table["error"].slice(0, most).to_pylist()  # type: ignore[no-any-return]


def read_records(folder: Folder, numbers: int) -> Iterator[Record]:
    """The records of parts 0 to `numbers` - 1, in order: what a run on one machine writes of the same sources."""
    for number in range(numbers):
        with (
            folder.open(DOCUMENTS_FILE.format(number), "rb") as documents,
            folder.open(TRIPLES_FILE.format(number), "rb") as triples,
        ):
            told = groupby(_rows(triples), key=lambda row: row["document"])
            document, rows = next(told, (None, iter(())))
            for row in _rows(documents):
                if row["status"] != DONE:
                    continue
                mine = document == row["document"]
                yield to_record(row, list(rows) if mine else [])
                if mine:
                    document, rows = next(told, (None, iter(())))


def leftovers(folder: Folder, numbers: int) -> list[str]:
    """The names of what earlier runs left: drafts, and parts beyond the `numbers` that there are now."""
    names = [name for name in folder.names() if name.startswith(_DRAFT)]
    parts = ((name, _NAME.fullmatch(name)) for name in folder.names())
    return names + [name for name, found in parts if found and int(found[1]) >= numbers]


def _rows(stream: Any) -> Iterator[dict[str, Any]]:
    for batch in pq.ParquetFile(stream).iter_batches(_GROUP):
        yield from batch.to_pylist()
