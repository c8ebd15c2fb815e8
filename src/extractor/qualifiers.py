"""Qualifiers: the date and the amount that stand nearest to a trigger, as written."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d[\d,.]*|[一二三四五六七八九十百千兩两半]+)"
_DATE = re.compile(
    r"(?:(?:今|明|去|前|后|同|本)(?:\([^)]*\))?年)?(?:\d{2,4}年)?(?:(?:今|上|下|本|去)?(?:上|下)?(?:个)?月)?(?:\d{1,2}月)?(?:\d{1,2}日|上旬|中旬|下旬|底|初)"
    r"|(?:今|明|去|前|后|同)年(?:\d{1,2}月(?:\d{1,2}日|底|初)?|第[\d一二三四]季|上半年|下半年|底|初|春天|夏天|秋天|冬天|元旦)?"
    r"|\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:第[\d一二三四]季|底|初|上半年|下半年)?"
    r"|\d{1,2}月(?:\d{1,2}日|底|初|上旬|中旬|下旬)?|第[\d一二三四]季|上半年|下半年|本季|上季"
    r"|昨\(\d+\)日|今\(\d+\)日|昨日|昨天|昨晚|昨|今天|今日|当天|上(?:个)?(?:周|月)底?|下(?:个)?(?:周|月)|本周|周[一二三四五六日]"
)
_MONEY = re.compile(
    rf"(?:约|逾|近|超过|不超过|至少)?(?:新台币|人民币|美金)?{_NUMBER}(?:多|余)?(?:兆|亿|万|千万|百万)+(?:多|余)?(?:美元|欧元|日圆|日元|人民币|港元|英镑|韩元|元|张|股)"
    rf"|(?:约|逾|近|超过)?{_NUMBER}(?:\.\d+)?%|(?:约|逾|近)?[一二三四五六七八九两]成[一二三四五六七八九]?(?:以上|以下)?|百分之[一二三四五六七八九十百]+|过半(?:数)?股权|全部股权"
)


def date_and_amount(key: str, start: int, end: int, trigger: int) -> dict[str, tuple[int, int]]:
    """Where in the folded text the clause key[start:end] names a date and an amount, the ones nearest to `trigger`."""
    found = {}
    for name, pattern in (("date", _DATE), ("amount", _MONEY)):
        spans = [m.span() for m in pattern.finditer(key, start, end)]
        if spans:
            found[name] = min(spans, key=lambda span: (abs(span[0] - trigger), span))
    return found
