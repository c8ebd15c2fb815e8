"""Places that no dictionary has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.linking import Linked
from extractor.unknown.edges import Edges, Found, alternatives


class Places:
    """Finds industrial parks, and towns and districts behind the names of the places around them."""

    def __init__(self, edges: Edges, cues: dict[str, Any]) -> None:
        table = cues["unknown"]["places"]
        self._edges = edges
        self._park = re.compile(alternatives(table["parks"]))
        self._town = re.compile(rf"[\u3400-\u9fff]{{1,5}}?(?:{alternatives(table['towns'])})(?!{table['not_after']})")
        self._in = tuple(table["before"])
        self._suffixes = set("".join(table["towns"]))
        self._no_park = re.compile(alternatives(table["in_no_park"]))
        self._no_town = re.compile(alternatives(table["in_no_town"]))

    def parks(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """中興工業區, 仁大產業園區: a park's suffix with a name before it."""
        for match in self._park.finditer(key):
            start, end = match.span()
            if not linked.free(start, end) or self._edges.goes_on(key, end):
                continue
            stem = self._edges.stem(key, start, linked, 4, whole=True)
            if (
                2 <= start - stem.start <= 4
                and not self._no_park.search(key, stem.start, start)
                and self._begins(key, stem.start, linked)
            ):
                yield stem.start, end, "place"

    def towns(self, key: str, text: str, linked: Linked) -> Iterator[Found]:
        """群馬縣水上町, 路易斯安那州聖詹姆斯郡: a town's suffix, right behind the name of a place."""
        for link in [k for k in linked.links if k.type == "place" and k.end - k.start > 1]:
            match = self._town.match(key, link.end)
            if (
                match
                and linked.free(*match.span())
                and match[0][0] not in self._suffixes
                and not self._no_town.search(match[0])
                and all(self._edges.character(key, place) for place in range(*match.span()))
            ):
                yield *match.span(), "place"

    def _begins(self, key: str, start: int, linked: Linked) -> bool:
        return self._edges.begins(key, start, linked) or key.endswith(self._in, 0, start)
