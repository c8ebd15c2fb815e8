"""Suggestions: the names in a collection of documents that no dictionary has, with what speaks for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extractor.curation.known import Known
from extractor.curation.lookalikes import Lookalike
from extractor.records import ENTITY_TYPES, Document, Entity, EntityType, Mention
from extractor.text.folding import fold

if TYPE_CHECKING:
    from extractor import Extractor

EVIDENCE = 3  # places that are kept of one name, from as many documents as there are
AROUND = 16  # code points that are shown before and behind a name
_LATIN = re.compile(r"[\x00-\u024f]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a name stands: text[start:end] of the document, in code points, and the words before and behind it."""

    document: str
    start: int
    end: int
    before: str
    text: str
    after: str

    def __str__(self) -> str:
        return f"{self.document}:{self.start}-{self.end} {self.before}{self.text}{self.after}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that no dictionary has: how many documents hold it, how often, and where.

    `en` and `aliases` are what else the documents call the same thing.
    """

    name: str
    type: EntityType
    en: str
    aliases: tuple[str, ...]
    documents: int
    mentions: int
    evidence: tuple[Passage, ...]

    def to_dict(self, duplicates: Iterable[Lookalike]) -> dict[str, Any]:
        """The suggestion, with the known things that it may stand for, in the shape of the JSON output."""
        return {
            "name": self.name,
            "type": self.type,
            "en": self.en,
            "aliases": list(self.aliases),
            "documents": self.documents,
            "mentions": self.mentions,
            "evidence": [
                {
                    "document": p.document,
                    "start": p.start,
                    "end": p.end,
                    "before": p.before,
                    "text": p.text,
                    "after": p.after,
                }
                for p in self.evidence
            ],
            "duplicates": [
                {"id": d.entry.id, "type": d.entry.type, "name": d.name, "why": d.why, "where": d.entry.where}
                for d in duplicates
            ],
        }


@dataclass(slots=True)
class _Found:
    """What is collected of one name."""

    documents: int = 0
    names: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    types: Counter[EntityType] = field(default_factory=Counter)
    firsts: list[Passage] = field(default_factory=list)
    further: list[Passage] = field(default_factory=list)


class Collector:
    """Collects the unknown names of documents, one document after another."""

    def __init__(self, extractor: Extractor, known: Known) -> None:
        self._extractor, self._known = extractor, known
        self._found: dict[str, _Found] = {}

    def add(self, document: Document) -> None:
        """Takes in the names of one document that no dictionary has and that are not ignored."""
        here: dict[str, list[tuple[Entity, Mention]]] = {}
        for entity in self._extractor.extract(document).entities:
            if entity.known or self._known.named(entity.name) or self._known.ignores(entity.name, entity.type):
                continue
            for mention in entity.mentions:
                if not self._inside_ignored(document.text, mention):
                    here.setdefault(fold(entity.name), []).append((entity, mention))
        for key, places in here.items():
            found = self._found.setdefault(key, _Found())
            found.documents += 1
            found.names.update(entity.name for entity, _ in places)
            found.surfaces.update(mention.text for _, mention in places)
            found.types.update(entity.type for entity, _ in places)
            passages = [_passage(document, mention) for _, mention in places[:EVIDENCE]]
            found.firsts += passages[: EVIDENCE - len(found.firsts)][:1]
            found.further += passages[1 : 1 + EVIDENCE - len(found.further)]

    def suggestions(self, at_least: int = 1, limit: int | None = None) -> list[Suggestion]:
        """The names that at least so many documents hold, those of most documents first, then of most mentions."""
        wanted = [(_most(f.names), f) for f in self._found.values() if f.documents >= at_least]
        wanted.sort(key=lambda pair: (-pair[1].documents, -pair[1].surfaces.total(), pair[0]))
        return [_suggestion(name, found) for name, found in wanted[:limit]]

    def _inside_ignored(self, text: str, mention: Mention) -> bool:
        key = fold(mention.text)
        for ignored in self._known.ignored:
            if ignored.context and fold(ignored.name) == key:
                context = fold(ignored.context)
                around = fold(text[max(0, mention.start - len(context)) : mention.end + len(context)])
                if context in around:
                    return True
        return False


def _suggestion(name: str, found: _Found) -> Suggestion:
    type_ = min(ENTITY_TYPES, key=lambda t: -found.types[t])
    others = [s for s in sorted(found.surfaces) if fold(s) != fold(name)]
    en = next((s for s in others if _LATIN.fullmatch(s)), "")
    aliases = tuple(s for s in others if s != en)
    evidence = (*found.firsts, *found.further)[:EVIDENCE]
    return Suggestion(name, type_, en, aliases, found.documents, found.surfaces.total(), evidence)


def _most(surfaces: Counter[str]) -> str:
    """The way to write a name that is used most."""
    return min(surfaces, key=lambda surface: (-surfaces[surface], surface))


def _passage(document: Document, mention: Mention) -> Passage:
    text = document.text
    before = text[max(0, mention.start - AROUND) : mention.start].split("\n")[-1]
    after = text[mention.end : mention.end + AROUND].split("\n")[0]
    shown = [" ".join(part.split()) for part in (before, mention.text, after)]
    return Passage(document.id, mention.start, mention.end, *shown)
