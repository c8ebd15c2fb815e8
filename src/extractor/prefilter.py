"""Prefilter: which rules can match at all, told by one scan for the words that they need.

The needs of the rules are bits of whole numbers: a word that stands in a text fills those that it can, and the rules with
all needs filled are left after a few shifts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from extractor.clauses import JOINS
from extractor.knowledge.needs import STOPS, Need
from extractor.knowledge.rules import RuleBook
from extractor.linking import Link
from extractor.text.expressions import Expression

_NOTHING = "\0"  # a character that no folded text needs
_MOST = 2  # slots on one side of a word that a need counts
_AMONG = [_MOST * (_MOST + 2)]  # enough slots on either side of anything
_SLOT_OR_STOP = Expression(rf"[\ue000-\uf8ff{STOPS}]")
# What a skeleton may have that the text it is made from has not: marks in the place of others, what stands for a name, and
# words before a post that were said of another.
_MADE = Expression("[ ':,某]|[在到向于赴]院|^院$|(?:[前原]任?|副)$")
# What is in brackets behind a name goes, and the comma of a list with its last name.
_STOPS = Expression(r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|(?<!\d),(?!以?及)|,(?!\d{3}|以?及)|[;。:\n]")
_COURT = ("院", "庭")  # what a skeleton has for a court, and how the name of one may end in the text


class Outlook(NamedTuple):
    """What is known of a sentence, text[start:end], before its skeleton is made: the types that it can tie, its links, whether a
    slot may have several members, and whether it is `open`: other words may become slots, or stops go, anywhere.
    """

    start: int
    end: int
    types: frozenset[str]
    links: Sequence[Link]
    several: bool
    open: bool


class Prefilter:
    """Tells which rules of a book can match; made once."""

    def __init__(self, book: RuleBook) -> None:
        # The numbers of the rules keep the order of the relations and of their rules.
        self.rules = [(relation, rule) for _, relation in sorted(book.relations.items()) for rule in relation.rules]
        self._levels = range(max((len(rule.needs) for _, rule in self.rules), default=0))
        self._free = 0  # the needs that nothing has to fill: those that rules have less than others
        self._made = 0  # the needs that a skeleton may fill of itself
        self._lone = 0  # the rules that tie the members of one slot
        self._ends: dict[tuple[frozenset[str], frozenset[str]], int] = {}
        needs: dict[Need, int] = {}
        for number, (relation, rule) in enumerate(self.rules):
            ends = (relation.subjects, relation.objects)
            self._ends[ends] = self._ends.get(ends, 0) | 1 << number
            if "(?P<o>" not in rule.source:
                self._lone |= 1 << number
            for level in self._levels:
                bit = 1 << (level * len(self.rules) + number)
                if level < len(rule.needs):
                    needs[rule.needs[level]] = needs.get(rule.needs[level], 0) | bit
                else:
                    self._free |= bit
        fills: dict[str, list[tuple[int, int, int]]] = {}  # the needs that words fill with slots on either side
        for (words, before, behind), bits in needs.items():
            for word in words:
                fills.setdefault(word, []).append((bits, min(before, _MOST), min(behind, _MOST)))
                if len(word) > 1 and word[0] == _COURT[0]:
                    fills.setdefault(_COURT[1] + word[1:], []).append((bits, 0, 0))
                if _MADE.search(word):
                    self._made |= bits
        # Words of one letter are found by an expression: there are too many of them for an automaton's list.
        letters = [word for word in fills if len(word) == 1]
        self._letter = Expression(f"[{re.escape(''.join(letters)) or _NOTHING}]")
        longer = [word for word in fills if len(word) > 1]
        self._automaton = AhoCorasick(longer or [_NOTHING])
        self._filled = {letter: _Filled(fills[letter]) for letter in letters}
        self._filled_by_word = [_Filled(fills[word]) for word in longer]
        self._tying: dict[frozenset[str], int] = {}

    def fitting(self, text: str, types: frozenset[str], several: bool) -> list[int]:
        """The numbers of the rules that can match in the text of a skeleton and tie things of these types; `several`: whether
        one of its slots has several members."""
        tying = self._of_types(types, several)
        if not tying:
            return []
        places = [found.start() for found in _SLOT_OR_STOP.finditer(text)]
        left = self._left(self._free | self._filled_in(text, places, _sides([text[p] not in STOPS for p in places])))
        left &= tying
        numbers = []
        while left:
            number = (left & -left).bit_length() - 1
            numbers.append(number)
            left ^= 1 << number
        return numbers

    def tells(self, key: str, sentence: Outlook) -> bool:
        """Whether a rule can match in the skeleton that a sentence of a folded text gets."""
        tying = self._of_types(sentence.types, sentence.several)
        if not tying:
            return False
        text = key[sentence.start : sentence.end]
        places, sides = ([], _AMONG) if sentence.open else _marks(text, sentence)
        return self._left(self._free | self._made | self._filled_in(text, places, sides)) & tying != 0

    def _filled_in(self, text: str, places: list[int], sides: Sequence[int]) -> int:
        """The needs that the words in a text fill; `sides`: what is on either side of what stands before each of the places."""
        bits = 0
        for word, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            bits |= self._filled_by_word[word][sides[bisect_left(places, start)]]
        filled = self._filled
        for letter in self._letter.finditer(text):
            bits |= filled[letter[0]][sides[bisect_left(places, letter.start())]]
        return bits

    def _left(self, filled: int) -> int:
        """The rules with all their needs filled, as bits."""
        left = (1 << len(self.rules)) - 1
        for _ in self._levels:
            left &= filled
            filled >>= len(self.rules)
        return left

    def _of_types(self, types: frozenset[str], several: bool) -> int:
        """The rules that tie things of these types, as bits; those that tie the members of a slot only where it has several."""
        known = self._tying.get(types)
        if known is None:
            known = 0
            for (subjects, objects), rules in self._ends.items():
                if subjects & types and objects & types:
                    known |= rules
            self._tying[types] = known
        return known if several else known & ~self._lone


def _marks(text: str, sentence: Outlook) -> tuple[list[int], list[int]]:
    """The places in the text of a sentence where its skeleton has slots and may have stops, in order; and what is on either
    side of each.

    At the front of each clause may stand a subject that it leaves unspoken.
    """
    names = [link.start - sentence.start for link in sentence.links]
    marks = [(-1, True), *((name, True) for name in names)]
    clause = 0
    for stop in _STOPS.finditer(text):
        place, mark = stop.start(), stop[0]
        if mark[0] == "(":
            continue
        before = bisect_right(names, place) - 1
        if before >= 0 and place + sentence.start < sentence.links[before].end:
            continue  # the name goes with its marks: Washington, D.C.
        if mark in STOPS and not JOINS.search(text, clause, place):
            marks.append((place, False))
        clause = place + 1
        marks.append((place, True))
    marks.sort(key=itemgetter(0))
    return [place for place, _ in marks], _sides([is_slot for _, is_slot in marks])


def _sides(slots: list[bool]) -> list[int]:
    """For the place before each slot or stop, and that behind all of them, how many slots are next to it, up to a stop and to
    `_MOST`: those before it, times `_MOST` + 1, and those behind it.
    """
    sides, count = [0], 0
    for is_slot in slots:
        count = min(count + 1, _MOST) if is_slot else 0
        sides.append(count * (_MOST + 1))
    count = 0
    for place in range(len(slots) - 1, -1, -1):
        count = min(count + 1, _MOST) if slots[place] else 0
        sides[place] += count
    return sides


class _Filled(dict[int, int]):
    """The needs that a word fills with so many slots on either side (see `_sides`), told when they are first met."""

    def __init__(self, fills: list[tuple[int, int, int]]) -> None:
        super().__init__()
        self._fills = fills

    def __missing__(self, sides: int) -> int:
        before, behind = divmod(sides, _MOST + 1)
        bits = 0
        for filled, needed_before, needed_behind in self._fills:
            if needed_before <= before and needed_behind <= behind:
                bits |= filled
        self[sides] = bits
        return bits
