"""Collisions: ids, names and codes that more than one thing has, where nobody decided which one they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractor.curation.findings import Finding, Material, at
from extractor.curation.names import Use, case_key, names_by_key
from extractor.curation.support import market_key
from extractor.curation.tables import Row
from extractor.text.folding import fold

SHOWN = 4  # how many of the other things are told


def ids(material: Material) -> Iterator[Finding]:
    """An id in several files of one folder, with names that contradict each other; between folders the later one wins."""
    for id_, rows in material.rows_of.items():
        if len(rows) < 2:
            continue
        first: dict[tuple[Path, str], Row] = {}
        for row in rows:
            for column in ("name", "en"):
                if not row[column]:
                    continue
                earlier = first.setdefault((row.table.path.parent, column), row)
                if earlier[column] != row[column] and row.table in material.tables:
                    what = f"{column} of {id_!r} is {row[column]} here and {earlier[column]} at {earlier.where}"
                    yield at(row, "id-conflict", what, "give one of them another id, or leave the cell empty here")


def names(material: Material) -> Iterator[Finding]:
    """Names that are strong for two things or more, or that one thing has in two ways that fold alike."""
    dictionary = material.dictionary
    never = {(fold(i.name), i.type) for i in dictionary.ignored if not i.context}
    for key, uses in names_by_key(dictionary.entries.values(), shared=True).items():
        by_surface: dict[str, list[Use]] = {}
        for use in uses:
            if never.isdisjoint({(key, ""), (key, use[0].type)}):
                by_surface.setdefault(case_key(key, use[1]), []).append(use)
        for same in by_surface.values():
            by_thing: dict[str, list[Use]] = {}
            for use in same:
                by_thing.setdefault(use[0].id, []).append(use)
            for of_one in by_thing.values():
                yield from _repeated(material, of_one)
            strong = [use for first, *_ in by_thing.values() if not (use := first)[2]]
            if len(strong) > 1 and (row := _checked_row(material, strong)):
                yield _collision(material, row, key, strong)


def _repeated(material: Material, uses: list[Use]) -> Iterator[Finding]:
    """The names of one thing that repeat the first after folding; that `en` does is how a Latin name is written."""
    entry, first, _ = uses[0]
    for _, name, weak in uses[1:]:
        row = _row_of(material, entry.id, name)
        if row and row.table in material.tables and {first, name} != {entry.name, entry.en}:
            remedy = "to make a name weak, repeat it letter by letter" if weak else "remove it"
            yield at(row, "repeated-name", f"{name} repeats {first}: they fold alike", remedy)


def _checked_row(material: Material, uses: list[Use]) -> Row | None:
    """The last row with one of these names in a file that is checked."""
    for entry, name, _ in reversed(uses):
        row = _row_of(material, entry.id, name)
        if row and row.table in material.tables:
            return row
    return None


def _row_of(material: Material, id_: str, name: str) -> Row | None:
    rows = material.rows_of.get(id_, [])
    return next((row for row in rows if name in row.written()), None)


def _collision(material: Material, row: Row, key: str, uses: list[Use]) -> Finding:
    entry, name, _ = next(use for use in uses if use[0].id == row["id"])
    others = [other for other in uses if other[0].id != entry.id]
    told = []
    for other, its_name, _ in others[:SHOWN]:
        its_row = _row_of(material, other.id, its_name)
        told.append(f"{other.id} ({other.type}, {its_row.where if its_row else other.where})")
    more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
    what = f"{name} is a strong name of {entry.id} and of {', '.join(told)}{more}"
    primary = [fold(e.name) == key for e, _, _ in uses]
    if all(primary) and len({e.type for e, _, _ in uses}) == 1:
        return at(
            row, "same-thing", what, "merge the rows, or write the name in weak_aliases too of all or all but one"
        )
    kind = "shared-name" if all(primary) else "shared-alias"
    return at(row, kind, what, "write it in weak_aliases of all or all but one")


def codes(material: Material) -> Iterator[Finding]:
    """Codes that two things have, and markets that a row names twice."""
    owner: dict[tuple[str, str], str] = {}
    for entry in material.dictionary.entries.values():
        for market, code in entry.codes.items():
            first = owner.setdefault((market_key(market), code), entry.id)
            if first != entry.id and (row := _row_with(material, entry.id, code) or _row_with(material, first, code)):
                other = first if row["id"] == entry.id else entry.id
                what = f"{market}:{code} is the code of {other} too ({material.rows_of[other][0].where})"
                yield at(row, "code-twice", what, "correct one of them, or merge the rows")
    for row in material.rows():
        if "|" in (cell := row["codes"]):
            markets = Counter(code.partition(":")[0] for code in cell.split("|"))
            for market in (market for market, count in markets.items() if count > 1):
                what = f"{markets[market]} codes of {market}, of which only the last counts"
                yield at(row, "code-twice", what, "leave one of them")


def _row_with(material: Material, id_: str, code: str) -> Row | None:
    rows = [row for row in material.rows_of.get(id_, ()) if row.table in material.tables]
    return next((row for row in rows if code in row["codes"]), None)
