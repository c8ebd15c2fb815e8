"""Numerals as the press writes them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.numerals import NUMBER, value

CASES = {
    "1,636": 1636,
    "1,636亿": 163_600_000_000,
    "1.2万": 12_000,
    "0.519": Decimal("0.519"),
    "三": 3,
    "十": 10,
    "十二": 12,
    "两百二十": 220,
    "三百零五": 305,
    "两千": 2000,
    "千亿": 100_000_000_000,
    "百万": 1_000_000,
    "3兆5千亿": 3_500_000_000_000,
    "6亿5,000万": 650_000_000,
    "二〇二五": 2025,
    "十二点五": Decimal("12.5"),
    "半": Decimal("0.5"),
    "万亿": 1_000_000_000_000,
    "台": None,
    "三台": None,
    "": None,
    "三点台": None,
}


@pytest.mark.parametrize(("numeral", "number"), CASES.items())
def test_value(numeral, number):
    assert value(numeral) == number


def spell(number: int) -> str:
    """A whole number under a hundred million in Chinese."""
    if number >= 10_000:
        rest = number % 10_000
        return spell(number // 10_000) + "万" + (("零" if rest < 1_000 else "") + spell(rest) if rest else "")
    text, gap = "", False
    for unit, name in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return text


@given(st.integers(1, 99_999_999))
def test_numbers_in_characters_and_in_figures(number):
    assert value(spell(number)) == number
    assert value(f"{number:,}") == number
    assert re.fullmatch(NUMBER, f"{number:,}")


@given(st.text("0123456789,.十百千万亿兆零一二两半点", max_size=12))
def test_whatever_is_written_is_a_number_or_none(numeral):
    number = value(numeral)
    assert number is None or number >= 0
