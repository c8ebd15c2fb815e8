"""How the cells of a row are written: stray spaces, scripts, look-alikes, names that say the same twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.curation.findings import Finding, Material, at
from extractor.curation.names import case_key, fold_all
from extractor.curation.scripts import look_alike_in, mixed_scripts
from extractor.curation.tables import Row

NAMED = ("name", "en", "aliases", "weak_aliases")
# Spaces of other widths, and characters without any: joiners, direction marks, the soft hyphen, a BOM inside a file.
_ODD = re.compile("[\t\n\v\f\r\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_SPACE = re.compile(rf"\s[|\s]|\|\s|{_ODD.pattern}")


def spaces(material: Material) -> Iterator[Finding]:
    """Spaces before, behind and between, double ones, and those that cannot be seen."""
    for table in material.tables:
        for row in table.rows:
            # Cells and the names in them are parted alike, so that one search does for the row.
            if _SPACE.search(f"|{'|'.join(row.cells)}|"):
                yield from _spaces(row)


def _spaces(row: Row) -> Iterator[Finding]:
    for column, place in row.table.columns.items():
        cell = row.cells[place]
        if odd := _ODD.search(cell):
            what, remedy = f"U+{ord(odd[0]):04X} in {cell!r}", "remove it, or write a plain space"
        elif _SPACE.search(f"|{cell}|"):
            what, remedy = f"stray space in {cell!r}", "remove it"
        else:
            continue
        yield at(row, "space", f"{column}: {what}", remedy)


def scripts(material: Material) -> Iterator[Finding]:
    """Names that mix Traditional and Simplified characters, and letters that only look Latin."""
    for row in material.rows():
        line = "|".join(row.cells)
        if line.isascii() or not (mixed_scripts(line) or look_alike_in(line)):
            continue
        for column in NAMED:
            for name in row.names(column):
                if mixed := mixed_scripts(name):
                    what = f"{column}: {name} has {mixed[0]}, which is Simplified, and {mixed[1]}, which is Traditional"
                    yield at(row, "mixed-scripts", what, "write it in one script")
                if letter := look_alike_in(name):
                    what = f"{column}: {letter} (U+{ord(letter):04X}) in {name} only looks like a Latin letter"
                    yield at(row, "look-alike", what, "type it anew")


def single_characters(material: Material) -> Iterator[Finding]:
    """Names of one character, which count only as weak."""
    for row in material.rows():
        if len(row["name"]) == 1:
            what = f"name {row['name']} has one character, so it counts as weak"
            yield at(row, "one-character", what, "give the longer name, and this one in weak_aliases")


def repeated(material: Material) -> Iterator[Finding]:
    """Aliases that repeat the name or another alias of their row after folding."""
    rows = [row for row in material.rows() if row["aliases"] or row["weak_aliases"]]
    parts = [{column: row.names(column) for column in NAMED} for row in rows]
    keys = iter(fold_all([name for columns in parts for names in columns.values() for name in names]))
    for row, columns in zip(rows, parts, strict=True):
        seen: dict[str, tuple[str, str]] = {}
        for column, names in columns.items():
            for name in names:
                key = case_key(next(keys), name)
                if name.startswith("-"):
                    continue
                earlier = seen.setdefault(key, (column, name))
                if earlier == (column, name) and names.count(name) == 1 or column == "en":
                    continue
                # A weak alias that is the name, letter by letter, makes the name weak.
                if column == "weak_aliases" and earlier[0] in ("name", "en") and earlier[1] == name:
                    continue
                yield at(row, "repeated-name", f"{column}: {name} repeats {earlier[0]} {earlier[1]}", _remedy(column))


def _remedy(column: str) -> str:
    if column == "weak_aliases":
        return "remove one of them; to make a name weak, repeat it letter by letter"
    return "remove it"


def takes_nothing(material: Material) -> Iterator[Finding]:
    """An alias with a minus that no row of the thing has."""
    for row in material.rows():
        for column in ("aliases", "weak_aliases"):
            if "-" not in row[column]:
                continue
            for name in row.names(column):
                if name.startswith("-") and name[1:] not in _written(material.rows_of[row["id"]]):
                    what = f"{column}: {name} takes away what no row of {row['id']} has"
                    yield at(row, "takes-nothing", what, "write it as the other row does, or remove it")


def _written(rows: list[Row]) -> set[str]:
    return {name for row in rows for column in NAMED for name in row.names(column)}
