"""Rows for a dictionary: what is known of one thing, its id, and whether the dictionaries would take it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.curation.names import is_single
from extractor.errors import KnowledgeError
from extractor.knowledge.dictionary import COMMON, FILES, IGNORE, OWN, Entry, load_dictionaries
from extractor.records import EntityType
from extractor.text.folding import fold

FILE_OF: dict[str, str] = {type_: f"{stem}.csv" for stem, type_ in FILES.items()} | {"ignore": "ignore.csv"}
_LONGEST_ID = 60  # characters that are made
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Bytes that are no UTF-8, and what stands for characters of somebody's own (造字): other computers do not have them.
_UNREADABLE = re.compile(r"[\ud800-\udfff\ue000-\uf8ff\ufffd]")
_ODD = re.compile(rf"{_CONTROL.pattern}|{_UNREADABLE.pattern}|[#|:-]")


@dataclass(slots=True)
class Row:
    """One thing to write: `name` may be empty where the id is there already; `codes` are like ``twse:2317``."""

    type: EntityType
    id: str
    name: str = ""
    en: str = ""
    aliases: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)

    def cells(self) -> dict[str, str]:
        """The row as {column: cell}."""
        joined = {"aliases": self.aliases, "weak_aliases": self.weak, "codes": self.codes}
        lists = {column: "|".join(values) for column, values in joined.items()}
        return {"id": self.id, "name": self.name, "en": self.en, **lists, **self.own}

    def entry(self, where: str) -> Entry:
        """The row as the dictionaries read it."""
        names = [n for n in dict.fromkeys((self.name, *self.aliases, self.en)) if n]
        dropped = [n[1:] for n in (*names, *self.weak) if n[0] == "-"]
        weak = [n for n in dict.fromkeys((*self.weak, *filter(is_single, names))) if n[0] != "-"]
        strong = tuple(n for n in names if n[0] != "-" and n not in weak and n not in dropped)
        codes = dict(code.split(":", 1) for code in self.codes)
        return Entry(
            self.id, self.type, self.name, self.en, strong, tuple(weak), codes, dict(self.own), where, tuple(dropped)
        )


def columns_of(kind: str) -> tuple[str, ...]:
    """The columns that a file of this type (or ``ignore``) may have."""
    return IGNORE if kind == "ignore" else (*COMMON, *OWN[kind])  # type: ignore[index]


def make_id(en: str, name: str, taken: Callable[[str], object]) -> str:
    """An id from the English name, else from the code points of the folded name; numbered where it is `taken`.

    The same names give the same id, whatever else is in the dictionaries, as long as it is free.
    """
    stem = _slug(en) or (_slug(name) if name.isascii() else "")
    stem = stem or "u" + "-".join(f"{ord(character):x}" for character in fold(name))
    number, id_ = 1, (stem := stem[:_LONGEST_ID].rstrip("-"))
    while taken(id_):
        number += 1
        id_ = f"{stem}-{number}"
    return id_


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’.]", "", plain)).strip("-")


def wrong_rows(kind: str, rows: Sequence[dict[str, str]]) -> dict[int, str]:
    """Why the dictionaries would refuse rows of this type (or ``ignore``): {index: reason}.

    The rows are read by what reads the dictionaries, so that both always agree.
    """
    reasons = {}
    for number, row in enumerate(rows):
        if _ODD.search("".join(row.values())) and (reason := _odd(row)):
            reasons[number] = reason
    sound = [number for number in range(len(rows)) if number not in reasons]
    columns = columns_of(kind)
    with TemporaryDirectory() as folder:
        path = Path(folder, FILE_OF[kind])
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            for number in sound:
                # An addition to an id of another folder has no name here.
                row = rows[number] if kind == "ignore" else rows[number] | {"name": rows[number]["name"] or "x"}
                writer.writerow([row.get(column, "") for column in columns])
        try:
            load_dictionaries([Path(folder)])
        except KnowledgeError as error:
            for problem in error.problems:
                place, _, reason = problem.removeprefix(f"{path}:").partition(": ")
                if not place.isdecimal():
                    raise
                reasons.setdefault(sound[int(place) - 2], reason.replace(f"{path}:", "line "))
    return reasons


def _odd(row: dict[str, str]) -> str | None:
    """Why a row would be read as something else than it is, or None."""
    for column, cell in row.items():
        if _CONTROL.search(cell):
            return f"{column}: {cell!r} holds a line break or another control character"
        if _UNREADABLE.search(cell):
            return f"{column}: {cell!r} holds a character that other computers do not have; write it otherwise"
        if cell.startswith("#"):
            return f"{column}: {cell!r} would be read as a comment; leave out the #"
        if "|" in cell and column in ("id", "name", "en"):
            return f"{column}: {cell!r} holds |, which separates aliases"
        if cell.startswith("-") and column in ("id", "name", "en"):
            return f"{column}: {cell!r} begins with -, which takes an alias away; leave out the -"
        if ":" in cell and column == "id":
            return f"id: {cell!r} holds :, which parts a post from its body and date"
    return None
