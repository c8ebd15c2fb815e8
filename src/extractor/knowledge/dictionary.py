"""Dictionaries: CSV files of names, read with every wrong line reported.

A folder holds `companies.csv`, `people.csv`, `policies.csv`, `organizations.csv`, `places.csv` (or several of a type,
`companies-world.csv`) and `ignore.csv`. A wrong line refuses its whole folder.
"""

from __future__ import annotations

import csv
import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.choices import nearest
from extractor.errors import KnowledgeError
from extractor.records import ENTITY_TYPES, EntityType

FILES: dict[str, EntityType] = {
    "companies": "company",
    "people": "person",
    "policies": "policy",
    "organizations": "organization",
    "places": "place",
}
COMMON = ("id", "name", "en", "aliases", "weak_aliases", "codes", "support")
OWN: dict[EntityType, tuple[str, ...]] = {
    "company": ("trade", "country", "parent"),
    "person": ("posts",),
    "policy": ("jurisdiction",),
    "organization": ("country", "parent"),
    "place": ("kind", "within"),
}
IGNORE = ("name", "type", "context")
# What can support a weak name; a row's column `support` names the kinds that it takes, none there: all.
SUPPORT = ("document", "beside", "list", "trade")
_NAMED = ("name", "en", "aliases", "weak_aliases")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a dictionary names. `where` is ``file:line``; `weak` names count only where the context supports them."""

    id: str
    type: EntityType
    name: str
    en: str
    names: tuple[str, ...]
    weak: tuple[str, ...]
    codes: dict[str, str]
    own: dict[str, str]
    where: str
    dropped: tuple[str, ...] = ()

    def merged(self, other: Entry) -> Entry:
        """This entry with what a later row of the same id adds, and without the aliases that it takes away."""
        gone = set(other.dropped)
        weak = [n for n in dict.fromkeys((*self.weak, *other.weak)) if n not in gone or n in other.weak]
        # A name that the later row calls weak is weak from now on.
        gone.update(other.weak)
        return replace(
            self,
            name=other.name or self.name,
            en=other.en or self.en,
            names=tuple(n for n in dict.fromkeys((*self.names, *other.names)) if n not in gone),
            weak=tuple(weak),
            codes=self.codes | other.codes,
            own=self.own | other.own | _joined_posts(self.own, other.own),
        )


def _joined_posts(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    """The posts of both rows: a person keeps those of the first; of all other columns the later row's cell counts."""
    return {"posts": f"{first['posts']}|{second['posts']}"} if "posts" in first and "posts" in second else {}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A name that is never a name: everywhere, or only of one type, or only within `context`."""

    name: str
    type: str
    context: str
    where: str


@dataclass(slots=True)
class Dictionary:
    """All entries in force by id, what is ignored, and what a curator should know of lines that are taken all the same."""

    entries: dict[str, Entry] = field(default_factory=dict)
    ignored: list[Ignored] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def dictionary_files(folder: Path) -> list[Path]:
    """The CSV files of a dictionary folder, in the order in which they are read."""
    return sorted(folder.glob("*.csv"))


def load_dictionaries(folders: Iterable[Path]) -> Dictionary:
    """Read the folders, later ones adding to earlier ones by id; KnowledgeError lists every wrong line of all of them."""
    with without_collector():
        return _load(folders)


@contextmanager
def without_collector() -> Iterator[None]:
    """All that is made meanwhile stays: the garbage collector would only walk it, again and again, for half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(folders: Iterable[Path]) -> Dictionary:
    loaded, problems = Dictionary(), []
    for folder in folders:
        if not folder.is_dir():
            problems.append(f"{folder}: no such dictionary folder")
            continue
        for path in dictionary_files(folder):
            stem = path.stem.split("-")[0]
            if stem == "ignore":
                loaded.ignored += _read_ignored(path, problems)
            elif stem in FILES:
                for entry in _read_entries(path, FILES[stem], problems, loaded.warnings):
                    _take(entry, loaded, problems)
            else:
                known_files = ", ".join(f"{name}.csv" for name in (*FILES, "ignore"))
                problems.append(f"{path}: not a dictionary file; the names are {known_files}")
    for entry in loaded.entries.values():
        if not entry.name:
            problems.append(f"{entry.where}: {entry.id!r} has no name; a new id needs one")
    if problems:
        raise KnowledgeError(problems)
    return loaded


def _take(entry: Entry, loaded: Dictionary, problems: list[str]) -> None:
    known = loaded.entries.get(entry.id)
    if known is None:
        loaded.entries[entry.id] = entry
    elif known.type == entry.type:
        loaded.entries[entry.id] = known.merged(entry)
    else:
        problems.append(
            f"{entry.where}: id {entry.id!r} is the {known.type} at {known.where}; give the {entry.type} its own"
        )


def _read_ignored(path: Path, problems: list[str]) -> Iterator[Ignored]:
    for line, row in _rows(path, IGNORE, ("name",), problems):
        where = f"{path}:{line}"
        if not row["name"]:
            problems.append(f"{where}: name is empty")
        elif (type_ := row.get("type", "")) and type_ not in ENTITY_TYPES:
            near = nearest(type_, ENTITY_TYPES, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the types are {', '.join(ENTITY_TYPES)}, or none for all"
            problems.append(f"{where}: type {type_!r}: {hint}")
        else:
            yield Ignored(row["name"], type_, row.get("context", ""), where)


def _read_entries(path: Path, type_: EntityType, problems: list[str], warnings: list[str]) -> Iterator[Entry]:
    seen: dict[str, int] = {}
    own_columns = ("support", *OWN[type_])
    for line, row in _rows(path, (*COMMON, *OWN[type_]), ("id", "name"), problems):
        where, id_ = f"{path}:{line}", row["id"]
        if reason := _wrong(row):
            problems.append(f"{where}: {reason}")
            continue
        if id_ in seen:
            problems.append(f"{where}: id {id_!r} stands already at {path}:{seen[id_]}; merge the two rows")
            continue
        seen[id_] = line
        name, en = row["name"], row.get("en", "")
        aliases, dropped = _split(row.get("aliases", ""))
        weak, weak_dropped = _split(row.get("weak_aliases", ""))
        gone = {*weak, *dropped}
        names = [n for n in dict.fromkeys((name, *aliases, en)) if n and n not in gone]
        # A name of one character is far too common to stand for anything without support; with marks around it (<N>) it is
        # what stands for something that was cut out.
        if short := [n for n in names if _letters(n) < 2]:
            names = [n for n in names if n not in short]
            weak += [n for n in short if len(n) == 1]
            if name in short:
                counts = "counts as weak" if len(name) == 1 else "is never found"
                warnings.append(f"{where}: name {name!r} has one character, so it {counts}")
        codes = dict(pair.split(":", 1) for pair in row["codes"].split("|") if pair) if row.get("codes") else {}
        own = {k: row[k] for k in own_columns if row.get(k)}
        yield Entry(id_, type_, name, en, tuple(names), tuple(weak), codes, own, where, (*dropped, *weak_dropped))


def _letters(name: str) -> int:
    return sum(character.isalnum() for character in name)


def _wrong(row: dict[str, str]) -> str | None:
    """Why a row cannot be taken, or None."""
    if not row["id"]:
        return "id is empty"
    if row["id"].startswith("?"):
        return f"id {row['id']!r}: ids that start with ? are for names that no dictionary has"
    for column in _NAMED:
        if not (cell := row.get(column)):
            continue
        for name in cell.split("|") if "alias" in column else (cell,):
            if name and not _WORD.search(name):
                return f"{column}: {name!r} is only punctuation"
            if "。" in name:
                return f"{column}: {name!r} holds a 。, which ends a sentence; give the name alone"
    for pair in filter(None, row.get("codes", "").split("|")):
        if not re.fullmatch(r"[\w-]+:.+", pair):
            return f"codes: {pair!r} should be like twse:2317"
    for kind in filter(None, row.get("support", "").split("|")):
        if kind not in SUPPORT:
            near = nearest(kind, SUPPORT, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the kinds are {', '.join(SUPPORT)}"
            return f"support: {kind!r}: {hint}"
    return None


def _split(cell: str) -> tuple[list[str], list[str]]:
    """The names of a cell, and those with a minus before them that it takes away."""
    if not cell:
        return [], []
    names = [n.strip() for n in cell.split("|") if n.strip()]
    if "-" not in cell:
        return names, []
    return [n for n in names if not n.startswith("-")], [n[1:] for n in names if n.startswith("-")]


def _rows(
    path: Path, columns: tuple[str, ...], needed: tuple[str, ...], problems: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each data row of a CSV file as (line, {column: cell}); lines that start with # are comments."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8")
        return
    except OSError as error:
        problems.append(f"{path}: {error.strerror}")
        return
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if first is None:
        return
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        problems.append(f"{path}:{line}: holds a NUL character; remove it")
        return
    # A reader over the lines themselves, so that its line number is the file's.
    reader = csv.reader((line + "\n" for line in lines[first:]), strict=True)
    try:
        header = [cell.strip() for cell in next(reader)]
        for column in header:
            if column not in columns:
                near = nearest(column, columns, 1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                problems.append(
                    f"{path}:{first + 1}: unknown column {column!r}{hint} the columns are {', '.join(columns)}"
                )
        for column in needed:
            if column not in header:
                problems.append(f"{path}:{first + 1}: column {column!r} is missing")
                return
        for cells in reader:
            if not cells or (len(cells) == 1 and not cells[0].strip()) or cells[0].startswith("#"):
                continue
            line = first + reader.line_num
            if len(cells) != len(header):
                problems.append(
                    f"{path}:{line}: {len(cells)} cells, but the header names {len(header)}; "
                    "quote cells that hold commas"
                )
                continue
            yield line, dict(zip(header, map(str.strip, cells), strict=True))
    except csv.Error as error:
        problems.append(f"{path}:{first + reader.line_num}: {error}")
