"""The word lists of the cues: each word once in its list, and the lists that speak of others within them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from extractor.knowledge import builtin_folder
from extractor.knowledge.cues import load_cues

CUES = load_cues(builtin_folder() / "cues.toml")


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
