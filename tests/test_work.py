"""No text makes the work grow out of proportion: work is counted, the clock is never asked."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor
from extractor.discourse import Discourse
from extractor.folds import fold_lists, fold_names
from extractor.linking import Link
from extractor.owners import fold_owners
from extractor.skeleton import build
from extractor.text.folding import fold
from extractor.text.sentences import LONGEST

MOST = 2.3  # times the work for a text twice as long
LENGTH = LONGEST  # a whole sentence: within one the work may grow faster

UNITS = [
    "收購",
    "甲辰",
    "甲辰、",
    "甲辰與",
    "甲辰收購乙巳",
    "甲辰收購乙巳，",
    "甲辰收購乙巳。",
    "甲辰與乙巳簽署備忘錄",
    "董事長",
    "董事長陳",
    "歐陽子涵",
    "甲辰董事長歐陽子涵",
    "甲辰董事長、乙巳總經理歐陽子涵",
    "甲辰（9001）",
    "甲辰（以下簡稱辰甲）",
    "以下簡稱",
    "該公司",
    "雙方",
    "否認",
    "甲辰否認收購乙巳，",
    "北嶼南埠",
    "11月6日100億元",
    "x股份有限公司",
    "晟鑫製藥",
    "甲辰（Abc）",
    "A ",
    "Abc ",
    "（",
    "「",
    "《",
    "「甲辰」",
    "（甲辰",
    "，",
    "？！",
    "1",
    "甲辰·",
    "澤塔",
    "\n",
    " ",
]


@contextmanager
def watched() -> Iterator[Counter[tuple[str, str]]]:
    """How often each function is called inside, by its folder and its name; those of C together."""
    count: Counter[tuple[str, str]] = Counter()

    def note(frame: Any, event: str, argument: Any) -> None:
        if event == "call":
            count[Path(frame.f_code.co_filename).parent.name, frame.f_code.co_name] += 1
        elif event == "c_call":
            count["", "C"] += 1

    sys.setprofile(note)
    try:
        yield count
    finally:
        sys.setprofile(None)


def calls(extractor: Extractor, text: str) -> int:
    """How many functions, Python's and C's, are called while a text is read."""
    with watched() as count:
        extractor.extract(text)
    return count.total()


def looked(extractor: Extractor, text: str) -> dict[str, int]:
    """How often each function is called that looks for names which no dictionary has."""
    with watched() as count:
        extractor.extract(text)
    return {name: times for (folder, name), times in count.items() if folder == "unknown" and name[0] != "<"}


def tried(extractor: Extractor, text: str) -> int:
    """How many rules are tried on a text."""
    before = extractor.matcher.tried
    extractor.extract(text)
    return extractor.matcher.tried - before


class Counting:
    """A compiled expression that counts how often it is asked to search."""

    def __init__(self, regex: Any) -> None:
        self.regex, self.searches = regex, 0

    def search(self, *arguments: Any) -> Any:
        self.searches += 1
        return self.regex.search(*arguments)


@pytest.fixture
def counted(small: Extractor, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Counting]]:
    """The expressions of all rules, counting."""
    counting = []
    for relation in small.rules.relations.values():
        for rule in relation.rules:
            counting.append(Counting(rule.regex))
            monkeypatch.setitem(rule.__dict__, "regex", counting[-1])
    yield counting


@pytest.fixture(scope="module", autouse=True)
def warm(small: Extractor) -> None:
    """Whatever is made at the first use only is made before anything is counted."""
    small.extract("甲辰董事長歐陽子涵表示，甲辰擬收購乙巳，也與丙午簽署備忘錄。" + "".join(UNITS))


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_twice_the_work(small: Extractor, unit: str) -> None:
    times = LENGTH // len(unit)
    once, twice = calls(small, unit * times), calls(small, unit * times * 2)
    assert once > 0
    assert twice <= MOST * once


@pytest.mark.parametrize("unit", [u for u in UNITS if "甲辰" in u])
def test_twice_the_text_tries_twice_the_rules(small: Extractor, counted: list[Counting], unit: str) -> None:
    times = LENGTH // len(unit)
    work = []
    for text in (unit * times, unit * times * 2):
        for regex in counted:
            regex.searches = 0
        # Where the cuts between sentences fall differs: as much as one sentence more is no growth.
        work.append((tried(small, text), sum(regex.searches for regex in counted)))
    slack = len(counted)
    (rules, searches), (more_rules, more_searches) = work
    assert more_rules <= MOST * rules + slack
    assert more_searches <= MOST * searches + slack


def test_rules_are_tried_only_where_a_word_of_theirs_stands(small: Extractor) -> None:
    assert tried(small, "甲辰天乙巳地丙午。" * 50) == 0
    assert 0 < tried(small, "甲辰收購乙巳。") < len([r for x in small.rules.relations.values() for r in x.rules]) / 4


def test_names_are_looked_for_only_where_a_word_tells_of_them(small: Extractor) -> None:
    plain = "甲辰天乙巳地丙午。" * 50
    # One scan; who is named in Latin letters or behind a surname is told by no word.
    assert looked(small, plain) == looked(small, plain * 9) == {"find": 2, "latin": 1, "who_act": 1}
    assert "with_titles" in looked(small, plain + "董事長陳翊嵐也到了。")
    once, twice = looked(small, plain + "鋆晟製藥也到了。"), looked(small, plain + "鋆晟製藥也到了，砳淼製藥也到了。")
    assert (once["stem"], twice["stem"]) == (1, 2)


def test_two_megabytes_on_one_line_are_read_in_parts(small: Extractor) -> None:
    text = ("甲辰收購乙巳，" + "字" * LONGEST)[:LONGEST] * 340
    assert len(text.encode("utf-8")) > 2_000_000
    lengths, statements = [], 0
    for reading in small.readings(text):
        lengths.append(len(reading.key))
        statements += len(reading.statements)
    assert sum(lengths) == len(text)
    assert max(lengths) <= 25_000
    assert len(text) / 25_000 <= len(lengths) <= len(text) / 15_000
    assert statements >= 340


def stages(extractor: Extractor, text: str) -> int:
    """How many functions are called to make the skeleton of a sentence of text, fold it and put in what it leaves out."""
    key = fold(text)
    names = {"甲辰": "company", "乙巳": "company", "北屿": "place", "欧阳子涵": "person"}
    links = [Link(found.start(), found.end(), found[0], names[found[0]]) for found in re.finditer("|".join(names), key)]
    with watched() as count:
        skeleton = build(key, 0, len(key), links)
        fold_names(skeleton)
        fold_owners(skeleton)
        extractor._title_folder.fold(skeleton, None, names.__getitem__, str, lambda person, title: None, True)
        fold_lists(skeleton)
        extractor._standing.read(skeleton)
        extractor._resolver.resolve(skeleton, Discourse(), {})
    return count.total()


@pytest.mark.parametrize(
    "sentence", ["甲辰{}。", "{}甲辰收購乙巳。", "甲辰董事長歐陽子涵{}，乙巳", "在北嶼{}，甲辰、乙巳{}"]
)
def test_plain_characters_are_no_work_for_the_stages_of_a_sentence(small: Extractor, sentence: str) -> None:
    few, many = (sentence.replace("{}", "字" * times) for times in (40, 400))
    stages(small, few), stages(small, many)  # what is compiled at its first use
    assert stages(small, many) == stages(small, few)


def test_a_clause_without_names_is_little_work(small: Extractor) -> None:
    few, many = ("甲辰收購乙巳" + "，字字字" * times for times in (10, 110))
    stages(small, many)
    assert (stages(small, many) - stages(small, few)) / 100 <= 20


def test_a_row_of_spaces_or_dates_is_read_in_one_way(small: Extractor) -> None:
    for row in (" " * 60, "日前" * 60, "12月11日" * 20):
        small.extract(f"{row}記憶體大廠甲辰收購乙巳，{row}甲辰也擴廠。")  # tried in all ways it would not end


def test_what_a_title_leaves_out_is_asked_of_no_more_sentences_than_there_are(small: Extractor) -> None:
    text = "歐陽子涵說明。" * 1_500 + "董事長歐陽子涵表示。"
    assert small.extract(text).triples == ()
