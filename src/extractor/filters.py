"""Which triples and entities of a record are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from extractor.choices import require
from extractor.records import ENTITY_TYPES, MODALITIES, Entity, Record, Triple


@dataclass(frozen=True, slots=True)
class Filter:
    """Keeps what every condition allows; an empty condition allows all.

    relations, types, modalities: ids, as in the output. inferred: False drops the triples that were inferred.
    entities: ids, or names in either language and script; a triple is kept for either of its ends.
    entities_only: the record is wanted for its list of entities: by type and by `entities`, and without triples.
    since, until: the first and the last day on which a document may have come out; one without a date that can be read
    is out of any such time.
    ExtractorError, naming the nearest, for a type or a modality that there is none of; the valid relations are the
    knowledge's to tell.
    """

    relations: Collection[str] = ()
    types: Collection[str] = ()
    modalities: Collection[str] = ()
    inferred: bool = True
    entities: Collection[str] = ()
    entities_only: bool = False
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        for type_ in self.types:
            require(type_, ENTITY_TYPES, "type")
        for modality in self.modalities:
            require(modality, MODALITIES, "modality")

    @property
    def of_triples(self) -> bool:
        """Whether some triples are not wanted."""
        return bool(self.relations or self.types or self.modalities or self.entities or not self.inferred)

    def in_time(self, given: str | None) -> bool:
        """Whether a document with this date, as its source has it, came out in the time that is wanted."""
        if self.since is None and self.until is None:
            return True
        from extractor.dates import document_date  # few filters ask for it, and every command loads this module

        day = document_date(given, "")
        return day is not None and (self.since or day) <= day <= (self.until or day)

    def apply(self, record: Record) -> Record:
        """`record` with what is kept. An end of a kept triple stays an entity, whatever its type."""
        types = {entity.id: entity.type for entity in record.entities}
        named = self._named(record.entities) if self.entities else frozenset(types)
        triples = () if self.entities_only else tuple(t for t in record.triples if self._keeps(t, types, named))
        entities = record.entities
        if self.entities_only and self.entities:
            entities = tuple(e for e in entities if e.id in named)
        if self.types:
            ends = {end for triple in triples for end in (triple.subject, triple.object)}
            entities = tuple(e for e in entities if e.type in self.types or e.id in ends)
        # A fresh _by_id: the record's own may already know entities that are gone.
        return replace(record, entities=entities, triples=triples, _by_id={})

    def _named(self, entities: Iterable[Entity]) -> frozenset[str]:
        from extractor.text.folding import fold

        names = {fold(name) for name in self.entities}
        return frozenset(
            e.id for e in entities if e.id in self.entities or fold(e.name) in names or fold(e.en) in names
        )

    def _keeps(self, triple: Triple, types: Mapping[str, str], named: Collection[str]) -> bool:
        return (
            (self.inferred or not triple.inferred)
            and (not self.relations or triple.relation in self.relations)
            and (not self.modalities or triple.modality in self.modalities)
            and (triple.subject in named or triple.object in named)
            and (not self.types or types[triple.subject] in self.types or types[triple.object] in self.types)
        )
