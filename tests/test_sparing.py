"""Work that is spared changes nothing: the examples of all rules are read with it and without it, and come out the same."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from extractor import Document, Extractor
from extractor.amounts import KINDS, amounts
from extractor.dates import DATE, dates
from extractor.pipeline import Reading
from extractor.text.folding import fold
from test_modality import CASES as MARKED

# Sentences whose skeletons have fewer stops than they, or slots with more members.
NEARLY_PASSED_BY = [
    "鴻海與東元昨天開會。隨後在台北結盟。",
    "鴻海向AES Holding Co., Ltd.採購伺服器。",
    "鴻海向東元（與Arcadyan Technology (Vietnam)於2025年，昨）採購伺服器。",
]
TRIED = 5  # of several hundred rules, in a sentence that is written for some of them


@pytest.fixture(scope="module")
def texts(extractor: Extractor) -> list[str]:
    """The examples of each relation as one text."""
    return ["".join(example.text for example in r.examples) for r in extractor.rules.relations.values() if r.examples]


@pytest.fixture(scope="module")
def readings(extractor: Extractor, texts: list[str]) -> list[Reading]:
    """What is understood of the texts."""
    return list(chain.from_iterable(map(extractor.readings, texts)))


def test_every_rule_tried_everywhere_states_no_more(
    extractor: Extractor, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    matcher = extractor.matcher
    cases = [(s, reading.type_of, reading.acts_for) for reading in readings for s in reading.skeletons]
    before = matcher.tried
    spared = [matcher.match(*case) for case in cases]
    assert 0 < matcher.tried - before < TRIED * len(cases)
    assert sum(map(len, spared)) > len(cases) / 4
    every = range(len(matcher._prefilter.rules))
    monkeypatch.setattr(matcher._prefilter, "fitting", lambda *_: every)
    assert [matcher.match(*case) for case in cases] == spared


def test_cues_looked_for_everywhere_are_no_more(
    extractor: Extractor, small: Extractor, readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = extractor._modality
    marked = [reading for text, _ in MARKED for reading in small.readings(text)]
    cases = [
        (skeleton, *statement.trigger, after)
        for reading in (*readings, *marked)
        for statement, skeleton, *_ in reading.statements
        for after in [s.text for s in reading.skeletons[:3]]
    ]
    spared = [reader.read(*case) for case in cases]
    assert {modality for modality, _ in spared} >= {"asserted", "planned", "rumoured", "denied", "ended", None}
    scan, every = reader._scan, -1 % (1 << 64)

    def everywhere(text: str) -> object:
        cells = range(len(text) + 1)
        return scan(text)._replace(cues=[(i, j, every) for i in cells for j in (i, i + 1)])

    monkeypatch.setattr(reader, "_scan", everywhere)
    assert [reader.read(*case) for case in cases] == spared


def test_sentences_that_are_passed_by_state_nothing(extractor: Extractor, texts: list[str]) -> None:
    for text in [*texts, "".join(texts)]:
        document = Document("text", text)
        assert extractor.extract(document) == extractor.record(document, extractor.readings(text))


@pytest.mark.parametrize("text", NEARLY_PASSED_BY)
def test_sentences_that_state_something_are_not_passed_by(extractor: Extractor, text: str) -> None:
    record = extractor.extract(text)
    assert len(record.triples) == 1
    assert record == extractor.record(Document("text", text), extractor.readings(text))


def test_dates_and_amounts_are_found_wherever_their_expressions_find_them(texts: list[str]) -> None:
    found = 0
    for key in map(fold, texts):
        for clause in re.finditer("[^,。]+", key):
            start, end = clause.span()
            assert dates(key, start, end) == [m.span() for m in DATE.finditer(key, start, end)]
            for kind, expression in KINDS.items():
                spans = [m.span() for m in expression.finditer(key, start, end)]
                assert set(amounts(kind, key, start, end)) <= set(spans)
                assert len(spans) == len(amounts(kind, key, start, end)) or "每股" in clause[0]
                found += len(spans)
    assert found > 20
