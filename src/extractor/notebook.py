"""A record in a notebook: the table that Jupyter shows, and the data frame of pandas."""

from __future__ import annotations

from html import escape
from typing import Any

from extractor.extras import library
from extractor.records import Record, Triple
from extractor.writers.base import one_line
from extractor.writers.triples import TripleView

_HEADINGS = ("Subject", "Relation", "Object", "Modality", "Evidence")
# Colours and backgrounds are the notebook's own, so that the table is read in a light and in a dark one.
_CELL = "text-align:left;vertical-align:baseline;padding:.25em .75em"
_MARKS = {
    "asserted": "",
    "planned": "border-bottom:1px dashed",
    "rumoured": "border-bottom:1px dotted",
    "denied": "text-decoration:line-through",
    "ended": "opacity:.65",
}


def record_html(record: Record) -> str:
    """`record` as a piece of HTML without script or remote resource: one row a triple, names in both languages."""
    title = f"<b>{_text(record.title or record.id)}</b>"
    counts = f"{_count(len(record.triples), 'triple')}, {_count(len(record.entities), 'entity', 'entities')}"
    caption = f'<caption style="caption-side:top;text-align:left;color:inherit">{title} · {counts}</caption>'
    head = "".join(f'<th scope="col" style="{_CELL}">{heading}</th>' for heading in _HEADINGS)
    rows = "".join(_row(record, triple) for triple in record.triples)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def record_frame(record: Record, lang: str = "en") -> Any:
    """`record` as a pandas.DataFrame: one row a triple, the columns of the CSV; names in `lang` ("en" or "zh").

    ExtractorError, telling how to get it, where pandas is missing.
    """
    view = TripleView(lang)
    frame = library("pandas", "notebook").DataFrame(list(view.rows(record)), columns=list(view.columns))
    frame["inferred"] = frame["inferred"] == "true"
    return frame.astype({"start": "int64", "end": "int64"})


def _row(record: Record, triple: Triple) -> str:
    first = triple.evidence[0]
    subject, object_ = record.entity(triple.subject), record.entity(triple.object)
    relation = f'<span style="{_MARKS[triple.modality]}">{_both(triple.label_en, triple.label_zh)}</span>'
    modality = f"{triple.modality}, inferred" if triple.inferred else triple.modality
    more = len(triple.evidence) - 1
    evidence = f"{_text(first.text)} <small>{first.start}–{first.end}{f', {more} more' if more else ''}</small>"
    cells = (_both(subject.en, subject.name), relation, _both(object_.en, object_.name), modality, evidence)
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"


def _both(en: str, zh: str) -> str:
    return _text(en) if en == zh else f"{_text(en)} {_text(zh)}"


def _text(text: str) -> str:
    # Isolated: a mark that turns the direction of writing must not reach beyond its name.
    return f"<bdi>{escape(one_line(text))}</bdi>"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
