"""The word lists of the cues: each word once in its list, and the lists that speak of others within them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from extractor.knowledge import builtin_folder
from extractor.knowledge.cues import load_cues, load_titles

CUES = load_cues(builtin_folder() / "cues.toml")
TITLES = load_titles(builtin_folder() / "titles.toml")


def lists(table: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of words in the cues, with the names of the tables that hold it."""
    for name, value in table.items():
        here = f"{path}.{name}".lstrip(".")
        if isinstance(value, dict):
            yield from lists(value, here)
        elif isinstance(value, list):
            yield here, value


@pytest.mark.parametrize(("path", "words"), [pytest.param(*pair, id=pair[0]) for pair in lists(CUES)])
def test_a_word_stands_once_in_its_list(path: str, words: list[str]) -> None:
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize("part", ["telling", "things"])
def test_suffixes_of_a_kind_are_suffixes(part: str) -> None:
    firms = CUES["unknown"]["firms"]
    assert set(firms[part]) <= set(firms["trades"])


def test_titles_have_two_characters_or_more() -> None:
    assert [key for key in TITLES.by_key if len(key) < 2] == []


@pytest.mark.parametrize(
    "text", ["", "长", "鸿海董事长刘扬伟", "副总经理兼发言人", "董事董事长特助", "经济部部长与行政院院长"]
)
def test_titles_are_found_as_a_naive_search_finds_them(text: str) -> None:
    spans = [(s, e) for s in range(len(text)) for e in range(s + 1, len(text) + 1) if text[s:e] in TITLES.by_key]
    keys = {id(title): key for key, title in TITLES.by_key.items()}
    found = {start: keys[id(title)] for start, title in TITLES.find(text).items()}
    assert found == {
        start: max((text[s:e] for s, e in spans if s == start), key=len) for start in sorted({s for s, _ in spans})
    }
    for place in range(len(text) + 1):
        begun, ended = TITLES.at(text, place), TITLES.before(text, place)
        assert (keys[id(begun)] if begun else None) == found.get(place)
        ending = [text[s:e] for s, e in spans if e == place]
        assert (keys[id(ended)] if ended else None) == (max(ending, key=len) if ending else None)
