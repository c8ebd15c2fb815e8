"""Linking: what weak and shared names need, kind by kind; names that a document teaches; what is no name after all."""

from __future__ import annotations

from pathlib import Path

import pytest
from opencc import OpenCC

from extractor import Extractor
from helpers import write_folder

NAMES = {
    "companies.csv": """id,name,en,aliases,weak_aliases,codes,support,trade,country
dawn,晨曦半導體,Dawn,,晨曦,twse:9101,,半導體,taiwan
dusk,暮光晶圓,Dusk,暮光,,twse:9102,,半導體,taiwan
noon,正午光電,Noon,,正午,twse:9103,document,光電,taiwan
tide,潮汐食品,Tide Foods,,潮汐,,list,食品,taiwan
wave,浪花飲料,Wave,浪花,,,,食品,taiwan
isle,嶼光電機,Isle Motors,,嶼光,,,電機,north-isle
canon,佳辰,Jia Chen,,,,,光學,north-isle
twin,佳辰企業,Jia Chen Enterprise,,佳辰,twse:9104,,光學,taiwan
given,裕辰,Yu Chen,,,,,紡織,taiwan
sano,佐野,Sano,,,,,紡織,north-isle
common,世界,World,世界晶圓,世界,twse:9105,,半導體,taiwan
""",
    "people.csv": """id,name,en,aliases,weak_aliases,codes,posts
ada,艾達·雷恩,Ada Rain,,雷恩,,總統:north-isle:2025-01
ben,班·雷恩,Ben Rain,,雷恩,,董事長:dusk:2025-01
lin-a,林辰光,Lin A,,,,董事長:dawn:2025-01
lin-b,林辰光,Lin B,,,,校長:moon-university:2025-01
""",
    "organizations.csv": """id,name,en,aliases,weak_aliases,codes,country
court-tw,最高法院,Supreme Court (Taiwan),台灣最高法院,最高法院,,taiwan
court-north,北嶼最高法院,Supreme Court (North Isle),,最高法院,,north-isle
moon-university,月球大學,Moon University,,,,taiwan
""",
    "places.csv": """id,name,en,aliases,weak_aliases,codes,kind,within
taiwan,台灣,Taiwan,,,,country,
north-isle,北嶼,North Isle,北嶼國,,,country,
south-isle,南嶼,South Isle,,,,country,
oman,阿嶼,A Isle,,阿嶼,,country,
bay,灣澳,Bay,,灣澳,,township,north-isle
""",
    "ignore.csv": "name,type,context\n暮光,,暮光乍現\n",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    return Extractor([write_folder(tmp_path_factory.mktemp("names"), NAMES)], builtin=False)


def linked(reader: Extractor, text: str) -> dict[str, list[str]]:
    """The ids found in a text, each with its mentions as they stand there."""
    return {e.id: [m.text for m in e.mentions] for e in reader.extract(text).entities}


SUPPORTED = [
    # document: a strong name or the stock code of the same thing, anywhere in it
    ("晨曦今天大漲。晨曦半導體公布財報。", "dawn", ["晨曦", "晨曦半導體"]),
    ("晨曦（9101）今天大漲，晨曦並未說明。", "dawn", ["晨曦", "晨曦"]),
    ("晨曦 (9101-TW) 今天大漲。", "dawn", ["晨曦"]),
    ("正午光電今天開會，正午並未說明。", "noon", ["正午光電", "正午"]),
    ("雷恩上午抵達。暮光晶圓迎接。", "ben", ["雷恩"]),
    ("北嶼的灣澳廠失火。", "bay", ["灣澳"]),
    # beside: words that firms have beside them, a title, the country that a firm is from
    ("晨曦股價大漲。", "dawn", ["晨曦"]),
    ("封測廠晨曦今天開會。", "dawn", ["晨曦"]),
    ("晨曦董事長今天開會。", "dawn", ["晨曦"]),
    ("晨曦前董事長今天開會。", "dawn", ["晨曦"]),
    ("北嶼嶼光今天開會。", "isle", ["嶼光"]),
    ("總統雷恩今天開會。", "ada", ["雷恩"]),
    ("灣澳廠失火。", "bay", ["灣澳"]),
    ("新廠落腳灣澳。", "bay", ["灣澳"]),
    # list: sure names of the same type, codes between them or not
    ("暮光、晨曦今天大漲。", "dawn", ["晨曦"]),
    ("晨曦與暮光今天大漲。", "dawn", ["晨曦"]),
    ("暮光（9102）、晨曦今天大漲。", "dawn", ["晨曦"]),
    ("浪花、潮汐今天大漲。", "tide", ["潮汐"]),
    ("北嶼、南嶼與阿嶼今天開會。", "oman", ["阿嶼"]),
    # trade: a sure name of the same trade
    ("暮光昨天大漲，今天換晨曦上場。", "dawn", ["晨曦"]),
    # what is supported supports: the title speaks for the first, the list for the second
    ("晨曦董事長今天開會，潮汐、晨曦都大漲。", "tide", ["潮汐"]),
    ("晨曦股價大漲，投資人把晨曦買滿。", "dawn", ["晨曦", "晨曦"]),
]


@pytest.mark.parametrize(("text", "id_", "mentions"), SUPPORTED)
def test_a_weak_name_counts_where_something_supports_it(
    reader: Extractor, text: str, id_: str, mentions: list[str]
) -> None:
    assert linked(reader, text).get(id_) == mentions


UNSUPPORTED = [
    "晨曦照在窗上。",
    "正午股價大漲。",  # support: document
    "浪花、正午都大漲。",
    "潮汐股價大漲。",  # support: list
    "浪花昨天大漲，今天換潮汐上場。",
    "北嶼、晨曦都開會。",  # a place is no neighbour in a list of firms
    "雷恩今天開會。",
    "阿嶼今天開會。",
    "灣澳失火。",
]


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_a_weak_name_counts_for_nothing_without_support(reader: Extractor, text: str) -> None:
    found = linked(reader, text)
    assert not found.keys() & {"dawn", "noon", "tide", "ada", "ben", "oman", "bay"}, found


def test_an_ordinary_word_needs_a_names_place_besides(reader: Extractor) -> None:
    assert linked(reader, "世界晶圓表示，世界各國的訂單都回來了，將與世界合作。")["common"] == ["世界晶圓", "世界"]


@pytest.mark.parametrize(
    ("text", "id_", "other"),
    [
        ("佳辰今天大漲。", "canon", "twin"),
        ("佳辰企業公布財報，佳辰今天大漲。", "twin", "canon"),
        ("佳辰（9104）今天大漲。", "twin", "canon"),
        ("林辰光今天開會，晨曦半導體也在。", "lin-a", "lin-b"),
        ("校長林辰光今天開會。", "lin-b", "lin-a"),
        ("最高法院今天宣判。", "court-tw", "court-north"),
        ("北嶼政壇震動，最高法院今天宣判。", "court-north", "court-tw"),
        ("雷恩在北嶼開會，總統雷恩沒有說明。", "ada", "ben"),
    ],
)
def test_of_two_things_with_one_name_the_document_decides(reader: Extractor, text: str, id_: str, other: str) -> None:
    found = linked(reader, text)
    assert id_ in found
    assert other not in found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("北嶼（9101）與北嶼（2025）都在報告裡。", {"north-isle": ["北嶼", "北嶼"]}),
        ("暮光（9101）今天大漲。", {"dawn": ["暮光"]}),
        ("暮光（2025）今天大漲。", {"dusk": ["暮光"]}),
        ("•暮光與浪花合作。", {"dusk": ["暮光"], "wave": ["浪花"]}),
        ("暮光‧浪花都大漲。", {"dusk": ["暮光"], "wave": ["浪花"]}),
        ("約翰·暮光今天開會。", {}),
    ],
)
def test_codes_bullets_and_dots(reader: Extractor, text: str, found: dict[str, list[str]]) -> None:
    assert linked(reader, text) == found


def test_an_undecided_name_counts_for_nothing(reader: Extractor) -> None:
    assert linked(reader, "林辰光今天開會。") == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("局長陳裕辰今天開會。", False),
        ("昨天，陳裕辰表示沒有意見。", False),
        ("昨天，裕辰表示沒有意見。", True),
        ("買進裕辰。", True),
        ("理事長佐野今天開會。", False),
        ("買進佐野。", True),
    ],
)
def test_a_part_of_a_persons_name_is_no_firm(reader: Extractor, text: str, found: bool) -> None:
    assert bool({"given", "sano"} & linked(reader, text).keys()) is found


def test_a_context_blocks_its_own_name_alone(reader: Extractor) -> None:
    assert linked(reader, "暮光乍現，買進暮光。") == {"dusk": ["暮光"]}


def test_a_refused_hit_hides_no_name_inside_it(tmp_path: Path) -> None:
    folder = {"companies.csv": "id,name\nmid,中裕\nyu,裕隆\n"}
    reader = Extractor([write_folder(tmp_path, folder)], builtin=False)
    assert linked(reader, "其中裕隆最先表態。") == {"yu": ["裕隆"]}
    assert linked(reader, "中裕最先表態。") == {"mid": ["中裕"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("鴻海輪值董事長今天開會。", {"hai": ["鴻海"]}),
        ("飛鴻海嘯來了。", {}),
        ("擬入股東元。", {"teco": ["東元"]}),
        ("股東元月開會。", {}),
    ],
)
def test_what_stands_beside_takes_the_doubt_from_an_edge(
    tmp_path: Path, text: str, found: dict[str, list[str]]
) -> None:
    names = {"companies.csv": "id,name\nhai,鴻海\nteco,東元\n"}
    assert linked(Extractor([write_folder(tmp_path, names)], builtin=False), text) == found


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("晨曦半導體（以下簡稱曦辰）公告，曦辰將開會。", ["晨曦半導體", "曦辰", "曦辰"]),
        ("晨曦半導體（DWN）公告，DWN將開會。", ["晨曦半導體", "DWN", "DWN"]),
    ],
)
def test_a_document_teaches_names(reader: Extractor, text: str, mentions: list[str]) -> None:
    assert linked(reader, text) == {"dawn": mentions}


@pytest.mark.parametrize(
    "text",
    [
        "暮光（AI）發表新品，各家都談AI。",
        "暮光推出新製程，簡稱N2，N2已經量產。",
        "暮光（以下簡稱公司）公告，上市公司都要申報。",
    ],
)
def test_a_document_teaches_no_common_word(reader: Extractor, text: str) -> None:
    assert linked(reader, text) == {"dusk": ["暮光"]}


def test_a_short_latin_name_is_taught_as_it_is_written(reader: Extractor) -> None:
    assert linked(reader, "暮光（FIT）公告，it does fit, FIT說。") == {"dusk": ["暮光", "FIT", "FIT"]}


TEXTS = [
    "晨曦董事長今天開會，潮汐、晨曦都大漲。",
    "董事長陳翊嵐表示，子公司鋆興去年簽約，鋆興將擴廠。",
    "向浪花買下鋆濬100%股份，強尼．艾德與最高法院都沒有意見。",
    "北嶼灣澳廠失火，《潮間帶保育條例》上路。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_both_scripts_give_the_same_mentions(reader: Extractor, text: str) -> None:
    def places(written: str) -> list[tuple[str, list[tuple[int, int]]]]:
        return [(e.type, [(m.start, m.end) for m in e.mentions]) for e in reader.extract(written).entities]

    assert places(OpenCC("t2s").convert(text)) == places(text)
