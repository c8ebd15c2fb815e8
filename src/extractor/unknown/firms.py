"""Firms that no dictionary has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.knowledge.cues import Words
from extractor.linking import Linked
from extractor.support import HOME, YEAR, Beside, stock_code
from extractor.text.expressions import Expression
from extractor.text.vocabulary import LONGEST
from extractor.unknown.clues import Spans, leftmost, longest
from extractor.unknown.edges import Edges, Found, Stem, line_end

_LATIN = re.compile(r"[A-Z][\w&.'’-]*(?:[ -][A-Z0-9&][\w&.'’-]*){0,3}(?<![.'’&-])", re.ASCII)
_LEGAL_LATIN = Expression(
    r"(?:AG|Inc|Corp|Co|Ltd|LLC|GmbH|SE|NV|PLC|Holdings?|Group|Pharma\w*|Technolog(?:y|ies)|Systems|Semiconductors?"
    r"|Energy|Capital|Partners|Ventures|Robotics|Labs|Therapeutics|Motors?|Airlines|Cement|Steel|Electronics)$"
)
# 21家公司, 兩大集團, A級國際: counted and graded, not named.
_COUNTED = Expression(
    r"[\d一二三四五六七八九十百千万两几数多各某兆亿](?:家|元|座|大|个|名|项|所|人|万|亿|级|型|种|类|间|档)|\d{2}|[a-z\d](?:级|型)"
)
_LATIN_BRACKET = Expression(r"\([a-z][a-z&. -]{2,40}\)")
_ANY_FIRM = Expression("[子母分孙本该]公司")
_DIGIT = Expression(r"\d")
SHARES = ["股权", "股份", "持股"]  # the words that end a share
_SHARE = Expression(
    r"(?<![\d.])(?:的)?(?:约|近|逾)?\d[\d.]{0,7}%(?:的)?(?:股权|股份|持股)|(?:的)?(?:全部|全数|部分|多数|过半)(?:股权|股份|持股)"
)
_SHARE_AHEAD = 12  # code points, at most, of a share before the word for it: 的約12.5%的[股權]
_JOIN = Expression(r"(?:\([^()\n]{0,20}\))?(?:、|与|和|及|以及|跟)$")
_JOINED = frozenset("、与和及跟\n")  # what ends there


class Suffix(NamedTuple):
    """What the name of a firm ends in: words for trades, then, from `legal` on, what the law calls a firm, or nothing."""

    start: int
    legal: int
    end: int

    @property
    def long(self) -> bool:
        """Whether its legal form says more than 公司."""
        return self.end - self.legal > 2


class Firms:
    """Finds them by stock codes, suffixes, and, where they are written in Latin letters, by the words around them."""

    def __init__(self, edges: Edges, beside: Beside, cues: dict[str, Any]) -> None:
        table = cues["unknown"]["firms"]
        self._edges, self._beside = edges, beside
        self._things = frozenset(table["things"])
        self._generic, self._no_coded = frozenset(table["generic"]), Words(table["no_coded"])
        self._followed = Words(table["followed"])
        self._kind = Words(cues["firm_kind"]["words"])
        self._deals, self._products = Words(table["after_latin"]), Words(table["products"])

    def coded(self, key: str, text: str, linked: Linked, brackets: Spans) -> Iterator[Found]:
        """Whatever stands right before a stock code in brackets is a firm."""
        for _, bracket, _ in brackets:
            end = bracket - key.endswith(" ", 0, bracket)
            if not linked.free(end - 1, end) or not (code := stock_code(key, bracket)):
                continue
            stem = self._edges.stem(key, end, linked, 9)
            # 年度報告（2025）, 員工（1500）人: a year or a number behind words is no code.
            named = stem.coined or (not stem.plain and len(code) == 4 and not YEAR.match(code))
            named = named and not self._no_coded.before(key, end)
            if 2 <= end - stem.start <= 9 and named and self._edges.begins(key, stem.start, linked):
                yield stem.start, end, "company"

    def suffixed(
        self, key: str, text: str, linked: Linked, trades: Spans, legal: Spans, telling: Spans
    ) -> Iterator[Found]:
        """沅聖科技股份有限公司, 禾生製藥: a suffix of firms with a name before it."""
        firms = {link.start for link in linked.links if link.type == "company"}
        told = {place: end for _, place, end in reversed(telling)}  # of those that begin together the shortest
        for suffix in _suffixes(trades, legal):
            start, end = suffix.start, suffix.end
            if start < 2 or not linked.free(start - 2, end):
                continue
            room = self._edges.room(key, start, linked, LONGEST)
            if room < 2:
                continue
            tells = any(place in told and told[place] <= suffix.legal for place in range(start, suffix.legal))
            # Most suffixes stand behind a word, and are words.
            word = self._edges.words.ending(key, start - room, start)
            if (
                (word and (self._edges.stops(word) or not (tells or suffix.long or not self._edges.plain(word))))
                or self._edges.cut(key, start)
                or self._edges.goes_on(key, end)
            ):
                continue
            stem = self._edges.stem(key, start, linked, 8)
            if (
                self._fits(key, stem, suffix, tells, linked)
                and self._edges.begins(key, stem.start, linked)
                and not _COUNTED.search(key, stem.start, start)
                and not _ANY_FIRM.search(key, stem.start, end)
                and key[stem.start : end] not in self._generic
                and end not in firms  # what stands right before a firm tells its kind: 學名藥廠濟生
            ):
                yield self._with_home(key, stem.start, linked), end, "company"

    def _fits(self, key: str, stem: Stem, suffix: Suffix, telling: bool, linked: Linked) -> bool:
        """Whether a stem and the suffix behind it make a name, with what stands beside them or without."""
        size, trade = suffix.start - stem.start, key[suffix.start : suffix.legal]
        if suffix.long:
            # 公共汽車有限公司 is the end of a longer name.
            return 2 <= size <= 8 and (stem.strange > 0 or not stem.plain)
        if not 2 <= size <= 4:
            return False
        if stem.coined and not key[stem.start].isascii() and not _made_of(trade, self._things):
            return True
        # Words before a suffix that is a word, too, are a thing: 城市建設, 美國權威建築.
        a_thing = not telling and (stem.plain or self._of_country(stem.start, linked))
        return (stem.coined or bool(trade and not a_thing)) and self._evidence(key, stem.start, suffix.end, linked)

    def bought(self, key: str, text: str, linked: Linked, shares: Spans, owners: Spans) -> Iterator[Found]:
        """得濬100%股份, 子公司續興: coined names before a share of them, or between a word for firms and a clear end."""
        done = 0
        for _, place, end in shares:
            match = _SHARE.search(key, max(done, place - _SHARE_AHEAD), end)
            if not match:
                continue
            done = end
            if self._edges.room(key, match.start(), linked, 2) < 2:
                continue
            stem = self._edges.stem(key, match.start(), linked, 4)
            if stem.coined and self._edges.begins(key, stem.start, linked):
                yield self._with_home(key, stem.start, linked), match.start(), "company"
        for _, start in leftmost(owners):
            if not linked.free(start, start + 2):
                continue
            for size in (3, 2):
                end = start + size
                if (
                    end <= len(key)
                    and linked.free(start, end)
                    and self._edges.ends(key, end)
                    and self._edges.stem(key, end, linked, size) == Stem(start, size, ())
                ):
                    yield start, end, "company"
                    break

    def latin(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """新創Astranis, Astranis執行長, 韓國CS Wind, 與Dixon結盟: Latin names where firms stand."""
        for match in _LATIN.finditer(text):
            start, end = match.span()
            if end - start < 2 or not linked.free(start, end) or self._products.at(key, end):
                continue
            name = match[0]
            spelled = name != name.upper()
            if (
                (" " in name and _LEGAL_LATIN.search(name))
                or (len(name) > 2 and self._titled(key, end))
                or (len(name) > 2 and self._of_kind(key, start) and (spelled or self._edges.ends(key, end)))
                or (spelled and self._of_country(start, linked) and not _DIGIT.search(name))
                or (spelled and (self._followed.before(key, start) or self._deals.at(key, end)))
                or (len(name) > 2 and self._of_country(start, linked) and self._deals.at(key, end))
                or (spelled and self._listed(key, start, linked))
            ):
                yield start, end, "company"

    def _with_home(self, key: str, start: int, linked: Linked) -> int:
        """Where a name begins that has 台灣 before it: that is a part of it, as no other country is (台灣聯測, 日本先鋒)."""
        before = linked.ending(start)
        home = before is not None and before.id == HOME and key.endswith("台湾", 0, start)
        return start - 2 if home and self._edges.begins(key, start - 2, linked) else start

    def _titled(self, key: str, end: int) -> bool:
        title = self._beside.title(key, end)
        return title is not None and title.relation_to("company") is not None

    def _of_kind(self, key: str, start: int) -> bool:
        """Whether a word for a kind of firm stands before `start`."""
        return self._kind.before(key, line_end(key, start))

    def _of_country(self, start: int, linked: Linked) -> bool:
        thing = linked.ending(start)
        return thing is not None and thing.entry is not None and thing.entry.own.get("kind") == "country"

    def _listed(self, key: str, start: int, linked: Linked) -> bool:
        """Whether a list ties what stands at `start` to a firm before it."""
        if key[start - 1 : start] not in _JOINED:
            return False
        join = _JOIN.search(key[max(0, start - 24) : start])
        ended = linked.ending(start - len(join[0])) if join else None
        return ended is not None and ended.type == "company"

    def _evidence(self, key: str, start: int, end: int, linked: Linked) -> bool:
        """Whether something beside the name says that it is a firm's."""
        return (
            self._followed.before(key, start)
            or self._of_country(start, linked)
            or self._beside.before(key, start)
            or self._titled(key, end)
            or (self._beside.after(key, end) and self._edges.ends(key, end))
            or _LATIN_BRACKET.match(key, end) is not None
            or _SHARE.match(key, end) is not None
            or self._listed(key, start, linked)
        )


def _suffixes(trades: Spans, legal: Spans) -> Iterator[Suffix]:
    """The suffixes of firms: one to three words for trades, the longest first, with a legal form behind them or without."""
    forms, ends = longest(legal), _ends(trades)
    done = 0
    for start in sorted({*ends, *forms}):
        if start < done:
            continue
        runs = _runs(ends, start)
        for legal_start in (*runs, start):
            if legal_start in forms:
                done = forms[legal_start]
                break
        else:
            legal_start = done = runs[0]
        yield Suffix(start, legal_start, done)


def _ends(spans: Spans) -> dict[int, list[int]]:
    """Where words begin, each with the ends of all that begin there, the longest first."""
    ends: dict[int, list[int]] = {}
    for _, start, end in spans:
        ends.setdefault(start, []).insert(0, end)
    return ends


def _runs(ends: dict[int, list[int]], start: int, most: int = 3) -> list[int]:
    """Where up to `most` words end that stand one behind the other from `start` on, as many and as long ones as can be first."""
    found = []
    for end in ends.get(start, ()):
        if most > 1 and end in ends:
            found += _runs(ends, end, most - 1)
        found.append(end)
    return found


def _made_of(trade: str, words: frozenset[str]) -> bool:
    """Whether it is made of such words alone, one or more."""
    return any(
        trade[:size] in words and (size == len(trade) or _made_of(trade[size:], words))
        for size in range(1, len(trade) + 1)
    )
