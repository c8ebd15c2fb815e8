"""Places that no dictionary has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from extractor.knowledge.cues import Words
from extractor.linking import Linked
from extractor.text.expressions import Expression, alternatives
from extractor.unknown.clues import Spans, leftmost
from extractor.unknown.edges import Edges, Found

_NAME = 5  # characters of a town's name before its suffix, at most


class Places:
    """Finds industrial parks, and towns and districts behind the names of the places around them."""

    def __init__(self, edges: Edges, cues: dict[str, Any]) -> None:
        table = cues["unknown"]["places"]
        self._edges = edges
        self._town = Expression(
            rf"[\u3400-\u9fff]{{1,{_NAME}}}?(?:{alternatives(table['towns'])})(?!{table['not_after']})"
        )
        self._in = Words(table["before"])
        self._suffixes = frozenset("".join(table["towns"]))
        self._no_park, self._no_town = tuple(table["in_no_park"]), tuple(table["in_no_town"])

    def parks(self, key: str, text: str, linked: Linked, suffixes: Spans) -> Iterator[Found]:
        """中興工業區, 仁大產業園區: a park's suffix with a name before it."""
        for start, end in leftmost(suffixes):
            if not linked.free(start, end) or self._edges.goes_on(key, end):
                continue
            stem = self._edges.stem(key, start, linked, 4, whole=True)
            name = key[stem.start : start]
            if (
                2 <= len(name) <= 4
                and not any(word in name for word in self._no_park)
                and self._begins(key, stem.start, linked)
            ):
                yield stem.start, end, "place"

    def towns(self, key: str, text: str, linked: Linked, suffixes: Spans) -> Iterator[Found]:
        """群馬縣水上町, 路易斯安那州聖詹姆斯郡: a town's suffix, right behind the name of a place."""
        starts = [start for _, start, _ in suffixes]
        for link in [k for k in linked.links if k.type == "place" and k.end - k.start > 1]:
            end = link.end
            index = bisect_right(starts, end)
            if index == len(starts) or starts[index] > end + _NAME or not linked.free(end, end + 2):
                continue
            match = self._town.match(key, end)
            if (
                match
                and linked.free(*match.span())
                and match[0][0] not in self._suffixes
                and not any(word in match[0] for word in self._no_town)
                and all(self._edges.character(key, place) for place in range(*match.span()))
            ):
                yield *match.span(), "place"

    def _begins(self, key: str, start: int, linked: Linked) -> bool:
        return self._edges.begins(key, start, linked) or self._in.before(key, start)
