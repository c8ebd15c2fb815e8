"""Tables: the files of a dictionary folder as they are written, for those who look at the writing itself.

The loader says what is wrong in a file and gives entries; here a file is read as far as it can be, cell by cell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractor.errors import KnowledgeError
from extractor.knowledge.cues import load_toml
from extractor.knowledge.dictionary import FILES, dictionary_files

NAMED = ("name", "en", "aliases", "weak_aliases")


@dataclass(slots=True, eq=False)  # not frozen: there are many, and a frozen one takes three times as long to make
class Row:
    """The cells of a line as they are written, by column; `line` counts from 1."""

    table: Table
    line: int
    cells: list[str]

    @property
    def where(self) -> str:
        """``file:line``."""
        return f"{self.table.path}:{self.line}"

    def __getitem__(self, column: str) -> str:
        """The cell of a column without the space around it; empty where the file has no such column."""
        place = self.table.columns.get(column)
        return self.cells[place].strip() if place is not None else ""

    def names(self, column: str) -> list[str]:
        """The parts of a cell that `|` separates."""
        place = self.table.columns.get(column)
        cell = self.cells[place] if place is not None else ""
        return [part for name in cell.split("|") if (part := name.strip())] if cell else []

    def written(self) -> list[str]:
        """All names of the row, those that it takes away with their minus."""
        return [name for column in NAMED for name in self.names(column)]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A CSV file of a dictionary folder. `kind` is an entity type, ``ignore``, or ``unknown`` for a name that says nothing."""

    path: Path
    kind: str
    comments: list[str] = field(default_factory=list)
    header_line: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


def read_tables(folder: Path) -> list[Table]:
    """The CSV files of a folder in the order in which the loader reads them; KnowledgeError where there is no folder."""
    if not folder.is_dir():
        raise KnowledgeError([f"{folder}: no such dictionary folder"])
    return [_read(path) for path in dictionary_files(folder)]


def _read(path: Path) -> Table:
    stem = path.stem.split("-")[0]
    kind = "ignore" if stem == "ignore" else FILES.get(stem, "unknown")
    lines = path.read_bytes().decode("utf-8-sig", "replace").split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    table = Table(path, kind, [line for line in lines[:first] if line.strip()], first + 1)
    reader = csv.reader((line + "\n" for line in lines[first:]), strict=True)
    table.rows.extend(_rows(table, reader, first))
    return table


def _rows(table: Table, reader: Iterator[list[str]], first: int) -> Iterator[Row]:
    try:
        header = next(reader, [])
        table.columns.update((name.strip(), place) for place, name in enumerate(header))
        for cells in reader:
            empty = not cells or (len(cells) == 1 and not cells[0].strip())
            if not empty and not cells[0].startswith("#") and len(cells) == len(header):
                yield Row(table, first + reader.line_num, cells)  # type: ignore[attr-defined]
    except csv.Error:
        return  # the loader says where and why


def relation_files(folder: Path) -> list[tuple[Path, int]]:
    """The files of relations in a folder, each with the number of relations in it; KnowledgeError where one is no TOML."""
    return [(path, len(load_toml(path))) for path in sorted(folder.glob("relations/*.toml"))]
