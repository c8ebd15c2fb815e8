"""How the cells of a row are written: stray spaces, scripts, look-alikes, names of one character, minuses in vain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractor.curation.findings import Finding, Material, at
from extractor.curation.names import is_single
from extractor.curation.scripts import look_alike_in, mixed_scripts
from extractor.curation.tables import NAMED, Row

# Spaces of other widths, and characters without any: joiners, direction marks, the soft hyphen, a BOM inside a file.
_ODD = re.compile("[\t\n\v\f\r\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")


def written(material: Material) -> Iterator[Finding]:
    """All that a row shows without the others: one pass, in which the common row costs a few searches in one string."""
    for table in material.tables:
        named = [table.columns[column] for column in NAMED if column in table.columns]
        for row in table.rows:
            # Cells and the names in them are parted alike.
            line = f"|{'|'.join(row.cells)}|"
            if _stray(line) or _ODD.search(line):
                yield from _spaces(row)
            if table.kind == "ignore":
                continue
            if not line.isascii() and (mixed_scripts(line) or look_alike_in(line)):
                yield from _scripts(row)
            if "|-" in line:
                yield from _takes_nothing(row, material.rows_of[row["id"]])
            parts = "|".join([cell for place in named if (cell := row.cells[place])]).split("|")
            if len(set(parts)) < len(parts):
                yield from _repeated(row)
            if is_single(row["name"]):
                what = f"name {row['name']} has one character, so it counts as weak"
                yield at(row, "one-character", what, "give the longer name, and this one in weak_aliases")


def _stray(line: str) -> bool:
    return "  " in line or " |" in line or "| " in line


def _spaces(row: Row) -> Iterator[Finding]:
    for column, place in row.table.columns.items():
        cell = row.cells[place]
        if odd := _ODD.search(cell):
            what, remedy = f"U+{ord(odd[0]):04X} in {cell!r}", "remove it, or write a plain space"
        elif _stray(f"|{cell}|"):
            what, remedy = f"stray space in {cell!r}", "remove it"
        else:
            continue
        yield at(row, "space", f"{column}: {what}", remedy)


def _scripts(row: Row) -> Iterator[Finding]:
    for column in NAMED:
        for name in row.names(column):
            if mixed := mixed_scripts(name):
                what = f"{column}: {name} has {mixed[0]}, which is Simplified, and {mixed[1]}, which is Traditional"
                yield at(row, "mixed-scripts", what, "write it in one script")
            if letter := look_alike_in(name):
                what = f"{column}: {letter} (U+{ord(letter):04X}) in {name} only looks like a Latin letter"
                yield at(row, "look-alike", what, "type it anew")


def _repeated(row: Row) -> Iterator[Finding]:
    """Names that the row has twice, letter by letter; those that are the same only after folding are found elsewhere."""
    name, en, aliases, weak = row["name"], row["en"], row.names("aliases"), row.names("weak_aliases")
    parts = [name, *([en] if en != name else []), *aliases, *weak]
    # That a weak alias is the name is no mistake: it makes the name weak.
    for text, count in Counter(parts).items():
        if count > 1 and text and not (aliases.count(text) == 0 and weak.count(text) == 1):
            columns = " and ".join(column for column in NAMED if text in row.names(column))
            yield at(row, "repeated-name", f"{text} stands twice, in {columns}", "leave it in one place")


def _takes_nothing(row: Row, rows: list[Row]) -> Iterator[Finding]:
    written = {name for row in rows for name in row.written()}
    for column in ("aliases", "weak_aliases"):
        for name in row.names(column):
            if name.startswith("-") and name[1:] not in written:
                what = f"{column}: {name} takes away what no row of {row['id']} has"
                yield at(row, "takes-nothing", what, "write it as the other row does, or remove it")
