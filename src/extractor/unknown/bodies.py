"""Bodies, laws and programmes that no dictionary has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.linking import Link, Linked
from extractor.unknown.edges import Edges, Found, alternatives

_COUNTED = re.compile(r"\d|[两三四五六七八九十几多各](?:所|家|个|大)")
_QUOTED = re.compile(r"([《「『])([^《》「」『』\n]{2,28})[》」』]")


class Bodies:
    """Finds them by their suffixes, in quotes, and behind the places that they belong to."""

    def __init__(self, edges: Edges, cues: dict[str, Any]) -> None:
        table = cues["unknown"]["bodies"]
        self._edges = edges
        self._policies, self._laws = tuple(table["policies"]), tuple(table["laws"])
        self._organizations = tuple(table["organizations"])
        self._no_policy = re.compile(alternatives(table["in_no_policy"]))
        self._suffix = re.compile(alternatives(table["organizations"]))
        self._law = re.compile(rf"[\u3400-\u9fff]{{2,16}}?(?:{alternatives(table['unquoted_laws'])})(?![\u4eba院官案])")
        self._citing = tuple(table["citing"])
        self._of_place = re.compile(
            rf"(?:{alternatives(table['parties'])})"
            rf"|[\u3400-\u9fff]{{1,12}}?(?:{alternatives([*table['organizations'], *table['of_places']])})"
        )
        self._parties = frozenset(table["parties"])
        of_bodies, of_countries = alternatives(table["of_bodies"]), alternatives(table["of_countries"])
        self._goes_on = re.compile(rf"[\u3400-\u9fff]{{0,10}}?(?P<suffix>{of_bodies})")
        self._forces = re.compile(rf"[\u3400-\u9fff]{{1,8}}?(?P<suffix>{of_countries})")
        self._branches = tuple(table["branches"])
        self._before_party = re.compile(f"(?:{alternatives(table['before_parties'])})+$")
        self._short = tuple(table["short"])
        self._generic = set(table["generic"])
        self._no_stem = re.compile(alternatives(table["no_stem"]))

    def quoted(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """《…法》 and 「…計畫」."""
        for match in _QUOTED.finditer(text):
            start, end = match.span(2)
            inner = key[start:end]
            if linked.covers(start, max(start + 1, end - 2)) or len(inner) < 3 or self._no_policy.search(inner):
                continue
            if inner.endswith(self._policies) or (match[1] == "《" and inner.endswith(self._laws)):
                yield start, end, "policy"
            elif inner.endswith(self._organizations) and len(inner) > 4:
                yield start, end, "organization"

    def of_places(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """泰國警察總署, 英國鋼鐵協會: a place, and right behind it what only bodies are called."""
        for link in [k for k in linked.links if k.type == "place" and k.end - k.start > 1]:
            kind = linked.things[link.id].kind
            # 美國大學 are all of them.
            short = next((word for word in self._short if kind != "country" and key.startswith(word, link.end)), None)
            match = None if short else self._of_place.match(key, link.end)
            if match and kind == "region" and match[0] in self._parties:
                continue
            if not (short or match) or not self._edges.begins(key, link.start, linked):
                continue
            end = match.end() if match else link.end + len(short or "")
            stem = key[link.end : end]
            if (
                linked.free(link.end, end)
                and stem not in self._generic
                and not self._no_stem.search(stem)
                and not self._edges.goes_on(key, end)
                and all(self._edges.character(key, place) for place in range(link.end, end))
            ):
                yield link.start, end, "organization"

    def longer(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """普林斯頓校友會, 甲學院武漢分院, 民主共和黨: bodies whose names begin or end with that of another."""
        places = {link.start: link.end for link in linked.links if link.type == "place"}
        for link in [k for k in linked.links if k.type == "place" and linked.things[k.id].kind == "country"]:
            if (match := self._forces.match(key, link.end)) and self._is_name(key, match, linked):
                yield link.start, match.end(), "organization"
        bodies = {link.start: link for link in linked.links if link.type == "organization"}
        for link in bodies.values():
            end = places.get(link.end, link.end)
            if branch := next((word for word in self._branches if key.startswith(word, end)), None):
                yield link.start, end + len(branch), "organization"
            elif (match := self._goes_on.match(key, link.end)) and self._is_name(key, match, linked):
                yield link.start, match.end(), "organization"
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
        before = self._before_party.search(key, max(0, link.start - 6), link.start)
        longer = before is not None and key.endswith("党", 0, link.end) and linked.free(before.start(), link.start)
        return before.start() if before and longer else None

    def _is_name(self, key: str, rest: re.Match[str], linked: Linked) -> bool:
        """Whether what stands behind a body's name is the rest of a longer one: nouns, and no word for any body of a kind."""
        return (
            linked.free(*rest.span())
            and not self._no_stem.search(rest[0])
            and not _COUNTED.search(rest[0])
            and not self._edges.goes_on(key, rest.end())
            and self._edges.stem(key, rest.start("suffix"), linked, 10, whole=True).start <= rest.start()
        )

    def suffixed(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """鑫龍電纜工會, 產業創新條例: a suffix of bodies or laws with a name before it."""
        for match in self._suffix.finditer(key):
            end = match.end()
            if not linked.free(match.start(), end) or self._edges.cut(key, match.start()):
                continue
            stem = self._edges.stem(key, match.start(), linked, 14, whole=True)
            size = match.start() - stem.start
            if (
                (4 <= size <= 12 or (size > 1 and match[0] in self._short and not stem.plain))
                and not self._no_stem.search(key, stem.start, end)
                and not _COUNTED.search(key, stem.start, end)
                and key[stem.start : end] not in self._generic
                and self._edges.begins(key, stem.start, linked)
                and self._edges.ends(key, end)
            ):
                yield stem.start, end, "organization"

    def laws(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """依衛星廣播電視法…, 違反立法院組織法: behind a word that laws are cited with, or a boundary, up to a law's suffix."""
        for match in self._law.finditer(key):
            start, end = match.span()
            for place in range(start, end - 3):
                if key.startswith(self._citing, place):
                    start = place + max(len(word) for word in self._citing if key.startswith(word, place))
                elif not self._edges.character(key, place):
                    start = place + 1
            name = key[start:end]
            cited = start == 0 or not self._edges.character(key, start - 1) or key.endswith(self._citing, 0, start)
            if cited and 4 <= end - start <= 16 and not self._no_policy.search(name) and name not in self._generic:
                yield start, end, "policy"
