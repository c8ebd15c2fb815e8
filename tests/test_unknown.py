"""Names that no dictionary has: cases as data, and that a name once found is found everywhere."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor

CASES = tomllib.loads((Path(__file__).parent / "cases" / "names" / "unknown.toml").read_text("utf-8"))["cases"]


def marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
    return pytest.param(case["text"], case["names"], marks=marks)


@pytest.mark.parametrize(("text", "names"), [marked(case) for case in CASES])
def test_the_unknown_names_of_a_text(small: Extractor, text: str, names: dict[str, str]) -> None:
    unknown = [e for e in small.extract(text).entities if not e.known]
    assert {e.mentions[0].text: e.type for e in unknown} == names
    assert all(e.id == f"?{e.mentions[0].text}" for e in unknown)


def test_a_name_found_once_is_found_everywhere(small: Extractor) -> None:
    text = "鋆晟製藥昨天宣布擴廠。今年鋆晟製藥已投資三次，鋆晟的股東同意。"
    (entity,) = small.extract(text).entities
    assert [m.text for m in entity.mentions] == ["鋆晟製藥", "鋆晟製藥", "鋆晟"]


def test_a_name_in_simplified_characters_is_the_same_kind(small: Extractor) -> None:
    (entity,) = small.extract("董事长陈翊岚表示同意。").entities
    assert (entity.id, entity.type) == ("?陈翊岚", "person")
