"""Bodies, laws and programmes that no dictionary has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from extractor.knowledge.cues import Words
from extractor.linking import Link, Linked
from extractor.records import EntityType
from extractor.text.expressions import Expression, alternatives
from extractor.unknown.clues import Spans, leftmost, longest
from extractor.unknown.edges import Edges, Found

_COUNTED = Expression(r"\d|[两三四五六七八九十几多各](?:所|家|个|大)")
_QUOTED = Expression(r"[《「『]([^《》「」『』\n]{2,28})[》」』]")
_HAN = Expression(r"[\u3400-\u9fff]*")
_BETWEEN = 12  # characters between the name of a place and the suffix of a body of it, at most
_LAW = 16  # code points of a law's name before its suffix, at most


class Bodies:
    """Finds them by their suffixes, in quotes, and behind the places that they belong to."""

    def __init__(self, edges: Edges, cues: dict[str, Any]) -> None:
        table = cues["unknown"]["bodies"]
        self._edges = edges
        self._policies, self._laws = Words(table["policies"]), Words(table["laws"])
        self._organizations = Words(table["organizations"])
        self._no_policy, self._no_stem = Words(table["in_no_policy"]), Words(table["no_stem"])
        self._law = Expression(
            rf"[\u3400-\u9fff]{{2,{_LAW}}}?(?:{alternatives(table['unquoted_laws'])})(?![\u4eba院官案])"
        )
        self._citing = tuple(table["citing"])
        self._before_party = Expression(f"(?:{alternatives(table['before_parties'])})+$")
        self._short, self._generic = tuple(table["short"]), frozenset(table["generic"])

    def quoted(self, key: str, text: str, linked: Linked, quotes: Spans) -> Iterator[Found]:
        """《…法》 and 「…計畫」."""
        for _, place, _ in quotes:
            match = _QUOTED.match(text, place)
            if not match:
                continue
            start, end = match.span(1)
            inner = key[start:end]
            if self._policies.before(inner, len(inner)) or (
                text[place] == "《" and self._laws.before(inner, len(inner))
            ):
                type_: EntityType = "policy"
            elif len(inner) > 4 and self._organizations.before(inner, len(inner)):
                type_ = "organization"
            else:
                continue
            if (
                len(inner) > 2
                and not linked.covers(start, max(start + 1, end - 2))
                and not _any(self._no_policy, inner)
            ):
                yield start, end, type_

    def of_places(self, key: str, text: str, linked: Linked, suffixes: Spans, parties: Spans) -> Iterator[Found]:
        """泰國警察總署, 英國鋼鐵協會: a place, and right behind it what only bodies are called."""
        ends, parties_at = longest(suffixes), longest(parties)
        starts = sorted({*ends, *parties_at})
        for link in [k for k in linked.links if k.type == "place" and k.end - k.start > 1]:
            place = link.end
            index = bisect_left(starts, place)
            if index == len(starts) or starts[index] > place + _BETWEEN:
                continue
            if not _HAN.fullmatch(key, place, starts[index]) or not linked.free(place, place + 1):
                continue
            end = self._of_place(key, place, linked.things[link.id].kind, ends, parties_at)
            if (
                end is not None
                and linked.free(place, end)
                and key[place:end] not in self._generic
                and not self._edges.goes_on(key, end)
                and all(self._edges.character(key, middle) for middle in range(place, end))
                and self._edges.begins(key, link.start, linked)
                and not _any(self._no_stem, key[place:end])
            ):
                yield link.start, end, "organization"

    def _of_place(self, key: str, place: int, kind: str, ends: dict[int, int], parties: dict[int, int]) -> int | None:
        """Where what may be the rest of a body's name ends that begins at `place`, behind the name of a place of this kind."""
        # 美國大學 are all of them.
        if (
            place in ends
            and kind != "country"
            and (short := next((w for w in self._short if key.startswith(w, place)), None))
        ):
            return place + len(short)
        if place in parties:
            return parties[place] if kind != "region" else None
        suffix = _next(key, place, ends, 1, _BETWEEN)
        return ends[suffix] if suffix else None

    def longer(
        self, key: str, text: str, linked: Linked, suffixes: Spans, branches: Spans, parties: Spans, forces: Spans
    ) -> Iterator[Found]:
        """普林斯頓校友會, 甲學院武漢分院, 民主共和黨: bodies whose names begin or end with that of another."""
        places = {link.start: link.end for link in linked.links if link.type == "place"}
        ends, branch_ends, force_ends = longest(suffixes), longest(branches), longest(forces)
        if force_ends:
            for link in [k for k in linked.links if k.type == "place" and linked.things[k.id].kind == "country"]:
                suffix = _next(key, link.end, force_ends, 1, 8)
                if suffix and self._is_name(key, link.end, suffix, force_ends[suffix], linked):
                    yield link.start, force_ends[suffix], "organization"
        bodies = {link.start: link for link in linked.links if link.type == "organization"}
        for link in bodies.values():
            end = places.get(link.end, link.end)
            if end in branch_ends:
                yield link.start, branch_ends[end], "organization"
            elif (suffix := _next(key, link.end, ends, 0, 10)) and self._is_name(
                key, link.end, suffix, ends[suffix], linked
            ):
                yield link.start, ends[suffix], "organization"
            elif (inner := bodies.get(link.end)) and self._of_other_party(key, link, inner, linked):
                yield link.start, inner.end, "organization"
            elif start := self._party(key, link, linked):
                yield start, link.end, "organization"

    def _of_other_party(self, key: str, party: Link, inner: Link, linked: Linked) -> bool:
        """Whether what stands behind a party is linked to a body of another one: 朝鮮勞動黨[中央委員會]."""
        entry = linked.things[inner.id].entry
        parent = entry.own.get("parent", "") if entry else ""
        return bool(parent) and parent != party.id and key.endswith("党", 0, party.end)

    def _party(self, key: str, link: Link, linked: Linked) -> int | None:
        """Where the name of a party begins that ends in another's: 民主共和黨."""
        if not key.endswith("党", 0, link.end):
            return None
        before = self._before_party.search(key, max(0, link.start - 6), link.start)
        return before.start() if before and linked.free(before.start(), link.start) else None

    def _is_name(self, key: str, start: int, suffix: int, end: int, linked: Linked) -> bool:
        """Whether what stands behind a body's name is the rest of a longer one: nouns, and no word for any body of a kind."""
        return (
            linked.free(start, end)
            and not _any(self._no_stem, key[start:end])
            and not _COUNTED.search(key[start:end])
            and not self._edges.goes_on(key, end)
            and self._edges.stem(key, suffix, linked, 10, whole=True).start <= start
        )

    def suffixed(self, key: str, text: str, linked: Linked, suffixes: Spans) -> Iterator[Found]:
        """鑫龍電纜工會, 產業創新條例: a suffix of bodies or laws with a name before it."""
        for place, end in leftmost(suffixes):
            room = self._edges.room(key, place, linked, 4) if self._edges.ends(key, end) else 0
            if room < (2 if key[place:end] in self._short else 4):
                continue
            if not linked.free(place, end) or self._edges.cut(key, place):
                continue
            stem = self._edges.stem(key, place, linked, 14, whole=True)
            size = place - stem.start
            if (
                (4 <= size <= 12 or (size > 1 and key[place:end] in self._short and not stem.plain))
                and not _any(self._no_stem, key[stem.start : end])
                and not _COUNTED.search(key, stem.start, end)
                and key[stem.start : end] not in self._generic
                and self._edges.begins(key, stem.start, linked)
            ):
                yield stem.start, end, "organization"

    def laws(self, key: str, text: str, linked: Linked, suffixes: Spans) -> Iterator[Found]:
        """依衛星廣播電視法…, 違反立法院組織法: behind a word that laws are cited with, or a boundary, up to a law's suffix."""
        first, last = min(start for _, start, _ in suffixes), suffixes[-1][2]
        # One character more, which tells whether a law ends there.
        for match in self._law.finditer(key, max(0, first - _LAW), last + 1):
            start, end = match.span()
            for place in range(start, end - 3):
                if key.startswith(self._citing, place):
                    start = place + max(len(word) for word in self._citing if key.startswith(word, place))
                elif not self._edges.character(key, place):
                    start = place + 1
            name = key[start:end]
            cited = start == 0 or not self._edges.character(key, start - 1) or key.endswith(self._citing, 0, start)
            if cited and 4 <= end - start <= 16 and not _any(self._no_policy, name) and name not in self._generic:
                yield start, end, "policy"


def _any(words: Words, text: str) -> bool:
    """Whether one of the words stands in a short text."""
    return any(words.at(text, place) for place in range(len(text)))


def _next(key: str, place: int, words: dict[int, int], least: int, most: int) -> int | None:
    """Where the first of the words begins, given with their ends, behind `least` to `most` Chinese characters from `place` on."""
    for start in range(place + least, place + most + 1):
        if start in words:
            return start if _HAN.fullmatch(key, place, start) else None
    return None
