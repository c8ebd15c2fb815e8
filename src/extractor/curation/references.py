"""References: posts and ids that name other things, weak names that nothing supports, contexts without their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.choices import nearest
from extractor.curation.findings import Finding, Material, at
from extractor.curation.names import holds
from extractor.curation.support import supports
from extractor.knowledge.dictionary import Entry

# Which columns hold ids, and the types that they may name.
REFERENCES = {
    ("company", "country"): ("place",),
    ("company", "parent"): ("company", "organization"),
    ("organization", "country"): ("place",),
    ("organization", "parent"): ("organization", "company"),
    ("policy", "jurisdiction"): ("place", "organization"),
    ("place", "within"): ("place",),
}
# What stands for a country where it is more than one.
NO_COUNTRY = ("international", "multilateral")
BODIES = ("company", "organization", "place", "policy")
HINTS = 20  # the nearest id is looked for this often: it takes a while, and a file without its neighbour has many

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


class _Ids:
    """Tells what is wrong with an id, with the nearest known one."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self._entries = entries
        self._hints = 0

    def trouble(self, id_: str, types: tuple[str, ...]) -> tuple[str, str] | None:
        """What is wrong with an id that should name one of `types`, and the remedy; None where nothing is."""
        if entry := self._entries.get(id_):
            wrong = f"{id_!r} is a {entry.type}, not a {' or '.join(types)}"
            return None if entry.type in types else (wrong, "name another id")
        self._hints += 1
        near = nearest(id_, self._alike(id_), 1) if self._hints <= HINTS else []
        hint = f"did you mean {near[0]!r}? Or" if near else "correct it, or"
        return f"{id_!r} is no known id", f"{hint} add a row for it"

    def _alike(self, id_: str) -> list[str]:
        return [known for known in self._entries if known[:2] == id_[:2] and abs(len(known) - len(id_)) < 4][:2000]


def ids(material: Material) -> Iterator[Finding]:
    """Countries, parents and surroundings that are no known ids, or of a wrong type."""
    known = _Ids(material.dictionary.entries)
    for table in material.tables:
        columns = {c: types for (kind, c), types in REFERENCES.items() if kind == table.kind and c in table.columns}
        good = {(column, "") for column in columns}
        if table.kind != "company":
            good |= {(column, word) for column in ("country", "jurisdiction") for word in NO_COUNTRY}
        for row in table.rows:
            for column, types in columns.items():
                # Few different ids stand in these columns, each many times.
                if (column, row[column]) in good:
                    continue
                troubles = [trouble for id_ in row.names(column) if (trouble := known.trouble(id_, types))]
                for what, remedy in troubles:
                    yield at(row, "unknown-id", f"{column}: {what}", remedy)
                if not troubles:
                    good.add((column, row[column]))


def posts(material: Material) -> Iterator[Finding]:
    """Posts that are not `title:body:date`, or that name no known body."""
    known = _Ids(material.dictionary.entries)
    for table in material.tables:
        for row in table.rows if "posts" in table.columns else ():
            for post in row.names("posts"):
                title, body, date, *more = [*post.split(":"), "", "", ""]
                if not title or not body or more[:-3] or not _DATE.fullmatch(date):
                    yield at(
                        row, "post", f"{post!r} is not title:body:date", "write it like 董事長:hon-hai:2024-10 or :2024"
                    )
                elif trouble := known.trouble(body, BODIES):
                    yield at(row, "post", f"{post!r}: {trouble[0]}", trouble[1])


def support(material: Material) -> Iterator[Finding]:
    """Weak names that nothing can support."""
    for row in material.rows():
        entry = material.dictionary.entries[row["id"]]
        if not entry.weak:
            continue
        # What has a sure name is supported by it, unless the row says otherwise.
        easy = entry.names and "support" not in entry.own
        for name in entry.weak:
            if (not easy or len(name) == 1) and name in row.written() and not supports(entry, name):
                what = f"{name} is weak, and nothing can ever support it"
                yield at(row, "no-support", what, "give a strong name or a stock code, or other kinds of support")


def contexts(material: Material) -> Iterator[Finding]:
    """Contexts in ignore.csv that do not hold the name that they are for."""
    for table in material.tables:
        for row in table.rows if table.kind == "ignore" else ():
            if row["context"] and not holds(row["context"], row["name"]):
                what = f"{row['context']} is no longer word that holds {row['name']}"
                yield at(row, "ignore-context", what, "write one that does, or leave the context empty")
