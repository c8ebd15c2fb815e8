"""Prefilter: which rules can match at all, told by one scan for the words that they need.

The needs of the rules are bits of whole numbers: a word that stands in a text fills those that it can, and the rules with
all needs filled are left after a few shifts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

from extractor.knowledge.needs import STOPS, Need
from extractor.knowledge.rules import RuleBook

_NOTHING = "\0"  # a character that no folded text needs
_MOST = 2  # slots on one side of a word that a need counts
_SLOT, _STOP = "-", "|"  # in the shape of a text
_AMONG = _SLOT * 2 * _MOST  # enough slots on either side
_SLOT_OR_STOP = re.compile(rf"[\ue000-\uf8ff{STOPS}]")
# What a skeleton may have that the text it is made from has not: marks in the place of others, what stands for a name, and
# words before a post that were said of another.
_MADE = re.compile("[ ':,某]|[在到向于赴]院|^院$|(?:[前原]任?|副)$")
_COURT = ("院", "庭")  # what a skeleton has for a court, and how the name of one may end in the text


class Prefilter:
    """Tells which rules of a book can match; made once."""

    def __init__(self, book: RuleBook) -> None:
        # The numbers of the rules keep the order of the relations and of their rules.
        self.rules = [(relation, rule) for _, relation in sorted(book.relations.items()) for rule in relation.rules]
        self._levels = range(max((len(rule.needs) for _, rule in self.rules), default=0))
        self._free = 0  # the needs that nothing has to fill: those that rules have less than others
        self._made = 0  # the needs that a skeleton may fill of itself
        self._ends: dict[tuple[frozenset[str], frozenset[str]], int] = {}
        needs: dict[Need, int] = {}
        for number, (relation, rule) in enumerate(self.rules):
            ends = (relation.subjects, relation.objects)
            self._ends[ends] = self._ends.get(ends, 0) | 1 << number
            for level in self._levels:
                bit = 1 << (level * len(self.rules) + number)
                if level < len(rule.needs):
                    needs[rule.needs[level]] = needs.get(rule.needs[level], 0) | bit
                else:
                    self._free |= bit
        self._letters: dict[str, int] = {}  # the needs that a letter fills, wherever it stands
        fills: dict[str, list[tuple[int, int, int]]] = {}  # and those that a word does, with slots on either side
        for (words, before, behind), bits in needs.items():
            for word in words:
                if len(word) == 1:
                    self._letters[word] = self._letters.get(word, 0) | bits
                else:
                    fills.setdefault(word, []).append((bits, min(before, _MOST), min(behind, _MOST)))
                    if word[0] == _COURT[0]:
                        fills.setdefault(_COURT[1] + word[1:], []).append((bits, 0, 0))
                if _MADE.search(word):
                    self._made |= bits
        self._letter = re.compile(f"[{re.escape(''.join(self._letters)) or _NOTHING}]")
        self._automaton = AhoCorasick(list(fills) or [_NOTHING])
        self._filled = _Filled(list(fills.values()))
        self._tying: dict[frozenset[str], int] = {}

    def fitting(self, text: str, types: frozenset[str]) -> list[int]:
        """The numbers of the rules that can match in the text of a skeleton and tie things of these types."""
        tying = self._of_types(types)
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True) if tying else []
        least = filled = self._free | self._of_letters(text, 0, len(text))
        known = self._filled
        for word, _, _ in hits:
            filled |= known[word, _AMONG]
        left = self._left(filled) & tying
        if left and hits:
            places = [found.start() for found in _SLOT_OR_STOP.finditer(text)]
            shape = "".join([_STOP if text[place] in STOPS else _SLOT for place in places])
            shape = f"{_STOP * _MOST}{shape}{_STOP * _MOST}"
            for word, start, _ in hits:
                place = bisect_left(places, start)
                least |= known[word, shape[place : place + 2 * _MOST]]
            left = self._left(least) & tying
        numbers = []
        while left:
            number = (left & -left).bit_length() - 1
            numbers.append(number)
            left ^= 1 << number
        return numbers

    def telling(self, key: str, sentences: Sequence[tuple[int, int]], types: Sequence[frozenset[str]]) -> list[bool]:
        """For each of the sentences (start, end) of a folded text whether a rule can match in its skeleton, whatever slots
        that gets, and tie things of its types."""
        starts = [start for start, _ in sentences]
        filled = [self._free | self._made] * len(sentences)
        known = self._filled
        for word, start, _ in self._automaton.find_matches_as_indexes(key, overlapping=True):
            number = bisect_right(starts, start) - 1
            if number >= 0 and start < sentences[number][1]:
                filled[number] |= known[word, _AMONG]
        found = []
        for needs, (start, end), there in zip(filled, sentences, types, strict=True):
            tying = self._of_types(there)
            found.append(tying != 0 and self._left(needs | self._of_letters(key, start, end)) & tying != 0)
        return found

    def _of_letters(self, text: str, start: int, end: int) -> int:
        """The needs that letters of text[start:end] fill."""
        bits = 0
        for letter in set(self._letter.findall(text, start, end)):
            bits |= self._letters[letter]
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


class _Filled(dict[tuple[int, str], int]):
    """The needs that a word fills between such slots and stops, told when they are first met; by the words' numbers."""

    def __init__(self, fills: list[list[tuple[int, int, int]]]) -> None:
        super().__init__()
        self._fills = fills

    def __missing__(self, key: tuple[int, str]) -> int:
        word, around = key
        before, behind = around[:_MOST], around[_MOST:]
        before, behind = before[len(before.rstrip(_SLOT)) :], behind[: len(behind) - len(behind.lstrip(_SLOT))]
        bits = 0
        for filled, needed_before, needed_behind in self._fills[word]:
            if needed_before <= len(before) and needed_behind <= len(behind):
                bits |= filled
        self[key] = bits
        return bits
