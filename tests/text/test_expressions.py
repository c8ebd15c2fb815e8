"""Expressions are compiled when they are first used, once for all runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor import cache
from extractor.text import expressions
from extractor.text.expressions import Expression, keep


@pytest.fixture(autouse=True)
def anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of these tests' own, and no expression so far."""
    monkeypatch.setattr(cache, "user_cache_path", lambda name: tmp_path / name)
    monkeypatch.setattr(expressions, "_made", {})
    monkeypatch.setattr(expressions, "_kept", {})


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The sources of all that is compiled."""
    sources: list[str] = []
    encode = expressions.encode
    compiler = SimpleNamespace(compile=lambda source: (sources.append(source), re.compile(source))[1])
    monkeypatch.setattr(expressions, "encode", lambda source: (sources.append(source), encode(source))[1])
    monkeypatch.setattr(expressions, "re", compiler)
    yield sources


def test_it_does_what_a_compiled_one_does() -> None:
    text, source = "甲12乙345丙", r"(\d+)"
    made, compiled = Expression(source), re.compile(source)
    assert made.findall(text) == compiled.findall(text)
    assert made.split(text) == compiled.split(text)
    assert made.sub("#", text) == compiled.sub("#", text)
    assert [m.span() for m in made.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    for method in ("search", "match", "fullmatch"):
        for place in range(len(text)):
            one, other = getattr(made, method)(text, place, 3), getattr(compiled, method)(text, place, 3)
            assert (one and one.span()) == (other and other.span())


def test_it_is_compiled_when_it_is_used(compiled: list[str]) -> None:
    expression = Expression("甲")
    assert compiled == []
    assert expression.search("甲") and expression.match("甲")
    assert compiled == ["甲"]


def test_what_was_kept_is_not_compiled_again(compiled: list[str]) -> None:
    Expression("甲")
    Expression("乙+")
    keep()
    assert sorted(compiled) == ["乙+", "甲"]
    compiled.clear()
    expressions._kept.clear()
    again = Expression("乙+")
    keep()
    assert again.fullmatch("乙乙")
    assert compiled == []


def test_another_expression_is_another_store(compiled: list[str], tmp_path: Path) -> None:
    Expression("甲")
    keep()
    later = Expression("丙|丁")
    keep()
    keep()
    assert sorted(compiled) == ["丙|丁", "甲", "甲"]
    assert later.search("丁")
    assert len(list((tmp_path / "extractor").iterdir())) == 2


def test_without_a_cache_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cache_folder", lambda: None)
    expression = Expression("甲|乙")
    keep()
    assert expression.search("乙")
