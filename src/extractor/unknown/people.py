"""People that no dictionary has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from extractor.knowledge.cues import Titles, Words
from extractor.linking import Linked
from extractor.text.expressions import Expression
from extractor.unknown.clues import Spans, longest
from extractor.unknown.edges import Edges, Found, line_end
from extractor.unknown.foreign import Foreign

_LETTER = r"[A-Za-z\u00c0-\u024f.'’-]"
_WORD = rf"[A-Z\u00c0-\u024f]{_LETTER}*"
_LATIN_WORD = Expression(rf"{_WORD}{_LETTER}{{2,}}")
_LATIN = Expression(rf"{_WORD}(?: (?:al|bin|von|der|van|de|da|la|le|el)| {_WORD}){{1,4}}")
_IN_BRACKETS = Expression(rf"[(（]({_WORD}(?: {_LETTER}+){{0,4}})[)）]")
_BEHIND_LATIN = "\u0250"  # the first code point behind those of the letters of Latin names
_SOUNDED = Expression(r"[\u3400-\u9fff·‧・]*")
_CLOSED = Expression("[,。;、)]")
_HAN = Expression(r"[\u3400-\u9fff]+")


class People:
    """Finds them by titles, by what only people do, and by their names in Latin letters."""

    def __init__(self, edges: Edges, titles: Titles, cues: dict[str, Any]) -> None:
        table = cues["unknown"]
        people = table["people"]
        self._edges, self._titles = edges, titles
        self._foreign = Foreign(edges, titles, people)
        self._surnames = frozenset(table["surnames"])
        self._frequent = frozenset(people["frequent_surnames"]) | {name[0] for name in table["compound_surnames"]}
        self._compound = frozenset(table["compound_surnames"])
        self._japanese_titles = Words(people["japanese_titles"])
        self._japanese = tuple(people["japanese_surnames"])
        self._japanese_words = Words(self._japanese)
        self._first = self._surnames.union(word[0] for word in (*self._compound, *self._japanese))
        self._in_no_name, self._no_last = frozenset(people["in_no_name"]), frozenset(people["no_last"])
        self._no_third, self._no_first = frozenset(people["no_third"]), frozenset(people["no_first"])
        self._before, self._heads = Words(people["before"]), Words(people["acts_before"])
        self._speech, self._after = Words(people["speech"]), Words(people["after"])
        following = [*table["after_name"], *people["speech"], *people["after"]]
        self._following = Words(following)
        # A surname, and two characters behind it what may follow a name, or the rest of a compound surname.
        after = {word[0] for word in following}
        rest = {name[1] for name in self._compound}
        never = self._in_no_name - frozenset(people["sounds"]) - {"和"}
        self._surname = Expression(
            rf"[{_class(self._frequent)}](?=(?![{_class(self._in_no_name)}])[\u3400-\u9fff]"
            rf"(?![{_class(never)}])[\u3400-\u9fff](?:[{_class(after)}]|[^\u3400-\u9fff]|\Z)|[{_class(rest)}])"
        )

    def with_latin_names(
        self, key: str, text: str, linked: Linked, brackets: Spans, dots: Spans, reigns: Spans
    ) -> Iterator[Found]:
        """蓋德馬克（John Gedmark）, 哈桑·阿里: a name in Latin letters behind it, or dots inside."""
        for _, end, _ in brackets:
            match = _IN_BRACKETS.match(text, end)
            if not match:
                continue
            for start in range(end - 2, max(0, end - 9) - 1, -1):
                if not _SOUNDED.fullmatch(text, start, end):
                    break
                spaced = " " in match[1] and linked.ends_at(start)
                if (
                    linked.free(start, end)
                    and (spaced or self._headed(key, start))
                    and key[end - 2 : end] not in self._edges.words.common
                ):
                    yield start, end, "person"
                    break
        yield from self._foreign.dotted(key, linked, dots)
        yield from self._foreign.rulers(key, linked, reigns)

    def with_titles(self, key: str, text: str, linked: Linked, titles: Spans, before: Spans) -> Iterator[Found]:
        """A title, or a word such as 創辦人 or 父親, with a name behind it; a title with one before it."""
        for place, end in sorted(longest(titles).items()):
            if (found := self._behind(key, text, end, linked)) or (found := self._ahead(key, place, linked)):
                yield *found, "person"
        for place in sorted({end + key.startswith("\n", end) for _, _, end in before}):
            if (
                2 <= place < len(key) - 1
                and key[place] in self._surnames
                and linked.free(place, place + 2)
                and self._told(key, place)
            ):
                if self._japanese_words.at(key, place) and (found := self._japanese_name(key, place, linked)):
                    yield *found, "person"
                    continue
                size = self._size(key, place, linked)
                if size >= 3 or (size == 2 and self._edges.ends(key, place + 2)):
                    yield place, place + size, "person"

    def who_act(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """Names without a title: before a word of speech, or several times where names begin and end."""
        places: dict[str, list[int]] = {}
        common = self._edges.words.common
        for match in self._surname.finditer(key):
            place = match.start()
            compound = key[place : place + 2] in self._compound
            if not linked.free(place, place + 3) or not (compound or self._follows(key, place + 3)):
                continue
            if key[place : place + 2] in common or (not compound and key[place + 1 : place + 3] in common):
                continue
            headed = self._heads.before(key, line_end(key, place))
            if not headed and not self._edges.begins(key, place, linked):
                continue
            size = self._size(key, place, linked)
            name, end = key[place : place + size], place + size
            if (size != 3 and not (size and compound)) or name[1:] in common:
                continue
            follows = self._after.at(key, end) or self._edges.ends(key, end)
            if self._speech.at(key, end) or (headed and follows):
                yield place, end, "person"
            elif follows:
                places.setdefault(name, []).append(place)
        for name, found in places.items():
            for place in found if len(found) > 1 else ():
                if linked.free(place, place + len(name)):
                    yield place, place + len(name), "person"

    def _follows(self, key: str, end: int) -> bool:
        """Whether a name can end at `end` that has no title."""
        after = key[end : end + 1]
        return not after or self._following.at(key, end) or after.isspace() or after.isdigit()

    def _headed(self, key: str, start: int) -> bool:
        return self._titles.before(key, start) is not None or self._told(key, start)

    def _told(self, key: str, start: int) -> bool:
        """Whether a word such as 創辦人 ends at `start`, or a line before it with one."""
        return self._before.before(key, line_end(key, start))

    def _behind(self, key: str, text: str, start: int, linked: Linked) -> tuple[int, int] | None:
        """The name right behind a title."""
        following = text[start : start + 1]
        if (
            following >= _BEHIND_LATIN
            and key[start] not in self._first
            and not self._japanese_titles.before(key, start)
        ):
            return None
        # 於 is the folded surname 于.
        if not linked.free(start, start + 2) or self._titles.at(key, start) or following == "於":
            return None
        if following < _BEHIND_LATIN and (latin := _LATIN.match(text, start) or _LATIN_WORD.match(text, start)):
            return latin.span() if any(c.islower() for c in latin[0]) else None
        if self._japanese_words.at(key, start):
            return self._japanese_name(key, start, linked)
        if self._japanese_titles.before(key, start) and key[start : start + 1] not in self._frequent:
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
            fits = self._in_no_name.isdisjoint(key[start + surname : end]) and not self._speech.at(key, end - 1)
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
                and (key[start] in self._surnames if size == 3 else key[start : start + 2] in self._compound)
                and key[end - 1] not in self._no_last
                and key[start] not in self._no_first
                and linked.free(start, end)
                and self._plain(key, start, size)
                and self._edges.begins(key, start, linked)
            ):
                return start, end
        return None

    def _size(self, key: str, start: int, linked: Linked) -> int:
        """How many characters from `start` can be a Chinese name: four, three, two, or none (0)."""
        if key[start : start + 2] in self._compound:
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
        # 王子維, 林文化: a part may be a word by chance, but then what follows must be where names end.
        by_chance = size > 2 and self._edges.ends(key, start + size)
        if name in words.common or not (by_chance or words.common.isdisjoint((name[:2], name[1:]))):
            return False
        return (words.tag(name) or "nr").startswith("nr")


def _class(characters: Iterable[str]) -> str:
    """The characters as a regular expression has them between square brackets."""
    return "".join(map(re.escape, sorted(characters)))
