"""Collisions: ids, names and codes that more than one thing has, where nobody decided which one they mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.curation.findings import Finding, Material, at
from extractor.curation.names import Use, case_key, names_by_key
from extractor.curation.support import TAIWAN
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
    """Names that are strong for two things or more: all but one of them should be weak, or all."""
    dictionary = material.dictionary
    never = {(fold(i.name), i.type) for i in dictionary.ignored if not i.context}
    for key, uses in names_by_key(dictionary.entries.values()).items():
        if len(uses) < 2:
            continue
        by_surface: dict[str, list[Use]] = {}
        for use in uses:
            entry, name, weak = use
            if not weak and never.isdisjoint({(key, ""), (key, entry.type)}):
                by_surface.setdefault(case_key(key, name), []).append(use)
        for same in by_surface.values():
            things = list({entry.id: (entry, name, weak) for entry, name, weak in reversed(same)}.values())[::-1]
            if len(things) > 1 and (row := _checked_row(material, things)):
                yield _collision(material, row, key, things)


def _checked_row(material: Material, uses: list[Use]) -> Row | None:
    """The last row with one of these names in a file that is checked."""
    for entry, name, _ in reversed(uses):
        row = _row_of(material, entry.id, name)
        if row and row.table in material.tables:
            return row
    return None


def _row_of(material: Material, id_: str, name: str) -> Row | None:
    rows = material.rows_of.get(id_, [])
    return next((r for r in rows if name in (r["name"], r["en"], *r.names("aliases"), *r.names("weak_aliases"))), None)


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
    """Codes that two things have, and a market that a row names twice."""
    owner: dict[tuple[str, str], str] = {}
    for rows in material.rows_of.values():
        for row in rows:
            if not row["codes"]:
                continue
            markets = set()
            for pair in row.names("codes"):
                market, _, code = pair.partition(":")
                checked = row.table in material.tables
                if market in markets and checked:
                    yield at(row, "code-twice", f"two codes of {market}; only the last counts", "leave one of them")
                markets.add(market)
                # A code is one firm's on both Taiwanese exchanges together.
                place = ("taiwan" if market in TAIWAN else market, code)
                first = owner.setdefault(place, row["id"])
                if first != row["id"] and checked:
                    what = f"{pair} is the code of {first} too ({material.rows_of[first][0].where})"
                    yield at(row, "code-twice", what, "correct one of them, or merge the rows")
