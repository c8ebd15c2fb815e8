"""The columns of a part's two files: one row a triple, and one row an input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from extractor.outcomes import Outcome, digest
from extractor.records import Entity, Evidence, Mention, Qualifiers, Record, Triple
from extractor.writers.triples import TripleView

DONE, FAILED = "done", "failed"
_VIEW = TripleView("en")

_PLACE: list[tuple[str, pa.DataType]] = [("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())]
_EVIDENCE = pa.struct([*_PLACE, ("rule", pa.string()), ("modality", pa.string())])
_ENTITY = pa.struct(
    [
        *((name, pa.string()) for name in ("id", "type", "name", "en")),
        ("known", pa.bool_()),
        ("codes", pa.map_(pa.string(), pa.string())),
        ("mentions", pa.list_(pa.struct(_PLACE))),
    ]
)
_TYPES = {"inferred": pa.bool_(), "start": pa.int32(), "end": pa.int32(), "amount_value": pa.float64()}

# The columns of the CSV output, then what a table of plain cells has no room for.
TRIPLES = pa.schema(
    [(name, _TYPES.get(name, pa.string())) for name in _VIEW.columns]
    + [(name, _TYPES.get(name, pa.string())) for name in ("date_iso", "amount_value", "currency", "title")]
    + [("relation_zh", pa.string()), ("evidences", pa.list_(_EVIDENCE))]
)
# characters: code points of the text. kind, error: of an input that failed.
DOCUMENTS = pa.schema(
    [(name, pa.string()) for name in ("document", "source", "title", "date", "digest", "status", "kind", "error")]
    + [("characters", pa.int32()), ("triples", pa.int32()), ("entities", pa.list_(_ENTITY))]
)


def document_row(outcome: Outcome) -> dict[str, Any]:
    """The row of an input: what it was, and what became of it."""
    document, record = outcome.document, outcome.record
    row: dict[str, Any] = {"document": outcome.id, "source": outcome.source, "kind": outcome.kind}
    row |= {"status": FAILED if record is None else DONE, "error": outcome.error}
    if document is not None:
        row |= {"title": document.title, "date": document.date, "digest": digest(document)}
        row["characters"] = len(document.text)
    if record is not None:
        row |= {"triples": len(record.triples), "entities": [_entity_cell(entity) for entity in record.entities]}
    return row


def triple_rows(record: Record) -> Iterator[dict[str, Any]]:
    """The rows of a record's triples, in their order."""
    for triple, cells in zip(record.triples, _VIEW.rows(record), strict=True):
        row: dict[str, Any] = dict(zip(_VIEW.columns, cells, strict=True))
        # As written where it is written; a CSV has an empty cell where there is none.
        row |= {"date": None, "amount": None, **triple.qualifiers, "inferred": triple.inferred}
        row |= {"relation_zh": triple.label_zh, "evidences": [_evidence_cell(evidence) for evidence in triple.evidence]}
        yield row


def to_record(row: Mapping[str, Any], triples: list[Mapping[str, Any]]) -> Record:
    """The record that a row of `DOCUMENTS` and its rows of `TRIPLES` were made from."""
    entities = tuple(_to_entity(cell) for cell in row["entities"])
    return Record(
        row["document"], row["source"], row["title"], row["date"], entities, tuple(_to_triple(row) for row in triples)
    )


def _entity_cell(entity: Entity) -> dict[str, Any]:
    mentions = [{"start": m.start, "end": m.end, "text": m.text} for m in entity.mentions]
    cell: dict[str, Any] = {name: getattr(entity, name) for name in ("id", "type", "name", "en", "known")}
    return cell | {"codes": list(entity.codes.items()), "mentions": mentions}


def _evidence_cell(evidence: Evidence) -> dict[str, Any]:
    return {name: getattr(evidence, name) for name in ("start", "end", "text", "rule", "modality")}


def _to_entity(cell: Mapping[str, Any]) -> Entity:
    mentions = tuple(Mention(**mention) for mention in cell["mentions"])
    return Entity(**{**cell, "codes": dict(cell["codes"]), "mentions": mentions})


def _to_triple(row: Mapping[str, Any]) -> Triple:
    qualifiers: Any = {name: row[name] for name in Qualifiers.__annotations__ if row[name] is not None}
    if (value := qualifiers.get("amount_value")) is not None and value.is_integer():
        qualifiers["amount_value"] = int(value)
    names = {"subject": row["subject_id"], "relation": row["relation_id"], "object": row["object_id"]}
    labels = {"label_en": row["relation"], "label_zh": row["relation_zh"]}
    told = {name: row[name] for name in ("modality", "trigger", "inferred")}
    evidence = tuple(Evidence(**cell) for cell in row["evidences"])
    return Triple(**names, **labels, **told, qualifiers=qualifiers, evidence=evidence)
