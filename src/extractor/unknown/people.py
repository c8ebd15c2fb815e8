"""People that no dictionary has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from extractor.knowledge.cues import Titles
from extractor.linking import Linked
from extractor.unknown.edges import Edges, Found, alternatives
from extractor.unknown.foreign import Foreign

_LETTER = r"[A-Za-z\u00c0-\u024f.'’-]"
_WORD = rf"[A-Z\u00c0-\u024f]{_LETTER}*"
_LATIN_WORD = re.compile(rf"{_WORD}{_LETTER}{{2,}}")
_LATIN = re.compile(rf"{_WORD}(?: (?:al|bin|von|der|van|de|da|la|le|el)| {_WORD}){{1,4}}")
_WITH_LATIN = re.compile(rf"([\u3400-\u9fff·‧・]{{2,16}})[(（]({_WORD}(?: {_LETTER}+){{0,4}})[)）]")
_CLOSED = re.compile("[,。;、)]")
_HAN = re.compile(r"[\u3400-\u9fff]+")


class People:
    """Finds them by titles, by what only people do, and by their names in Latin letters."""

    def __init__(self, edges: Edges, titles: Titles, cues: dict[str, Any]) -> None:
        table = cues["unknown"]
        people = table["people"]
        self._edges, self._titles = edges, titles
        self._foreign = Foreign(edges, titles, people)
        self._surnames = set(table["surnames"])
        self._frequent = set(people["frequent_surnames"]) | {name[0] for name in table["compound_surnames"]}
        self._compound = tuple(table["compound_surnames"])
        self._japanese_titles = tuple(people["japanese_titles"])
        self._japanese = tuple(people["japanese_surnames"])
        self._in_no_name, self._no_last = set(people["in_no_name"]), set(people["no_last"])
        self._no_third, self._no_first = set(people["no_third"]), set(people["no_first"])
        self._before = re.compile(f"(?:{alternatives(people['before'])})$")
        self._speech = tuple(people["speech"])
        self._after = tuple(people["after"])
        self._heads = re.compile(f"(?:{alternatives(people['acts_before'])})$")

    def with_latin_names(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """蓋德馬克（John Gedmark）, 哈桑·阿里: a name in Latin letters behind it, or dots inside."""
        for match in _WITH_LATIN.finditer(text):
            end = match.end(1)
            for start in range(end - 2, max(match.start(1), end - 9) - 1, -1):
                spaced = " " in match[2] and linked.ends_at(start)
                if (
                    linked.free(start, end)
                    and (spaced or self._headed(key, start))
                    and key[end - 2 : end] not in self._edges.words.common
                ):
                    yield start, end, "person"
                    break
        yield from self._foreign.dotted(key, linked)
        yield from self._foreign.rulers(key, linked)

    def with_titles(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """A title, or a word such as 創辦人 or 父親, with a name behind it; a title with one before it."""
        for place in range(len(key)):
            title = self._titles.at(key, place)
            if not title:
                continue
            end = place + len(title.name)
            if (found := self._behind(key, text, end, linked)) or (found := self._ahead(key, place, linked)):
                yield *found, "person"
        for place in range(2, len(key) - 1):
            if (
                key[place] in self._surnames
                and linked.free(place, place + 2)
                and self._before.search(key, place - 4, place)
            ):
                if key.startswith(self._japanese, place) and (found := self._japanese_name(key, place, linked)):
                    yield *found, "person"
                    continue
                size = self._size(key, place, linked)
                if size >= 3 or (size == 2 and self._edges.ends(key, place + 2)):
                    yield place, place + size, "person"

    def who_act(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """Names without a title: before a word of speech, or several times where names begin and end."""
        seen: Counter[str] = Counter()
        places: dict[str, list[int]] = {}
        for place in range(len(key) - 2):
            if key[place] not in self._frequent or not linked.free(place, place + 3):
                continue
            headed = self._heads.search(key, max(0, place - 4), place) is not None
            if not headed and not self._edges.begins(key, place, linked):
                continue
            size = self._size(key, place, linked)
            if size != 3 and not (size and key.startswith(self._compound, place)):
                continue
            name = key[place : place + size]
            if name[:2] in self._edges.words.common or name[1:] in self._edges.words.common:
                continue
            follows = key.startswith(self._after, place + size) or self._edges.ends(key, place + size)
            if key.startswith(self._speech, place + size) or (headed and follows):
                yield place, place + size, "person"
            elif follows:
                seen[name] += 1
                places.setdefault(name, []).append(place)
        for name, count in seen.items():
            if count > 1:
                for place in places[name]:
                    if linked.free(place, place + len(name)):
                        yield place, place + len(name), "person"

    def _headed(self, key: str, start: int) -> bool:
        titled = self._titles.before(key, start) is not None
        return titled or self._before.search(key, max(0, start - 4), start) is not None

    def _behind(self, key: str, text: str, start: int, linked: Linked) -> tuple[int, int] | None:
        """The name right behind a title."""
        # 於 is the folded surname 于.
        if not linked.free(start, start + 2) or self._titles.at(key, start) or text[start : start + 1] == "於":
            return None
        if latin := _LATIN.match(text, start) or _LATIN_WORD.match(text, start):
            return latin.span() if any(c.islower() for c in latin[0]) else None
        if key.startswith(self._japanese, start):
            return self._japanese_name(key, start, linked)
        if key.endswith(self._japanese_titles, 0, start) and key[start : start + 1] not in self._frequent:
            for end in (start + 5, start + 4):
                if (
                    end <= len(key)
                    and _HAN.fullmatch(key, start, end)
                    and self._in_no_name.isdisjoint(key[start:end])
                    and not any(key[place : place + 2] in self._edges.words.common for place in range(start, end - 1))
                    and linked.free(start, end)
                    and self._edges.ends(key, end)
                    and not self._edges.cut(key, end)
                ):
                    return start, end
        size = self._size(key, start, linked)
        if size >= 3 or (size == 2 and self._edges.ends(key, start + 2)):
            return start, start + size
        return None

    def _japanese_name(self, key: str, start: int, linked: Linked) -> tuple[int, int] | None:
        """中野祥三郎: a surname of two characters or more and a given name that ends where names end, or of two."""
        surname = next(len(s) for s in self._japanese if key.startswith(s, start))
        run = _HAN.match(key, start)
        limit = run.end() if run else start
        for given in (3, 2, 1):
            end = start + surname + given
            fits = self._in_no_name.isdisjoint(key[start + surname : end]) and not key.startswith(self._speech, end - 1)
            if end <= limit and fits and linked.free(start, end) and self._edges.ends(key, end):
                return start, end
        end = start + surname + 2
        given_name = key[start + surname : end]
        fits = self._in_no_name.isdisjoint(given_name) and given_name not in self._edges.words.common
        return (
            (start, end)
            if end <= limit and fits and linked.free(start, end) and not self._edges.cut(key, end)
            else None
        )

    def _ahead(self, key: str, end: int, linked: Linked) -> tuple[int, int] | None:
        """The name right before a title."""
        for size in (3, 4):
            start = end - size
            if (
                start >= 0
                and key[end - 1] not in self._no_last
                and key[start] not in self._no_first
                and linked.free(start, end)
                and self._edges.begins(key, start, linked)
            ):
                fits = key[start] in self._surnames if size == 3 else key.startswith(self._compound, start)
                if fits and self._plain(key, start, size):
                    return start, end
        return None

    def _size(self, key: str, start: int, linked: Linked) -> int:
        """How many characters from `start` can be a Chinese name: four, three, two, or none (0)."""
        if key.startswith(self._compound, start):
            sizes: tuple[int, ...] = (4, 3)
        elif key[start : start + 1] in self._surnames:
            sizes = (3, 2)
        else:
            return 0
        for size in sizes:
            end = start + size
            possible = end <= len(key) and linked.free(start, end) and self._plain(key, start, size)
            if possible and size == 3 and key[end - 1] in self._no_third:
                # 范文同在…: two prepositions do not stand side by side.
                possible = (
                    end == len(key) or not self._edges.character(key, end) or self._titles.at(key, end) is not None
                )
            if possible and (self._edges.ends(key, end) or not self._edges.cut(key, end)):
                return self._foreign.size(key, start, size, linked)
        return 0

    def _plain(self, key: str, start: int, size: int) -> bool:
        """Whether these characters are no words: 高度肯 is no name, nor are 常使用 and 韓語."""
        name = key[start : start + size]
        # 潘永和，: before a mark 和 joins nothing.
        given = name[1:-1] if name[-1] == "和" and _CLOSED.match(key, start + size) else name[1:]
        if not _HAN.fullmatch(name) or not self._in_no_name.isdisjoint(given):
            return False
        words = self._edges.words
        if name in words.common or (words.tag(name) and not words.tag(name).startswith("nr")):
            return False
        # 王子維, 林文化: a part may be a word by chance, but then what follows must be where names end.
        by_chance = size > 2 and self._edges.ends(key, start + size)
        return by_chance or (name[:2] not in words.common and name[1:] not in words.common)
