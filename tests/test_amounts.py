"""Amounts: what counts as one, and how much it is."""

from __future__ import annotations

import pytest

from extractor.amounts import KINDS, amount
from extractor.text.folding import fold

MONEY = [
    ("3億元", 300_000_000, "TWD"),
    ("1,636億日圓", 163_600_000_000, "JPY"),
    ("約１６億美元", 1_600_000_000, "USD"),
    ("9,000萬美元", 90_000_000, "USD"),
    ("千億美元", 100_000_000_000, "USD"),
    ("近1兆美元", 1_000_000_000_000, "USD"),
    ("3兆5千億元", 3_500_000_000_000, "TWD"),
    ("6億5,000萬元", 650_000_000, "TWD"),
    ("新台幣200多億元", 20_000_000_000, "TWD"),
    ("人民幣44億元", 4_400_000_000, "CNY"),
    ("不超過2.75億歐元", 275_000_000, "EUR"),
    ("14億星元", 1_400_000_000, "SGD"),
    ("兩百億元", 20_000_000_000, "TWD"),
]
SHARES = [
    ("10%", 10, "%"),
    ("0.519%", "0.519", "%"),
    ("約一成", 10, "%"),
    ("三成五", 35, "%"),
    ("兩成半", 25, "%"),
    ("四成多", 40, "%"),
    ("百分之百", 100, "%"),
    ("百分之五十一", 51, "%"),
    ("全部股權", 100, "%"),
    ("1.2萬張", 12_000_000, "shares"),
    ("500萬股", 5_000_000, "shares"),
]
UNKNOWN = [
    ("money", "數十億元"),
    ("money", "上百億美元"),
    ("share", "過半股權"),
    ("share", "10%至51%"),
    ("money", "7100萬到7300萬美元"),
    ("goods", "5萬顆"),
]


def read(kind: str, written: str, traditional: bool = True):
    key = fold(f"鴻海以{written}收購")
    match = KINDS[kind].search(key)
    assert match and match[0] == fold(written)
    found = amount(kind, match[0], traditional)
    return found and (str(found[0].normalize().__format__("f")), found[1])


@pytest.mark.parametrize(("written", "number", "currency"), MONEY, ids=[case[0] for case in MONEY])
def test_money(written, number, currency):
    assert read("money", written) == (str(number), currency)


@pytest.mark.parametrize(("written", "number", "unit"), SHARES, ids=[case[0] for case in SHARES])
def test_shares(written, number, unit):
    assert read("share", written) == (str(number), unit)


@pytest.mark.parametrize(("kind", "written"), UNKNOWN)
def test_what_cannot_be_known(kind, written):
    assert read(kind, written) is None


def test_whose_yuan_it_is_is_unknown_in_simplified_text():
    assert read("money", "3億元", traditional=False) is None
    assert read("money", "3億美元", traditional=False) == ("300000000", "USD")


@pytest.mark.parametrize("text", ["一成立", "三元能源", "2元件", "第一成員", "三成員", "5股", "1億元件", "四成為"])
def test_no_amounts(text):
    key = fold(text)
    assert not KINDS["money"].search(key)
    assert not KINDS["share"].search(key)
