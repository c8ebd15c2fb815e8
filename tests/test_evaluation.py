"""What an evaluation counts: hand-made records against hand-made gold, and the same counts as the score that is agreed on."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extractor
from extractor.evaluation import ANNOTATED, evaluate
from extractor.gold import Gold, GoldEntity, GoldTriple, read_gold
from extractor.records import MODALITIES, Document, Entity, Evidence, Mention, Record, Triple
from extractor.scores import Count, Evaluation

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORE = SHARED / "score.py"
SYMMETRIC = {"mou", "partnership", "merger", "dispute", "meets"}

TEXT = "甲辰鋼鐵董事長歐陽子涵昨日與乙巳食品簽署備忘錄，甲辰並擬收購丙午銀行，潮汐總署支持潮汐法。"
GOLD = Gold(
    Document("01", TEXT),
    (
        GoldEntity("e1", "company", ("甲辰鋼鐵", "甲辰")),
        GoldEntity("e2", "company", ("乙巳食品",)),
        GoldEntity("e3", "company", ("丙午銀行",)),
        GoldEntity("e4", "person", ("歐陽子涵",)),
        GoldEntity("e5", "organization", ("潮汐總署",)),
    ),
    (
        GoldTriple("e1", "mou", "e2", "asserted", "must", "與乙巳食品簽署備忘錄"),
        GoldTriple("e1", "acquires", "e3", "planned", "should", "甲辰並擬收購丙午銀行"),
        GoldTriple("e4", "chair_of", "e1", "asserted", "must", "甲辰鋼鐵董事長歐陽子涵"),
        GoldTriple("e4", "meets", "e2", "asserted", "may", "與乙巳食品簽署備忘錄"),
    ),
    frozenset({"潮汐法"}),
)
RIGHT = {
    "a": ("company", "甲辰鋼鐵", "甲辰"),
    "b": ("company", "乙巳食品"),
    "c": ("company", "丙午銀行"),
    "p": ("person", "歐陽子涵"),
    "o": ("organization", "潮汐總署"),
}
ALL = ["a mou b", "a acquires c planned", "p chair_of a"]


def make(entities: dict[str, tuple[str, ...]], triples: list[str], text: str = TEXT, name: str = "01") -> Record:
    """A record: entities as id: (type, name …), triples as "subject relation object [modality]"."""
    made = tuple(
        Entity(
            i,
            type_,
            names[0],
            names[0],
            True,
            {},
            tuple(Mention(p, p + len(n), n) for n in names for p in [text.find(n)]),
        )  # type: ignore[arg-type]
        for i, (type_, *names) in entities.items()
    )
    facts = []
    for line in triples:
        subject, relation, object_, *modality = line.split()
        word: Any = modality[0] if modality else "asserted"
        evidence = Evidence(0, 4, text[:4], f"{relation}/1", word)
        facts.append(Triple(subject, relation, object_, relation, relation, word, "", {}, False, (evidence,)))
    return Record(name, None, None, None, made, tuple(facts))


def counts(result: Evaluation) -> dict[str, tuple[int, int, int]]:
    return {n: _three(getattr(result, n)) for n in ("entities", "triples", "full", "pairs")}


def _three(count: Count) -> tuple[int, int, int]:
    return count.right, count.wrong, count.missed


def without(name: str) -> dict[str, tuple[str, ...]]:
    return {i: e for i, e in RIGHT.items() if i != name}


# entities, triples, then what is counted: (right, wrong, missed) of entities, triples, full, pairs.
CASES = {
    "all right": (RIGHT, ALL, (5, 0, 0), (3, 0, 0), (3, 0, 0), (3, 0, 0)),
    "nothing": ({}, [], (0, 0, 5), (0, 0, 3), (0, 0, 3), (0, 0, 3)),
    "a symmetric relation in the other direction": (
        *(RIGHT, ["b mou a", *ALL[1:]], (5, 0, 0)),
        *((3, 0, 0), (3, 0, 0), (3, 0, 0)),
    ),
    "a directed one in the other direction": (
        *(RIGHT, ["a mou b", "c acquires a planned", "p chair_of a"], (5, 0, 0)),
        *((2, 1, 1), (2, 1, 1), (3, 0, 0)),
    ),
    "another modality": (
        *(RIGHT, ["a mou b", "a acquires c rumoured", "p chair_of a"], (5, 0, 0)),
        *((3, 0, 0), (2, 1, 1), (3, 0, 0)),
    ),
    "what may be found counts for nobody": (
        *(RIGHT, [*ALL, "b meets p"], (5, 0, 0)),
        *((3, 0, 0), (3, 0, 0), (3, 0, 0)),
    ),
    "another relation for a right pair": (
        *(RIGHT, ["a merger b", *ALL[1:]], (5, 0, 0)),
        *((2, 1, 1), (2, 1, 1), (3, 0, 0)),
    ),
    "the same wrong fact twice is one": (
        *(RIGHT, [*ALL, "b merger c", "c merger b"], (5, 0, 0)),
        *((3, 1, 0), (3, 1, 0), (3, 1, 0)),
    ),
    "a relation that gold is not annotated with": (
        *(RIGHT, [*ALL, "b owes c"], (5, 0, 0)),
        *((3, 0, 0), (3, 0, 0), (3, 0, 0)),
    ),
    "a wrong type": (
        *({**RIGHT, "c": ("organization", "丙午銀行")}, ALL, (4, 1, 1)),
        *((2, 1, 1), (2, 1, 1), (2, 0, 1)),
    ),
    "an optional entity and what is said of it": (
        *({**RIGHT, "t": ("policy", "潮汐法")}, [*ALL, "o supports t"], (5, 0, 0)),
        *((3, 0, 0), (3, 0, 0), (3, 0, 0)),
    ),
    "one thing read as two": (
        *({**RIGHT, "a": ("company", "甲辰鋼鐵"), "a2": ("company", "甲辰")}, ALL, (5, 1, 0)),
        *((3, 0, 0), (3, 0, 0), (3, 0, 0)),
    ),
    "two things read as one": (
        *({**without("c"), "b": ("company", "乙巳食品", "丙午銀行")}, ["a mou b", "p chair_of a"], (4, 1, 1)),
        *((2, 0, 1), (2, 0, 1), (2, 0, 1)),
    ),
    "a wrong fact of two readings of one thing is two": (
        *({**RIGHT, "a2": ("company", "甲辰"), "x": ("company", "備忘錄")}, [*ALL, "a mou x", "a2 mou x"], (5, 2, 0)),
        *((3, 2, 0), (3, 2, 0), (3, 0, 0)),
    ),
    "a longer name": (
        *({**RIGHT, "p": ("person", "歐陽子涵昨")}, ALL, (5, 0, 0)),
        *((3, 0, 0), (3, 0, 0), (3, 0, 0)),
    ),
    "a name of one character inside another says too little": (
        *({**RIGHT, "p": ("person", "歐")}, ALL, (4, 1, 1)),
        *((2, 1, 1), (2, 1, 1), (2, 0, 1)),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_counts(case):
    entities, triples, *expected = case
    result = evaluate([(GOLD, make(entities, triples))], SYMMETRIC)
    assert list(counts(result).values()) == expected


def test_shares():
    longer = {**RIGHT, "p": ("person", "歐陽子涵昨")}
    result = evaluate([(GOLD, make(longer, ["a mou b", "a acquires c"]))], SYMMETRIC)
    assert (result.boundary.right, result.boundary.of) == (4, 5)
    assert (result.modality.right, result.modality.of) == (1, 2)
    assert (result.must.right, result.must.of) == (1, 2)
    assert _three(result.relations["acquires"]) == (1, 0, 0)
    assert _three(result.relations["chair_of"]) == (0, 0, 1)
    assert _three(result.modalities["planned"]) == (0, 0, 1)
    assert _three(result.modalities["asserted"]) == (1, 1, 1)


def test_precision_recall_and_f1():
    count = Count(right=3, wrong=1, missed=2)
    assert count.to_dict() == {"precision": 0.75, "recall": 0.6, "f1": 6 / 9, "right": 3, "wrong": 1, "missed": 2}
    assert Count(missed=2).precision is None
    assert Count(wrong=2).recall is None
    assert Count(missed=2).f1 == 0
    assert Count().f1 is None


def test_differences_stand_in_their_context():
    record = make({**without("o"), "x": ("company", "備忘錄")}, ["a acquires c", "b merger c"])
    found = {(d.kind, d.what): d for d in evaluate([(GOLD, record)], SYMMETRIC).differences}
    assert list(found) == [
        ("entity wrong", "company 備忘錄 (x)"),
        ("entity missed", "organization 潮汐總署"),
        ("triple missed", "甲辰鋼鐵–mou–乙巳食品"),
        ("modality wrong", "甲辰鋼鐵–acquires–丙午銀行 [asserted], not planned"),
        ("triple missed", "歐陽子涵–chair_of–甲辰鋼鐵"),
        ("triple wrong", "乙巳食品–merger–丙午銀行"),
    ]
    missed = found["triple missed", "甲辰鋼鐵–mou–乙巳食品"]
    assert TEXT[missed.start : missed.end] == "與乙巳食品簽署備忘錄"
    assert missed.context == f"{TEXT[: missed.end + 20]}…"


def test_a_relation_that_gold_has_is_counted():
    fact = GoldTriple("e2", "owes", "e3", "asserted", None, "")
    gold = Gold(GOLD.document, GOLD.entities, (*GOLD.triples, fact), GOLD.optional)
    assert "owes" not in ANNOTATED
    assert _three(evaluate([(gold, make(RIGHT, [*ALL, "b owes c"]))], SYMMETRIC).relations["owes"]) == (1, 0, 0)


@cache
def score_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


needs_shared = pytest.mark.skipif(not SCORE.is_file(), reason="no shared folder beside the repository")


@needs_shared
@pytest.mark.parametrize("name", ["seed", "dev", "hard"])
def test_the_same_counts_as_the_score(extractor: Extractor, tmp_path: Path, name: str) -> None:
    folder = SHARED / "gold" / name
    symmetric = {r.id for r in extractor.rules.relations.values() if r.symmetric}
    pairs = [(g, extractor.extract(g.document)) for g in read_gold(folder, extractor.rules.relations)]
    output = tmp_path / "output.jsonl"
    lines = (json.dumps(record.to_dict(), ensure_ascii=False) + "\n" for _, record in pairs)
    output.write_text("".join(lines), encoding="utf-8", newline="\n")
    command = [sys.executable, str(SCORE), str(output), str(folder), "--json"]
    score = json.loads(subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout)
    result = evaluate(pairs, symmetric)
    assert result.documents == score["documents"]
    for part, three in counts(result).items():
        assert three == (score[part]["tp"], score[part]["fp"], score[part]["fn"]), part
    data = result.to_dict(False)
    shares = [data[part]["share"] for part in ("boundary", "modality", "must")]
    assert shares == [score["boundaries"], score["modality"], score["must"]]
    for groups, whole in ((result.relations, result.triples), (result.modalities, result.full)):
        assert tuple(map(sum, zip(*map(_three, groups.values()), strict=True))) == _three(whole)


@needs_shared
def test_the_score_counts_the_same_relations(extractor: Extractor) -> None:
    score = score_module()
    assert score.RELATIONS == ANNOTATED
    annotated = {r.id for r in extractor.rules.relations.values() if r.symmetric} & ANNOTATED
    assert annotated == score.SYMMETRIC


NAMES = ["甲辰", "甲辰鋼鐵", "乙巳", "乙巳食品", "丙", "丙午銀行"]
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)
types = st.sampled_from(["company", "person"])
relations = st.sampled_from(["mou", "acquires", "owes", "dispute"])
numbers = st.integers(0, 2)


@needs_shared
@settings(max_examples=500, deadline=None)
@given(
    wanted=st.lists(st.tuples(types, names), min_size=3, max_size=3),
    found=st.lists(st.tuples(types, names), min_size=3, max_size=3),
    facts=st.lists(
        st.tuples(numbers, relations, numbers, st.sampled_from(MODALITIES), st.sampled_from(["must", "may", None])),
        max_size=5,
    ),
    read=st.lists(st.tuples(numbers, relations, numbers, st.sampled_from(MODALITIES)), max_size=5),
    optional=st.lists(st.sampled_from(NAMES), max_size=2),
)
def test_any_record_counts_as_in_the_score(wanted, found, facts, read, optional):
    text = "，".join(NAMES)
    facts = [fact for fact in facts if fact[1] != "owes"]
    gold = Gold(
        Document("g", text),
        tuple(GoldEntity(f"e{i}", type_, tuple(forms)) for i, (type_, forms) in enumerate(wanted)),
        tuple(GoldTriple(f"e{h}", r, f"e{t}", m, level, "") for h, r, t, m, level in facts),
        frozenset(optional),
    )
    record = make(
        {f"p{i}": (type_, *forms) for i, (type_, forms) in enumerate(found)},
        [f"p{s} {r} p{o} {m}" for s, r, o, m in read],
        text,
    )
    plain = {
        "id": "g",
        "entities": [{"key": e.key, "type": e.type, "names": list(e.names)} for e in gold.entities],
        "triples": [{f: getattr(t, f) for f in GoldTriple.__slots__} for t in gold.triples],
        "optional_entities": [{"names": optional}],
    }
    score = score_module()
    entities, triples, pairs, modal, must = score.score_document(record.to_dict(), plain, [])
    result = evaluate([(gold, record)], score.SYMMETRIC)
    for part, expected in (("entities", entities), ("triples", triples), ("pairs", pairs)):
        assert counts(result)[part] == (expected["tp"], expected["fp"], expected["fn"]), part
    assert result.boundary.right == entities["exact"]
    assert (result.modality.right, result.modality.of) == (modal["right"], modal["of"])
    assert (result.must.right, result.must.of) == (must["tp"], must["of"])
