"""Single rows: what is written, and what is refused because it is there or because no dictionary would take it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.curation.curator import Curator
from extractor.curation.rows import make_id, wrong_rows
from extractor.errors import ExtractorError, KnowledgeError
from extractor.knowledge.dictionary import load_dictionaries
from helpers import SMALL, write_folder


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "base", SMALL)


@pytest.fixture
def curator(base: Path, tmp_path: Path) -> Curator:
    return Curator([base], tmp_path / "own")


ADDED = [
    ({"name": "伊塔重工"}, "u4f0a-5854-91cd-5de5,伊塔重工,,,,"),
    ({"name": "伊塔重工", "en": "Éta Heavy's Ind."}, "eta-heavys-ind,伊塔重工,Éta Heavy's Ind.,,,"),
    ({"name": "Eta GmbH"}, "eta-gmbh,Eta GmbH,,,,"),
    ({"name": " 伊塔 ", "id_": "eta", "aliases": ["伊塔工", "", "伊塔工 "]}, "eta,伊塔,,伊塔工,,"),
    ({"name": "伊塔", "id_": "eta", "weak": ["日曜"], "codes": ["twse:9009"]}, "eta,伊塔,,,日曜,twse:9009"),
    ({"name": "日曜", "en": "Sun Works", "force": True}, "sun-works,日曜,Sun Works,,,"),
    ({"name": "日曜", "en": "Sun", "force": True}, "sun-2,日曜,Sun,,,"),
    ({"name": "甲辰", "id_": "alpha-steel", "aliases": ["甲辰鋼"], "force": True}, "alpha-steel,,,甲辰鋼,,"),
    ({"name": "澤塔", "id_": "zeta", "codes": ["twse:9"], "force": True}, "zeta,,,,,twse:9"),
    ({"name": "卡帕", "id_": "kappa", "en": "Kappa Lines", "force": True}, "kappa,,,卡帕|Kappa Lines,,"),
    ({"name": "富士", "aliases": ["-富士山"], "id_": "fuji"}, "fuji,富士,,-富士山,,"),
    ({"name": "伊塔", "en": "Eta", "aliases": ["伊塔工|伊塔業"]}, "eta,伊塔,Eta,伊塔工|伊塔業,,"),
]


@pytest.mark.parametrize(("row", "line"), ADDED, ids=[line for _, line in ADDED])
def test_what_is_added(curator: Curator, base: Path, row: dict[str, Any], line: str) -> None:
    written = curator.add("company", **row)
    path = curator.target / "companies.csv"
    assert path.read_text("utf-8").splitlines()[2:] == [line]
    assert written.where == f"{path}:3"
    assert written.id in load_dictionaries([base, curator.target]).entries


REFUSED = [
    (
        "company",
        {"name": "甲辰"},
        "甲辰 is there already: 甲辰鋼鐵, company alpha-steel (BASE/companies.csv:2)",
    ),
    ("person", {"name": "丙午銀行"}, "company gamma-bank"),
    ("company", {"name": "伊塔", "en": "Sun"}, "Sun is there already"),
    ("company", {"name": "伊塔", "aliases": ["歐陽子涵"]}, "person person-one"),
    ("company", {"name": "伊塔", "codes": ["tpex:9001"]}, "tpex:9001 is there already: 甲辰鋼鐵"),
    ("company", {"name": "伊塔", "id_": "sun"}, "id sun is there already"),
    ("person", {"name": "伊塔", "id_": "sun", "force": True}, "sun is the company at"),
    ("company", {"name": "日曜", "id_": "sun", "force": True}, "nothing to add: sun has all of this"),
    ("company", {"name": "。。"}, "name: '。。' is only punctuation"),
    ("company", {"name": " "}, "the name is empty"),
    ("company", {"name": "伊\0塔"}, "control character"),
    ("company", {"name": "伊\n塔"}, "line break"),
    ("company", {"name": "#伊塔"}, "comment"),
    ("company", {"name": "伊|塔"}, "separates aliases"),
    ("company", {"name": "-伊塔"}, "takes an alias away"),
    ("company", {"name": "伊塔", "id_": "e:t"}, "parts a post"),
    ("company", {"name": "伊\udcff塔"}, "holds a character that other computers do not have"),
    ("company", {"name": "伊塔", "aliases": ["伊\ue000塔"]}, "holds a character that other computers do not have"),
    ("company", {"name": "伊塔", "aliases": ["伊塔工|甲辰"]}, "甲辰 is there already"),
    ("company", {"name": "伊塔", "id_": "?x"}, "ids that start with ?"),
    ("company", {"name": "伊塔", "codes": ["2317"]}, "should be like twse:2317"),
    ("company", {"name": "伊塔", "aliases": ["！"]}, "aliases: '！' is only punctuation"),
]


@pytest.mark.parametrize(("type_", "row", "reason"), REFUSED, ids=[reason for *_, reason in REFUSED])
def test_what_is_refused(curator: Curator, base: Path, type_: Any, row: dict[str, Any], reason: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        curator.add(type_, **row)
    assert reason.replace("BASE", str(base)) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not curator.target.exists()


def test_what_was_added_is_known(curator: Curator, base: Path) -> None:
    curator.add("company", "伊塔", en="Eta")
    for known in (curator, Curator([base], curator.target)):
        with pytest.raises(ExtractorError, match=r"own/companies\.csv:3"):
            known.add("company", "伊塔")
    curator.join("eta", ["伊塔工業"])
    assert (curator.target / "companies.csv").read_text("utf-8").splitlines()[2:] == ["eta,伊塔,Eta,伊塔工業,,"]


def test_the_nearest_id_is_told(curator: Curator) -> None:
    with pytest.raises(ExtractorError, match="did you mean alpha-steel"):
        curator.join("alpha-stel", ["甲"])


def test_ignored_names(curator: Curator, base: Path) -> None:
    curator.ignore("日曜", context="日曜日")
    curator.ignore("日曜", "person")
    path = curator.target / "ignore.csv"
    assert path.read_text("utf-8").splitlines()[1:] == ["name,type,context", "日曜,,日曜日", "日曜,person,"]
    assert len(load_dictionaries([base, curator.target]).ignored) == 2
    for arguments, reason in (
        (("日曜", "", "日曜日"), f"ignored already ({path}:3)"),
        (("日曜", "person"), "ignored already"),
        (("日曜", "", "星期"), "is no longer word that holds"),
        (("日曜", "", "日曜"), "is no longer word that holds"),
        (("",), "the name is empty"),
        (("日\udcff",), "holds a character that other computers do not have"),
    ):
        with pytest.raises(ExtractorError) as caught:
            curator.ignore(*arguments)
        assert reason in str(caught.value)


def test_a_wrong_dictionary_is_not_written_to(base: Path, tmp_path: Path) -> None:
    own = write_folder(tmp_path / "own", {"companies.csv": "id,name\n,甲\n"})
    with pytest.raises(KnowledgeError, match=r"companies\.csv:2: id is empty"):
        Curator([base], own)


NAME = st.text(max_size=8)


@given(st.lists(st.tuples(NAME, NAME, st.lists(NAME, max_size=3)), max_size=4))
def test_rows_that_are_not_wrong_load(tmp_path_factory: pytest.TempPathFactory, given_rows) -> None:
    rows = [
        {"id": f"x{n}", "name": name, "en": en, "aliases": "|".join(a), "weak_aliases": "", "codes": ""}
        for n, (name, en, a) in enumerate(given_rows)
    ]
    wrong = wrong_rows("company", rows)
    curator = Curator([], tmp_path_factory.mktemp("own"))
    with curator.editing("company") as files:
        for number, row in enumerate(rows):
            if number not in wrong:
                files["company"].put(row | {"name": row["name"] or "x"})
    loaded = load_dictionaries([curator.target]).entries
    assert list(loaded) == [row["id"] for number, row in enumerate(rows) if number not in wrong]


@given(NAME, st.text(min_size=1, max_size=40))
def test_an_id_is_stable_and_free(en: str, name: str) -> None:
    first = make_id(en, name, set().__contains__)
    assert first == make_id(en, name, set().__contains__)
    assert first.isascii()
    assert first[0] not in "?#"
    assert len(first) <= 60
    assert make_id(en, name, {first}.__contains__) == f"{first}-2"
