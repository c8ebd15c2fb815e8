"""What every writer is, and what every view of a record offers to the writers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from extractor.records import Record

Cell = str | int

# Line ends of any kind, tabs and control characters: they would break a line in two, or speak to the terminal.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Writer(Protocol):
    """Writes records to a text stream as they come. `close` completes the output and leaves the stream open."""

    def write(self, record: Record) -> None: ...

    def close(self) -> None: ...


class View(Protocol):
    """One way to look at a record, in the shapes that the formats need.

    columns, rows: for CSV and TSV. lines: plain text. data: for JSON. headings, cells: the table for people, one style
    (of rich; "" for none) beside each text.
    """

    @property
    def columns(self) -> Sequence[str]: ...

    @property
    def headings(self) -> Sequence[str]: ...

    def rows(self, record: Record) -> Iterator[list[Cell]]: ...

    def lines(self, record: Record) -> Iterator[str]: ...

    def data(self, record: Record) -> dict[str, Any]: ...

    def cells(self, record: Record) -> Iterator[list[tuple[str, str]]]: ...


def one_line(text: str) -> str:
    """`text` without line breaks, tabs and control characters; a run of them becomes one space."""
    return _BREAKS.sub(" ", text)


def boolean(value: bool) -> str:
    """As JSON writes it, in every format."""
    return "true" if value else "false"
