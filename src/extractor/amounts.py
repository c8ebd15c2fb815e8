"""Amounts: where a text names money, a share of something or a number of goods, and how much it is."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.numerals import LARGE, NUMBER, value
from extractor.text.expressions import Expression

# ISO 4217 codes by name, folded; the longer names first where one begins with another.
_CURRENCIES = {
    **dict.fromkeys(("新台币", "新臺币", "台币", "nt$"), "TWD"),
    **dict.fromkeys(("美元", "美金", "us$"), "USD"),
    **dict.fromkeys(("日圆", "日元", "日币"), "JPY"),
    **dict.fromkeys(("人民币", "rmb"), "CNY"),
    **dict.fromkeys(("港元", "港币", "hk$"), "HKD"),
    **dict.fromkeys(("韩元", "韩圆", "韩币", "韩圜"), "KRW"),
    **dict.fromkeys(("星元", "星币", "新加坡元", "新币"), "SGD"),
    **dict.fromkeys(("欧元",), "EUR"),
    **dict.fromkeys(("英镑",), "GBP"),
    **dict.fromkeys(("瑞士法郎", "瑞郎"), "CHF"),
    **dict.fromkeys(("澳元", "澳币"), "AUD"),
    **dict.fromkeys(("加元", "加币"), "CAD"),
    **dict.fromkeys(("泰铢",), "THB"),
    **dict.fromkeys(("越南盾",), "VND"),
    **dict.fromkeys(("令吉", "马币", "林吉特"), "MYR"),
    **dict.fromkeys(("卢比",), "INR"),
    **dict.fromkeys(("印尼盾",), "IDR"),
}
_NAMES = "|".join(re.escape(name) for name in _CURRENCIES)
_ABOUT = r"(?:约|逾|近|超过|不超过|不到|至少|最多|最高|高达|上看|将近|大约)?"
_SOME = r"[余多]?"
# 3亿, 3亿5,000万, 千亿, 数十亿
_COUNT = rf"(?:[数上]?{NUMBER}{_SOME}(?:{LARGE}+{_SOME}(?:{NUMBER}{LARGE}+)?))"
_PERCENT = r"(?<![\d.])\d+(?:\.\d+)?%"

KINDS = {
    "money": Expression(
        rf"{_ABOUT}(?:(?:{_NAMES}){_COUNT}元?|(?:{_COUNT}(?:至|到|-|~))?{_COUNT}(?:(?:{_NAMES})|元(?!件|素|宇|月|旦|大|富))"
        # 450万与300万元: the unit comes with the last.
        rf"|{_COUNT}(?=(?:、|与|和|及){NUMBER}[万亿兆]+元))"
    ),
    "share": Expression(
        rf"{_ABOUT}(?:{_PERCENT}(?:(?:至|到|-|~){_PERCENT})?|百分之(?:百|[一二三四五六七八九十]+(?:点[一二三四五六七八九零]+)?)"
        r"|(?<![\d十百千第])[一二三四五六七八九两]成(?:[一二三四五六七八九](?![成家个年月])|半)?(?![立员功长果本熟品效交为份])(?:多|以上|以下)?"
        rf"|过半(?:数)?(?:股权|股份)?|(?:全部|全数|多数|半数)(?:股权|股份)|{_COUNT}(?:张|股)(?![权份东价]))"
    ),
    "goods": Expression(rf"{_ABOUT}(?:{_COUNT}|\d+)(?:颗|辆|架|艘|套|片|吨|剂|公吨|台(?![湾北中南电积达塑]))"),
}
# Of each kind an amount holds one of these characters.
_TELLING = {
    "money": Expression("[元币$金圆b圜镑郎铢盾吉特比]"),
    "share": Expression("[%分成股张半]"),
    "goods": Expression("[颗辆架艘套片吨剂台]"),
}
_UNIT = Expression(rf"({_COUNT})(张|股)?")
_LOT = 1_000  # shares in a 张


def amounts(kind: str, key: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the stretch start:end of a folded text names amounts of a kind."""
    if not _TELLING[kind].search(key, start, end):
        return []
    return [
        m.span() for m in KINDS[kind].finditer(key, start, end) if not key.startswith("每股", max(0, m.start() - 2))
    ]


def amount(kind: str, written: str, traditional: bool) -> tuple[Decimal, str] | None:
    """How much an amount of folded text is: money in an ISO 4217 currency, a share in "%" or in "shares"; None where unknown.

    A bare 元 is the New Taiwan dollar in a text in Traditional characters, and unknown in another.
    """
    if kind == "money":
        return _money(written, traditional)
    return _share(written) if kind == "share" else None


def _money(written: str, traditional: bool) -> tuple[Decimal, str] | None:
    number = None if re.search("[至到~-]", written) else _number(written)
    named = next((code for name, code in _CURRENCIES.items() if name in written), None)
    currency = named or ("TWD" if traditional else None)
    return (number, currency) if number is not None and currency else None


def _share(written: str) -> tuple[Decimal, str] | None:
    percents = re.findall(r"([\d.]+)%", written)
    if percents:
        return (Decimal(percents[0]), "%") if len(percents) == 1 else None
    if match := re.search(r"百分之(.+)", written):
        number = Decimal(100) if match[1] == "百" else value(match[1])
        return (number, "%") if number is not None else None
    if match := re.search(r"(.)成(.)?", written):
        tens = value(match[1])
        ones = Decimal(5) if match[2] == "半" else value(match[2] or "零") or Decimal(0)
        return (tens * 10 + ones, "%") if tens is not None else None
    if written.startswith(("全部", "全数")):
        return Decimal(100), "%"
    number = _number(written)
    if number is None or not written.endswith(("张", "股")):
        return None
    return (number * _LOT if written.endswith("张") else number), "shares"


def _number(written: str) -> Decimal | None:
    match = re.search(_COUNT, written)
    # 数十亿 and 上百亿 are no number.
    if not match or match[0][0] in "数上":
        return None
    return value(re.sub(r"[余多]", "", match[0]))
