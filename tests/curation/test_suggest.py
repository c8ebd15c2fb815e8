"""Unknown names: how they are counted, what speaks for them, and which known names they are like."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor
from extractor.curation.curator import Curator
from extractor.curation.known import Known, load_known
from extractor.curation.lookalikes import Lookalikes
from extractor.curation.suggest import Collector, Suggestion
from extractor.knowledge.dictionary import Dictionary, Entry
from extractor.records import Document, EntityType
from helpers import SMALL, write_folder

TEXTS = {
    "a": "艾克科技（9100）與日曜簽約。\n艾克科技（9100）獲利。",
    "b": "艾克科技（9100）、約塔科技（9101）上漲。",
    "c": "約塔科技（9101）下跌。約塔科技（9101）回穩。約塔科技（9101）收平。約塔科技（9101）持平。",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "base", SMALL)


def collected(small: Extractor, folders: list[Path], at_least: int = 1, limit: int | None = None) -> list[Suggestion]:
    collector = Collector(small, load_known(folders))
    for id_, text in TEXTS.items():
        collector.add(Document(id_, text))
    return collector.suggestions(at_least, limit)


def test_names_by_documents_then_mentions(small: Extractor, base: Path) -> None:
    found = collected(small, [base])
    counts = [(s.name, s.type, s.documents, s.mentions) for s in found]
    assert counts == [("約塔科技", "company", 2, 5), ("艾克科技", "company", 2, 3)]
    assert collected(small, [base], at_least=3) == []
    assert [s.name for s in collected(small, [base], limit=1)] == ["約塔科技"]


def test_evidence_is_of_many_documents_and_at_its_place(small: Extractor, base: Path) -> None:
    found = collected(small, [base])
    assert [[p.document for p in s.evidence] for s in found] == [["b", "c", "c"], ["a", "b", "a"]]
    for passage in found[0].evidence + found[1].evidence:
        text = TEXTS[passage.document]
        assert text[passage.start : passage.end] == passage.text
        assert f"{passage.before}{passage.text}{passage.after}" in text


def test_what_was_added_or_ignored_is_suggested_no_more(small: Extractor, base: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    curator = Curator([base], own)
    curator.add("company", "艾克科技")
    curator.ignore("約塔科技")
    assert collected(small, [base, own]) == []


def test_a_name_ignored_inside_a_longer_word(small: Extractor, base: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    Curator([base], own).ignore("約塔科技", context="約塔科技（9101）回穩")
    assert [(s.name, s.mentions) for s in collected(small, [base, own])] == [("約塔科技", 4), ("艾克科技", 3)]


def known(*names: tuple[str, EntityType]) -> Known:
    entries = [Entry(f"x{n}", type_, name, "", (name,), (), {}, {}, "") for n, (name, type_) in enumerate(names)]
    return Known(Dictionary({entry.id: entry for entry in entries}))


SUFFIX, LETTERS = "the same but for the suffix", "the same Latin letters"
PIECE, ONE = "a long piece in common", "one character differs"
LIKE = [
    ("艾克科技", "company", "艾克", "company", SUFFIX),
    ("艾克科技股份有限公司", "company", "艾克電子", "company", SUFFIX),
    ("艾克協會", "organization", "艾克公司", "company", SUFFIX),
    ("潮汐法案", "policy", "潮汐法", "policy", SUFFIX),
    ("Acme Robotics Inc.", "company", "ACME-Robotics", "company", LETTERS),
    ("艾克米ACME", "company", "Acme Co., Ltd.", "company", LETTERS),
    ("艾克新世紀", "company", "艾克新世界貿易", "company", PIECE),
    ("約塔克里斯多福", "person", "克里斯多福", "person", PIECE),
    ("艾克克", "company", "艾克可", "company", ONE),
    ("艾克克", "company", "艾克西克", "company", ONE),
    ("瑪格麗特", "person", "瑪格莉特", "person", ONE),
]


@pytest.mark.parametrize(("name", "type_", "other", "other_type", "why"), LIKE)
def test_names_that_are_alike(name: str, type_: EntityType, other: str, other_type: EntityType, why: str) -> None:
    for one, one_type, two, two_type in ((name, type_, other, other_type), (other, other_type, name, type_)):
        found = Lookalikes(known((two, two_type))).of(one, one_type)
        assert [(f.name, f.why) for f in found] == [(two, why)]


@pytest.mark.parametrize(
    ("name", "type_", "other", "other_type"),
    [
        ("艾克科技", "company", "約塔科技", "company"),
        ("艾克科技", "company", "艾克", "place"),
        ("王小明", "person", "王小華", "person"),
        ("艾克", "company", "約塔", "company"),
        ("TSM", "company", "TS", "company"),
        ("公司", "company", "集團", "company"),
    ],
)
def test_names_that_are_not(name: str, type_: EntityType, other: str, other_type: EntityType) -> None:
    assert Lookalikes(known((other, other_type))).of(name, type_) == []


def test_a_piece_that_many_names_hold_tells_nothing() -> None:
    many = known(*((f"{chr(0x5000 + n)}世紀新城", "company") for n in range(60)))
    assert Lookalikes(many).of("丙世紀新城", "company") != []  # one character differs
    assert all(found.why == ONE for found in Lookalikes(many).of("丙世紀新城", "company"))
