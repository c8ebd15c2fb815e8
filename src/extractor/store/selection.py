"""What is asked of a store: the filter of records, and words of texts; in SQL as far as it narrows the documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.filters import Filter
from extractor.records import Record
from extractor.store.fulltext import query
from extractor.text.folding import fold

# The entities that are asked for by an id or by a name in either language and script.
_WANTED = """WITH wanted AS (
    SELECT key FROM entities
    WHERE id IN (SELECT value FROM json_each(:ids))
        OR fold(name) IN (SELECT value FROM json_each(:names)) OR fold(en) IN (SELECT value FROM json_each(:names))
)
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents are wanted, and what of their records.

    match: words that the title and the text must all have. evidence: words that a triple's evidence must all have.
    A document of which the conditions leave nothing is left out; without any condition all are there, the failures too.
    """

    keep: Filter = field(default_factory=Filter)
    match: str | None = None
    evidence: str | None = None

    def __post_init__(self) -> None:
        for words in (self.match, self.evidence):
            if words is not None:
                query(words)  # it tells where there is nothing to search for

    @property
    def is_all(self) -> bool:
        """Whether everything is wanted."""
        keep = self.keep
        return not (keep.of_triples or keep.since or keep.until or self.match or self.evidence)

    def apply(self, record: Record) -> Record | None:
        """What is kept of a record; None where that is nothing."""
        if not self.keep.in_time(record.date):
            return None
        kept = self.keep.apply(record)
        if self.keep.entities_only:
            return kept if kept.entities or not self.keep.types and not self.keep.entities else None
        return kept if kept.triples or not (self.keep.of_triples or self.evidence) else None

    def documents(self) -> tuple[str, dict[str, str]]:
        """A SELECT of the keys of the documents that can have what is wanted, in order, and its parameters.

        It calls two functions: `fold(text)`, and `dated(date, since, until)` for a date as a source has it and two ISO days.
        """
        keep = self.keep
        values: dict[str, str] = {}
        conditions = ["status = 'done'"]
        if keep.since or keep.until:
            conditions.append("dated(date, :since, :until)")
            values["since"] = keep.since.isoformat() if keep.since else ""
            values["until"] = keep.until.isoformat() if keep.until else "~"
        if self.match is not None:
            conditions.append("key IN (SELECT rowid FROM documents_fts WHERE documents_fts MATCH :match)")
            values["match"] = query(self.match)
        if keep.entities:
            values["ids"] = json.dumps(sorted(keep.entities))
            values["names"] = json.dumps(sorted(map(fold, keep.entities)))
        if keep.entities_only:
            if keep.entities:
                conditions.append("key IN (SELECT document FROM document_entities WHERE entity IN wanted)")
        elif triples := list(self._triples(values)):
            conditions.append(f"key IN (SELECT document FROM triples WHERE {' AND '.join(triples)})")
        return (
            f"{_WANTED if keep.entities else ''}SELECT key FROM documents WHERE {' AND '.join(conditions)} ORDER BY key",
            values,
        )

    def _triples(self, values: dict[str, str]) -> Iterator[str]:
        keep = self.keep
        if keep.relations:
            yield "relation IN (SELECT key FROM relations WHERE id IN (SELECT value FROM json_each(:relations)))"
            values["relations"] = json.dumps(sorted(keep.relations))
        if keep.modalities:
            yield "modality IN (SELECT value FROM json_each(:modalities))"
            values["modalities"] = json.dumps(sorted(keep.modalities))
        if not keep.inferred:
            yield "NOT inferred"
        if keep.entities:
            yield "(subject IN wanted OR object IN wanted)"
        if self.evidence is not None:
            yield "key IN (SELECT rowid FROM triples_fts WHERE triples_fts MATCH :evidence)"
            values["evidence"] = query(self.evidence)
