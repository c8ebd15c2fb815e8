"""The import: rows of others' files joined to what the dictionaries have, or added, all at once or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from extractor.curation.curator import Curator
from extractor.curation.exchange import Person
from extractor.curation.names import is_single, name_key
from extractor.curation.rows import Row, make_id, wrong_rows
from extractor.curation.sources import Item, Left
from extractor.curation.support import market_key
from extractor.knowledge.dictionary import Entry, without_collector
from extractor.records import EntityType


@dataclass(slots=True)
class Report:
    """What became of a file's lines. `wrong` and `notes` are whole lines, ``file:line: reason``."""

    added: Counter[EntityType] = field(default_factory=Counter)
    joined: Counter[EntityType] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0


class Import:
    """Takes the items of one file, then writes what they add through `curator`.

    `words` are ordinary words, folded: a name that is one is written as weak.
    """

    def __init__(self, curator: Curator, source: str, words: Container[str]) -> None:
        self._curator, self._known, self._source, self._words = curator, curator.known, source, words
        self._pending: dict[str, Row] = {}
        self._report = Report()

    def run(self, items: Iterable[Item | Left]) -> Report:
        """Takes all items and writes the files once; KnowledgeError, nothing written, where one cannot be edited."""
        with without_collector():
            return self._run(items)

    def _run(self, items: Iterable[Item | Left]) -> Report:
        for item in self._sound(items):
            self._take(item)
        if types := sorted({row.type for row in self._pending.values()}):
            with self._curator.editing(*types) as files:
                for row in self._pending.values():
                    files[row.type].put(row.cells())
        return self._report

    def _sound(self, items: Iterable[Item | Left]) -> Iterator[Item]:
        """The items that the dictionaries would take; the others are told."""
        by_type: dict[EntityType, list[Item]] = {}
        left: list[tuple[int, str]] = []
        for item in items:
            self._report.rows += 1
            if isinstance(item, Item):
                by_type.setdefault(item.row.type, []).append(item)
            elif item.wrong:
                left.append((item.line, item.reason))
            else:
                self._report.skipped[item.reason] += 1
        sound: list[Item] = []
        for type_, there in by_type.items():
            # Each under an id of its own: which of them are one thing is seen later.
            wrong = wrong_rows(
                type_, [i.row.cells() | {"id": i.row.id and f"{i.row.id} {i.line}" or f"x{i.line}"} for i in there]
            )
            left += [(there[number].line, reason) for number, reason in wrong.items()]
            sound += [item for number, item in enumerate(there) if number not in wrong]
        self._report.wrong += [f"{self._source}:{line}: {reason}" for line, reason in sorted(left)]
        return iter(sorted(sound, key=lambda item: item.line))

    def _take(self, item: Item) -> None:
        row = item.row
        known = self._find(item)
        if known is None and not row.name:
            self._report.wrong.append(f"{self._source}:{item.line}: {row.id!r} has no name; a new id needs one")
            return
        if known is not None and known.type != row.type:
            self._report.wrong.append(f"{self._source}:{item.line}: {row.id} is the {known.type} at {known.where}")
            return
        if known is None:
            id_ = self._add(item)
        else:
            id_ = known.id
            self._join(item, known)
        for person in item.people:
            if item.month:
                self._post(person, id_, item)
            else:
                self._report.skipped["post without a date (--date YYYY-MM)"] += 1
        for reason in item.unread:
            self._report.notes.append(f"{self._source}:{item.line}: {reason} left out: not sure to be a person's name")

    def _find(self, item: Item) -> Entry | None:
        """The thing that an item is about, or None for a new one."""
        row = item.row
        if row.id:
            return self._known.entries.get(row.id)
        for code in row.codes:
            if (entry := self._known.coded(code)) and entry.type == row.type:
                return entry
        for name in item.sure:
            for e in self._known.named(name):
                # A weak name without the legal form behind it may be anybody's: 統一有限公司 is not 統一.
                if e.type == row.type and not _other_code(e, row) and (name == item.sure[0] or name not in e.weak):
                    return e
        if row.codes and row.name not in item.sure:
            # A short name may be that of a foreign firm, too (三星); one that is Taiwanese and has no code is the firm.
            for entry in self._known.named(row.name):
                if entry.type == row.type and entry.own.get("country", "") in ("", "taiwan") and not entry.codes:
                    return entry
        return None

    def _add(self, item: Item) -> str:
        row = item.row
        if not row.id:
            name = row.codes[0].replace(":", "-") if row.codes and not row.en else row.en
            row.id = make_id(name, row.name, self._known.entries.__contains__)
        names = dict.fromkeys((row.name, *row.aliases, row.en))
        for n in (n for n in names if n and n not in row.weak and not n.startswith("-")):
            if reason := self._doubt(n):
                row.weak.append(n)
                self._report.notes.append(f"{self._source}:{item.line}: {n} counts only with support: {reason}")
        taken = {name_key(name) for name in (row.name, row.en, *row.weak)}
        aliases = {name_key(name): name for name in reversed(row.aliases)}
        row.aliases = [name for name in row.aliases if name_key(name) not in taken and aliases[name_key(name)] == name]
        if row.en in row.weak and f"-{row.en}" in row.aliases:
            row.weak.remove(row.en)
        self._pending[row.id] = row
        self._known.add(row.entry(f"{self._source}:{item.line}"))
        self._report.added[row.type] += 1
        return row.id

    def _doubt(self, name: str) -> str:
        """Why a name is to be weak: one character, an ordinary word, or another thing's too; "" where it is not."""
        if is_single(name):
            return "one character"
        if name_key(name) in self._words:
            return "an ordinary word"
        others = self._known.named(name)
        return f"also a name of {others[0].type} {others[0].id}" if others else ""

    def _join(self, item: Item, known: Entry) -> None:
        row = item.row
        free = [n for n in (row.name, *row.aliases) if n and not n.startswith("-") and not self._known.named(n)]
        taken = {name_key(name) for name in known.dropped}
        new = [name for name in dict.fromkeys(free) if name_key(name) not in taken]
        addition = Row(
            row.type,
            known.id,
            en="" if known.en else row.en,
            aliases=[name for name in new if name_key(name) not in self._words],
            weak=[name for name in new if name_key(name) in self._words],
            codes=[code for code in row.codes if code.partition(":")[0] not in known.codes],
            own={column: cell for column, cell in row.own.items() if cell and not known.own.get(column)},
        )
        if addition.en:
            addition.aliases += [name for name in row.aliases if name == f"-{addition.en}"]
        if not (addition.en or addition.aliases or addition.weak or addition.codes or addition.own):
            self._report.skipped["known already"] += 1
            return
        self._extend(addition, item)
        self._report.joined[row.type] += 1

    def _extend(self, addition: Row, item: Item) -> None:
        """Puts an addition to what is to be written of the same id."""
        if row := self._pending.get(addition.id):
            row.en = row.en or addition.en
            row.aliases += addition.aliases
            row.weak += addition.weak
            row.codes += addition.codes
            for column, cell in addition.own.items():
                row.own[column] = "|".join(filter(None, (row.own.get(column), cell)))
        else:
            self._pending[addition.id] = addition
        self._known.add(addition.entry(f"{self._source}:{item.line}"))

    def _post(self, person: Person, body: str, item: Item) -> None:
        """Somebody's post: a person of this name who has one there, one of this file, or a new one."""
        post = f"{person.title}:{body}:{item.month}"
        named = [entry for entry in self._known.named(person.name) if entry.type == "person"]
        here = [entry for entry in named if _titles_at(entry, body)]
        if any(_titles_at(entry, body) & {person.title, person.title.removeprefix("代理")} for entry in here):
            self._report.skipped["post known already"] += 1
            return
        mine = here or [entry for entry in named if entry.id in self._pending]
        former = [name for name in person.former if not self._known.named(name)]
        if mine:
            self._extend(Row("person", mine[0].id, aliases=former, own={"posts": post}), item)
            self._report.joined["person"] += 1
        elif named:
            # Whether it is the same person, nothing here tells.
            self._report.skipped["post of somebody whose name a known person without one there has"] += 1
        else:
            en = person.name if person.name.isascii() else ""
            row = Row("person", "", person.name, en, former, own={"posts": post})
            self._add(Item(item.line, row, (person.name,)))


def _titles_at(entry: Entry, body: str) -> set[str]:
    """The titles that a person has at a body, those joined by 兼 and 暨 each for itself."""
    posts = (post.split(":") for post in entry.own.get("posts", "").split("|"))
    return {title for parts in posts if parts[1:2] == [body] for title in re.split("[兼暨]", parts[0])}


def _other_code(entry: Entry, row: Row) -> bool:
    """Whether a thing has another number on one of the exchanges of this row."""
    numbers = {market_key(market): number for market, number in entry.codes.items()}
    parts = (code.partition(":") for code in row.codes)
    return any(numbers.get(market_key(market), number) != number for market, _, number in parts)
