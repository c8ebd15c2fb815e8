"""The words that everything else is written in: what goes into the pipeline and what comes out.

All places (`start`, `end`) count code points of the document's text as it was read: ``text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypedDict

EntityType = Literal["company", "person", "policy", "organization", "place"]
Modality = Literal["asserted", "planned", "rumoured", "denied", "ended"]

ENTITY_TYPES: tuple[EntityType, ...] = ("company", "person", "policy", "organization", "place")
MODALITIES: tuple[Modality, ...] = ("asserted", "planned", "rumoured", "denied", "ended")


class Qualifiers(TypedDict, total=False):
    """What goes with a fact. As written: `date`, `amount`, `title`. Beside them, where it can be known: `date_iso` as ISO
    8601 has it (2025-11-06, 2025-11, 2025-W45, 2025) or 2025-Q3; `amount_value` in `currency`: an ISO 4217 code, "%" or "shares".
    """

    date: str
    date_iso: str
    amount: str
    amount_value: int | float
    currency: str
    title: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it was read: `id` is unique in a run, `source` the path it came from (None: given from Python)."""

    id: str
    text: str
    source: str | None = None
    title: str | None = None
    date: str | None = None


class Mention(NamedTuple):
    """A stretch of the text that names an entity."""

    start: int
    end: int
    text: str


class Entity(NamedTuple):
    """A real-world thing and where the document names it. `known` is False for a name that no dictionary has."""

    id: str
    type: EntityType
    name: str
    en: str
    known: bool
    codes: dict[str, str]
    mentions: tuple[Mention, ...]

    def label(self, lang: str) -> str:
        """The name to print in `lang` ("en" or "zh")."""
        return self.en if lang == "en" else self.name


class Evidence(NamedTuple):
    """The stretch of text that states a triple, the rule that read it, and how certain this place makes it."""

    start: int
    end: int
    text: str
    rule: str
    modality: Modality


class Triple(NamedTuple):
    """One fact: subject, relation and object are ids; `label_en` and `label_zh` name the relation."""

    subject: str
    relation: str
    object: str
    label_en: str
    label_zh: str
    modality: Modality
    trigger: str
    qualifiers: Qualifiers
    inferred: bool
    evidence: tuple[Evidence, ...]

    def label(self, lang: str) -> str:
        """The relation's label in `lang` ("en" or "zh")."""
        return self.label_en if lang == "en" else self.label_zh


@dataclass(frozen=True, slots=True)
class Record:
    """What one document says: its entities in the order of the text, its triples in the order of their evidence."""

    id: str
    source: str | None
    title: str | None
    date: str | None
    entities: tuple[Entity, ...]
    triples: tuple[Triple, ...]
    _by_id: dict[str, Entity] = field(default_factory=dict, repr=False, compare=False)

    def entity(self, entity_id: str) -> Entity:
        """The entity with this id; KeyError where the record has none."""
        if not self._by_id:
            self._by_id.update((e.id, e) for e in self.entities)
        return self._by_id[entity_id]

    def line(self, triple: Triple, lang: str = "en") -> str:
        """`triple` as one line, ``Hon Hai–MOU–Mitsubishi Electric``, its modality behind it unless plainly asserted."""
        subject, object_ = self.entity(triple.subject), self.entity(triple.object)
        line = f"{subject.label(lang)}–{triple.label(lang)}–{object_.label(lang)}"
        return line if triple.modality == "asserted" else f"{line} [{triple.modality}]"

    def to_pandas(self, lang: str = "en") -> Any:
        """The triples as a pandas.DataFrame with the columns of the CSV, names in `lang` ("en" or "zh").

        ExtractorError, telling how to get it, where pandas is missing.
        """
        from extractor.notebook import record_frame

        return record_frame(self, lang)

    def _repr_html_(self) -> str:
        """What a notebook shows: the triples as a table."""
        from extractor.notebook import record_html

        return record_html(self)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data, in the shape and the order of the JSON output."""
        return {
            "id": self.id,
            "source": self.source,
            "title": self.title,
            "date": self.date,
            "entities": [
                {
                    "id": e.id,
                    "type": e.type,
                    "name": e.name,
                    "en": e.en,
                    "known": e.known,
                    "codes": e.codes,
                    "mentions": [{"start": m.start, "end": m.end, "text": m.text} for m in e.mentions],
                }
                for e in self.entities
            ],
            "triples": [
                {
                    "subject": t.subject,
                    "relation": t.relation,
                    "object": t.object,
                    "text": f"{self.entity(t.subject).en}–{t.label_en}–{self.entity(t.object).en}",
                    "modality": t.modality,
                    "trigger": t.trigger,
                    "qualifiers": t.qualifiers,
                    "inferred": t.inferred,
                    "evidence": [
                        {"start": v.start, "end": v.end, "text": v.text, "rule": v.rule, "modality": v.modality}
                        for v in t.evidence
                    ],
                }
                for t in self.triples
            ],
        }
