"""The triples of a record: the view that is written unless another is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.records import Record
from extractor.writers.base import Cell, boolean

_HEADINGS = {
    "en": ("Subject", "Relation", "Object", "Modality", "Evidence"),
    "zh": ("主體", "關係", "客體", "語氣", "原文"),
}
_STYLES = {"asserted": "green", "planned": "cyan", "rumoured": "yellow", "denied": "red", "ended": "magenta"}


class TripleView:
    """One row, line or object a triple; `lang` ("en" or "zh") is the language of the names."""

    columns = (
        *("document", "subject", "relation", "object", "subject_id", "relation_id", "object_id"),
        *(
            "subject_type",
            "object_type",
            "modality",
            "inferred",
            "date",
            "amount",
            "trigger",
            "evidence",
            "start",
            "end",
        ),
    )

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self.headings = _HEADINGS[lang]

    def rows(self, record: Record) -> Iterator[list[Cell]]:
        for triple in record.triples:
            subject, object_ = record.entity(triple.subject), record.entity(triple.object)
            names = (subject.label(self._lang), triple.label(self._lang), object_.label(self._lang))
            first = triple.evidence[0]
            yield [
                *(record.id, *names, triple.subject, triple.relation, triple.object, subject.type, object_.type),
                *(triple.modality, boolean(triple.inferred)),
                *(triple.qualifiers.get("date", ""), triple.qualifiers.get("amount", "")),
                *(triple.trigger, first.text, first.start, first.end),
            ]

    def lines(self, record: Record) -> Iterator[str]:
        return (record.line(triple, self._lang) for triple in record.triples)

    def data(self, record: Record) -> dict[str, Any]:
        return record.to_dict()

    def cells(self, record: Record) -> Iterator[list[tuple[str, str]]]:
        for triple in record.triples:
            subject, object_ = record.entity(triple.subject), record.entity(triple.object)
            modality = f"{triple.modality}, inferred" if triple.inferred else triple.modality
            yield [
                (subject.label(self._lang), "bold"),
                (triple.label(self._lang), "cyan"),
                (object_.label(self._lang), "bold"),
                (modality, _STYLES[triple.modality]),
                (triple.evidence[0].text, "dim"),
            ]
