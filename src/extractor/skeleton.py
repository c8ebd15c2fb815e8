"""The skeleton of a sentence: each name one private-use character (a slot) that tells its type, the rest as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractor.linking import Link
from extractor.records import EntityType
from extractor.text.expressions import Expression

_BASE: dict[str, int] = {"company": 0xE000, "organization": 0xE400, "person": 0xE800, "place": 0xEC00, "policy": 0xF000}
_CARRIED = 0x200  # the upper half of a type's characters stands for subjects that a clause leaves unspoken
_CARRIED_BASE = {type_: base + _CARRIED for type_, base in _BASE.items()}
MOST_SLOTS = _CARRIED  # of one type in one sentence; further names stay as text


def slot_class(type_: str, *, carried: bool = True) -> str:
    """The slot characters of a type, as the inside of a regular expression's [ ]."""
    base = _BASE[type_]
    return f"{chr(base)}-{chr(base + 2 * _CARRIED - 1 if carried else base + _CARRIED - 1)}"


NAMES = "".join(slot_class(t) for t in ("company", "organization", "person"))
STATED = "".join(slot_class(t, carried=False) for t in _BASE)
UNNAMED = "某"  # stands for a name that only tells whose the one is that does something
CLAUSE_MARKS = ",;:。!?\n"
FIRM_TYPES = ("company", "organization")
FIRMS = "".join(slot_class(type_, carried=False) for type_ in FIRM_TYPES)
PERSON = f"[{slot_class('person', carried=False)}]"
PLACE = f"[{slot_class('place', carried=False)}]"
ANY = f"[{STATED}]"
NAME = Expression(ANY)
ACTORS = Expression(f"[{''.join(map(slot_class, _BASE))}]")


def is_carried(character: str) -> bool:
    """Whether a slot character stands for a subject that its clause leaves unspoken."""
    return character >= "\ue000" and (ord(character) - 0xE000) % (2 * _CARRIED) >= _CARRIED


def clause_start(text: str, place: int) -> int:
    """The cell of a skeleton's text where the clause begins that holds the cell before `place`."""
    return max(text.rfind(mark, 0, max(place, 0)) for mark in CLAUSE_MARKS) + 1


class Role(NamedTuple):
    """What a word beside two names states: a post (holder, relation, body; the title) or, without `post`, an owner.

    `former` where the text says that it is over; `acts` where the holder acts for the body.
    """

    holder: str
    relation: str
    body: str
    word: str
    start: int
    end: int
    former: bool
    inferred: bool
    acts: bool
    post: bool = True


class Slot(NamedTuple):
    """What a slot character stands for: the ids of its members, all of one type; `inferred` where the text says it otherwise."""

    type: EntityType
    members: tuple[str, ...]
    inferred: bool = False


@dataclass(slots=True)
class Skeleton:
    """A sentence of the folded text `key`: cell i of `text` covers spans[i] of it; `slots` tells what slot characters mean.

    `stated` and `carried` count the slots by type: without one there is nothing to look for. `attributes` are slots that only tell
    which one (日本選手), `adverbials` those that tell where (在日本).
    """

    key: str
    text: str
    spans: list[tuple[int, int]]
    slots: dict[str, Slot]
    stated: dict[str, int]
    carried: dict[str, int] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    attributes: Container[str] = ()
    adverbials: Container[str] = ()

    def new_slot(self, slot: Slot) -> str | None:
        """A fresh slot character for `slot`; None where this sentence has used them up."""
        return self._count(self.stated, _BASE, slot)

    def carry(self, slot: Slot, cell: int) -> int:
        """Put a fresh slot character before a cell for what the text leaves out; how many cells that takes: 1, or 0 where this
        sentence has used them up."""
        character = self._count(self.carried, _CARRIED_BASE, slot)
        if character is None:
            return 0
        self.insert(cell, character)
        return 1

    def _count(self, counts: dict[str, int], base: dict[str, int], slot: Slot) -> str | None:
        type_ = slot.type
        count = counts.get(type_, 0)
        if count >= MOST_SLOTS:
            return None
        counts[type_] = count + 1
        character = chr(base[type_] + count)
        self.slots[character] = slot
        return character

    def count_firms(self) -> int:
        """How many slots of firms and bodies there are, or were before folding."""
        return self.stated.get("company", 0) + self.stated.get("organization", 0)

    def firm_of(self, character: str) -> str | None:
        """The firm or body, or the first of some, that a character stands for."""
        slot = self.slots.get(character)
        return slot.members[0] if slot and slot.type in FIRM_TYPES else None

    def replace(self, start: int, end: int, character: str) -> None:
        """Put one character in the place of the cells from `start` to `end`; it covers all that they covered."""
        self.text = self.text[:start] + character + self.text[end:]
        self.spans[start:end] = ((self.spans[start][0], self.spans[end - 1][1]),)

    def insert(self, cell: int, words: str) -> None:
        """Put words before a cell that stand for no place of the text."""
        place = self.spans[cell][0] if cell < len(self.spans) else self.spans[-1][1]
        self.text = self.text[:cell] + words + self.text[cell:]
        self.spans[cell:cell] = ((place, place),) * len(words)

    def covered(self, cells: tuple[int, int]) -> tuple[int, int]:
        """The stretch of text from the first to the last of some cells; a subject that is carried over covers none."""
        spans = [(start, end) for start, end in self.spans[slice(*cells)] if start < end]
        return (spans[0][0], spans[-1][1]) if spans else self.spans[cells[0]]

    def shift(self, offset: int) -> None:
        """Let the spans count from `offset` code points earlier."""
        if offset:
            self.spans = [(start + offset, end + offset) for start, end in self.spans]

    def fold(self, pattern: Expression, change: Callable[[Skeleton, re.Match[str]], str | None]) -> None:
        """Replace matches one after the other with the character that `change` gives (None: leave it), left to right."""
        place = 0
        while match := pattern.search(self.text, place):
            if (character := change(self, match)) is None:
                place = match.start() + 1
            else:
                self.replace(match.start(), match.end(), character)
                place = match.start()


def build(key: str, start: int, end: int, links: Sequence[Link]) -> Skeleton:
    """The skeleton of key[start:end] with the links inside it as slots, nothing folded yet."""
    spans = _cells(end.bit_length())[start:end]
    slots: dict[str, Slot] = {}
    stated: dict[str, int] = {}
    pieces: list[str] = []
    place = offset = start
    for first, last, id_, type_ in links:
        count = stated.get(type_, 0)
        if count < MOST_SLOTS:
            stated[type_] = count + 1
            character = chr(_BASE[type_] + count)
            slots[character] = Slot(type_, (id_,))
            pieces += key[place:first], character
            place = last
            spans[first - offset : last - offset] = ((first, last),)
            offset += last - first - 1
    # A comma inside a number ends no clause.
    text = _THOUSANDS.sub("'", "".join(pieces) + key[place:end])
    return Skeleton(key, _HEADING.sub(r"\1:", text) if "/" in text else text, spans, slots, stated)


@cache
def _cells(bits: int) -> list[tuple[int, int]]:
    """The spans of single characters, the same in every text, as far as places of so many bits go."""
    return list(pairwise(range((1 << bits) + 1)))


_HEADING = Expression(rf"(?m)^([▲◎●■◆][^{CLAUSE_MARKS}/]{{1,16}})/")  # ▲經部換將／…
_THOUSANDS = Expression(r",(?<=\d,)(?=\d{3})")
