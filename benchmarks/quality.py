"""Quality beside speed: whoever makes the program quicker sees whether a figure fell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from measuring import table

HEADINGS = (
    "gold",
    "documents",
    "entities F1",
    "triples P",
    "R",
    "F1",
    "with modality F1",
    "modality of the right ones",
)


def quality(folders: Sequence[Path]) -> str:
    """The table of what `extractor evaluate` tells of each folder of gold."""
    from extractor import Extractor
    from extractor.evaluation import evaluate
    from extractor.gold import read_gold

    extractor = Extractor()
    relations = extractor.rules.relations
    symmetric = {relation.id for relation in relations.values() if relation.symmetric}
    rows = []
    for folder in folders:
        gold = read_gold(folder, relations)
        data = evaluate(((item, extractor.extract(item.document)) for item in gold), symmetric).to_dict(False)
        triples = data["triples"]
        shares = (
            data["entities"]["f1"],
            *(triples[figure] for figure in ("precision", "recall", "f1")),
            data["full"]["f1"],
            data["modality"]["share"],
        )
        rows.append([folder.name, str(data["documents"]), *("–" if s is None else f"{s:.3f}" for s in shares)])
    return table(HEADINGS, rows)
