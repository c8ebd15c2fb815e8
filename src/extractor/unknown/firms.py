"""Firms that no dictionary has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.linking import Linked
from extractor.support import HOME, STOCK_CODE, YEAR, Beside
from extractor.unknown.edges import Edges, Found, Stem, alternatives

_LATIN = re.compile(r"[A-Z][\w&.'’-]*(?:[ -][A-Z0-9&][\w&.'’-]*){0,3}(?<![.'’&-])", re.ASCII)
_LEGAL_LATIN = re.compile(
    r"(?:AG|Inc|Corp|Co|Ltd|LLC|GmbH|SE|NV|PLC|Holdings?|Group|Pharma\w*|Technolog(?:y|ies)|Systems|Semiconductors?"
    r"|Energy|Capital|Partners|Ventures|Robotics|Labs|Therapeutics|Motors?|Airlines|Cement|Steel|Electronics)$"
)
# 21家公司, 兩大集團, A級國際: counted and graded, not named.
_COUNTED = re.compile(
    r"[\d一二三四五六七八九十百千万两几数多各某兆亿](?:家|元|座|大|个|名|项|所|人|万|亿|级|型|种|类|间|档)|\d{2}|[a-z\d](?:级|型)"
)
_LATIN_BRACKET = re.compile(r"\([a-z][a-z&. -]{2,40}\)")
_ANY_FIRM = re.compile("[子母分孙本该]公司")
_DIGIT = re.compile(r"\d")
_SHARE = re.compile(
    r"(?<![\d.])(?:的)?(?:约|近|逾)?\d[\d.]{0,7}%(?:的)?(?:股权|股份|持股)|(?:的)?(?:全部|全数|部分|多数|过半)(?:股权|股份|持股)"
)
_JOIN = re.compile(r"(?:\([^()\n]{0,20}\))?(?:、|与|和|及|以及|跟)$")


class Firms:
    """Finds them by stock codes, suffixes, and, where they are written in Latin letters, by the words around them."""

    def __init__(self, edges: Edges, beside: Beside, cues: dict[str, Any]) -> None:
        table = cues["unknown"]["firms"]
        self._edges, self._beside = edges, beside
        self._suffix = re.compile(
            rf"(?P<trade>(?:{alternatives(table['trades'])}){{1,3}})?(?P<legal>{alternatives(table['legal'])})"
            rf"|(?P<only>(?:{alternatives(table['trades'])}){{1,3}})"
        )
        self._telling = re.compile(alternatives(table["telling"]))
        self._things = re.compile(f"(?:{alternatives(table['things'])})+")
        self._generic, self._no_coded = set(table["generic"]), tuple(table["no_coded"])
        self._followed = tuple(table["followed"])
        self._cue = re.compile(alternatives(table["owners"]))
        self._kind = re.compile(f"(?:{alternatives(cues['firm_kind']['words'])})$")
        self._deals = tuple(table["after_latin"])
        self._products = tuple(table["products"])

    def coded(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """Whatever stands right before a stock code in brackets is a firm."""
        for match in STOCK_CODE.finditer(key):
            end = match.start()
            if not linked.free(end - 1, end):
                continue
            stem = self._edges.stem(key, end, linked, 9)
            # 年度報告（2025）, 員工（1500）人: a year or a number behind words is no code.
            named = stem.coined or (not stem.plain and len(match[1]) == 4 and not YEAR.match(match[1]))
            named = named and not key.endswith(self._no_coded, 0, end)
            if 2 <= end - stem.start <= 9 and named and self._edges.begins(key, stem.start, linked):
                yield stem.start, end, "company"

    def suffixed(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """沅聖科技股份有限公司, 禾生製藥: a suffix of firms with a name before it."""
        for match in self._suffix.finditer(key):
            start, end = match.start(), match.end()
            if not linked.free(start, end) or self._edges.cut(key, start) or self._edges.goes_on(key, end):
                continue
            stem = self._edges.stem(key, start, linked, 8)
            if (
                self._edges.begins(key, stem.start, linked)
                and not _COUNTED.search(key, stem.start, start)
                and not _ANY_FIRM.search(key, stem.start, end)
                and key[stem.start : end] not in self._generic
                and not self._before_firm(end, linked)
                and self._fits(key, stem, match, linked)
            ):
                yield self._with_home(key, stem.start, linked), end, "company"

    def _before_firm(self, end: int, linked: Linked) -> bool:
        """Whether the name of a firm begins at `end`: what stands right before it tells its kind, 學名藥廠濟生."""
        taken = not linked.free(end, end + 1)
        return taken and any(link.start == end and link.type == "company" for link in linked.links)

    def _fits(self, key: str, stem: Stem, suffix: re.Match[str], linked: Linked) -> bool:
        """Whether a stem and the suffix behind it make a name, with what stands beside them or without."""
        size, trade = suffix.start() - stem.start, suffix["trade"] or suffix["only"] or ""
        if suffix["legal"] and len(suffix["legal"]) > 2:
            # 公共汽車有限公司 is the end of a longer name.
            return 2 <= size <= 8 and (stem.strange > 0 or not stem.plain)
        if not 2 <= size <= 4:
            return False
        if stem.coined and not key[stem.start].isascii() and not self._things.fullmatch(trade):
            return True
        # Words before a suffix that is a word, too, are a thing: 城市建設, 美國權威建築.
        a_thing = not self._telling.search(trade) and (stem.plain or self._of_country(stem.start, linked))
        return (stem.coined or bool(trade and not a_thing)) and self._evidence(key, stem.start, suffix.end(), linked)

    def bought(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """得濬100%股份, 子公司續興: coined names before a share of them, or between a word for firms and a clear end."""
        for match in _SHARE.finditer(key):
            stem = self._edges.stem(key, match.start(), linked, 4)
            if stem.coined and self._edges.begins(key, stem.start, linked):
                yield self._with_home(key, stem.start, linked), match.start(), "company"
        for match in self._cue.finditer(key):
            start = match.end()
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
            if not linked.free(start, end) or end - start < 2 or key.startswith(self._products, end):
                continue
            name = match[0]
            spelled = any(c.islower() for c in name)
            before = key[max(0, start - 24) : start]
            if (
                (_LEGAL_LATIN.search(name) and " " in name)
                or (len(name) > 2 and self._titled(key, end))
                or (len(name) > 2 and self._kind.search(before) and (spelled or self._edges.ends(key, end)))
                or (spelled and not _DIGIT.search(name) and self._of_country(start, linked))
                or (spelled and (key.endswith(self._followed, 0, start) or key.startswith(self._deals, end)))
                or (len(name) > 2 and self._of_country(start, linked) and key.startswith(self._deals, end))
                or (spelled and self._listed(before, start, linked))
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

    def _of_country(self, start: int, linked: Linked) -> bool:
        thing = linked.ending(start)
        return thing is not None and thing.entry is not None and thing.entry.own.get("kind") == "country"

    def _listed(self, before: str, start: int, linked: Linked) -> bool:
        join = _JOIN.search(before)
        return (
            join is not None and (ended := linked.ending(start - len(join[0]))) is not None and ended.type == "company"
        )

    def _evidence(self, key: str, start: int, end: int, linked: Linked) -> bool:
        """Whether something beside the name says that it is a firm's."""
        return (
            key.endswith(self._followed, 0, start)
            or self._of_country(start, linked)
            or self._beside.before(key, start)
            or self._titled(key, end)
            or (self._beside.after(key, end) and self._edges.ends(key, end))
            or _LATIN_BRACKET.match(key, end) is not None
            or _SHARE.match(key, end) is not None
            or self._listed(key[max(0, start - 24) : start], start, linked)
        )
