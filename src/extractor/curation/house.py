"""House rules: what the built-in dictionaries keep to, so that their differences can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.curation.findings import Finding, Material, at
from extractor.curation.scripts import simplified_in
from extractor.knowledge import builtin_folder
from extractor.knowledge.cues import read_words

LETTERS = 5  # TSMC and ASUS are written so; longer names in capitals are mostly how an exchange writes all of them
_CAPITALS = ("company", "person")  # the names of laws and bodies are often initials
_LICENCE = re.compile(r"licen[cs]e", re.IGNORECASE)
_DATE = re.compile(r"\b20\d\d-\d\d\b")


def order(material: Material) -> Iterator[Finding]:
    """The first row of a file that stands behind one with a greater id."""
    for table in material.tables:
        ids = [row["id"] for row in table.rows] if table.kind != "ignore" else []
        wrong = [place for place in range(1, len(ids)) if ids[place] < ids[place - 1]]
        if wrong:
            more = f" ({len(wrong)} such rows in this file)" if len(wrong) > 1 else ""
            what = f"{ids[wrong[0]]!r} stands behind {ids[wrong[0] - 1]!r}{more}"
            yield at(table.rows[wrong[0]], "unsorted", what, "sort the rows by id")


def headers(material: Material) -> Iterator[Finding]:
    """Files whose comment at the top does not name a licence and a date."""
    for table in material.tables:
        comment = "\n".join(table.comments)
        missing = [what for what, found in (("licence", _LICENCE), ("date", _DATE)) if not found.search(comment)]
        if missing:
            what = f"the comment at the top names no {' and no '.join(missing)}"
            remedy = "write what the file holds, its sources, licence and date (2026-11) in lines that start with #"
            yield Finding(str(table.path), 1, "header", what, remedy)


def english_names(material: Material) -> Iterator[Finding]:
    """English names in capitals that are longer than initials, and are not listed in capitals.txt."""
    known = set(read_words(builtin_folder() / "capitals.txt"))
    for row in material.rows():
        en = row["en"]
        if row.table.kind in _CAPITALS and en.isupper() and sum(map(str.isalpha, en)) > LETTERS and en not in known:
            remedy = "write it as people do; where they do write capitals, add it to capitals.txt"
            yield at(row, "capitals", f"en: {en} is in capitals", remedy)


def traditional_names(material: Material) -> Iterator[Finding]:
    """Names, not aliases, in Simplified characters."""
    for row in material.rows():
        if (name := row["name"]) and not name.isascii() and (character := simplified_in(name)):
            what = f"name {name} has {character}, which is Simplified"
            yield at(row, "simplified-name", what, "write the Traditional name; the other one is found all the same")
