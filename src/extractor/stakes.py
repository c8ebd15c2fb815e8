"""Stakes: whose shares a clause speaks of when it does not say so (緯穎今年上市，緯創仍持有四成股權)."""

from __future__ import annotations

from extractor.skeleton import CLAUSE_MARKS, FIRMS, NAMES
from extractor.text.expressions import Expression

_AMOUNT = r"(?:大约|约|近|逾|超过|过半|达|为|了|过|全部|全数|其余|剩余|另外|各|多|余|的|[\d.'%]|[一二三四五六七八九十百千两半成万亿兆]|美元|欧元|日圆|日元|港元|人民币|新台币|台币|英镑|元|张|股(?![权份东])|分之)"
_SHARES = r"股权|股份|持股|股票"
_END = rf"(?=$|[{CLAUSE_MARKS}、])"
# Where the name that is left out would stand: the end of the group `verb`.
_LEFT_OUT = (
    Expression(rf"(?P<verb>持有|握有|拥有|拿下|取得|买下|承接|认购|处分|出售|卖出){_AMOUNT}{{1,14}}(?:{_SHARES})"),
    Expression(rf"(?P<verb>持股|入股|参股|增持|减持|出资|跟投|领投){_AMOUNT}{{0,14}}{_END}"),
    Expression(
        rf"(?P<verb>(?:是|为|成为|成|居|跃居|升为|跃升|晋升|当上|名列|列名)(?:持股{_AMOUNT}{{1,12}})?)(?:单一)?(?:最大|第[一二三]大|大|主要)(?:单一)?(?:法人)?股东(?!会|大会|名|权|的)"
    ),
)
_OTHER = Expression(f"[{NAMES}]")
_FIRM = Expression(f"[{FIRMS}]")


STAKES = "股|增持|减持|出资|跟投|领投"
_TELLING = Expression(STAKES)


def speaks_of_shares(text: str) -> bool:
    """Whether a text has one of the words without which no clause of it speaks of shares."""
    return _TELLING.search(text) is not None


def left_out(text: str, start: int, end: int) -> int | None:
    """The cell before which the firm would stand whose shares the clause text[start:end] speaks of without naming it.

    The clause has one name before the words for holding, its subject, and no firm behind them.
    """
    for pattern in _LEFT_OUT:
        if match := pattern.search(text, start, end):
            names = _OTHER.findall(text[start : match.start()])
            if len(names) == 1 and not _FIRM.search(text, match.start(), end):
                return match.end("verb")
    return None
