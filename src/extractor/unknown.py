"""Names that no dictionary has, found by what stands around them; their ids begin with a question mark.

People beside titles (社長漆間啟, 漆間啟董事長) and before their names in Latin letters; firms before a stock code in
brackets, behind a word for a kind of firm, or with a firm's suffix; laws in 《》 and programmes in 「」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.knowledge.cues import Titles
from extractor.linking import Known, Linked
from extractor.records import EntityType
from extractor.support import STOCK_CODE
from extractor.text.folding import fold

_LATIN_PERSON = r"[A-Z\u00c0-\u024f][\w\u00c0-\u024f.'’-]*(?: (?:al|bin|von|der|van|de|da|la|le|el)| [A-Z\u00c0-\u024f][\w\u00c0-\u024f.'’-]*){1,4}"
_LATIN_FIRM = r"[A-Z][\w&.'’-]*(?:[ -][A-Z0-9][\w&.'’-]*){0,3}"
_FOREIGN = re.compile(rf"([\u3400-\u9fff·‧・]{{2,12}})[(（]({_LATIN_PERSON})[)）]")
_LATIN_NAME = re.compile(_LATIN_PERSON)
_FIRM_NAME = re.compile(_LATIN_FIRM)
_HAN_RUN = re.compile(r"[\u3400-\u9fff·‧・]+")
_QUOTED = re.compile(r"([《「『])([^《》「」『』\n]{2,28})[》」』]")


class UnknownNames:
    """Finds names by their surroundings; made once for `titles` and `cues`."""

    def __init__(self, titles: Titles, cues: dict[str, Any]) -> None:
        table = cues["unknown"]
        self._titles = titles
        self._surnames = set(table["surnames"])
        self._compound = tuple(table["compound_surnames"])
        self._after = tuple(table["after_name"])
        self._boundary = set(table["boundary"])
        self._generic = set(table["generic"])
        self._never_inside = re.compile("|".join(map(re.escape, table["never_inside"])))
        self._policies = tuple(table["policy_suffixes"])
        self._organizations = tuple(table["organization_suffixes"])
        companies = "|".join(map(re.escape, table["company_suffixes"]))
        organizations = "|".join(map(re.escape, table["organization_suffixes"]))
        self._suffixed = re.compile(rf"(?:{companies})|({organizations})")
        kinds = "|".join(map(re.escape, cues["firm_kind"]["words"]))
        self._kind = re.compile(rf"(?:{kinds})(?=[a-z0-9])")

    def find(self, key: str, text: str, linked: Linked) -> None:
        """Add to `linked` the names in the folded text `key` of `text` that it does not have yet."""
        for finder in (self._quoted, self._coded, self._foreign, self._people, self._latin_firms, self._suffix_names):
            for start, end, type_ in finder(key, text, linked):
                name = text[start:end]
                linked.add(start, end, Known(f"?{name}", type_, name, name, None))
        self._repeat(key, linked)
        linked.sort()

    def _quoted(self, key: str, text: str, linked: Linked) -> Iterator[tuple[int, int, EntityType]]:
        """《…法》 and 「…計畫」."""
        for match in _QUOTED.finditer(text):
            start, end = match.span(2)
            inner = key[start:end]
            if linked.covers(start, max(start + 1, end - 2)):
                continue
            if inner.endswith(self._policies) and not inner.startswith(("「", "推动", "这")) and len(inner) > 2:
                yield start, end, "policy"
            elif inner.endswith(self._organizations) and len(inner) > 4:
                yield start, end, "organization"

    def _coded(self, key: str, text: str, linked: Linked) -> Iterator[tuple[int, int, EntityType]]:
        """Whatever stands right before a stock code in brackets is a firm."""
        for match in STOCK_CODE.finditer(key):
            end = match.start()
            start = end
            while (
                start > 0 and end - start < 10 and self._name_character(key, start - 1) and linked.free(start - 1, end)
            ):
                start -= 1
            if 2 <= end - start <= 9 and linked.free(start, end):
                yield start, end, "company"

    def _name_character(self, key: str, place: int) -> bool:
        character = key[place]
        return character not in self._boundary and (character.isalnum() or character in "*-&.")

    def _foreign(self, key: str, text: str, linked: Linked) -> Iterator[tuple[int, int, EntityType]]:
        """蓋德馬克（John Gedmark）: the Chinese name runs back to a title, a known name or a boundary."""
        for match in _FOREIGN.finditer(text):
            end = match.end(1)
            start = self._foreign_start(key, match.start(1), end, linked)
            if start is not None and 2 <= end - start <= 8 and linked.free(start, end):
                yield start, end, "person"

    def _foreign_start(self, key: str, low: int, end: int, linked: Linked) -> int | None:
        for start in range(end - 2, max(low, end - 9) - 1, -1):
            if linked.ends_at(start) or self._titles.before(key, start):
                return start
        return None

    def _people(self, key: str, text: str, linked: Linked) -> Iterator[tuple[int, int, EntityType]]:
        """A title with a name behind it or before it."""
        for place in range(len(key)):
            title = self._titles.at(key, place)
            if not title or len(title.name) < 2:
                continue
            end = place + len(title.name)
            if (found := self._person_after(key, text, end, linked)) or (
                found := self._person_before(key, place, linked)
            ):
                yield *found, "person"

    def _person_after(self, key: str, text: str, start: int, linked: Linked) -> tuple[int, int] | None:
        if not linked.free(start, start + 2) or self._titles.at(key, start):
            return None
        if latin := _LATIN_NAME.match(text, start):
            return latin.span()
        run = _HAN_RUN.match(key, start)
        if not run:
            return None
        lengths = (4, 3) if key.startswith(self._compound, start) else (3, 2) if key[start] in self._surnames else ()
        for length in lengths:
            end = start + length
            if end <= run.end() and linked.free(start, end) and self._ends_name(key, end):
                return start, end
        return None

    def _ends_name(self, key: str, end: int) -> bool:
        return end >= len(key) or key.startswith(self._after, end) or key[end].isspace()

    def _person_before(self, key: str, end: int, linked: Linked) -> tuple[int, int] | None:
        for length in (3, 4):
            start = end - length
            known = key[start] in self._surnames if length == 3 else key.startswith(self._compound, start)
            edge = start <= 0 or key[start - 1] in self._boundary or key[start - 1] == "\n"
            if start >= 0 and known and edge and _HAN_RUN.fullmatch(key[start:end]) and linked.free(start, end):
                return start, end
        return None

    def _latin_firms(self, key: str, text: str, linked: Linked) -> Iterator[tuple[int, int, EntityType]]:
        """新創Astranis, and Astranis執行長: Latin names where firms stand."""
        for match in self._kind.finditer(key):
            if (name := _FIRM_NAME.match(text, match.end())) and linked.free(*name.span()) and len(name[0]) > 2:
                yield *name.span(), "company"
        for name in _FIRM_NAME.finditer(text):
            title = self._titles.at(key, name.end())
            if title and len(title.name) > 1 and len(name[0]) > 2 and linked.free(*name.span()):
                yield *name.span(), "company"

    def _suffix_names(self, key: str, text: str, linked: Linked) -> Iterator[tuple[int, int, EntityType]]:
        """沅聖科技股份有限公司: a firm's or a body's suffix with a name before it that begins at a boundary."""
        for match in self._suffixed.finditer(key):
            start, end = match.span()
            while (
                start > 0
                and match.start() - start < 8
                and self._name_character(key, start - 1)
                and linked.free(start - 1, end)
            ):
                start -= 1
            stem = match.start() - start
            edge = start == 0 or not self._name_character(key, start - 1)
            follows = end >= len(key) or self._ends_name(key, end) or bool(self._titles.at(key, end))
            limits = (4, 12) if match[1] else (2, 4)
            if (
                edge
                and follows
                and limits[0] <= stem <= limits[1]
                and key[start:end] not in self._generic
                and not self._never_inside.search(key, start, match.start())
                and linked.free(start, end)
            ):
                yield start, end, "organization" if match[1] else "company"

    def _repeat(self, key: str, linked: Linked) -> None:
        """Every other place of a name found once."""
        for thing in [t for t in linked.things.values() if t.entry is None]:
            for match in re.finditer(re.escape(fold(thing.name)), key):
                linked.add(*match.span(), thing)
