"""What a name can be: as what it was found, how strong it is and why, and what is near to a name that nothing has."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.curation.lookup import Sense, lookup
from helpers import SMALL, write_folder

MORE = {
    "companies.csv": """id,name,en,aliases,weak_aliases,codes,trade,support
alpha-steel,,,-甲辰|甲辰鋼,,,,
world-tools,世界工具,World Tools,,世界,tpex:9002,機械,
world-foods,世界食品,World Foods,,世界,,食品,document
""",
    "places.csv": "id,name,en,weak_aliases\nmoon-isle,月嶼國,Moon Isle,月\n",
    "ignore.csv": "name,type,context\n日曜,,日曜日\n瑪瑙,company,\n草包,,\n",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    top = tmp_path_factory.mktemp("lookup")
    return [write_folder(top / "small", SMALL), write_folder(top / "more", MORE)]


def only(name: str, folders: list[Path]) -> Sense:
    (sense,) = lookup(name, folders).senses
    return sense


# what is looked up; then as what it is found, of what, how strong, and in which line
FOUND = [
    ("甲辰鋼鐵", "name", "alpha-steel", "strong", "small/companies.csv:2"),
    ("甲辰钢铁", "name", "alpha-steel", "strong", "small/companies.csv:2"),
    ("alpha steel", "English name", "alpha-steel", "strong", "small/companies.csv:2"),
    ("甲辰鋼", "alias", "alpha-steel", "strong", "more/companies.csv:2"),
    ("甲辰", "alias", "alpha-steel", "taken away", "more/companies.csv:2"),
    ("澤塔", "alias", "zeta", "weak", "small/companies.csv:8"),
    ("月", "alias", "moon-isle", "weak", "more/places.csv:2"),
    ("瑪瑙", "name", "onyx", "ignored", "small/companies.csv:7"),
    ("alpha-steel", "id", "alpha-steel", "", "small/companies.csv:2"),
    ("９００１", "code", "alpha-steel", "", "small/companies.csv:2"),
    ("9001", "code", "alpha-steel", "", "small/companies.csv:2"),
    ("twse:9001", "code", "alpha-steel", "", "small/companies.csv:2"),
    ("9001.TW", "code", "alpha-steel", "", "small/companies.csv:2"),
    ("9002.two", "code", "world-tools", "", "more/companies.csv:3"),
    ("草包", "ignore.csv", "", "ignored", "more/ignore.csv:4"),
]


@pytest.mark.parametrize(("name", "matched", "id_", "strength", "where"), FOUND, ids=[case[0] for case in FOUND])
def test_a_name_is_found(folders: list[Path], name: str, matched: str, id_: str, strength: str, where: str) -> None:
    sense = only(name, folders)
    assert (sense.matched, sense.id, sense.strength) == (matched, id_, strength)
    assert sense.where.endswith(where)


def test_all_that_a_shared_name_can_be(folders: list[Path]) -> None:
    tools, foods = lookup("世界", folders).senses
    assert tools.notes == ["written as weak", "an ordinary word", "shared with world-foods"]
    assert foods.notes == ["written as weak", "an ordinary word", "shared with world-tools"]
    assert "世界工具 or tpex:9002 in the same document" in tools.support
    assert len(tools.support) == 4
    assert foods.support == ["世界食品 in the same document"]


def test_one_character(folders: list[Path]) -> None:
    sense = only("月", folders)
    assert "one character" in sense.notes
    assert len(sense.support) == 1


def test_what_is_ignored_is_told(folders: list[Path]) -> None:
    assert only("日曜", folders).strength == "strong"
    assert only("日曜", folders).ignored[0].startswith("not inside 日曜日 (")
    assert only("瑪瑙", folders).ignored[0].startswith("never a company (")


def test_the_posts_of_a_person(folders: list[Path]) -> None:
    assert only("歐陽子涵", folders).posts == ["董事長:alpha-steel:2025-01"]


def test_an_id_or_a_code_tells_all_names(folders: list[Path]) -> None:
    assert only("world-tools", folders).notes == only("tpex:9002", folders).notes
    assert only("world-tools", folders).notes == ["names 世界工具, World Tools", "weak names 世界", "codes tpex:9002"]


@pytest.mark.parametrize("name", ["", " ", "twse:9002", "9001.TWO", "none", "ta"])
def test_what_is_not_there(folders: list[Path], name: str) -> None:
    assert lookup(name, folders).senses == []


NEAR = [("甲辰鋼铁廠", "甲辰鋼鐵"), ("Zetta", "Zeta"), ("歐陽子函", "歐陽子涵"), ("潮汐", "潮汐總署")]


@pytest.mark.parametrize(("name", "near"), NEAR)
def test_the_nearest_names(folders: list[Path], name: str, near: str) -> None:
    found = lookup(name, folders)
    assert found.senses == []
    assert near in [text for text, _ in found.near]


def test_nothing_is_near_to_what_is_like_nothing(folders: list[Path]) -> None:
    assert lookup("Q", folders).near == []
