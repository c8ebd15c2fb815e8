"""Foreign names in Chinese characters: 哈桑·阿里, 讓-雅克·盧梭, 穆拉維約夫, 路易十四."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.knowledge.cues import Titles, Words
from extractor.linking import Linked
from extractor.text.expressions import Expression
from extractor.unknown.clues import Spans
from extractor.unknown.edges import Edges, Found

_HAN = Expression(r"[\u3400-\u9fff]")
_MOST = 8  # characters of one part of a name; what is longer is none
_JEAN = "让"  # 讓-雅克: the part of a name that is a word besides
# What the number of a ruler is found by.
REIGNS = [*(f"{number}世" for number in "一二三四五六七八九十"), "路易十"]
_REIGN = Expression("[一二三四五六七八九十]{1,3}世(?![纪界代])|(?<=路易)十[一二三四五六七八](?!世)")


class Foreign:
    """Tells how far a name goes that is written by its sound: as far as the characters that such names are written with."""

    def __init__(self, edges: Edges, titles: Titles, table: dict[str, Any]) -> None:
        self._edges, self._titles = edges, titles
        self._sounds = frozenset(table["sounds"])
        self._held = self._sounds | {"-"}
        self._before, self._behind = Words(table["before_sounds"]), Words(table["behind_sounds"])
        sounds = f"[{re.escape(table['sounds'])}]"
        part = rf"(?:{sounds}{{1,{_MOST}}}(?:-{sounds}{{1,{_MOST}}})?|[a-z])"
        # A dot between two parts, or several dots with the parts between them.
        self._dots = Expression(rf"(?<={sounds})·(?:{part}·){{0,3}}(?={sounds})")

    def dotted(self, key: str, linked: Linked, dots: Spans) -> Iterator[Found]:
        """凱莉·史都華: dots between the parts of a name."""
        done = 0
        for _, dot, _ in dots:
            match = self._dots.match(key, dot) if dot >= done else None
            if not match:
                continue
            done = match.end()
            if not linked.free(dot - 1, dot) or not linked.free(done, done + 1):
                continue
            start, end = self._start(key, dot, linked), self.end(key, done, linked)
            if start < dot and end is not None and self._opens(key, start, linked):
                yield start, end, "person"

    def rulers(self, key: str, linked: Linked, reigns: Spans) -> Iterator[Found]:
        """法國路易十四: a name with a number behind it, right behind that of the realm."""
        for number in sorted({place for _, start, _ in reigns for place in range(start - 2, start + 3)}):
            if number < 2 or not self._sounds.issuperset(key[number - 2 : number]):
                continue
            match = _REIGN.match(key, number)
            if not match:
                continue
            start = self._start(key, number, linked)
            if number - start > 1 and linked.ends_at(start) and linked.free(start, match.end()):
                yield start, match.end(), "person"

    def size(self, key: str, start: int, size: int, linked: Linked) -> int:
        """How long the name at `start` is, of which the first `size` characters are one in Chinese: 穆拉維約夫, 林登強森."""
        if key.startswith("·", start + size):
            return 0
        if not self._sounds.issuperset(key[start : start + size + 1]):
            return size
        end = self.end(key, start, linked)
        return max(size, end - start) if end is not None else 0

    def end(self, key: str, start: int, linked: Linked) -> int | None:
        """Where the last part of a name ends that begins at `start`; None where that is in doubt."""
        end, limit = start, linked.free_until(start, min(len(key), start + 2 * _MOST + 1))
        while end < limit and key[end] in self._held:
            # 史都華: what ends a name elsewhere may be its second character.
            if end > start and (self._other(key, end) or (end > start + 1 and self._edges.ends(key, end))):
                break
            end += 1
        if reign := _REIGN.match(key, end):
            end = reign.end()
        return end if start < end <= start + 2 * _MOST and self._clear(key, end, linked) else None

    def _start(self, key: str, end: int, linked: Linked) -> int:
        """Where the first part of a name begins that ends at `end`: behind a word or a character that no such name holds."""
        start, low = end, linked.free_since(max(0, end - _MOST), end)
        while start > low and key[start - 1] in self._held:
            start -= 1
        if key.startswith("-", start):
            start += -1 if key.endswith(_JEAN, 0, start) else 1
        while start < end and self._inside_word(key, start):
            start += 1
        return start

    def _inside_word(self, key: str, start: int) -> bool:
        """Whether a word ends with the character at `start`: 宣布喬治·盧卡斯, 畢業生約翰·莫根."""
        if self._before.before(key, start) or not self._edges.character(key, start - 1):
            return False
        words = self._edges.words
        return words.straddles(key, start) or any(
            words.tag(key[start + 1 - size : start + 1]).startswith("n") for size in (3, 4) if start + 1 >= size
        )

    def _opens(self, key: str, start: int, linked: Linked) -> bool:
        """Whether a name can begin here: behind a mark or a word, but not behind a strange character, which is a piece of it."""
        if start == 0 or self._edges.begins(key, start, linked) or not _HAN.match(key, start - 1):
            return start == 0 or key[start - 1] != "·"
        return bool(self._edges.words.ending(key, max(0, start - 4), start)) or self._before.before(key, start)

    def _other(self, key: str, place: int) -> bool:
        """Whether something else begins at `place`: a title, or a common word that is no piece of others: 華倫海[特使]用."""
        common = self._edges.words.common
        if key[place : place + 2] in common and (
            key[place + 1 : place + 2] in self._sounds or key[place + 1 : place + 3] not in common
        ):
            return True
        return self._behind.at(key, place) or self._titles.at(key, place) is not None

    def _clear(self, key: str, end: int, linked: Linked) -> bool:
        """Whether a name can end here: before a mark, what stands behind names, a name, a title, a word."""
        if key.startswith("·", end):
            return False
        if end >= len(key) or not _HAN.match(key, end) or not linked.free(end, end + 1):
            return True
        if self._edges.ends(key, end) or not self._edges.character(key, end) or self._titles.at(key, end):
            return True
        if any(self._edges.words.tag(key[end : end + size]) for size in (2, 3, 4)):
            return True
        # A strange character with others behind it that are written by their sound is a piece of the name.
        return end + 1 < len(key) and _HAN.match(key, end + 1) is not None and key[end + 1] not in self._sounds
