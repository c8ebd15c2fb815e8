"""Linking: what each mention names, in the light of the whole document.

Strong names link by themselves. Weak ones (三菱, 世界) and shared ones need support: the full name or the stock code in
the document, a title beside them; names that are ordinary words besides need a place in the sentence where names stand.
A document teaches names of its own: 「以下簡稱沅聖」, 恩智浦（NXP）, the front of a longer name (鴻華 after 鴻華先進).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from extractor.knowledge.cues import Titles
from extractor.knowledge.dictionary import Entry
from extractor.knowledge.lexicon import Hit, Lexicon
from extractor.mentions import Refusal
from extractor.records import EntityType

STOCK_CODE = re.compile(r"\((?:股票)?(?:代号|代码)?:?(\d{4,6})(?:[-.]?tw[o]?)?(?=[,)、;])")
_LATIN_BRACKET = re.compile(r"\(([A-Za-z\u00c0-\u024f][\w\u00c0-\u024f .,&'’\-]{1,44})\)")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SHORTENED = ("company",)


@dataclass(frozen=True, slots=True)
class Link:
    """A mention with what it names. Places count code points of the text."""

    start: int
    end: int
    id: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Known:
    """What a link's id stands for; `entry` is None for a name that no dictionary has."""

    id: str
    type: EntityType
    name: str
    en: str
    entry: Entry | None


class Linked:
    """The links of a text of `length` code points, none overlapping; what their ids stand for; what was refused, why."""

    def __init__(self, length: int) -> None:
        self.links: list[Link] = []
        self.things: dict[str, Known] = {}
        self.refusals: list[Refusal] = []
        self.offset = 0
        self._taken = bytearray(length)
        self._ends: set[int] = set()

    def add(self, start: int, end: int, thing: Known) -> bool:
        """Link text[start:end] to `thing`, unless some of it belongs to another link already."""
        if not self.free(start, end):
            return False
        self.links.append(Link(start, end, thing.id, thing.type))
        self.things.setdefault(thing.id, thing)
        self._taken[start:end] = b"\1" * (end - start)
        self._ends.add(end)
        return True

    def free(self, start: int, end: int) -> bool:
        """Whether no link has any of text[start:end]."""
        return not any(self._taken[start:end])

    def covers(self, start: int, end: int) -> bool:
        """Whether links have all of text[start:end]."""
        return all(self._taken[start:end])

    def ends_at(self, place: int) -> bool:
        """Whether a link ends at `place`."""
        return place in self._ends

    def post(self, person: str, title: str) -> str | None:
        """The body, among the things named here, in which a dictionary gives this person a post with this title."""
        entry = self.things[person].entry
        for post in entry.own.get("posts", "").split("|") if entry else ():
            known, _, rest = post.partition(":")
            body = rest.partition(":")[0]
            if body in self.things and known.endswith(title):
                return body
        return None

    def shift(self, offset: int) -> None:
        """Let all places count from `offset` code points earlier: from the document's start, not the part's."""
        self.offset = offset
        if offset:
            self.links = [Link(k.start + offset, k.end + offset, k.id, k.type) for k in self.links]
            self.refusals = [Refusal(r.start + offset, r.end + offset, r.reason) for r in self.refusals]

    def sort(self) -> None:
        """Bring the links into the order of the text."""
        self.links.sort(key=lambda link: link.start)


@dataclass(frozen=True, slots=True)
class _Support:
    """What a document says for its weak names: keys tied by stock codes, places of sure names by id, one-character places."""

    coded: dict[str, Entry]
    places: dict[str, list[int]]
    singles: set[int]
    place_ends: set[int]

    def of(self, entry: Entry) -> bool:
        """Whether the document names this thing for sure, or a body in which this person has a post."""
        return entry.id in self.places or not self.places.keys().isdisjoint(_bodies(entry))

    def nearest(self, start: int, entries: list[Entry]) -> Entry:
        """Of several things the one named last before `start`, else first behind it."""
        if len(entries) == 1:
            return entries[0]
        before = [(places[i - 1], e) for e in entries if (i := bisect_left(places := self.places.get(e.id, []), start))]
        if before:
            return max(before, key=lambda pair: pair[0])[1]
        after = [(self.places[e.id][0], e) for e in entries if self.places.get(e.id)]
        return min(after, key=lambda pair: pair[0])[1] if after else entries[0]


def _bodies(entry: Entry) -> set[str]:
    """The ids of the bodies in which a person has a post."""
    posts = entry.own.get("posts", "").split("|")
    return {parts[1] for post in posts if len(parts := post.split(":")) > 1}


class Linker:
    """Links hits of one lexicon; `titles` and `cues` say what supports a weak name."""

    def __init__(self, lexicon: Lexicon, titles: Titles, cues: dict[str, Any]) -> None:
        self._lexicon, self._titles = lexicon, titles
        context = cues["name_context"]
        self._left, self._right = set(context["left"]), set(context["right"])
        self._right_words = tuple(context["right_words"])
        self._company_of = tuple(context["company_of"])
        place = cues["place_short"]
        self._place_left, self._place_right = set(place["left"]), set(place["right"])
        called = "|".join(map(re.escape, cues["same_document"]["called"]))
        self._called = re.compile(
            rf"[(,]?(?:{called})(?:为|「|『|\"|“)*([^「」『』()\"“”,。、;:]{{1,12}})(?:」|』|\"|”|\))*"
        )

    def link(self, key: str, hits: list[Hit]) -> Linked:
        """What the hits in the folded text `key` name."""
        linked = Linked(len(key))
        support = self._support(key, hits)
        for hit in hits:
            entry, reason = self._choose(key, hit, support)
            if entry:
                linked.add(hit.start, hit.end, Known(entry.id, entry.type, entry.name, entry.en or entry.name, entry))
            else:
                linked.refusals.append(Refusal(hit.start, hit.end, reason))
        linked.sort()
        return linked

    def learn(self, key: str, linked: Linked) -> None:
        """Add the names that the document itself gives to what it names."""
        names = dict(self._called_names(key, linked))
        for latin, link in self._bracketed(key, linked):
            names.setdefault(latin, link)
        for name, link in names.items():
            self._add_everywhere(key, name, link, linked)
        for name, link in self._shortened(key, linked):
            self._add_everywhere(key, name, link, linked)
        linked.sort()

    def _support(self, key: str, hits: list[Hit]) -> _Support:
        """What the whole document says for weak names."""
        coded: dict[str, Entry] = {}
        places: dict[str, list[int]] = {}
        singles: set[int] = set()
        place_ends: set[int] = set()
        for hit in hits:
            if (code := STOCK_CODE.match(key, hit.end)) and (entry := self._lexicon.by_code(code[1])):
                coded[hit.key] = entry
            sure = [c.entry for c in hit.candidates if not c.weak]
            if len(sure) == 1:
                places.setdefault(sure[0].id, []).append(hit.start)
                if sure[0].type == "place":
                    place_ends.add(hit.end)
            if len(hit.key) == 1 and any(c.entry.type == "place" for c in hit.candidates):
                singles.add(hit.start)
        for entry in coded.values():
            places.setdefault(entry.id, [])
        return _Support(coded, places, singles, place_ends)

    def _choose(self, key: str, hit: Hit, support: _Support) -> tuple[Entry | None, str]:
        """The one thing that a hit names, or None and the reason."""
        sure = [c.entry for c in hit.candidates if not c.weak]
        if hit.key in support.coded:
            entry = support.coded[hit.key]
            if STOCK_CODE.match(key, hit.end) or self._stands_as_name(key, hit):
                return entry, ""
            return None, f"{hit.key} is {entry.name} here, but this place reads as a word"
        if len(sure) == 1:
            return sure[0], ""
        if len(sure) > 1:
            return self._of_several(sure, hit, support)
        return self._weak(key, hit, support)

    def _of_several(self, sure: list[Entry], hit: Hit, support: _Support) -> tuple[Entry | None, str]:
        """Of several things with the same name, the one that the document supports, else the one that it is the name of."""
        supported = [e for e in sure if support.of(e)]
        if len(supported) == 1:
            return supported[0], ""
        named = [e for e in sure if self._is_name_of(hit, e)]
        if named and sure[0].type != "person":
            return named[0], ""
        return None, f"{hit.key} can be {', '.join(e.id for e in sure)}; nothing in the text says which"

    def _is_name_of(self, hit: Hit, entry: Entry) -> bool:
        return any(c.entry is entry and c.surface == entry.name for c in hit.candidates)

    def _weak(self, key: str, hit: Hit, support: _Support) -> tuple[Entry | None, str]:
        entries = list({c.entry.id: c.entry for c in hit.candidates}.values())
        if len(hit.key) == 1:
            places = [e for e in entries if e.type == "place"]
            if places and self._place_compound(key, hit, support.singles):
                return places[0], ""
            return None, "a name of one character counts only in a compound (台美) or behind a verb of travel (訪台)"
        supported = [e for e in entries if support.of(e)] or [e for e in entries if self._title_beside(key, hit, e)]
        inner = [e for e in entries if e.type == "place" and e.own.get("within")]
        if not supported and hit.start in support.place_ends and inner:
            return inner[0], ""
        if not supported:
            return None, f"{hit.key} is a weak name, and nothing in the text supports it"
        if not self._stands_as_name(key, hit):
            return None, f"{hit.key} is supported, but this place reads as a word"
        return support.nearest(hit.start, supported), ""

    def _title_beside(self, key: str, hit: Hit, entry: Entry) -> bool:
        if entry.type == "person":
            return bool(self._titles.before(key, hit.start) or self._titles.at(key, hit.end))
        title = self._titles.at(key, hit.end)
        if title and len(title.name) > 1 and title.relation_to(entry.type):
            return True
        with_other = key[hit.start - 1 : hit.start] in {"与", "和", "跟", "同"}
        return entry.type == "company" and with_other and key.startswith(self._company_of, hit.end)

    def _stands_as_name(self, key: str, hit: Hit) -> bool:
        """Whether a hit that is an ordinary word besides stands where names stand; true for names that are no words."""
        if hit.key not in self._lexicon.words or key[hit.start].isascii():
            return True
        before, after = key[hit.start - 1 : hit.start], key[hit.end : hit.end + 1]
        if key.startswith(self._right_words, hit.end) or STOCK_CODE.match(key, hit.end):
            return True
        title = self._titles.at(key, hit.end)
        if title and len(title.name) > 1:
            return True
        left = not before or before in self._left or before.isspace()
        return left and (not after or after in self._right or after.isspace() or after.isdigit())

    def _place_compound(self, key: str, hit: Hit, singles: set[int]) -> bool:
        """Whether a one-character country stands beside another one or behind a verb of travel."""
        for start in (hit.start - 1, hit.start):
            if {start, start + 1} <= singles and key[start : start + 2] not in self._lexicon.words:
                return key[start + 2 : start + 3] not in self._place_right
        listed = {hit.start - 2: hit.start - 1, hit.start + 2: hit.start + 1}
        if any(other in singles and key[comma : comma + 1] == "、" for other, comma in listed.items()):
            return True
        around = key[max(0, hit.start - 1) : hit.end + 1]
        if any(around[i : i + 2] in self._lexicon.words for i in range(len(around) - 1)):
            return False
        after = key[hit.end : hit.end + 1]
        return key[hit.start - 1 : hit.start] in self._place_left and after not in self._place_right

    def _called_names(self, key: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """「以下簡稱X」 and （下稱X）: X and the link that stands closest before it."""
        for match in self._called.finditer(key):
            name = match[1].strip()
            before = bisect_left(linked.links, match.start(), key=lambda link: link.end + 1) - 1
            if before >= 0 and len(name) > 1 and match.start() - linked.links[before].end < 30:
                yield name, linked.links[before]

    def _bracketed(self, key: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """恩智浦（NXP）: the Latin name in brackets and the link right before it."""
        ends = {link.end: link for link in linked.links}
        for match in _LATIN_BRACKET.finditer(key):
            link = ends.get(match.start())
            if link:
                yield match[1].strip(), link

    def _shortened(self, key: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """鴻華 after 鴻華先進: the first two characters of a longer name, where they name nothing else."""
        owners: dict[str, set[str]] = {}
        first: dict[str, Link] = {}
        for link in linked.links:
            name = key[link.start : link.end]
            if link.type in _SHORTENED and len(name) >= 4 and _HAN.fullmatch(name):
                owners.setdefault(name[:2], set()).add(link.id)
                first.setdefault(name[:2], link)
        for short, ids in owners.items():
            candidates = self._lexicon.candidates(short)
            if len(ids) == 1 and short not in self._lexicon.words and not any(not c.weak for c in candidates):
                yield short, first[short]

    def _add_everywhere(self, key: str, name: str, link: Link, linked: Linked) -> None:
        """Link every free place of `name` to what `link` names."""
        thing = linked.things[link.id]
        for match in re.finditer(re.escape(name), key):
            start, end = match.span()
            whole = not (name[0].isascii() and (key[start - 1 : start].isalnum() and key[start - 1 : start].isascii()))
            whole = whole and not (name[-1].isascii() and key[end : end + 1].isalnum() and key[end : end + 1].isascii())
            sound = len(name) != 2 or key[start].isascii() or not self._straddled(key, start, end)
            if whole and sound:
                linked.add(start, end, thing)

    def _straddled(self, key: str, start: int, end: int) -> bool:
        return key[start - 1 : start + 1] in self._lexicon.words or key[end - 1 : end + 1] in self._lexicon.words
