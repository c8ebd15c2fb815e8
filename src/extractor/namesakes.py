"""Namesakes: what two names of firms alone tell of each other, where nothing else ties them.

萬科 and 萬科企業股份有限公司 are one firm, 中集香港 belongs to 中集. It is read only of names that a dictionary gives bare, a
name and no more: whoever wrote an English name, an alias or a code beside it has said what the thing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from operator import itemgetter
from typing import Any

from extractor.knowledge.rules import Relation, Rule
from extractor.linking import Known
from extractor.relations import Statement
from extractor.skeleton import FIRM_TYPES, Skeleton
from extractor.text.expressions import Expression
from extractor.text.folding import fold

_SHORT = 4  # characters; a longer name is no abbreviation
_GROUP = "集团"
RULE = "name"  # what stands in the place of a rule's number


class Namesakes:
    """Compares the names of a sentence; made once for the cues' words of firms."""

    def __init__(self, cues: dict[str, Any], relations: Mapping[str, Relation]) -> None:
        firms = cues["unknown"]["firms"]
        self._forms = sorted({*firms["legal"], "股份公司", "总公司", "股份", "控股", _GROUP}, key=len, reverse=True)
        self._trades = Expression("(?:" + "|".join(map(re.escape, firms["trades"])) + ")+")
        self._relations = {r: relations[r] for r in ("also_known_as", "subsidiary_of") if r in relations}

    def statements(
        self, skeleton: Skeleton, things: Mapping[str, Known], tied: set[frozenset[str]]
    ) -> Iterator[Statement]:
        """What the bare names of firms in a sentence tell; `tied`: the pairs that its words tie already."""
        firms = [
            (skeleton.text.find(character), member)
            for character, slot in skeleton.slots.items()
            if slot.type in FIRM_TYPES and not slot.inferred
            for member in slot.members
            if is_bare(things[member])
        ]
        if len(firms) < 2:
            return
        places: dict[str, int] = {}
        for place, member in sorted(firms, key=itemgetter(0)):
            if place >= 0:  # else it was folded away
                places.setdefault(member, place)
        stems = {member: self._stem(fold(things[member].name)) for member in places}
        for one, other in combinations(places, 2):
            if not (found := self._tie(stems[one], stems[other])) or frozenset((one, other)) in tied:
                continue
            name, turned = found
            if relation := self._relations.get(name):
                subject, object_ = (other, one) if turned else (one, other)
                start, end = sorted((places[one], places[other]))
                rule = Rule(f"{name}/{RULE}", "", "", (), relation.where)
                yield Statement(subject, relation, object_, rule, (start, end + 1), (end, end + 1), True)

    def tie(self, one: str, other: str) -> tuple[str, bool] | None:
        """The relation that two names tell, and whether the second one is its subject."""
        return self._tie(self._stem(fold(one)), self._stem(fold(other)))

    def _tie(self, one: tuple[str, str], other: tuple[str, str]) -> tuple[str, bool] | None:
        """The same, of names without the words for a firm's form, and those words."""
        (a, form), (b, other_form) = one, other
        if len(a) > len(b):
            found = self._tie(other, one)
            return found and (found[0], not found[1])
        group = _GROUP in form
        if a == b:
            if group != (_GROUP in other_form) and form and other_form:
                return "subsidiary_of", group  # 三元股份 of 三元集團
            return "also_known_as", False
        if b.startswith(a):
            same = not group and self._trades.fullmatch(b, len(a))
            return ("also_known_as", False) if same else ("subsidiary_of", True)
        if a in b:
            return None if group else ("also_known_as", False)
        if len(a) <= _SHORT and len(b) <= 2 * len(a) + 1 and a[0] == b[0] and _within(a, b):
            return "also_known_as", False
        return None

    def _stem(self, name: str) -> tuple[str, str]:
        """A name without the words for a firm's form at its end, and those words."""
        stem = name
        while form := next((f for f in self._forms if stem.endswith(f) and len(stem) - len(f) > 1), None):
            stem = stem[: -len(form)]
        return stem, name[len(stem) :]


def is_bare(thing: Known) -> bool:
    """Whether a dictionary gives a thing a name and no more."""
    entry = thing.entry
    return entry is not None and entry.en in ("", entry.name) and len(entry.names) == 1 and not entry.codes


def _within(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in their order, as in 上汽 and 上海汽車."""
    rest = iter(long)
    return all(character in rest for character in short)
