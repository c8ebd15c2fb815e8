"""Whole files: what is added, joined and left, and that a second run adds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.curation.curator import Curator
from extractor.curation.exchange import PeopleReader
from extractor.curation.importing import Import, Report
from extractor.curation.sources import Wanted, read_items
from extractor.errors import ExtractorError
from extractor.knowledge.dictionary import Dictionary, load_dictionaries
from helpers import SMALL, write_folder

PEOPLE = PeopleReader({"董事長", "總經理", "代理總經理"}, set("王李陳"), ["歐陽", "司徒"])
HEADER = "出表日期,公司代號,公司名稱,公司簡稱,產業別,董事長,總經理,英文簡稱\n"
NAME = "t187ap03_L.csv"


def taken(tmp_path: Path, text: str, name: str = NAME, words: frozenset[str] = frozenset(), **wanted) -> Report:
    """Imports `text` into the folder `own`, which stands above the small dictionary."""
    base = write_folder(tmp_path / "base", SMALL)
    curator = Curator([base, tmp_path / "own"], tmp_path / "own")
    items = list(read_items(text, name, Wanted(people=PEOPLE, **wanted)))
    return Import(curator, name, words).run(items)


def lines(tmp_path: Path, name: str = "companies.csv") -> list[str]:
    path = tmp_path / "own" / name
    return path.read_text("utf-8").splitlines()[1:] if path.exists() else []


def loaded(tmp_path: Path) -> Dictionary:
    return load_dictionaries([tmp_path / "base", tmp_path / "own"])


EXCHANGE = [
    pytest.param(
        "1131021,9100,伊塔重工股份有限公司,伊塔-KY,05,王小明,李大同,ETA HEAVY\n",
        [
            "id,name,en,aliases,weak_aliases,codes,trade",
            "eta-heavy,伊塔,Eta Heavy,伊塔-KY|伊塔重工,,twse:9100,電機機械",
        ],
        ["id,name,en,aliases,weak_aliases,codes,posts"]
        + [
            "u738b-5c0f-660e,王小明,,,,,董事長:eta-heavy:2024-10",
            "u674e-5927-540c,李大同,,,,,總經理:eta-heavy:2024-10",
        ],
        id="new",
    ),
    pytest.param(
        "1131021,9100,伊塔重工股份有限公司,伊塔,05,王小明,王小明,ETA\n",
        ["id,name,en,aliases,weak_aliases,codes,trade", "twse-9100,伊塔,,伊塔重工,,twse:9100,電機機械"],
        ["id,name,en,aliases,weak_aliases,codes,posts"]
        + ["u738b-5c0f-660e,王小明,,,,,董事長:twse-9100:2024-10|總經理:twse-9100:2024-10"],
        id="a ticker is no name, two posts are one person's",
    ),
    pytest.param(
        "1131021,9100,伊塔重工股份有限公司,伊塔,05,無,無,VICTORY\n",
        ["id,name,en,aliases,weak_aliases,codes,trade"]
        + ["victory,伊塔,Victory,伊塔重工|-Victory,,twse:9100,電機機械"],
        [],
        id="one English word is not looked for",
    ),
    pytest.param(
        "1131021,9001,甲辰鋼鐵工業股份有限公司,甲辰,10,歐陽子涵,,ALPHA\n",
        ["id,name,en,aliases,weak_aliases,codes,trade", "alpha-steel,,,甲辰鋼鐵工業,,,鋼鐵"],
        [],
        id="known by its code, its chair too",
    ),
    pytest.param(
        "1131021,9002,乙巳食品股份有限公司,乙巳,02,司徒明哲,,X\n",
        ["id,name,en,aliases,weak_aliases,codes,trade", "beta-foods,,,,,twse:9002,食品"],
        [],
        id="known by its full name; a known person without a post there stays as he is",
    ),
    pytest.param(
        "1131021,9003,乙巳股份有限公司,乙巳,,,,X\n",
        ["id,name,en,aliases,weak_aliases,codes", "beta-foods,,,,,twse:9003"],
        [],
        id="known by its short name, having no code",
    ),
    pytest.param(
        "1131021,9004,甲辰工業股份有限公司,甲辰,,,,X\n",
        ["id,name,en,aliases,weak_aliases,codes", "twse-9004,甲辰,,甲辰工業,甲辰,twse:9004"],
        [],
        id="the short name of a firm of another code is weak",
    ),
    pytest.param(
        "1131021,9006,恒亥股份有限公司,恆亥-KY,,,,APPLIED ETA\n",
        ["id,name,en,aliases,weak_aliases,codes", "applied-eta,恆亥,Applied Eta,恆亥-KY,,twse:9006"],
        [],
        id="恒 and 恆 fold alike",
    ),
    pytest.param(
        "1131021,9005,春雨工廠股份有限公司,春雨,,,,X\n",
        ["id,name,en,aliases,weak_aliases,codes", "twse-9005,春雨,,春雨工廠,春雨,twse:9005"],
        [],
        id="an ordinary word is weak",
    ),
]


@pytest.mark.parametrize(("row", "companies", "people"), EXCHANGE)
def test_an_exchanges_list(tmp_path: Path, row: str, companies: list[str], people: list[str]) -> None:
    words = frozenset(["春雨"])
    report = taken(tmp_path, HEADER + row, words=words)
    assert (lines(tmp_path), lines(tmp_path, "people.csv")) == (companies, people)
    assert report.wrong == []
    loaded(tmp_path)
    again = taken(tmp_path, HEADER + row, words=words)
    assert (again.added, again.joined) == ({}, {})
    assert (lines(tmp_path), lines(tmp_path, "people.csv")) == (companies, people)


def test_a_firm_that_moved_has_both_codes(tmp_path: Path) -> None:
    taken(tmp_path, HEADER + "1131021,9001,甲辰鋼鐵股份有限公司,甲辰,,,,\n", name="mopsfin_t187ap03_O.csv")
    assert loaded(tmp_path).entries["alpha-steel"].codes == {"twse": "9001", "tpex": "9001"}


def test_the_names_of_the_columns_in_the_api(tmp_path: Path) -> None:
    text = (
        "Date,SecuritiesCompanyCode,CompanyName,CompanyAbbreviation,SecuritiesIndustryCode,Chairman,GeneralManager,Symbol\n"
        "1131021,9100,伊塔重工股份有限公司,伊塔,05,王小明,,ETA HEAVY\n"
    )
    taken(tmp_path, text, name="firms.csv")
    assert loaded(tmp_path).entries["eta-heavy"].codes == {"tpex": "9100"}


def test_wrong_rows_are_left_out_and_told(tmp_path: Path) -> None:
    rows = [
        "1131021,9100,伊塔股份有限公司,伊塔,,,,",
        "1131021,9101,伊塔,伊塔",
        "昨天,9102,約塔股份有限公司,約塔,,,,",
        "1131021,,約塔股份有限公司,約塔,,,,",
        "1131021,9103,,***,,,,",
        "1131021,9104,約塔股份有限公司,約塔,,王小(日月),,",
    ]
    report = taken(tmp_path, HEADER + "\n".join(rows))
    assert [line.split(": ")[0] for line in report.wrong] == [f"{NAME}:{n}" for n in (3, 4, 5, 6)]
    assert [note.split(": ")[0] for note in report.notes] == [f"{NAME}:7"]
    assert (report.rows, report.added) == (6, {"company": 2})
    assert {"twse-9100", "twse-9104"} <= loaded(tmp_path).entries.keys()


def test_posts_need_a_date(tmp_path: Path) -> None:
    text = "公司代號,公司簡稱,董事長\n9100,伊塔,王小明\n"
    report = taken(tmp_path, text)
    assert lines(tmp_path, "people.csv") == []
    assert sum(report.skipped.values()) == 1
    taken(tmp_path, text, month="2025-03")
    assert lines(tmp_path, "people.csv")[1:] == ["u738b-5c0f-660e,王小明,,,,,董事長:twse-9100:2025-03"]


JIEBA = "伊塔 3 nt\n約塔重工\n王小明 nr\n南灣 9 ns\n跑步 5 v\n台一線 3 nz\n甲辰 2\n\n# x\nNew Works 4 nt\n"


def test_jiebas_words(tmp_path: Path) -> None:
    report = taken(tmp_path, JIEBA, name="user.dict")
    assert report.added == {"organization": 2, "person": 1, "place": 1}
    assert report.skipped == {"tag v: no name": 1, "tag nz: --type says what such words are": 1} | {
        "no tag: --type says what such words are": 2
    }
    assert loaded(tmp_path).entries["new-works"].name == "New Works"
    report = taken(tmp_path, JIEBA, name="user.dict", type="company")
    assert (report.added, report.joined) == ({"company": 2}, {})
    assert report.skipped["known already"] == 5


def test_any_csv(tmp_path: Path) -> None:
    text = "\ufeff編號\t簡稱\t英文\t別名\n9100\t伊塔\tEta Heavy\t伊塔工|日曜\n9001\t甲辰鋼\t\t\n7\t。\t\t\n".lstrip(
        "\ufeff"
    )
    mapping = {"name": "簡稱", "en": "英文", "aliases": "別名", "codes": "twse:編號"}
    report = taken(tmp_path, text, name="x.tsv", type="company", mapping=mapping)
    assert lines(tmp_path)[1:] == ["eta-heavy,伊塔,Eta Heavy,伊塔工,日曜,twse:9100", "alpha-steel,,,甲辰鋼,,"]
    assert report.wrong == ["x.tsv:4: name: '。' is only punctuation"]


def test_a_csv_with_our_columns(tmp_path: Path) -> None:
    text = "id,name,type,parent,within,note\neta,伊塔,company,sun,,x\nbay,南灣,place,,south-port,x\nq,甲,firm,,,\nsun,,company,x,,\n"
    report = taken(tmp_path, text, name="mine.csv")
    entries = loaded(tmp_path).entries
    assert (entries["eta"].own, entries["bay"].own) == ({"parent": "sun"}, {"within": "south-port"})
    assert entries["sun"].own == {"parent": "x"}
    assert report.wrong == ["mine.csv:4: type 'firm' is none of company, person, policy, organization, place"]


CUSTOMERS = '客戶;名稱;備註\r\n1; 伊塔重工股份有限公司 ;"老客戶\r\n慢"\r\n2;甲辰鋼鐵有限公司;\r\n2;甲辰鋼鐵有限公司;\r\n3;澤塔有限公司;\r\n4;鑫有限公司;\r\n5;春雨(股)公司;\r\n6;月;\r\n'


def test_a_spreadsheet_of_customers(tmp_path: Path) -> None:
    report = taken(tmp_path, CUSTOMERS, "x.csv", frozenset(["春雨"]), type="company", mapping={"name": "名稱"})
    assert [line.partition(",")[2] for line in lines(tmp_path)[1:]] == [
        "伊塔重工,,伊塔重工股份有限公司,,",
        ",,甲辰鋼鐵有限公司,,",
        # A weak name of a known firm is no proof that this is the same one.
        "澤塔,,澤塔有限公司,澤塔,",
        "鑫有限公司,,,,",
        "春雨,,春雨股份有限公司,春雨,",
        "月,,,月,",
    ]
    assert report.notes == [
        "x.csv:6: 澤塔 counts only with support: also a name of company zeta",
        "x.csv:8: 春雨 counts only with support: an ordinary word",
        "x.csv:9: 月 counts only with support: one character",
    ]
    loaded(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "added"),
    [
        ("x.csv", "name\n伊塔\n約塔\n", 2),
        ("x.txt", '"name"\n伊塔\n', 1),
        ("x.txt", "伊塔\n約塔\n", 2),
        ("x.csv", "# mine, and others'\nname\n伊塔\n", 1),
    ],
)
def test_what_one_column_is(tmp_path: Path, name: str, text: str, added: int) -> None:
    report = taken(tmp_path, text, name, type="company")
    assert (report.added, report.wrong) == ({"company": added}, [])


UNUSABLE = [
    ("a,b\n1,2\n", {}, "--type says"),
    ("a,b\n1,2\n", {"type": "company"}, "--map name=COLUMN"),
    ("伊塔\n約塔\n", {"type": "company"}, "--format jieba"),
    ("a,b\n1,2\n", {"type": "company", "mapping": {"name": "c"}}, "no column 'c'"),
    ("甲乙丙,b\n1,2\n", {"type": "company", "mapping": {"name": "甲乙"}}, "did you mean '甲乙丙'?"),
    ("a,b\n1,2\n", {"type": "company", "mapping": {"name": "a", "allias": "b"}}, "did you mean 'aliases'?"),
    ("a,b\n1,2\n", {"format": "twse"}, "no columns 公司代號"),
    ("公司代號,公司簡稱\n1,甲\n", {}, "--format twse or --format tpex"),
    ('name,b\n1,"2\n', {"type": "company"}, "x.csv:2: unexpected end"),
]


@pytest.mark.parametrize(("text", "wanted", "reason"), UNUSABLE, ids=[reason for *_, reason in UNUSABLE])
def test_a_file_that_cannot_be_taken(tmp_path: Path, text: str, wanted: dict, reason: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        taken(tmp_path, text, name="x.csv", **wanted)
    assert reason in str(caught.value)
    assert not (tmp_path / "own").exists()
