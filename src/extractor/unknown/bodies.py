"""Bodies, laws and programmes that no dictionary has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.linking import Link, Linked
from extractor.unknown.clues import Spans, leftmost, longest
from extractor.unknown.edges import Edges, Found, alternatives

_COUNTED = re.compile(r"\d|[两三四五六七八九十几多各](?:所|家|个|大)")
_QUOTED = re.compile(r"([《「『])([^《》「」『』\n]{2,28})[》」』]")
_HAN = re.compile(r"[\u3400-\u9fff]*")
_LAW = 16  # code points of a law's name before its suffix, at most


class Bodies:
    """Finds them by their suffixes, in quotes, and behind the places that they belong to."""

    def __init__(self, edges: Edges, cues: dict[str, Any]) -> None:
        table = cues["unknown"]["bodies"]
        self._edges = edges
        self._policies, self._laws = tuple(table["policies"]), tuple(table["laws"])
        self._organizations = tuple(table["organizations"])
        self._no_policy, self._no_stem = tuple(table["in_no_policy"]), tuple(table["no_stem"])
        self._law = re.compile(
            rf"[\u3400-\u9fff]{{2,{_LAW}}}?(?:{alternatives(table['unquoted_laws'])})(?![\u4eba院官案])"
        )
        self._citing = tuple(table["citing"])
        self._before_party = re.compile(f"(?:{alternatives(table['before_parties'])})+$")
        self._short, self._generic = tuple(table["short"]), frozenset(table["generic"])

    def quoted(self, key: str, text: str, linked: Linked, quotes: Spans) -> Iterator[Found]:
        """《…法》 and 「…計畫」."""
        for place, _ in quotes:
            match = _QUOTED.match(text, place)
            if not match:
                continue
            start, end = match.span(2)
            inner = key[start:end]
            if linked.covers(start, max(start + 1, end - 2)) or len(inner) < 3 or _any(self._no_policy, inner):
                continue
            if inner.endswith(self._policies) or (match[1] == "《" and inner.endswith(self._laws)):
                yield start, end, "policy"
            elif inner.endswith(self._organizations) and len(inner) > 4:
                yield start, end, "organization"

    def of_places(self, key: str, text: str, linked: Linked, suffixes: Spans, parties: Spans) -> Iterator[Found]:
        """泰國警察總署, 英國鋼鐵協會: a place, and right behind it what only bodies are called."""
        ends, parties_at = longest(suffixes), longest(parties)
        for link in [k for k in linked.links if k.type == "place" and k.end - k.start > 1]:
            if not linked.free(link.end, link.end + 1):
                continue
            kind = linked.things[link.id].kind
            # 美國大學 are all of them.
            short = next((word for word in self._short if kind != "country" and key.startswith(word, link.end)), None)
            if short:
                end: int | None = link.end + len(short)
            elif link.end in parties_at:
                end = parties_at[link.end] if kind != "region" else None
            else:
                suffix = _next(key, link.end, ends, 1, 12)
                end = ends[suffix] if suffix else None
            if end is None:
                continue
            stem = key[link.end : end]
            if (
                linked.free(link.end, end)
                and stem not in self._generic
                and not _any(self._no_stem, stem)
                and not self._edges.goes_on(key, end)
                and all(self._edges.character(key, place) for place in range(link.end, end))
                and self._edges.begins(key, link.start, linked)
            ):
                yield link.start, end, "organization"

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
            if not self._edges.ends(key, end) or not linked.free(place, end) or self._edges.cut(key, place):
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
        first, last = min(suffixes)[0], suffixes[-1][1]
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


def _any(words: tuple[str, ...], text: str) -> bool:
    """Whether one of the words stands in a short text."""
    return any(word in text for word in words)


def _next(key: str, place: int, words: dict[int, int], least: int, most: int) -> int | None:
    """Where the first of the words begins, given with their ends, behind `least` to `most` Chinese characters from `place` on."""
    for start in range(place + least, place + most + 1):
        if start in words:
            return start if _HAN.fullmatch(key, place, start) else None
    return None
