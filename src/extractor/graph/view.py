"""One article as an HTML file: its names coloured where they stand, its triples beside it, each lighting up what states it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import Any

from extractor.graph.html import self_contained
from extractor.graph.network import Network
from extractor.graph.page import find_trigger
from extractor.records import Document, Record, Triple

# start, end and what stands there: ("entity" | "evidence" | "trigger", its number)
_Stretch = tuple[int, int, tuple[str, int]]


def view_page(
    document: Document,
    record: Record,
    *,
    title: str,
    lang: str = "en",
    symmetric: Collection[str] = (),
    graph: str | None = None,
) -> str:
    """The page of `document`, of which `record` was read; labels first in `lang` ("en" or "zh").

    symmetric: the relations that have no direction. graph: the address of the network's page (`graph_page`) relative to
    this one, to link to.
    """
    data = {"title": title, "date": record.date, "lang": lang, "graph": graph}
    return self_contained("view", title, lang, data | _data(document.text, record, symmetric))


def _data(text: str, record: Record, symmetric: Collection[str]) -> dict[str, Any]:
    numbers = {entity.id: number for number, entity in enumerate(record.entities)}
    ties = {tie.key: tie.id for tie in Network.of([record], symmetric).ties}
    stretches: list[_Stretch] = [
        (mention.start, mention.end, ("entity", number))
        for number, entity in enumerate(record.entities)
        for mention in entity.mentions
    ]
    triples, evidence = [], 0
    for triple in record.triples:
        places = _places(triple, record, evidence)
        stretches += places
        triples.append(
            {
                "tie": ties.get((triple.subject, triple.relation, triple.object)),
                "subject": numbers[triple.subject],
                "relation": {"en": triple.label_en, "zh": triple.label_zh},
                "object": numbers[triple.object],
                "symmetric": triple.relation in symmetric,
                "modality": triple.modality,
                "inferred": triple.inferred,
                "qualifiers": {k: v for k, v in triple.qualifiers.items() if k in ("date", "amount", "title")},
                "evidence": [
                    {"number": evidence + n, "at": v.start, "modality": v.modality, "rule": v.rule}
                    for n, v in enumerate(triple.evidence)
                ],
            }
        )
        evidence += len(triple.evidence)
    return {
        "entities": [
            {"id": e.id, "type": e.type, "name": e.name, "en": e.en, "known": e.known, "count": len(e.mentions)}
            for e in record.entities
        ],
        "triples": triples,
        "segments": list(_segments(text, stretches)),
    }


def _places(triple: Triple, record: Record, first: int) -> Iterable[_Stretch]:
    """The stretches that state `triple` and those of the word that says so; the evidence is counted from `first`."""
    ends = [m for end in (triple.subject, triple.object) for m in record.entity(end).mentions]
    for number, proof in enumerate(triple.evidence, first):
        yield proof.start, proof.end, ("evidence", number)
        names = [(m.start - proof.start, m.end - proof.start, "") for m in ends]
        at = find_trigger(proof.text, triple.trigger, names)
        if at >= 0:
            yield proof.start + at, proof.start + at + len(triple.trigger), ("trigger", number)


def _segments(text: str, stretches: list[_Stretch]) -> Iterable[dict[str, Any]]:
    """`text` cut wherever a stretch begins or ends, each piece with the numbers of what stands there."""
    cuts = sorted({0, len(text), *(cut for start, end, _ in stretches for cut in (start, end))})
    pieces: list[dict[str, Any]] = [{"text": text[a:b]} for a, b in zip(cuts, cuts[1:], strict=False)]
    for start, end, (what, number) in stretches:
        for piece in range(bisect_right(cuts, start) - 1, bisect_right(cuts, end - 1)):
            pieces[piece].setdefault(what, []).append(number)
    return pieces
