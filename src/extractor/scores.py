"""Scores: the counts that an evaluation comes to, and the places where record and gold differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from extractor.records import MODALITIES

Kind = Literal[
    "entity missed",
    "entity wrong",
    "entity doubled",
    "entity merged",
    "triple missed",
    "triple wrong",
    "modality wrong",
]


@dataclass(slots=True)
class Count:
    """How many were right, how many found wrongly, how many missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """The share of what is there that was found; None where nothing is there."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where nothing was found and nothing is there."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    def to_dict(self) -> dict[str, Any]:
        counts = {"right": self.right, "wrong": self.wrong, "missed": self.missed}
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1, **counts}


@dataclass(slots=True)
class Part:
    """So many of so many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    def to_dict(self) -> dict[str, Any]:
        return {"share": _share(self.right, self.of), "right": self.right, "of": self.of}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where record and gold differ. `what` names it; `context` quotes the text around start:end (None: unknown)."""

    document: str
    kind: Kind
    what: str
    start: int | None
    end: int | None
    context: str


@dataclass(slots=True)
class Evaluation:
    """The counts of all documents.

    full: triples with their modality. boundary: of the right entities those found under exactly one of their names.
    modality: of the right triples those with the right modality. must: of the triples of that level those found.
    relations: triples by relation. modalities: `full` by modality, a wrong one under the modality that was read.
    """

    documents: int = 0
    entities: Count = field(default_factory=Count)
    triples: Count = field(default_factory=Count)
    full: Count = field(default_factory=Count)
    pairs: Count = field(default_factory=Count)
    boundary: Part = field(default_factory=Part)
    modality: Part = field(default_factory=Part)
    must: Part = field(default_factory=Part)
    relations: dict[str, Count] = field(default_factory=dict)
    modalities: dict[str, Count] = field(default_factory=lambda: {modality: Count() for modality in MODALITIES})
    differences: list[Difference] = field(default_factory=list)

    def relation(self, relation: str) -> Count:
        """The count of a relation, made where there is none yet."""
        return self.relations.setdefault(relation, Count())

    def to_dict(self, differences: bool) -> dict[str, Any]:
        """The evaluation as plain data; `differences`: with the list of them."""
        data: dict[str, Any] = {"documents": self.documents}
        for name in ("entities", "triples", "full", "pairs", "boundary", "modality", "must"):
            data[name] = getattr(self, name).to_dict()
        data["relations"] = {name: count.to_dict() for name, count in sorted(self.relations.items())}
        data["modalities"] = {name: count.to_dict() for name, count in self.modalities.items()}
        if differences:
            names = Difference.__slots__
            data["differences"] = [{name: getattr(d, name) for name in names} for d in self.differences]
        return data


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
