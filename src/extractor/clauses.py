"""Clauses: whether one speaks of a subject of its own, and of which name.

The subject of a clause is its first name where only words such as 昨, 至於 or 封測廠 stand before it; of 第一金旗下第一銀行 and
晟德持股六成的玉晟 it is the name behind.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.skeleton import ACTORS, ANY, CLAUSE_MARKS, FIRMS, NAME, PERSON, PLACE, STATED, Skeleton
from extractor.text.expressions import Expression, alternatives

_SPLIT = ",;:\n"
_MARK = Expression(f"[{_SPLIT}]")
_ENDS = "。!?\n"
_FIRM = Expression(f"[{FIRMS}]")
_DATE = "0123456789年月日"
_LIGHT_MARKS = "%.-◎▲●■◆〔〕 "
_GAP = f"[^{STATED}{CLAUSE_MARKS}的与和跟由向将把对]"
_HEAD_LEAST, _HEAD_MOST = 3, 27  # cells of `_HEAD` before its second name
_HEAD = Expression(
    rf"{ANY}(?:的)?(?:旗下|(?:[^{STATED}{CLAUSE_MARKS}的]{{0,4}})(?:子公司|孙公司|母公司|转投资|关系企业|大股东|股东|供应商|对手|客户|代工厂|伙伴|龙头))的?[^{STATED}{CLAUSE_MARKS}]{{0,6}}({ANY})"
    rf"|{ANY}{_GAP}{{0,6}}(?:持股|持有|控股|投资|转投资|入股|创立|创办|成立|主导|收购|并购|买下|领军|拥有|所属)(?:了|过)?"
    rf"[^{STATED}{CLAUSE_MARKS}的]{{0,8}}的{_GAP}{{0,6}}([{FIRMS}])"
)
_KIN_STARTS = "同隶属出师"
_KIN = Expression(rf"(?:同属|隶属|隶属于|属于|出身|师承)([{FIRMS}])(?:集团)?的{_GAP}{{0,6}}([{FIRMS}])")
_PRESENTED = Expression(
    rf"(?:还有|就是|则是|首推|莫过于|当属|要数|非)[^{STATED}{CLAUSE_MARKS}]{{0,8}}([{FIRMS}])(?:莫属)?[{_ENDS}]*$"
)
_VERB = f"[^{STATED}{CLAUSE_MARKS}的由被遭获与和跟在于对向将把]"
_DOER = Expression(
    rf"(?P<verb>{_VERB}{{2,12}}){ANY}(?P<between>{_VERB}{{0,10}})的[^{STATED}{CLAUSE_MARKS}的]{{0,6}}"
    rf"(?:(?P<firm>[{FIRMS}])|(?P<person>{PERSON}))(?!的|、|股|持股|经营权|在|位于|工会|员工|客户|旗下|{ANY})"
)
# 半路殺出的龍邦悄悄吃貨 speaks of 龍邦; 收購虧損的龍邦 does not.
_MODIFIED = Expression(rf"{_VERB}{{2,12}}的{_VERB}{{0,6}}([{FIRMS}])(?![的、股后时案])[^{STATED}{CLAUSE_MARKS}]{{3}}")
_TAKES = Expression(
    "(?:并|再|又|也|还|将|拟|已|曾|更|就|才|先|则|可望|有意|计画|决定|宣布|同意|正|欲|想|陆续|随后)*"
    "(?:收购|并购|投资|取得|宣布|看好|买|卖|入股|支持|提名|力挺|合并|接|拿|抢|打|供应|切入|出售|处分|认购|参|成为|是|为|有|没|不|靠|替|挺|告|控|砸|娶|吃|拉|找|邀|访|见|签)"
)
_OWN_VERB = Expression("所|旗下|持有|持股|投资|创|成立|收购|经营|主导|拥有|手|合资|推出|提出")
_SITE = Expression(
    rf"{PLACE}(?:的|新|总|[^{STATED}{CLAUSE_MARKS}与和在对向于将是为]{{0,6}}(?:[厂店]|园区|据点|分公司|分行|总部|中心|风场|基地|产线|产能))"
)
_GOES = Expression(r"(?:进驻|落脚|访问|造访|出身|位于|设于|来自|进军|插旗|并入|加入|成立|创立|创办)$")
KIN = "死对头|对手|大股东|股东|客户|供应商|母公司|子公司|伙伴|代工厂|旗下"
_KINSMAN = Expression(
    f"(?:最大|主要|老|死|头号|旧|原|另一家|另一|其|现有|长期|国内|海外|重要|市场派|公司派|创始|第.{{1,2}}大)*(?:{KIN})"
)
_RELATIVE = tuple(
    re.split(" ", "股东 死对头 对手 客户 伙伴 母公司 子公司 孙公司 买家 卖方 买方 卖家 盟友 同业 友军 债权人 供应商")
)

# A comma behind what is disposed of, or behind whom it goes through, ends no clause: 將子公司的兩成股權，以三千萬元讓給….
_HOLDING = "股权|股份|持股|持分|股票|股数|资产|土地|厂房|产线|业务|专利|权利|商标|机台|设备|大楼|厂区|[张股]|手中|手上"
_DISPOSED = Expression(
    rf"(?:将|把)(?:其|旗下|手上|手中|所持|所持有|持有|名下|自家|百分之百持有|子公司|全资|的|之|全数|部分|另|{PLACE})*[^{STATED}{CLAUSE_MARKS}]{{0,6}}{ANY}"
    rf"[^{STATED}{CLAUSE_MARKS}]{{0,20}}(?:{_HOLDING})(,)(?=[^{STATED}{CLAUSE_MARKS}]{{0,16}}(?:售|卖|让|转|移转|脱手|出清|处分|授权|交由|交给|委由|捐))"
)
_THROUGH = Expression(
    rf"(?:透过|经由|通过|委由|由)[^{STATED}{CLAUSE_MARKS}的]{{0,12}}(?:的)?[^{STATED}{CLAUSE_MARKS}]{{0,8}}[{FIRMS}](?:出面|名义)?(,)(?=[^{STATED}{CLAUSE_MARKS}]{{0,16}}(?:取得|收购|并购|买|投资|入股|参股|认购|承接|接手|吃下|向|持有|增资|处分|出售|将|把|设立|成立|兴建|砸))"
)
# Words behind whose clause a comma may go.
JOINS = Expression("将|把|透过|经由|通过|委由|由")


def join_clauses(skeleton: Skeleton) -> None:
    """Take the commas away that part a verb from what it is done to, with or through."""
    if not JOINS.search(skeleton.text):
        return
    for pattern in (_DISPOSED, _THROUGH):
        for match in pattern.finditer(skeleton.text):
            cell = match.start(1)
            skeleton.text = f"{skeleton.text[:cell]} {skeleton.text[cell + 1 :]}"


class Clauses:
    """Finds the subjects of clauses; made once for the table `clause` of the cues."""

    def __init__(self, cues: dict[str, Any]) -> None:
        words = cues["clause"]
        starts = {word[0] for word in words["light"]} | set(_DATE)
        self._stranger_starts = starts | {word[0] for word in words["strangers"]}
        self._opener_starts = starts | {word[0] for word in words["openers"]}
        self._light_ends = {word[-1] for word in words["light"] + words["kinds"]} | set(_DATE + _LIGHT_MARKS)
        before = _lightly(words["light"], _DATE)
        self._opener = Expression(f"{before}(?:{alternatives(words['openers'])})")
        self._stranger = Expression(f"{before}(?:{alternatives(words['strangers'])})")
        light = _lightly(words["light"], _DATE + _LIGHT_MARKS)
        self._light = Expression(rf"(?:{light}|[^{_SPLIT}的]{{0,8}}(?:{alternatives(words['kinds'])}))$")

    def subject(self, text: str, start: int, first: int, end: int) -> tuple[int, int] | None:
        """The cell of the name that the clause text[start:end] speaks of, and the cell where its phrase begins; or None.

        `first`: the cell of the first name of the clause.
        """
        if first > start:
            if text[start] in _KIN_STARTS and (kin := _KIN.match(text, start, end)):
                return kin.start(2), start
            if (modified := self._modified(text, start, first, end)) is not None and not _TAKES.match(text, start):
                return modified, modified
            if text[first - 1] not in self._light_ends or not self._light.match(text, start, first):
                return None
        other = NAME.search(text, first + _HEAD_LEAST, min(end, first + _HEAD_MOST))
        if other and (head := _HEAD.match(text, first, end)):
            return head.start(head.lastindex or 1), first
        return first, first

    @staticmethod
    def _modified(text: str, start: int, first: int, end: int) -> int | None:
        """The cell of the name in front of which a clause says what it did."""
        if text.find("的", start, first) < 0:
            return None
        match = _MODIFIED.match(text, start, end)
        return match.start(1) if match else None

    def is_attribute(self, text: str, cell: int) -> bool:
        """Whether the name at a cell is a place that only tells where the subject is: 越南廠, 越南的."""
        return _SITE.match(text, cell) is not None

    def doer(self, text: str, start: int, end: int) -> int | None:
        """The cell of the name that does what a clause says before it: 率先進駐南港的鴻海, 接任總經理三年的劉揚偉."""
        match = _DOER.match(text, start, end)
        # 吃下後者所屬的乙: what stands before 的 is told of the name in the middle.
        if (
            not match
            or _OWN_VERB.search(match["between"])
            or not (match["between"] or match["person"] or _GOES.search(match["verb"]))
        ):
            return None
        return match.start("person") if match["person"] else match.start("firm")

    def is_kinsman(self, text: str, start: int) -> bool:
        """Whether a clause begins with what its subject is to the one spoken of before: 最大對手…, 母公司…."""
        return _KINSMAN.match(text, start) is not None

    def is_strange(self, text: str, start: int, end: int) -> bool:
        """Whether the clause has a common noun for its subject: nothing is carried over into it."""
        return text[start] in self._stranger_starts and self._stranger.match(text, start, end) is not None

    def goes_on(self, text: str, start: int) -> bool:
        """Whether a sentence begins with a word that lets the subject of the one before go on."""
        return text[start] in self._opener_starts and self._opener.match(text, start) is not None

    def topic(self, text: str, start: int, end: int) -> int | None:
        """The cell of the firm that the part of a sentence text[start:end] is about: the subject of its first clause with names.

        A firm that is named for what it is to another (大股東, 對手), or for what it did (半路殺出的), is none.
        """
        named = ACTORS.search(text, start, end)
        if named is None:
            return None
        place = first = named.start()
        if first > start:
            place = max(start, *(text.rfind(mark, start, first) + 1 for mark in _SPLIT))
        stop = _MARK.search(text, first, end)
        end = stop.start() if stop else end
        if self._modified(text, place, first, end) is not None:
            return None
        found = self.subject(text, place, first, end)
        return found[0] if found and not text.endswith(_RELATIVE, place, found[1]) else None

    def presented(self, text: str) -> int | None:
        """The cell of the firm that a sentence brings in at its end, for the next ones to speak of: 還有鑫龍電纜。"""
        ending = text.rstrip(_ENDS).removesuffix("莫属")
        match = _PRESENTED.search(text) if _FIRM.match(ending[-1:]) else None
        return match.start(1) if match else None


def _lightly(words: list[str], characters: str) -> str:
    """An expression for any number of some words and characters. Each text is read in one way only, with no word that others make
    together: an expression that can read a row of spaces in many ways tries them all where it fails.
    """
    single = {word for word in words if len(word) == 1} | set(characters)
    longer = [word for word in words if not single.issuperset(word)]
    return f"(?:[{re.escape(''.join(sorted(single)))}]|{alternatives(longer)})*"
