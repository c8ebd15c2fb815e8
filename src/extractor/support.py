"""Support: what a document says for names that count only with support (三菱, 世界, 家登).

Four kinds, which a dictionary row may restrict by its column `support`:
document   a strong name or the stock code of the same thing, a body in which a person has a post, the place around a place
beside     a title or another word that such things have beside them (家登股價, 封測廠家登); the country that a thing is from
list       a list with sure names of the same type (家登、弘塑與辛耘)
trade      sure names of firms of the same trade
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from extractor.knowledge.cues import Title, Titles, Words
from extractor.knowledge.dictionary import Entry
from extractor.knowledge.lexicon import Hit, Lexicon
from extractor.records import EntityType
from extractor.text.expressions import Expression
from extractor.text.folding import fold

STOCK_CODE = Expression(r" ?\((?:股票)?(?:代号|代码)?:?(\d{4,6})(?:[-.]?tw[o]?)?(?=[,)、;])")
# What ties the names of a list: 、 and the like, behind a name's code or other bracket.
_JOIN = Expression(r"(?: ?\([^()\n]{0,20}\))?[「」『』]?(?:、|与|和|及|以及|跟|或|/|,以及|,及)[「」『』]?")
_JOIN_ENDS = frozenset("、与和及跟或/「」『』")
YEAR = Expression("19|20")
_EDGES = frozenset("，。、；：「『《（\n ,;:(")
HOME = "taiwan"  # the country of the press that is read: what it calls 能源署 is its own
_SINCE = Expression("前任|现任|新任|时任|原任|前|原")
_SINCE_BEGINS = frozenset("前现新时原")
_LONGEST_JOIN = 26  # code points
_start = itemgetter(0)  # of a sure name
_FAR = 200  # code points; a firm of the same trade further away says little


def stock_code(key: str, place: int) -> str | None:
    """The code that stands in brackets at a place; None where none does."""
    if key[place : place + 1] not in (" ", "("):
        return None
    match = STOCK_CODE.match(key, place)
    return match[1] if match else None


class Beside:
    """Words right beside a name that speak for it, by its type; made once for `titles` and the table `beside` of the cues."""

    def __init__(self, titles: Titles, cues: dict[str, Any]) -> None:
        self._titles = titles
        table, people = cues["beside"], cues["unknown"]["people"]
        self._sounds = frozenset(people["sounds"])
        self._japanese = frozenset(people["japanese_surnames"])
        self._surnames, self._speech = frozenset(people["frequent_surnames"]), Words(people["speech"])
        self._sure_before, self._sure_after = Words(table["place"]["sure_before"]), Words(table["place"]["sure_after"])
        self._deals = Words(cues["unknown"]["firms"]["deals_before"])
        self._before = {type_: Words(words["before"]) for type_, words in table.items()}
        self._after = {type_: Words(words["after"]) for type_, words in table.items()}

    def says(self, key: str, start: int, end: int, type_: EntityType) -> bool:
        """Whether a title or another word beside key[start:end] speaks for a thing of this type."""
        if type_ == "person":
            return bool(self._titles.before(key, start) or self.title(key, end))
        title = self.title(key, end)
        if title and title.relation_to(type_):
            return True
        return self._after[type_].at(key, end) or self._before[type_].before(key, start)

    def located(self, key: str, start: int, end: int) -> bool:
        """Whether words beside key[start:end] say by themselves that it is a place: 落腳布袋, 觀音廠."""
        return self._sure_after.at(key, end) or self._sure_before.before(key, start)

    def before(self, key: str, start: int) -> bool:
        """Whether a word that stands before firms ends at `start`."""
        return self._before["company"].before(key, start)

    def after(self, key: str, end: int) -> bool:
        """Whether a title or another word that stands behind firms begins at `end`."""
        return self._after["company"].at(key, end) or self.title(key, end) is not None

    def named(self, key: str, start: int, end: int) -> bool:
        """Whether key[start:end] is a name by what stands beside it, whatever words may straddle its edges.

        A title or a code behind it, or before it a word that only firms follow: 入股東元, where 股東 is no word.
        """
        return self.title(key, end) is not None or stock_code(key, end) is not None or self._deals.before(key, start)

    def of_person(self, key: str, start: int, end: int) -> bool:
        """Whether key[start:end] is a part of somebody's name: 裕民 in 局長陳裕民 and in 「，陳裕民說」, 野村 in 理事長野村."""
        if key[start:end] in self._japanese:
            return self._titles.before(key, start) is not None
        if key[start - 1 : start] not in self._surnames:
            return False
        if self._titles.before(key, start - 1):
            return True
        return key[start - 2 : start - 1] in _EDGES and self._speech.at(key, end)

    def in_foreign(self, key: str, start: int, end: int) -> bool:
        """Whether key[start:end] is a piece of a part of a foreign name: 伍德 in 伍德羅·威爾遜, 蒙德 in 斯特羅姆·瑟蒙德."""
        if not self._sounds.issuperset(key[start:end]):
            return False
        before, after = start, end
        while before > max(0, start - 3) and key[before - 1] in self._sounds:
            before -= 1
        while after < min(len(key), end + 3) and key[after] in self._sounds:
            after += 1
        return (before < start and key[before - 1 : before] == "·") or (after > end and key[after : after + 1] == "·")

    def title(self, key: str, start: int) -> Title | None:
        """The title of two or more characters at a place, 前 or 現任 before it or not; or None."""
        title = self._titles.at(key, start)
        if title is None and key[start : start + 1] in _SINCE_BEGINS and (since := _SINCE.match(key, start)):
            title = self._titles.at(key, since.end())
        return title


class Support:
    """What one document says for its weak and shared names; grows as more of them turn out to be sure."""

    def __init__(self, key: str, hits: list[Hit], lexicon: Lexicon, beside: Beside) -> None:
        self._key, self._around = key, beside
        self._kinds = {"document": self._document, "beside": self._beside, "list": self._list, "trade": self.of_trade}
        self.grown = 0  # how many names have turned out to be sure since
        self.coded: dict[str, Entry] = {}
        self.singles: set[int] = set()
        self._places: dict[str, list[int]] = {}
        self._keys: dict[str, set[str]] = {}
        self._sure: list[tuple[int, Entry]] = []
        self._ends: dict[int, Entry] = {}
        self._starts: dict[int, Entry] = {}
        for hit in hits:
            sure = hit.candidates.sure
            if len(sure) == 1:
                self._note(hit, sure[0])
            if hit.end - hit.start == 1 and "place" in hit.candidates.types:
                self.singles.add(hit.start)
        if "(" in key:
            self._read_codes(hits, lexicon)

    def _read_codes(self, hits: list[Hit], lexicon: Lexicon) -> None:
        for hit in hits:
            code = stock_code(self._key, hit.end)
            if code and (entry := lexicon.by_code(code)) and _can_be(hit, entry, code):
                self.coded[hit.key] = entry
        for entry in self.coded.values():
            self._places.setdefault(entry.id, [])
            self._keys.setdefault(entry.id, set()).add(":code")

    def note(self, hit: Hit, entry: Entry) -> None:
        """Take in that a hit surely names `entry`."""
        self.grown += 1
        self._note(hit, entry)

    def _note(self, hit: Hit, entry: Entry) -> None:
        # In the order of the text, though names are found sure in several rounds.
        if self._sure and self._sure[-1][0] > hit.start:
            insort(self._sure, (hit.start, entry), key=_start)
        else:
            self._sure.append((hit.start, entry))
        if (places := self._places.get(entry.id)) is None:
            self._places[entry.id], self._keys[entry.id] = [hit.start], {hit.key}
        else:
            insort(places, hit.start)
            self._keys[entry.id].add(hit.key)
        self._starts[hit.start] = self._ends[hit.end] = entry

    def kind(self, hit: Hit, entry: Entry) -> str | None:
        """The kind of support that the document has for `entry` at a hit, the first that the entry takes; None: none."""
        if entry.type == "organization" and self._of_other(hit, entry):
            return None
        taken = entry.own.get("support", "")
        for kind, supports in self._kinds.items():
            if (not taken or kind in taken) and supports(hit, entry):
                return kind
        return None

    def elsewhere(self, hit: Hit, entry: Entry) -> bool:
        """Whether a country stands before a hit by a short name of `entry`, whose country is another: 蘇聯[共產黨]."""
        return bool(entry.own.get("country")) and hit.key != fold(entry.name) and self._of_other(hit, entry)

    def _of_other(self, hit: Hit, entry: Entry) -> bool:
        """Whether a country stands before a hit that is not the country of `entry`: 德國財政部 is not Brazil's."""
        return self.behind_country(hit) and self._ends[hit.start].id != entry.own.get("country")

    def behind_country(self, hit: Hit) -> bool:
        """Whether the name of a country stands right before a hit."""
        before = self._ends.get(hit.start)
        return before is not None and before.own.get("kind") == "country"

    def names(self, id_: str) -> bool:
        """Whether the document names this thing for sure."""
        return id_ in self._places

    def by_other_name(self, hit: Hit, entry: Entry) -> bool:
        """Whether another name of `entry` than the hit's, or its code, stands in the document."""
        return bool(self._keys.get(entry.id, set()) - {hit.key})

    def nearest(self, start: int, entries: Sequence[Entry]) -> Entry:
        """Of several things the one named last before `start`, else first behind it, else the press's own country's.

        A body's country, and the people who have posts in it, stand for the body.
        """
        if len(entries) == 1:
            return entries[0]
        before, after = [], []
        for number, entry in enumerate(entries):
            places = self._places.get(entry.id) or self._near(start, entry)
            index = bisect_left(places, start)
            before += [(-places[index - 1], number)] if index else []
            after += [(places[index], number)] if index < len(places) else []
        if before or after:
            return entries[min(before or after)[1]]
        return next((e for e in entries if e.own.get("country") == HOME), entries[0])

    def _near(self, start: int, entry: Entry) -> list[int]:
        """Where, near `start`, those who have a post in a body are named, or else its country."""
        if holders := [place for place, other in self._sure_near(start) if entry.id in _bodies(other)]:
            return holders
        return [p for p in self._places.get(entry.own.get("country", ""), ()) if abs(p - start) <= _FAR]

    def _sure_near(self, start: int) -> list[tuple[int, Entry]]:
        """The sure names that are not far from `start`."""
        low = bisect_left(self._sure, start - _FAR, key=_start)
        return self._sure[low : bisect_right(self._sure, start + _FAR, key=_start)]

    def _document(self, hit: Hit, entry: Entry) -> bool:
        if entry.id in self._places or not self._places.keys().isdisjoint(_bodies(entry)):
            return True
        if entry.type == "organization":
            # The press's own country is in every document.
            country = entry.own.get("country")
            return country == HOME or country in self._places
        return entry.type == "place" and entry.own.get("within", "") in self._places and self._in_place(hit)

    def _in_place(self, hit: Hit) -> bool:
        """Whether a hit stands right beside a place around it or in it, or where places stand: in 在…設廠."""
        around, inside = self._ends.get(hit.start), self._starts.get(hit.end)
        return any(near is not None and near.type == "place" for near in (around, inside)) or self._around.says(
            self._key, hit.start, hit.end, "place"
        )

    def _beside(self, hit: Hit, entry: Entry) -> bool:
        before = self._ends.get(hit.start)
        if before and before.type == "place" and before.id == entry.own.get("country"):
            return True
        if entry.type == "place":
            return self._around.located(self._key, hit.start, hit.end)
        return self._around.says(self._key, hit.start, hit.end, entry.type)

    def _list(self, hit: Hit, entry: Entry) -> bool:
        return any(
            neighbour.type == entry.type and (entry.type != "place" or _kind(neighbour) == _kind(entry))
            for neighbour in self._neighbours(hit)
        )

    def _neighbours(self, hit: Hit) -> list[Entry]:
        """The sure names that a list ties to a hit."""
        found = []
        after = _JOIN.match(self._key, hit.end)
        if after and (neighbour := self._starts.get(after.end())):
            found.append(neighbour)
        if self._key[hit.start - 1 : hit.start] not in _JOIN_ENDS:
            return found
        for start in range(hit.start - 1, max(0, hit.start - _LONGEST_JOIN) - 1, -1):
            if (before := self._ends.get(start)) and _JOIN.fullmatch(self._key, start, hit.start):
                found.append(before)
                break
        return found

    def inside(self, hit: Hit, entry: Entry) -> bool:
        """Whether a hit stands right behind the name of the place around it: 信義 in 基隆信義."""
        around = self._ends.get(hit.start)
        return around is not None and around.id == entry.own.get("within")

    def of_trade(self, hit: Hit, entry: Entry) -> bool:
        """Whether a sure name of a firm of the same trade stands near."""
        trade = entry.own.get("trade")
        return bool(trade) and any(e.own.get("trade") == trade for _, e in self._sure_near(hit.start))


def _can_be(hit: Hit, entry: Entry, code: str) -> bool:
    """Whether a hit with a firm's code behind it names the firm: 美國（2025） names none, 佳能（2374） one of two."""
    if any(c.entry is entry for c in hit.candidates):
        return True
    return all(c.entry.type == "company" for c in hit.candidates) and not YEAR.match(code)


def _kind(entry: Entry) -> str:
    return entry.own.get("kind", "")


def _bodies(entry: Entry) -> set[str]:
    """The ids of the bodies in which a person has a post."""
    posts = entry.own.get("posts")
    return {parts[1] for post in posts.split("|") if len(parts := post.split(":")) > 1} if posts else set()
