"""Numerals as the press writes them: 1,636億, 3兆5千億, 兩百二十, 十二點五; in folded text."""

from __future__ import annotations

from decimal import Decimal
from unicodedata import numeric

from extractor.text.expressions import Expression

# A run of digits, or of characters that are numerals; 半 only alone, where it is a half of what follows.
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二三四五六七八九两十百千]+(?:点[零〇一二三四五六七八九]+)?|半)"
LARGE = "[十百千万亿兆]"

_TOKEN = Expression(r"\d[\d,]*(?:\.\d+)?|.")
_SMALL, _BIG = "十百千", "万亿兆"
_OWN = {"两": Decimal(2), "半": Decimal("0.5")}  # Unicode knows the value of every other numeral


def value(numeral: str) -> Decimal | None:
    """The number that a numeral stands for; None where it is none."""
    whole, _, decimals = numeral.partition("点")
    total = section = Decimal(0)
    digit: Decimal | None = None
    for token in _TOKEN.findall(whole):
        if token[0].isdecimal():
            digit = Decimal(token.replace(",", ""))
            continue
        number = _OWN.get(token, _numeric(token))
        if number is None:
            return None
        if token in _SMALL:
            section += (Decimal(1) if digit is None else digit) * number
            digit = None
        elif token in _BIG:
            # 三兆 2 千 亿: a larger unit behind a smaller one multiplies all before it (万亿).
            part = section if digit is None else section + digit
            total = (total + part) * number if 0 < total < number else total + (part or Decimal(1)) * number
            section, digit = Decimal(0), None
        else:
            digit = number if digit is None else digit * 10 + number  # 二〇二五
    result = total + section + (Decimal(0) if digit is None else digit)
    if decimals:
        digits = [_numeric(d) for d in decimals]
        if None in digits:
            return None
        result += Decimal("0." + "".join(str(d) for d in digits))
    return result if whole else None


def _numeric(character: str) -> Decimal | None:
    number = float(numeric(character, -1))
    return Decimal(int(number)) if number >= 0 and number.is_integer() else None
