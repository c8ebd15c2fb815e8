"""Each kind of finding, with the line where it is told; what is no finding; and that no file is too broken to check."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.curation.check import check
from extractor.curation.findings import KINDS
from extractor.errors import KnowledgeError
from extractor.knowledge import builtin_folder
from helpers import SMALL, write_folder

HEAD = "id,name,en,aliases,weak_aliases,codes\n"
PLACES = {"places.csv": "id,name,en,kind,within\nnorth-isle,北嶼國,North Isle,country,\n"}


def row(id_: str, name: str, en: str = "", aliases: str = "", weak: str = "", codes: str = "") -> str:
    return f"{id_},{name},{en},{aliases},{weak},{codes}\n"


def companies(*rows: str) -> dict[str, str]:
    return {"companies.csv": HEAD + "".join(rows)}


# files; then each finding as "file:line kind"
FINDINGS = [
    pytest.param(companies("a,甲辰\n"), ["companies.csv:2 wrong-line"], id="wrong line"),
    pytest.param({"companies.csv": "id,name,alias\n"}, ["companies.csv:1 wrong-line"], id="unknown column"),
    pytest.param(
        companies("a,甲辰\n", row("b", "乙巳", aliases=" 乙")),
        ["companies.csv:2 wrong-line", "companies.csv:3 space"],
        id="the writing of other lines is checked too",
    ),
    pytest.param(
        companies(row("a", "甲辰")) | {"companies-more.csv": HEAD + row("a", "乙巳")},
        ["companies.csv:2 id-conflict"],
        id="an id with another name",
    ),
    pytest.param(
        companies(row("a", "甲辰", "Alpha")) | {"companies-more.csv": HEAD + row("a", "", "Beta")},
        ["companies.csv:2 id-conflict"],
        id="an id with another English name",
    ),
    pytest.param(
        companies(row("a", "甲辰")) | {"people.csv": HEAD + row("a", "甲辰")},
        ["people.csv:2 wrong-line"],
        id="an id of two types",
    ),
    pytest.param(
        companies(row("a", "甲辰鋼鐵"), row("b", "甲辰鋼鐵")), ["companies.csv:3 same-thing"], id="one thing twice"
    ),
    pytest.param(
        companies(row("a", "甲辰鋼鐵"), row("b", "甲辰钢铁")), ["companies.csv:3 same-thing"], id="alike when folded"
    ),
    pytest.param(
        companies(row("a", "甲辰")) | {"people.csv": HEAD + row("b", "甲辰")},
        ["people.csv:2 shared-name"],
        id="a name of two types",
    ),
    pytest.param(
        companies(row("a", "甲辰鋼鐵", aliases="甲辰"), row("b", "甲辰食品", aliases="甲辰")),
        ["companies.csv:3 shared-alias"],
        id="an alias of two",
    ),
    pytest.param(
        companies(row("a", "甲辰", "Alpha"), row("b", "乙巳", "ALPHA")), ["companies.csv:3 shared-alias"], id="Latin"
    ),
    pytest.param(
        companies(row("a", "甲辰", codes="twse:9001"), row("b", "乙巳", codes="tpex:9001")),
        ["companies.csv:3 code-twice"],
        id="one code on both Taiwanese exchanges",
    ),
    pytest.param(
        companies(row("a", "甲辰", codes="tse:1|tse:2")), ["companies.csv:2 code-twice"], id="two codes of a market"
    ),
    pytest.param(
        PLACES | {"people.csv": "id,name,posts\np,歐陽子涵,總統:north-isle\n"}, ["people.csv:2 post"], id="no date"
    ),
    pytest.param(
        PLACES | {"people.csv": "id,name,posts\np,歐陽子涵,總統:north-isle:2025-13\n"},
        ["people.csv:2 post"],
        id="month",
    ),
    pytest.param(
        PLACES | {"people.csv": "id,name,posts\np,歐陽子涵,總統:north-ilse:2025\n"}, ["people.csv:2 post"], id="body"
    ),
    pytest.param(
        {"people.csv": "id,name,posts\np,歐陽子涵,\nq,司徒明哲,秘書:p:2025\n"},
        ["people.csv:3 post"],
        id="a person's post",
    ),
    pytest.param(
        PLACES | {"companies.csv": "id,name,country,parent\na,甲辰,north-isle,b\n"},
        ["companies.csv:2 unknown-id"],
        id="parent",
    ),
    pytest.param(
        {"companies.csv": "id,name,country\na,甲辰,international\n"},
        ["companies.csv:2 unknown-id"],
        id="a firm's country",
    ),
    pytest.param(
        {"places.csv": "id,name,within\na,南埠,c\n", "companies.csv": "id,name\nc,甲辰\n"},
        ["places.csv:2 unknown-id"],
        id="within a firm",
    ),
    pytest.param(
        companies(row("a", "甲", "Alpha Steel", codes="twse:9001")), ["companies.csv:2 one-character"], id="short"
    ),
    pytest.param(
        companies(row("a", "甲辰", aliases="甲辰")), ["companies.csv:2 repeated-name"], id="alias is the name"
    ),
    pytest.param(
        companies(row("a", "甲辰", "Alpha", "Alpha")), ["companies.csv:2 repeated-name"], id="alias is English"
    ),
    pytest.param(companies(row("a", "甲辰", aliases="老甲|老甲")), ["companies.csv:2 repeated-name"], id="alias twice"),
    pytest.param(
        companies(row("a", "甲辰", aliases="老甲", weak="老甲")),
        ["companies.csv:2 repeated-name"],
        id="strong and weak",
    ),
    pytest.param(
        companies(row("a", "甲辰鋼鐵", aliases="甲辰钢铁")),
        ["companies.csv:2 repeated-name"],
        id="alias folds to the name",
    ),
    pytest.param(
        companies(row("a", "甲辰峰", weak="甲辰峯")), ["companies.csv:2 repeated-name"], id="weak in another spelling"
    ),
    pytest.param(companies(row("a", "甲辰", aliases="-老甲")), ["companies.csv:2 takes-nothing"], id="minus in vain"),
    pytest.param(companies(row("a", "國风電子")), ["companies.csv:2 mixed-scripts"], id="mixed scripts"),
    pytest.param(companies(row("a", "甲辰", aliases="东方電子")), ["companies.csv:2 mixed-scripts"], id="mixed alias"),
    pytest.param(companies(row("a", "甲辰", "Аlpha")), ["companies.csv:2 look-alike"], id="Cyrillic letter"),
    pytest.param(companies(row("a", "甲辰 ")), ["companies.csv:2 space"], id="space behind"),
    pytest.param(companies(row("a", "甲辰", aliases="老甲 |小甲")), ["companies.csv:2 space"], id="space before a bar"),
    pytest.param(companies(row("a", "甲辰", "Alpha  Steel")), ["companies.csv:2 space"], id="double space"),
    pytest.param(companies(row("a", "甲\u3000辰")), ["companies.csv:2 space"], id="full-width space"),
    pytest.param(companies(row("a", "甲\u200b辰")), ["companies.csv:2 space"], id="zero-width space"),
    pytest.param({"ignore.csv": "name,context\n甲辰,甲辰年\u200b\n"}, ["ignore.csv:2 space"], id="ignore.csv"),
    pytest.param(
        {"companies.csv": "id,name,weak_aliases,support\na,甲辰,甲辰,document\n"},
        ["companies.csv:2 no-support"],
        id="support by what is not there",
    ),
    pytest.param(
        companies(row("a", "甲辰", aliases="甲")), ["companies.csv:2 no-support"], id="one character, no code"
    ),
    pytest.param(
        {"ignore.csv": "name,context\n甲辰,乙巳年\n"}, ["ignore.csv:2 ignore-context"], id="another's context"
    ),
]


@pytest.mark.parametrize(("files", "expected"), FINDINGS)
def test_a_finding(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    findings = check([write_folder(tmp_path, files)])
    assert [f"{Path(f.file).name}:{f.line} {f.kind}" for f in findings] == expected
    for finding in findings:
        assert str(finding).startswith(f"{tmp_path / Path(finding.file).name}:{finding.line}: {finding.kind}: ")
        assert "\n" not in str(finding)


HOUSE = [
    pytest.param("# Licence: CC0. Date: 2026-11.\n", "b,乙巳,Beta\na,甲辰,Alpha\n", ["4 unsorted"], id="order"),
    pytest.param("# Licence: CC0.\n", "a,甲辰,Alpha\n", ["1 header"], id="no date"),
    pytest.param("# Date: 2026-11.\n", "a,甲辰,Alpha\n", ["1 header"], id="no licence"),
    pytest.param("# Licence: CC0. Date: 2026-11.\n", "a,甲辰,ALPHA STEEL\n", ["3 capitals"], id="capitals"),
    pytest.param("# Licence: CC0. Date: 2026-11.\n", "a,东风,East\n", ["3 simplified-name"], id="Simplified"),
    pytest.param("# Licence: CC0. Date: 2026-11.\n", "a,甲辰,ALPHA\nb,乙巳,ADLINK\n", [], id="sound"),
]


@pytest.mark.parametrize(("comment", "rows", "expected"), HOUSE)
def test_the_house_rules_are_for_who_asks_for_them(
    tmp_path: Path, comment: str, rows: str, expected: list[str]
) -> None:
    folder = write_folder(tmp_path, {"companies.csv": f"{comment}id,name,en\n{rows}"})
    assert [f"{f.line} {f.kind}" for f in check([folder], strict=True)] == expected
    assert check([folder]) == []


def test_every_kind_has_a_case() -> None:
    cases = [place for case in (*FINDINGS, *HOUSE) for place in case.values[-1]]
    assert {place.split(" ")[1] for place in cases} == set(KINDS)


SOUND = [
    pytest.param(SMALL, id="small"),
    pytest.param(companies(row("a", "甲辰鋼鐵", aliases="甲辰"), row("b", "甲辰食品", weak="甲辰")), id="one strong"),
    pytest.param(companies(row("a", "甲辰鋼鐵", weak="甲辰"), row("b", "甲辰食品", weak="甲辰")), id="all weak"),
    pytest.param(companies(row("a", "甲辰鋼鐵"), row("b", "甲辰鋼鐵", weak="甲辰鋼鐵")), id="a weak name"),
    pytest.param(companies(row("a", "甲辰", "ABC"), row("b", "乙巳", "Abc")), id="short Latin names as written"),
    pytest.param(companies(row("a", "Alpha", "Alpha"), row("b", "Beta", "BETA")), id="English name is the name"),
    pytest.param(
        companies(row("a", "甲辰")) | {"people.csv": HEAD + row("b", "甲辰"), "ignore.csv": "name,type\n甲辰,person\n"},
        id="forbidden to all but one",
    ),
    pytest.param(
        companies(row("a", "甲辰", aliases="东风电子|海淀國際|万里台后")), id="wholly Simplified, and what both have"
    ),
    pytest.param(companies(row("a", "甲辰", aliases="Газпром")), id="wholly Cyrillic"),
    pytest.param(
        companies(row("a", "甲辰")) | {"companies-more.csv": HEAD + row("a", "甲辰", "Alpha", "老甲")}, id="id added to"
    ),
    pytest.param(companies(row("a", "甲辰", "Sun", "-Sun")), id="English name taken away"),
    pytest.param({"companies.csv": companies(row("a", "甲辰"))["companies.csv"].replace("\n", "\r\n")}, id="CRLF"),
    pytest.param({"policies.csv": "id,name,jurisdiction\na,潮汐公約,multilateral\n"}, id="no country"),
    pytest.param({"companies.csv": "id,name,weak_aliases\na,甲辰,甲辰\n"}, id="supported by what stands beside it"),
    pytest.param({"places.csv": "id,name,aliases\na,北嶼,北\n"}, id="one-character place"),
]


@pytest.mark.parametrize("files", SOUND)
def test_what_is_no_finding(tmp_path: Path, files: dict[str, str]) -> None:
    assert list(map(str, check([write_folder(tmp_path, files)]))) == []


def test_a_folder_is_checked_against_those_read_before_it(tmp_path: Path) -> None:
    before = write_folder(tmp_path / "before", companies(row("a", "甲辰鋼鐵", "Alpha", "甲辰"), row("b", "甲辰鋼鐵")))
    rows = (row("a", "", "", "-甲辰|老甲"), row("c", "乙巳", aliases="甲辰鋼鐵"), row("d", "丙午", aliases="-甲辰"))
    mine = write_folder(tmp_path / "mine", companies(*rows))
    findings = [f"{f.file}:{f.line} {f.kind}" for f in check([before, mine], [mine])]
    assert findings == [f"{mine}/companies.csv:3 shared-alias", f"{mine}/companies.csv:4 takes-nothing"]


def test_a_later_folder_may_rename(tmp_path: Path) -> None:
    before = write_folder(tmp_path / "before", companies(row("a", "甲辰", "Alpha")))
    mine = write_folder(tmp_path / "mine", companies(row("a", "乙巳", "Beta")))
    assert check([before, mine], [mine]) == []


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such dictionary folder"):
        check([tmp_path / "none"])


CELL = st.text('甲乙国國 a|-:,"\n\r\u200b\u3000А東东1\0', max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(lines=st.lists(st.lists(CELL, min_size=1, max_size=7).map(",".join), max_size=5))
def test_no_file_is_too_broken_to_check(tmp_path: Path, lines: list[str]) -> None:
    text = HEAD + "\n".join(lines)
    folder = write_folder(tmp_path, {"companies.csv": text, "ignore.csv": "name,type,context\n" + "\n".join(lines)})
    for finding in check([folder], strict=True):
        assert finding.kind in KINDS
        assert 0 <= finding.line <= text.count("\n") + 1


def test_the_built_in_dictionaries_are_sound() -> None:
    assert list(map(str, check([builtin_folder()], strict=True))) == []
