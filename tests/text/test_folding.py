"""Folding keeps every place where it is and makes all writings of a character one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.folding import REPLACEMENT, fold

PLANES = [(start, start + 0x10000) for start in range(0, 0x110000, 0x10000)]

ANYTHING = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@pytest.mark.parametrize(("low", "high"), PLANES)
def test_every_code_point_folds_to_one_that_stays(low: int, high: int) -> None:
    for code in range(low, high):
        key = fold(chr(code))
        assert len(key) == 1, hex(code)
        assert fold(key) == key, hex(code)


@given(ANYTHING)
def test_length_is_kept_and_folding_twice_changes_nothing(text: str) -> None:
    key = fold(text)
    assert len(key) == len(text)
    assert fold(key) == key


@given(ANYTHING, ANYTHING)
def test_neighbours_do_not_matter(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@pytest.mark.parametrize(
    "group",
    [
        ("臺灣積體電路", "台湾积体电路"),
        ("鴻海與東元簽署合作備忘錄", "鸿海与东元签署合作备忘录"),
        ("啟", "啓", "启"),
        ("漆間啟", "漆間啓"),
        ("祕書", "秘書", "秘书"),
        ("ＡＢＣ１２３", "ABC123", "abc123"),
        ("（），：！？", "(),:!?"),
        ("羣創", "群創", "群创"),
        ("Nestlé", "NESTLÉ"),
        ("華\u3000碩", "華 碩", "华\u00a0硕"),
    ],
)
def test_writings_of_the_same_fall_together(group: tuple[str, ...]) -> None:
    assert len({fold(text) for text in group}) == 1


@pytest.mark.parametrize("pair", [("台", "合"), ("日", "曰"), ("a", "b"), ("，", "、"), ("鴻", "海")])
def test_different_characters_stay_apart(pair: tuple[str, str]) -> None:
    assert fold(pair[0]) != fold(pair[1])


@pytest.mark.parametrize("code", [0xE000, 0xE3FF, 0xEFFF, 0xF8FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_marks_of_the_pipeline_cannot_come_from_a_text(code: int) -> None:
    assert fold(f"鴻{chr(code)}海") == f"{fold('鴻')}{REPLACEMENT}{fold('海')}"
