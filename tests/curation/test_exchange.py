"""The exchanges' cells: what they mean once they are cleaned."""

from __future__ import annotations

import pytest

from extractor.curation.exchange import PeopleReader, english, full_names, month, plain, short_names, trade
from extractor.errors import ExtractorError

READER = PeopleReader(
    {"董事長", "總經理", "總裁", "執行長", "代理總經理"}, set("陳林曾王李歐張上"), ["歐陽", "上官", "高橋"]
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("利明&#29486;", "利明献"),
        ("利明&amp;#29486;", "利明献"),
        ("何　　鈞", "何鈞"),
        (" ＡＢＣ　Co ", "ABC Co"),
        ("甲辰\t鋼鐵\n", "甲辰鋼鐵"),
        ("", ""),
    ],
)
def test_plain(cell: str, text: str) -> None:
    assert plain(cell) == text


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("甲辰", ["甲辰"]),
        ("甲辰-KY", ["甲辰", "甲辰-KY"]),
        ("甲辰*-KY", ["甲辰", "甲辰-KY", "甲辰*-KY"]),
        ("甲辰＊－ＫＹ", ["甲辰", "甲辰-KY", "甲辰*-KY"]),
        ("甲 辰-創", ["甲辰", "甲辰-創"]),
        ("GIS-KY", ["GIS", "GIS-KY"]),
        ("A-B", ["A-B"]),
    ],
)
def test_short_names(cell: str, names: list[str]) -> None:
    assert short_names(cell) == names


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("甲辰鋼鐵股份有限公司", "甲辰鋼鐵"),
        ("甲辰鋼鐵（股）公司", "甲辰鋼鐵"),
        ("甲辰鋼鐵(開曼)控股(股)公司", "甲辰鋼鐵控股"),
        ("英屬開曼群島商甲辰股份有限公司", "甲辰"),
        ("甲辰有限公司(原名乙巳)", "甲辰"),
        ("Alpha Steel Holding Co., Ltd.", "Alpha Steel Holding"),
        ("(金辰)鋼鐵股份有限公司", "(金辰)鋼鐵股份有限公司"),
    ],
)
def test_full_names(cell: str, name: str) -> None:
    assert full_names(cell)[0] == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("ALPHA STEEL", "Alpha Steel"),
        ("ALPHA-KY", "Alpha"),
        ("Alpha Steel", "Alpha Steel"),
        ("Alpha Co.,Ltd.", "Alpha"),
        ("ASC", ""),
        ("A.S.C", ""),
        ("ALPH", ""),
        ("甲辰", ""),
    ],
)
def test_english(cell: str, name: str) -> None:
    assert english(cell) == name


@pytest.mark.parametrize(
    ("cell", "word"),
    [("24", "半導體"), ("1", "水泥"), ("半導體業", "半導體"), ("電腦及週邊設備業", "電腦及週邊"), ("91", "")],
)
def test_trade(cell: str, word: str) -> None:
    assert trade(cell) == word


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("1131021", "2024-10"),
        ("113/10/21", "2024-10"),
        ("113年1月2日", "2024-01"),
        ("20241021", "2024-10"),
        ("2024-10-21", "2024-10"),
        ("2024-10", "2024-10"),
        ("", ""),
    ],
)
def test_month(cell: str, when: str) -> None:
    assert month(cell) == when


@pytest.mark.parametrize("cell", ["1131321", "昨天", "11310", "2024-13-01"])
def test_what_is_no_date(cell: str) -> None:
    with pytest.raises(ExtractorError, match="no date"):
        month(cell)


PEOPLE = [
    ("王小明", [("王小明", "總經理")]),
    ("總裁: 王小明", [("王小明", "總裁")]),
    ("執行長：王小明", [("王小明", "執行長")]),
    ("王小明(執行長)", [("王小明", "執行長")]),
    ("王小明(代理)", [("王小明", "代理總經理")]),
    ("王小明（暫代執行長）", [("王小明", "執行長")]),
    ("王小明代理", [("王小明", "代理總經理")]),
    ("王小明(代理總經理)", [("王小明", "代理總經理")]),
    ("曾海東及李正西", [("曾海東", "總經理"), ("李正西", "總經理")]),
    ("王小明、李大同/陳偉;林美", [(n, "總經理") for n in ("王小明", "李大同", "陳偉", "林美")]),
    ("王小明,李大同&amp;陳偉", [(n, "總經理") for n in ("王小明", "李大同", "陳偉")]),
    ("甲辰投資股份有限公司", []),
    ("甲辰投資股份有限公司(代表人：王小明)", [("王小明", "總經理")]),
    ("Alpha Limited代表人：王小明", [("王小明", "總經理")]),
    ("ALPHA CO., LTD. 代表人：王小明", [("王小明", "總經理")]),
    ("上官若水", [("上官若水", "總經理")]),
    ("王陳美玉", [("王陳美玉", "總經理")]),
    ("高橋一郎", [("高橋一郎", "總經理")]),
    ("王　明先生", [("王明", "總經理")]),
    ("JOHN DOE", [("John Doe", "總經理")]),
    ("約翰·杜", [("約翰·杜", "總經理")]),
    ("無", []),
    ("－", []),
    ("", []),
]


@pytest.mark.parametrize(("cell", "expected"), PEOPLE, ids=[cell for cell, _ in PEOPLE])
def test_people(cell: str, expected: list[tuple[str, str]]) -> None:
    people, unread = READER.read(cell, "總經理")
    assert [(p.name, p.title) for p in people] == expected
    assert unread == []


@pytest.mark.parametrize(
    "cell", ["王小(日月)", "王火冏明", "營運總處：王小明", "王 火甘 木發", "待董事會委任後公告", "JOHN", "王小明李大同"]
)
def test_what_names_nobody_for_sure(cell: str) -> None:
    assert READER.read(cell, "總經理")[0] == []
    assert len(READER.read(cell, "總經理")[1]) == 1


def test_a_former_name() -> None:
    assert READER.read("王小明(原名:王大明)", "總經理")[0][0].former == ("王大明",)
