"""The records of 2,000 articles that nobody wrote: the same at every run, artificial firms around two real ones."""

from __future__ import annotations

import random
from datetime import date, timedelta

from extractor.records import ENTITY_TYPES, MODALITIES, Entity, Evidence, Mention, Record, Triple

ARTICLES, NAMES, EACH = 2_000, 2_000, 3  # EACH: triples an article
FIRST_DAY = date(2025, 1, 1)
RELATIONS = (
    ("mou", "MOU", "簽署MOU"),
    ("acquires", "acquires", "收購"),
    ("supplies", "supplies", "供應"),
    ("sues", "sues", "控告"),
)
_KINDS = {"company": "公司", "person": "先生", "policy": "方案", "organization": "協會", "place": "市"}


def generated_records() -> list[Record]:
    """`ARTICLES` records that tie `NAMES` names, the first of them most often."""
    rng = random.Random(6)
    names = [("hon-hai", "company", "鴻海", "Hon Hai"), ("teco", "company", "東元", "TECO")]
    for number in range(2, NAMES):
        type_ = rng.choices(ENTITY_TYPES, weights=(6, 3, 1, 1, 1))[0]
        names.append((f"made-{number}", type_, f"虛構{number}號{_KINDS[type_]}", f"Made-up {number}"))
    return [_record(number, names, rng) for number in range(ARTICLES)]


def _record(number: int, names: list[tuple[str, str, str, str]], rng: random.Random) -> Record:
    entities: dict[str, Entity] = {}
    triples = []
    text = ""
    for turn in range(EACH):
        # The subjects of the first turns take every name once; the others favour those in front.
        subject = names[number] if turn == 0 else names[int(NAMES * rng.random() ** 3)]
        object_ = names[int(NAMES * rng.random() ** 3)]
        if subject == object_ or (subject[0], object_[0]) in {(t.subject, t.object) for t in triples}:
            continue
        relation, en, zh = rng.choices(RELATIONS, weights=(1, 3, 5, 1))[0]
        modality = rng.choices(MODALITIES, weights=(12, 3, 2, 1, 1))[0]
        start = len(text)
        sentence = f"{subject[2]}{zh}{object_[2]}。"
        text += sentence
        for (id_, type_, name, name_en), at in ((subject, start), (object_, start + len(subject[2]) + len(zh))):
            old = entities[id_].mentions if id_ in entities else ()
            entities[id_] = Entity(id_, type_, name, name_en, True, {}, (*old, Mention(at, at + len(name), name)))
        evidence = Evidence(start, start + len(sentence) - 1, sentence[:-1], f"{relation}/1", modality)
        triples.append(Triple(subject[0], relation, object_[0], en, zh, modality, zh, {}, False, (evidence,)))
    day = (FIRST_DAY + timedelta(days=number % 365)).isoformat()
    return Record(f"made/{number}", None, None, day, tuple(entities.values()), tuple(triples))
