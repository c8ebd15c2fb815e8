"""Linking: what each mention names, in the light of the whole document.

Strong names link by themselves. Weak ones (三菱, 世界) and shared ones need support: the full name or the stock code in
the document, a title beside them; names that are ordinary words besides need a place in the sentence where names stand.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.knowledge.cues import Titles
from extractor.knowledge.dictionary import Entry
from extractor.knowledge.lexicon import Hit, Lexicon
from extractor.mentions import Refusal
from extractor.records import EntityType
from extractor.support import HOME, Beside, Support, stock_code

_ROUNDS = 3
_FREE, _TAKEN = b"\0", b"\1"
# What names of other things hold: 泰國警察總署, 立法院組織法.
_COVERED = ("place", "organization")


class Link(NamedTuple):
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

    @property
    def kind(self) -> str:
        """The kind of place that a dictionary says it is, or nothing."""
        return self.entry.own.get("kind", "") if self.entry else ""


class Linked:
    """The links of a text of `length` code points, none overlapping; what their ids stand for; what was refused, why."""

    def __init__(self, length: int) -> None:
        self.links: list[Link] = []
        self.things: dict[str, Known] = {}
        self.refusals: list[Refusal] = []
        self.offset = 0
        self._taken = bytearray(length)
        self._ends: dict[int, Known] = {}

    def add(self, start: int, end: int, thing: Known) -> bool:
        """Link text[start:end] to `thing`, unless some of it belongs to another link already."""
        if not self.free(start, end):
            return False
        self.links.append(Link(start, end, thing.id, thing.type))
        self.things.setdefault(thing.id, thing)
        self._taken[start:end] = _TAKEN * (end - start)
        self._ends[end] = thing
        return True

    def cover(self, start: int, end: int, thing: Known) -> bool:
        """Link text[start:end] to `thing`, in the place of names of places and bodies inside it (泰國 in 泰國警察總署)."""
        inside = [k for k in self.links if k.start < end and start < k.end] if not self.free(start, end) else []
        if any(k.start < start or k.end > end or k.type not in _COVERED for k in inside):
            return False
        for link in inside:
            self.links.remove(link)
            self._taken[link.start : link.end] = bytes(link.end - link.start)
            self._ends.pop(link.end, None)
        return self.add(start, end, thing)

    def free(self, start: int, end: int) -> bool:
        """Whether no link has any of text[start:end]."""
        return self._taken.find(_TAKEN, start, end) < 0

    def free_since(self, start: int, end: int) -> int:
        """From where on, `start` or later, nothing is linked of what stands before `end`."""
        return max(start, self._taken.rfind(_TAKEN, start, end) + 1)

    def free_until(self, start: int, end: int) -> int:
        """Up to where, `end` or earlier, nothing is linked of what stands from `start` on."""
        taken = self._taken.find(_TAKEN, start, end)
        return end if taken < 0 else taken

    def covers(self, start: int, end: int) -> bool:
        """Whether links have all of text[start:end]."""
        return self._taken.find(_FREE, start, end) < 0

    def ends_at(self, place: int) -> bool:
        """Whether a link ends at `place`."""
        return place in self._ends

    def ending(self, place: int) -> Known | None:
        """What the link that ends at `place` names."""
        return self._ends.get(place)

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


class Linker:
    """Links hits of one lexicon; `common` words, `titles` and `cues` say what supports a weak name."""

    def __init__(
        self, lexicon: Lexicon, common: Container[str], titles: Titles, beside: Beside, cues: dict[str, Any]
    ) -> None:
        self._lexicon, self._common, self._titles = lexicon, common, titles
        context = cues["name_context"]
        self._left, self._right = set(context["left"]), set(context["right"])
        self._beside = beside
        self._of_entry: dict[str, Known] = {}
        place = cues["place_short"]
        self._place_left, self._place_right = set(place["left"]), set(place["right"])

    def link(self, key: str, hits: list[Hit]) -> Linked:
        """What the hits in the folded text `key` name."""
        linked = Linked(len(key))
        support = Support(key, hits, self._lexicon, self._beside)
        refused: dict[int, Refusal] = {}
        waiting = []
        for hit in hits:
            if (entry := hit.candidates.only) and not support.coded:
                linked.add(hit.start, hit.end, self._known(entry))
            else:
                waiting.append((hit, -1))
        # A weak name that finds support supports others: 家登 beside a title, 弘塑 in a list with 家登.
        for _ in range(_ROUNDS):
            undecided = []
            for hit, grown in waiting:
                if grown == support.grown:  # nothing has changed since it was looked at
                    undecided.append((hit, grown))
                    continue
                grown = support.grown
                entry, reason = self._choose(key, hit, support)
                if entry is None:
                    undecided.append((hit, grown))
                    refused[hit.start] = Refusal(hit.start, hit.end, reason)
                    continue
                refused.pop(hit.start, None)
                linked.add(hit.start, hit.end, self._known(entry))
                if hit.candidates.sure != (entry,):
                    support.note(hit, entry)
            if len(undecided) == len(waiting):
                break
            waiting = undecided
        linked.refusals += refused.values()
        linked.sort()
        return linked

    def _known(self, entry: Entry) -> Known:
        if (known := self._of_entry.get(entry.id)) is None or known.entry is not entry:
            known = Known(entry.id, entry.type, entry.name, entry.en or entry.name, entry)
            self._of_entry[entry.id] = known
        return known

    def _choose(self, key: str, hit: Hit, support: Support) -> tuple[Entry | None, str]:
        """The one thing that a hit names, or None and the reason."""
        if hit.key in support.coded:
            entry = support.coded[hit.key]
            if stock_code(key, hit.end) or self._stands_as_name(key, hit):
                return entry, ""
            return None, f"{hit.key} is {entry.name} here, but this place reads as a word"
        sure, weak, people = hit.candidates.sure, hit.candidates.weak, hit.candidates.people
        if people and len(hit.candidates) > 1 and len(holders := self._holders(key, hit, people)) == 1:
            return holders[0], ""
        if len(sure) == 1:
            return self._sure(hit, sure[0], weak, support)
        if len(sure) > 1:
            return self._of_several(sure, hit, support)
        if len(hit.key) == 1:
            return self._of_one_character(key, hit, weak, support)
        return self._weak(key, hit, weak, support)

    def _sure(self, hit: Hit, entry: Entry, weak: tuple[Entry, ...], support: Support) -> tuple[Entry | None, str]:
        """The thing that a name names by itself, unless the document says that it is another one's here."""
        organization = entry.type == "organization"
        if organization and support.elsewhere(hit, entry):
            return None, f"a country that {entry.name} is not of stands before it"
        # 佳能 is Canon, but in a text on 佳能企業 that one.
        if weak and not support.by_other_name(hit, entry):
            rivals = [e for e in weak if support.by_other_name(hit, e)]
            # Where a text is on Taiwan besides, 農業部 beside 美國農業部 is its own.
            if len(rivals) == 1 and not (organization and support.names(HOME)):
                return rivals[0], ""
        return entry, ""

    def _of_several(self, sure: Sequence[Entry], hit: Hit, support: Support) -> tuple[Entry | None, str]:
        """Of several things with the same name, the one that the document supports, else the one that it is the name of."""
        supported = [e for e in sure if support.kind(hit, e) == "document"]
        if len(supported) == 1:
            return supported[0], ""
        named = [c.entry for c in hit.candidates if not c.weak and c.surface == c.entry.name]
        if named and sure[0].type != "person":
            return named[0], ""
        return None, f"{hit.key} can be {', '.join(e.id for e in sure)}; nothing in the text says which"

    def _of_one_character(
        self, key: str, hit: Hit, entries: Sequence[Entry], support: Support
    ) -> tuple[Entry | None, str]:
        places = [e for e in entries if e.type == "place"]
        if places and self._place_compound(key, hit, support.singles):
            return places[0], ""
        return None, "a name of one character counts only in a compound (台美) or behind a verb of travel (訪台)"

    def _weak(self, key: str, hit: Hit, entries: Sequence[Entry], support: Support) -> tuple[Entry | None, str]:
        supported = {e.id: e for e in entries if support.kind(hit, e)}
        if not supported:
            return None, f"{hit.key} is a weak name, and nothing in the text supports it"
        if not self._stands_as_name(key, hit):
            return None, f"{hit.key} is supported, but this place reads as a word"
        found = list(supported.values())
        # Of several the one whose post is told beside it, or whose trade the text is about.
        better = self._holders(key, hit, found) or [
            e for e in found if support.of_trade(hit, e) or support.inside(hit, e)
        ]
        return support.nearest(hit.start, better or found), ""

    def _holders(self, key: str, hit: Hit, entries: Sequence[Entry]) -> list[Entry]:
        """The people among `entries` to whom a dictionary gives the title that stands beside a hit."""
        titles = {t.name for t in (self._titles.before(key, hit.start), self._titles.at(key, hit.end)) if t}
        return [e for e in entries if any(_holds(e, title) for title in titles)]

    def _stands_as_name(self, key: str, hit: Hit) -> bool:
        """Whether a hit that is an ordinary word besides stands where names stand; true for names that are no words."""
        if hit.key not in self._common or key[hit.start].isascii():
            return True
        before, after = key[hit.start - 1 : hit.start], key[hit.end : hit.end + 1]
        if stock_code(key, hit.end):
            return True
        left = not before or before in self._left or before.isspace() or self._beside.before(key, hit.start)
        right = not after or after in self._right or after.isspace() or after.isdigit()
        return left and (right or self._beside.after(key, hit.end))

    def _place_compound(self, key: str, hit: Hit, singles: set[int]) -> bool:
        """Whether a one-character country stands beside another one or behind a verb of travel."""
        here = hit.start
        for start in (here - 1, here):
            if start in singles and start + 1 in singles and key[start : start + 2] not in self._common:
                return key[start + 2 : start + 3] not in self._place_right
        for other, comma in ((here - 2, here - 1), (here + 2, here + 1)):
            if other in singles and key[comma : comma + 1] == "、":
                return True
        if key[here - 1 : here] not in self._place_left or key[hit.end : hit.end + 1] in self._place_right:
            return False
        # 越 is no country in 來越重要: a common word holds it.
        return not any(
            key[start : start + size] in self._common
            for size in (2, 3)
            for start in range(max(0, here - size + 1), here + 1)
        )


def _holds(person: Entry, title: str) -> bool:
    """Whether a dictionary gives this person a post with this title."""
    return any(post.partition(":")[0].endswith(title) for post in person.own.get("posts", "").split("|"))
