"""The entities of a record with their mentions: the view of `--entities`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from extractor.records import Mention, Record
from extractor.writers.base import Cell, boolean

_HEADINGS = {"en": ("Entity", "Type", "Id", "Mentions"), "zh": ("實體", "類型", "代號", "提及")}
_STYLES = {"company": "cyan", "person": "green", "policy": "yellow", "organization": "magenta", "place": "blue"}


class EntityView:
    """One line or object an entity; in CSV and TSV one row a mention, so that each has its own place."""

    columns = ("document", "id", "type", "name", "en", "known", "codes", "mention", "start", "end")

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self.headings = _HEADINGS[lang]

    def rows(self, record: Record) -> Iterator[list[Cell]]:
        for entity in record.entities:
            codes = "|".join(f"{market}:{code}" for market, code in entity.codes.items())
            same = (record.id, entity.id, entity.type, entity.name, entity.en, boolean(entity.known), codes)
            for mention in entity.mentions:
                yield [*same, mention.text, mention.start, mention.end]
            if not entity.mentions:
                yield [*same, "", "", ""]

    def lines(self, record: Record) -> Iterator[str]:
        """``Hon Hai (company, hon-hai): 鴻海 0:2, 鴻海 31:33``: each mention with its slice of the text."""
        for entity in record.entities:
            mentions = ", ".join(f"{m.text} {m.start}:{m.end}" for m in entity.mentions)
            head = f"{entity.label(self._lang)} ({entity.type}, {entity.id})"
            yield f"{head}: {mentions}" if mentions else head

    def data(self, record: Record) -> dict[str, Any]:
        """The record as its JSON has it, without the triples."""
        return {key: value for key, value in record.to_dict().items() if key != "triples"}

    def cells(self, record: Record) -> Iterator[list[tuple[str, str]]]:
        for entity in record.entities:
            yield [
                (entity.label(self._lang), "bold" if entity.known else "bold italic"),
                (entity.type, _STYLES[entity.type]),
                (entity.id, "dim"),
                (_counted(entity.mentions), ""),
            ]


def _counted(mentions: tuple[Mention, ...]) -> str:
    """``鴻海 ×3, 鴻海精密``: each spelling once, in the order of the text."""
    counts = Counter(mention.text for mention in mentions)
    return ", ".join(f"{text} ×{n}" if n > 1 else text for text, n in counts.items())
