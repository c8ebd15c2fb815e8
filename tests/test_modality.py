"""Modality: cues, their reach, and what is no cue. Invented sentences; the triples with their modality as they must come out."""

from __future__ import annotations

import pytest

from extractor import Extractor
from helpers import facts

ACQUIRES = "甲辰鋼鐵-acquires-乙巳食品"

CASES = [
    # a plan goes on over a clause without a subject of its own, and ends where something has come to pass
    ("甲辰擬以5億元現金，向希塔收購乙巳。", ["甲辰鋼鐵-acquires-乙巳食品 [planned]"]),
    ("甲辰擬擴產，去年才收購乙巳。", [ACQUIRES]),
    ("甲辰計畫中的產線已收購乙巳。", [ACQUIRES]),
    # 將 that is 把
    ("甲辰將乙巳收購。", [ACQUIRES]),
    ("甲辰將收購乙巳。", [f"{ACQUIRES} [planned]"]),
    # a rumour, and whose denial it is
    ("外傳甲辰收購乙巳。", [f"{ACQUIRES} [rumoured]"]),
    ("外傳甲辰收購乙巳，甲辰否認。", [f"{ACQUIRES} [denied]"]),
    ("外傳甲辰收購乙巳。甲辰發言人說沒有這回事。", [f"{ACQUIRES} [denied]"]),
    ("甲辰上月收購乙巳，外傳還想買下丁未，甲辰否認。", [ACQUIRES, "甲辰鋼鐵-acquires-丁未汽車 [denied]"]),
    # what is asserted is not denied by a later clause
    ("甲辰收購乙巳。對於漲價的消息，甲辰否認。", [ACQUIRES]),
    # what failed is ended; a clause that opens with somebody else speaks of something else
    ("甲辰收購乙巳，後來破局。", [f"{ACQUIRES} [ended]"]),
    ("甲辰擬收購乙巳，遭丙午打了回票。", [f"{ACQUIRES} [ended]"]),
    ("甲辰收購乙巳，丁未的聯貸案破局。", [ACQUIRES]),
    # the narrator's negation, conditions and questions
    ("甲辰未收購乙巳。", []),
    ("甲辰表示，沒有收購乙巳。", [f"{ACQUIRES} [denied]"]),
    ("如果甲辰收購乙巳，股價會漲。", []),
    ("甲辰是否收購乙巳，尚無定論。", []),
    ("一旦甲辰收購乙巳，股價會漲。", []),
    # what a sentence takes for granted
    ("外傳甲辰旗下的乙巳擬漲價，甲辰否認。", ["乙巳食品-subsidiary_of-甲辰鋼鐵"]),
    ("甲辰擬把所持乙巳三成股權脫手。", ["甲辰鋼鐵-holds_stake-乙巳食品", "甲辰鋼鐵-reduces_stake-乙巳食品 [planned]"]),
    ("乙巳將成為甲辰的子公司。", ["乙巳食品-subsidiary_of-甲辰鋼鐵 [planned]"]),
    # longer words that hold a cue
    ("傳統大廠甲辰收購乙巳。", [ACQUIRES]),
    ("甲辰董事會昨收購乙巳。", [ACQUIRES]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_statement_has_the_modality_of_its_cues(small: Extractor, text: str, expected: list[str]) -> None:
    assert facts(small.extract(text)) == sorted(expected)
