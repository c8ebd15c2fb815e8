"""Namesakes: what the bare names of firms tell of each other, and where they tell nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor
from extractor.namesakes import Namesakes
from extractor.why import explain
from helpers import facts, write_folder

NAMES = ["蘆葦", "蘆葦集團", "蘆葦股份", "蘆葦科技", "蘆葦夏灣", "夏灣蘆葦", "蘆汽", "蘆葦汽車", "瑪瑙", "瑪瑙集團"]
ROWS = "id,name,en,aliases\n" + "".join(f"f{i},{name},{name},\n" for i, name in enumerate(NAMES))

TIES = [
    ("蘆葦", "蘆葦集團", ("also_known_as", False)),
    ("蘆葦集團", "蘆葦股份", ("subsidiary_of", True)),
    ("蘆葦", "蘆葦科技", ("also_known_as", False)),
    ("蘆葦集團", "蘆葦科技", ("subsidiary_of", True)),
    ("蘆葦", "蘆葦夏灣", ("subsidiary_of", True)),
    ("夏灣蘆葦", "蘆葦", ("also_known_as", True)),
    ("蘆汽", "蘆葦汽車", ("also_known_as", False)),
    ("蘆葦", "瑪瑙", None),
    ("蘆葦集團", "瑪瑙集團", None),
]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    return Extractor([write_folder(tmp_path_factory.mktemp("bare"), {"companies.csv": ROWS})], builtin=False)


@pytest.mark.parametrize(("one", "other", "expected"), TIES)
def test_two_names(bare: Extractor, one: str, other: str, expected: tuple[str, bool] | None) -> None:
    namesakes = Namesakes(bare.cues, bare.rules.relations)
    assert namesakes.tie(one, other) == expected
    if expected and expected[0] == "subsidiary_of":
        assert namesakes.tie(other, one) == (expected[0], not expected[1])


def test_each_name_of_a_sentence_is_taken_apart_once(bare: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, stem = [], Namesakes._stem

    def noting(namesakes: Namesakes, name: str) -> tuple[str, str]:
        taken.append(name)
        return stem(namesakes, name)

    monkeypatch.setattr(Namesakes, "_stem", noting)
    assert bare.extract("、".join(NAMES) + "。").triples
    assert len(taken) == len(NAMES)


def test_names_of_a_sentence_are_compared(bare: Extractor) -> None:
    record = bare.extract("蘆葦今天停牌，蘆葦集團不予置評。")
    assert facts(record) == ["蘆葦-also_known_as-蘆葦集團"]
    assert record.triples[0].inferred
    assert "two bare names that tell it themselves" in "\n".join(explain(bare, "蘆葦今天停牌，蘆葦集團不予置評。"))


def test_words_go_before_names(bare: Extractor) -> None:
    assert facts(bare.extract("蘆葦集團收購蘆葦科技。")) == ["蘆葦集團-acquires-蘆葦科技"]


def test_names_apart_are_not_compared(bare: Extractor) -> None:
    assert facts(bare.extract("蘆葦今天停牌。蘆葦集團不予置評。")) == []


@pytest.mark.parametrize("row", ["b,蘆葦集團,Reed Group,", "b,蘆葦集團,,蘆葦企業"])
def test_a_name_with_more_beside_it_is_a_thing_of_its_own(tmp_path: Path, row: str) -> None:
    folder = write_folder(tmp_path, {"companies.csv": f"id,name,en,aliases\na,蘆葦,蘆葦,\n{row}\n"})
    assert facts(Extractor([folder], builtin=False).extract("蘆葦今天停牌，蘆葦集團不予置評。")) == []
