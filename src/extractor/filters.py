"""Which triples and entities of a record are wanted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from extractor.choices import require
from extractor.records import ENTITY_TYPES, MODALITIES, Record, Triple


@dataclass(frozen=True, slots=True)
class Filter:
    """Keeps what every condition allows; an empty condition allows all.

    relations, types, modalities: ids, as in the output. inferred: False drops the triples that were inferred.
    entities_only: the record is wanted for its list of entities: by type alone, and without triples.
    ExtractorError, naming the nearest, for a type or a modality that there is none of; the valid relations are the
    knowledge's to tell.
    """

    relations: Collection[str] = ()
    types: Collection[str] = ()
    modalities: Collection[str] = ()
    inferred: bool = True
    entities_only: bool = False

    def __post_init__(self) -> None:
        for type_ in self.types:
            require(type_, ENTITY_TYPES, "type")
        for modality in self.modalities:
            require(modality, MODALITIES, "modality")

    def apply(self, record: Record) -> Record:
        """`record` with what is kept. An end of a kept triple stays an entity, whatever its type."""
        types = {entity.id: entity.type for entity in record.entities}
        triples = () if self.entities_only else tuple(t for t in record.triples if self._keeps(t, types))
        entities = record.entities
        if self.types:
            ends = {end for triple in triples for end in (triple.subject, triple.object)}
            entities = tuple(e for e in entities if e.type in self.types or e.id in ends)
        # A fresh _by_id: the record's own may already know entities that are gone.
        return replace(record, entities=entities, triples=triples, _by_id={})

    def _keeps(self, triple: Triple, types: Mapping[str, str]) -> bool:
        return (
            (self.inferred or not triple.inferred)
            and (not self.relations or triple.relation in self.relations)
            and (not self.modalities or triple.modality in self.modalities)
            and (not self.types or types[triple.subject] in self.types or types[triple.object] in self.types)
        )
