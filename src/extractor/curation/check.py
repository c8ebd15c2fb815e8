"""Check: everything in a dictionary folder that is wrong, or that somebody should decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.curation import cells, collisions, house, references
from extractor.curation.findings import Check, Finding, Material
from extractor.curation.tables import Row, read_tables
from extractor.errors import KnowledgeError
from extractor.knowledge import builtin_folder
from extractor.knowledge.dictionary import Dictionary, load_dictionaries, without_collector

# Each looks at the writing alone; those of the second list compare what was loaded.
WRITING: list[Check] = [collisions.ids, cells.written, references.contexts]
MEANING: list[Check] = [collisions.names, collisions.codes, references.ids, references.posts, references.support]
HOUSE: list[Check] = [house.order, house.headers, house.english_names, house.traditional_names]

_PLACE = re.compile(r"(.+?)(?::(\d+))?: (.+)", re.DOTALL)


def check(folders: Sequence[Path], checked: Sequence[Path] | None = None, strict: bool = False) -> list[Finding]:
    """The findings in those of `folders` that are to be `checked`, or all, in the order of files and lines.

    All folders are loaded, in this order; a line that is refused is found in all of them.
    The house rules are for the built-in folder and, where `strict`, for every one. Where a line is wrong, the names and
    references are not compared. KnowledgeError where a folder is missing.
    """
    with without_collector():
        return _check(folders, folders if checked is None else checked, strict)


def _check(folders: Sequence[Path], checked: Sequence[Path], strict: bool) -> list[Finding]:
    of_folder = {folder: read_tables(folder) for folder in folders}
    rows_of: dict[str, list[Row]] = {}
    for tables in of_folder.values():
        for table in tables:
            for row in table.rows if table.kind != "ignore" else ():
                rows_of.setdefault(row["id"], []).append(row)
    findings: list[Finding] = []
    dictionary = Dictionary()
    try:
        dictionary = load_dictionaries(of_folder)
    except KnowledgeError as error:
        findings += map(_wrong_line, error.problems)
    tables = [t for folder in checked for t in of_folder[folder] if t.kind != "unknown"]
    material = Material(tables, rows_of, dictionary)
    for one in WRITING + MEANING * bool(dictionary.entries):
        findings += one(material)
    findings += _house(material, strict)
    order = {str(table.path): number for number, table in enumerate(material.tables)}
    return sorted(findings, key=lambda finding: (order.get(finding.file, -1), finding.line))


def _house(material: Material, strict: bool) -> Iterator[Finding]:
    own = [t for t in material.tables if strict or t.path.parent == builtin_folder()]
    kept = Material(own, material.rows_of, material.dictionary)
    for one in HOUSE:
        yield from one(kept)


def _wrong_line(problem: str) -> Finding:
    match = _PLACE.fullmatch(problem)
    place, line, reason = match.groups() if match else (problem, None, "")
    return Finding(place, int(line or 0), "wrong-line", reason, "")
