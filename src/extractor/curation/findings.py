"""Findings: what a check of a dictionary has to say of a line, and of which kind it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractor.curation.tables import Row, Table
from extractor.knowledge.dictionary import Dictionary

# Of each kind: whether it is an error. An error makes the program read something wrongly or not at all.
KINDS = {
    "wrong-line": True,
    "id-conflict": True,
    "same-thing": True,
    "shared-name": True,
    "shared-alias": True,
    "code-twice": True,
    "post": True,
    "unknown-id": True,
    "one-character": False,
    "repeated-name": False,
    "takes-nothing": False,
    "mixed-scripts": False,
    "look-alike": False,
    "space": False,
    "no-support": False,
    "ignore-context": False,
    "unsorted": False,
    "header": False,
    "capitals": False,
    "simplified-name": False,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in a line, and its remedy. `file` is the path as it was given; `line` is 0 for a whole file."""

    file: str
    line: int
    kind: str
    what: str
    remedy: str

    @property
    def error(self) -> bool:
        """Whether this is an error; else a warning."""
        return KINDS[self.kind]

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.kind}: {self.what}" + (f"; {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Material:
    """What is checked and what it is checked against.

    `tables` are those of the folders that are checked; `rows_of` has the rows of every id, those of the other folders that
    were loaded too; `dictionary` is what the program makes of it all.
    """

    tables: list[Table]
    rows_of: dict[str, list[Row]]
    dictionary: Dictionary

    def rows(self) -> Iterator[Row]:
        """The rows that are checked, those of `ignore.csv` left out."""
        for table in self.tables:
            if table.kind != "ignore":
                yield from table.rows


Check = Callable[[Material], Iterator[Finding]]


def at(row: Row, kind: str, what: str, remedy: str) -> Finding:
    """A finding in a row."""
    return Finding(str(row.table.path), row.line, kind, what, remedy)
