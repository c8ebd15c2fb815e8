"""Prefilter: which rules can match at all, told by one scan for the words that they need.

The needs of the rules are bits of whole numbers: a word that stands in a text fills those that it can, and the rules with
all needs filled are left after a few shifts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from extractor.knowledge.needs import STOPS, Need
from extractor.knowledge.rules import RuleBook
from extractor.text.expressions import Expression

_NOTHING = "\0"  # a character that no folded text needs
_MOST = 2  # slots on one side of a word that a need counts
_SLOT, _STOP = "-", "|"  # in the shape of a text
_AMONG = _SLOT * 2 * _MOST  # enough slots on either side
_SLOT_OR_STOP = Expression(rf"[\ue000-\uf8ff{STOPS}]")
# What a skeleton may have that the text it is made from has not: marks in the place of others, what stands for a name, and
# words before a post that were said of another.
_MADE = Expression("[ ':,某]|[在到向于赴]院|^院$|(?:[前原]任?|副)$")
_STOPS = Expression(r"\([^()\n]{0,60}\)|(?<!\d),|,(?!\d{3})|[;。:\n]")
_JOINED = Expression("将|把|透过|经由|通过|委由|由")  # behind these a comma may go
_COURT = ("院", "庭")  # what a skeleton has for a court, and how the name of one may end in the text


class Outlook(NamedTuple):
    """What is known of a sentence, text[start:end], before its skeleton is made: the types that it can tie, where its names
    begin, whether they may make a list, and whether it is `open`: other words may become slots, or stops go, anywhere.
    """

    start: int
    end: int
    types: frozenset[str]
    names: Sequence[int]
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
        self._letters: dict[str, int] = {}  # the needs that a letter fills, wherever it stands
        # The needs that a word, or a letter, fills with slots on either side.
        fills: dict[str, list[tuple[int, int, int]]] = {}
        of_letters: dict[str, list[tuple[int, int, int]]] = {}
        for (words, before, behind), bits in needs.items():
            sides = bits, min(before, _MOST), min(behind, _MOST)
            for word in words:
                if len(word) == 1:
                    self._letters[word] = self._letters.get(word, 0) | bits
                    of_letters.setdefault(word, []).append(sides)
                else:
                    fills.setdefault(word, []).append(sides)
                    if word[0] == _COURT[0]:
                        fills.setdefault(_COURT[1] + word[1:], []).append((bits, 0, 0))
                if _MADE.search(word):
                    self._made |= bits
        self._letter = Expression(f"[{re.escape(''.join(self._letters)) or _NOTHING}]")
        self._automaton = AhoCorasick(list(fills) or [_NOTHING])
        self._filled = _Filled(dict(enumerate(fills.values())))
        self._filled_by_letter = _Filled(of_letters)
        self._tying: dict[frozenset[str], int] = {}

    def fitting(self, text: str, types: frozenset[str], several: bool) -> list[int]:
        """The numbers of the rules that can match in the text of a skeleton and tie things of these types; `several`: whether
        one of its slots has several members."""
        tying = self._of_types(types)
        if not several:
            tying &= ~self._lone
        left = 0
        if tying:
            hits, letters = self._automaton.find_matches_as_indexes(text, overlapping=True), self._of_letters(text)
            left = self._left(self._free | letters | self._of_words(hits, [], _AMONG)) & tying
        if left:
            places = [found.start() for found in _SLOT_OR_STOP.finditer(text)]
            shape = _framed([_STOP if text[place] in STOPS else _SLOT for place in places])
            filled = self._of_letters_in(text, places, shape) | self._of_words(hits, places, shape)
            left = self._left(self._free | filled) & tying
        numbers = []
        while left:
            number = (left & -left).bit_length() - 1
            numbers.append(number)
            left ^= 1 << number
        return numbers

    def tells(self, key: str, sentence: Outlook) -> bool:
        """Whether a rule can match in the skeleton that a sentence of a folded text gets."""
        tying = self._of_types(sentence.types)
        if not sentence.several:
            tying &= ~self._lone
        if not tying:
            return False
        text = key[sentence.start : sentence.end]
        filled, letters = self._free | self._made, self._of_letters(text)
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if sentence.open:
            return self._left(filled | letters | self._of_words(hits, [], _AMONG)) & tying != 0
        places, shape = _shape(text, sentence)
        filled |= self._of_words(hits, places, shape)
        if not self._left(filled | letters) & tying:
            return False
        return self._left(filled | self._of_letters_in(text, places, shape)) & tying != 0

    def _of_words(self, hits: list[tuple[int, int, int]], places: list[int], shape: str) -> int:
        """The needs that words fill between the slots and stops that stand around them."""
        bits, known = 0, self._filled
        for word, start, _ in hits:
            place = bisect_left(places, start)
            bits |= known[word, shape[place : place + 2 * _MOST]]
        return bits

    def _of_letters(self, text: str) -> int:
        """The needs that letters of a text fill, wherever they stand."""
        bits = 0
        for letter in set(self._letter.findall(text)):
            bits |= self._letters[letter]
        return bits

    def _of_letters_in(self, text: str, places: list[int], shape: str) -> int:
        """The needs that letters of a text fill between the slots and stops that stand around them."""
        bits, known = 0, self._filled_by_letter
        for letter in self._letter.finditer(text):
            place = bisect_left(places, letter.start())
            bits |= known[letter[0], shape[place : place + 2 * _MOST]]
        return bits

    def _left(self, filled: int) -> int:
        """The rules with all their needs filled, as bits."""
        left = (1 << len(self.rules)) - 1
        for _ in self._levels:
            left &= filled
            filled >>= len(self.rules)
        return left

    def _of_types(self, types: frozenset[str]) -> int:
        """The rules that tie things of these types, as bits."""
        known = self._tying.get(types)
        if known is None:
            known = 0
            for (subjects, objects), rules in self._ends.items():
                if subjects & types and objects & types:
                    known |= rules
            self._tying[types] = known
        return known


def _shape(text: str, sentence: Outlook) -> tuple[list[int], str]:
    """The places in the text of a sentence where its skeleton has slots and may have stops, in order, and what is at each.

    At the front of each clause may stand a subject that it leaves unspoken.
    """
    marks = [(-1, _SLOT), *((name - sentence.start, _SLOT) for name in sentence.names)]
    clause = 0
    for stop in _STOPS.finditer(text):
        place, mark = stop.start(), stop[0]
        if mark[0] == "(":
            continue  # a bracket behind a name goes
        if mark in STOPS and not _JOINED.search(text, clause, place):
            marks.append((place, _STOP))
        clause = place + 1
        marks.append((place, _SLOT))
    marks.sort(key=_place)
    return [place for place, _ in marks], _framed([mark for _, mark in marks])


def _place(mark: tuple[int, str]) -> int:
    return mark[0]


def _framed(marks: list[str]) -> str:
    return f"{_STOP * _MOST}{''.join(marks)}{_STOP * _MOST}"


class _Filled(dict[tuple[Any, str], int]):
    """The needs that a word, which something stands for, fills between such slots and stops; told when they are first met."""

    def __init__(self, fills: Mapping[Any, list[tuple[int, int, int]]]) -> None:
        super().__init__()
        self._fills = fills

    def __missing__(self, key: tuple[Any, str]) -> int:
        word, around = key
        before, behind = around[:_MOST], around[_MOST:]
        before, behind = before[len(before.rstrip(_SLOT)) :], behind[: len(behind) - len(behind.lstrip(_SLOT))]
        bits = 0
        for filled, needed_before, needed_behind in self._fills[word]:
            if needed_before <= len(before) and needed_behind <= len(behind):
                bits |= filled
        self[key] = bits
        return bits
