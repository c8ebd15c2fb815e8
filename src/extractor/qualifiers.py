"""Qualifiers: the date, the amount and the title that belong to a statement, as written and beside it as machines count.

A date stands before the words that it dates, in their clause or, where that has none, in one before it that they go on
from; an amount stands in the clause, on either side, or in the next one where that tells the sum (金額86億元).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property

from extractor.amounts import amount, amounts
from extractor.dates import dates, iso_date
from extractor.knowledge.cues import Titles
from extractor.knowledge.rules import Relation
from extractor.records import Qualifiers
from extractor.text.expressions import Expression

Span = tuple[int, int]

_SENTENCE = "。!?;\n"
_MARK = Expression(r"[:,。!?;\n](?!(?<=\d,)\d{3})")
_LAST_MARK = Expression(f"(?s:.*){_MARK.pattern}")
_REACH = 120  # code points on either side in which the ends of a clause are looked for
_BACK, _ON = 3, 2  # clauses before and behind the statement's own in which a date is looked for
# The clause before tells when somebody spoke, and the statement is another thing.
_SPEAKS = Expression(
    "表示|指出|强调|说|认为|透露|坦言|直言|否认|澄清|预估|预期|受访|出席|回应|重申|看好|补充|解释|批评|提醒|喊话|呼吁"
)
_ANNOUNCED = Expression("(?:宣布|公告|公布|通过|决议|拍板|记者会)$")
_TOGETHER = Expression("双方|两人|两家|三方|两国|三国|宣布|并|同步|共同")
# The statement has a time of its own.
_NOW = Expression("将|拟|目前|正|现正|可望|预计|计画|有意|尚未|迄今|至今|长年|近来|随即|早已|否认")
_BEHIND = Expression("[于在自从至到]$")
_UNTIL = Expression("[至到]$")
# What a deal or a plant comes to, soon or in the end.
_PHASE = Expression(
    "[^,。]{0,6}?(?:完成|交割|动工|动土|完工|启用|量产|投产|落成|开幕|生效|上路|就职|上任|就任|到任|破局|喊卡|告吹|破裂|拆伙|终止|解约|和解|叫停|夭折|作罢|无疾而终)"
)
_LEADS = Expression(
    r"[^,。]{0,6}?(?:案|计画|公司)?(?:则|也|并|但|却)?(?:已|将|须|要|仍|可望)?(?:在|于|力拚|拚|最快|最晚|最迟|预计|预定|早在|赶在|订|排定|暂定|待)*$"
)
_SUM = {
    "money": Expression(
        "(?:合约|交易|投资|总|收购|授信|契约|订单|标购|处分|贷款|联贷|并购|求偿|罚锾|补助)?(?:金额|总额|总价|价金|规模|总值|作价|总金额|额度|价格|总经费|经费)?(?:约|为|达|逾|近|共|计|高达|合计|上看)*"
        "|(?:将|拟|并|预计|再|先|合计|共|还|各)*(?:以|砸下?|斥资|投入|出资|耗资|投资|核贷|核给|提供|承诺)(?:约|逾|近)*"
    ),
    "share": Expression(
        "(?:目前|现|已|并|把|将|其|合计|共)*(?:持股|持有|握有|持股比率|持股比例|比率|比重|持股数|股权)(?:已|将|也|由[^,。]{1,8}|从[^,。]{1,8})*(?:拉高|提高|升|增加?|降低?|减少?|增|拉升|稀释|下降|调升|调降)?(?:到|至|为|达|仅|剩|约)*"
    ),
}
_PAID = Expression("(?:以|砸下?|斥资|出资|耗资|花|花费|投入|拿出)[^,。]{0,4}$")
_EACH = Expression("分别|各")
_FROM = Expression("[由从自]$")
_TO = Expression("[到至为成]$")


class Qualifier:
    """Reads the qualifiers of the statements of a document; `day` tells on which day it speaks, where that is known."""

    def __init__(self, titles: Titles, day: Callable[[], date | None]) -> None:
        self._titles, self._day = titles, day
        self._clauses = _Clauses("")

    def read(
        self,
        key: str,
        text: str,
        evidence: Span,
        trigger: Span,
        relation: Relation,
        *,
        carried: bool = False,
        listed: tuple[int, int] | None = None,
    ) -> Qualifiers:
        """The qualifiers of the statement that stands at `evidence` in a text and its folded `key`.

        `trigger`: its telling words. `carried`: its subject stands in a clause before. `listed`: the place of one of its
        ends in a list and the length of that.
        """
        if self._clauses.key is not key:
            self._clauses = _Clauses(key)
        clauses = self._clauses
        result: Qualifiers = {}
        clause = clauses.around(*trigger)
        # 去年入股的甲 is told beside other things, and has what stands before its own words.
        aside = evidence[1] > trigger[1] and (key.startswith("的", trigger[1]) or key[trigger[1] - 1] == "的")
        if aside:
            clause = (max(clause[0], evidence[0]), trigger[1])
        if relation.dated:
            carried = carried or evidence[0] < clause[0]
            span = _own_date(clauses, clause, trigger) if aside else _date(clauses, clause, trigger, carried)
            if span:
                result["date"] = text[slice(*span)]
                if iso := iso_date(key[slice(*span)], self._anchor):
                    result["date_iso"] = iso
        for kind in relation.amounts:
            if span := _amount(clauses, clause, trigger, kind, listed):
                written = result["amount"] = text[slice(*span)]
                # 億 and 萬 are what Taiwan writes; 兆 for a million millions is Taiwan's too.
                if known := amount(kind, key[slice(*span)], any(c in written for c in "億萬兆")):
                    result["amount_value"], result["currency"] = _plain(known[0]), known[1]
                break
        if relation.id in self._titles.relations and (title := self._title(key, trigger, relation)):
            result["title"] = text[slice(*title)]
        return result

    @cached_property
    def _anchor(self) -> date | None:
        return self._day()

    def _title(self, key: str, trigger: Span, relation: Relation) -> Span | None:
        """The title of a post, among the words that tell of it."""
        for start in range(*trigger):
            title = self._titles.at(key, start)
            if title and relation.id in (title.relation, *title.relation_for.values()):
                return start, start + len(title.name)
        return None


class _Clauses:
    """The clauses of a text, their dates and amounts; each is looked for once, however many statements ask for it."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._around: dict[Span, Span] = {}
        self._dates: dict[Span, list[Span]] = {}
        self._amounts: dict[tuple[str, Span], list[Span]] = {}

    def around(self, start: int, end: int) -> Span:
        """The clause in which a place stands, without its mark."""
        clause = self._around.get((start, end))
        if clause is None:
            low, high = max(0, start - _REACH), min(len(self.key), end + _REACH)
            before = _LAST_MARK.match(self.key, low, start)
            behind = _MARK.search(self.key, end, high)
            clause = before.end() if before else low, behind.start() if behind else high
            self._around[start, end] = clause
        return clause

    def before(self, clause: Span) -> Span | None:
        """The clause before, in the same sentence."""
        place = clause[0] - 1
        return None if place < 1 or self.key[place] in _SENTENCE else self.around(place, place)

    def behind(self, clause: Span) -> Span | None:
        """The clause behind, in the same sentence."""
        place = clause[1] + 1
        return None if place >= len(self.key) or self.key[clause[1]] in _SENTENCE else self.around(place, place)

    def dates(self, clause: Span) -> list[Span]:
        """Where a clause names dates."""
        found = self._dates.get(clause)
        if found is None:
            found = self._dates[clause] = dates(self.key, *clause)
        return found

    def amounts(self, kind: str, clause: Span) -> list[Span]:
        """Where a clause names amounts of a kind."""
        found = self._amounts.get((kind, clause))
        if found is None:
            found = self._amounts[kind, clause] = amounts(kind, self.key, *clause)
        return found


def _date(clauses: _Clauses, clause: Span, trigger: Span, carried: bool) -> Span | None:
    if span := _own_date(clauses, clause, trigger):
        return span
    key, behind = clauses.key, clause
    for _ in range(_ON):
        if not (following := clauses.behind(behind)):
            break
        behind = following
        for start, end in clauses.dates(behind):
            if _LEADS.match(key, behind[0], start) and _PHASE.match(key, end, behind[1]):
                return start, end
    before = clause
    for _ in range(_BACK):
        if not (previous := clauses.before(before)):
            break
        before = previous
        if spans := clauses.dates(before):
            start, end = spans[-1]
            goes_on = _goes_on(key, (before[0], start), (end, before[1]), (clause[0], trigger[0]), carried)
            return (start, end) if goes_on else None
    return None


def _goes_on(key: str, head: Span, tail: Span, own: Span, carried: bool) -> bool:
    """Whether a statement happens on the date of a clause before; `head`, `tail`: what stands there on either side of the date.

    `own`: what stands before the statement's words in its own clause.
    """
    until = _UNTIL.search(key, *head) is not None
    if not until and not key[slice(*tail)].strip("起晚间深夜上午下凌晨"):
        return True
    if until or _NOW.search(key, *own) or _SPEAKS.search(key, *tail):
        return False
    return carried or _ANNOUNCED.search(key, *tail) is not None or _TOGETHER.match(key, *own) is not None


def _own_date(clauses: _Clauses, clause: Span, trigger: Span) -> Span | None:
    """The date in the statement's own clause: the last before its words; behind them one with 於, or of what comes of it."""
    key, spans = clauses.key, clauses.dates(clause)
    if before := [span for span in spans if span[1] <= trigger[1]]:
        return before[-1]
    return next(
        (span for span in spans if _BEHIND.search(key, clause[0], span[0]) or _PHASE.match(key, span[1], clause[1])),
        None,
    )


def _amount(clauses: _Clauses, clause: Span, trigger: Span, kind: str, listed: tuple[int, int] | None) -> Span | None:
    key, spans = clauses.key, clauses.amounts(kind, clause)
    # 甲與乙各持有三成與兩成: to each its own.
    if listed and len(spans) == listed[1] and _EACH.search(key, clause[0], spans[0][0]):
        return spans[listed[0]]
    # 由25%降為15%: what counts is where it ends.
    for first, second in zip(spans, spans[1:], strict=False):
        if _FROM.search(key, clause[0], first[0]) and _TO.search(key, first[1], second[0]):
            spans = [span for span in spans if span != first]
            break
    if spans:
        return min(spans, key=lambda span: (max(span[0] - trigger[1], trigger[0] - span[1], 0), span))
    if kind not in _SUM:
        return None
    if following := clauses.behind(clause):
        for span in clauses.amounts(kind, following)[:1]:
            if _SUM[kind].fullmatch(key, following[0], span[0]):
                return span
    if kind == "money" and (previous := clauses.before(clause)):
        for span in clauses.amounts(kind, previous)[-1:]:
            if _PAID.search(key, previous[0], span[0]) and previous[1] - span[1] <= 4:
                return span
    return None


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
