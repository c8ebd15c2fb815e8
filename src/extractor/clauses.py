"""Clauses: whether one speaks of a subject of its own, and of which name.

The subject of a clause is its first name where only words such as 昨, 至於 or 封測廠 stand before it; of 第一金旗下第一銀行 and
晟德持股六成的玉晟 it is the name behind.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.skeleton import ACTORS, ANY, CLAUSE_MARKS, FIRMS, PERSON, PLACE, STATED, Skeleton

_SPLIT = ",;:\n"
_GAP = f"[^{STATED}{CLAUSE_MARKS}的与和跟由向将把对]"
_HEAD = re.compile(
    rf"{ANY}(?:的)?(?:旗下|(?:[^{STATED}{CLAUSE_MARKS}的]{{0,4}})(?:子公司|孙公司|母公司|转投资|关系企业|大股东|股东|供应商|对手|客户|代工厂|伙伴|龙头))的?[^{STATED}{CLAUSE_MARKS}]{{0,6}}({ANY})"
    rf"|{ANY}{_GAP}{{0,6}}(?:持股|持有|控股|投资|转投资|入股|创立|创办|成立|主导|收购|并购|买下|领军|拥有|所属)(?:了|过)?"
    rf"[^{STATED}{CLAUSE_MARKS}的]{{0,8}}的{_GAP}{{0,6}}([{FIRMS}])"
)
_KIN = re.compile(rf"(?:同属|隶属|隶属于|属于|出身|师承)([{FIRMS}])(?:集团)?的{_GAP}{{0,6}}([{FIRMS}])")
_PRESENTED = re.compile(
    rf"(?:还有|就是|则是|首推|莫过于|当属|要数|非)[^{STATED}{CLAUSE_MARKS}]{{0,8}}([{FIRMS}])(?:莫属)?[。!?\n]*$"
)
_VERB = f"[^{STATED}{CLAUSE_MARKS}的由被遭获与和跟在于对向将把]"
_DOER = re.compile(
    rf"(?P<verb>{_VERB}{{2,12}}){ANY}(?P<between>{_VERB}{{0,10}})的[^{STATED}{CLAUSE_MARKS}的]{{0,6}}"
    rf"(?:(?P<firm>[{FIRMS}])|(?P<person>{PERSON}))(?!的|、|股|持股|经营权|在|位于|工会|员工|客户|旗下|{ANY})"
)
# 半路殺出的龍邦悄悄吃貨 speaks of 龍邦; 收購虧損的龍邦 does not.
_MODIFIED = re.compile(rf"{_VERB}{{2,12}}的{_VERB}{{0,6}}([{FIRMS}])(?![的、股后时案])[^{STATED}{CLAUSE_MARKS}]{{3}}")
_TAKES = re.compile(
    "(?:并|再|又|也|还|将|拟|已|曾|更|就|才|先|则|可望|有意|计画|决定|宣布|同意|正|欲|想|陆续|随后)*"
    "(?:收购|并购|投资|取得|宣布|看好|买|卖|入股|支持|提名|力挺|合并|接|拿|抢|打|供应|切入|出售|处分|认购|参|成为|是|为|有|没|不|靠|替|挺|告|控|砸|娶|吃|拉|找|邀|访|见|签)"
)
_OWN_VERB = re.compile("所|旗下|持有|持股|投资|创|成立|收购|经营|主导|拥有|手|合资|推出|提出")
_SITE = re.compile(
    rf"{PLACE}(?:的|新|总|[^{STATED}{CLAUSE_MARKS}与和在对向于将是为]{{0,6}}(?:[厂店]|园区|据点|分公司|分行|总部|中心|风场|基地|产线|产能))"
)
_GOES = re.compile(r"(?:进驻|落脚|访问|造访|出身|位于|设于|来自|进军|插旗|并入|加入|成立|创立|创办)$")
_KINSMAN = re.compile(
    "(?:最大|主要|老|死|头号|旧|原|另一家|另一|其|现有|长期|国内|海外|重要|市场派|公司派|创始|第.{1,2}大)*"
    "(?:死对头|对手|大股东|股东|客户|供应商|母公司|子公司|伙伴|代工厂|旗下)"
)
_RELATIVE = re.compile(
    r"(?:股东|死对头|对手|客户|伙伴|母公司|子公司|孙公司|买家|卖方|买方|卖家|盟友|同业|友军|债权人|供应商)$"
)

# A comma behind what is disposed of, or behind whom it goes through, ends no clause: 將子公司的兩成股權，以三千萬元讓給….
_HOLDING = "股权|股份|持股|持分|股票|股数|资产|土地|厂房|产线|业务|专利|权利|商标|机台|设备|大楼|厂区|[张股]|手中|手上"
_DISPOSED = re.compile(
    rf"(?:将|把)(?:其|旗下|手上|手中|所持|所持有|持有|名下|自家|百分之百持有|子公司|全资|的|之|全数|部分|另|{PLACE})*[^{STATED}{CLAUSE_MARKS}]{{0,6}}{ANY}"
    rf"[^{STATED}{CLAUSE_MARKS}]{{0,20}}(?:{_HOLDING})(,)(?=[^{STATED}{CLAUSE_MARKS}]{{0,16}}(?:售|卖|让|转|移转|脱手|出清|处分|授权|交由|交给|委由|捐))"
)
_THROUGH = re.compile(
    rf"(?:透过|经由|通过|委由|由)[^{STATED}{CLAUSE_MARKS}的]{{0,12}}(?:的)?[^{STATED}{CLAUSE_MARKS}]{{0,8}}[{FIRMS}](?:出面|名义)?(,)(?=[^{STATED}{CLAUSE_MARKS}]{{0,16}}(?:取得|收购|并购|买|投资|入股|参股|认购|承接|接手|吃下|向|持有|增资|处分|出售|将|把|设立|成立|兴建|砸))"
)


def join_clauses(skeleton: Skeleton) -> None:
    """Take the commas away that part a verb from what it is done to, with or through."""
    for pattern in (_DISPOSED, _THROUGH):
        for match in pattern.finditer(skeleton.text):
            cell = match.start(1)
            skeleton.text = f"{skeleton.text[:cell]} {skeleton.text[cell + 1 :]}"


class Clauses:
    """Finds the subjects of clauses; made once for the table `clause` of the cues."""

    def __init__(self, cues: dict[str, Any]) -> None:
        words = cues["clause"]
        light = "|".join(sorted(map(re.escape, words["light"]), key=len, reverse=True))
        strangers = "|".join(sorted(map(re.escape, words["strangers"]), key=len, reverse=True))
        kinds = "|".join(map(re.escape, words["kinds"]))
        openers = "|".join(sorted(map(re.escape, words["openers"]), key=len, reverse=True))
        self._opener = re.compile(rf"(?:{light}|[\d年月日])*(?:{openers})")
        self._stranger = re.compile(rf"(?:{light}|[\d年月日])*(?:{strangers})")
        self._light = re.compile(rf"(?:(?:{light}|[\d%.\-年月日◎▲●■◆〔〕]| )*|[^{_SPLIT}的]{{0,8}}(?:{kinds}))$")

    def subject(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The cell of the name that the clause text[start:end] speaks of, and the cell where its phrase begins; or None."""
        if kin := _KIN.match(text, start, end):
            return kin.start(2), start
        if (modified := _MODIFIED.match(text, start, end)) and not _TAKES.match(text, start):
            return modified.start(1), modified.start(1)
        first = ACTORS.search(text, start, end)
        if first is None or not self._light.match(text[start : first.start()]):
            return None
        head = _HEAD.match(text, first.start(), end)
        if head:
            return head.start(head.lastindex or 1), first.start()
        return first.start(), first.start()

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
        return self._stranger.match(text[start:end]) is not None

    def goes_on(self, text: str, start: int) -> bool:
        """Whether a sentence begins with a word that lets the subject of the one before go on."""
        return self._opener.match(text, start) is not None

    def topic(self, text: str, start: int, end: int) -> int | None:
        """The cell of the firm that the part of a sentence text[start:end] is about: the subject of its first clause with names.

        A firm that is named for what it is to another (大股東, 對手), or for what it did (半路殺出的), is none.
        """
        place = start
        while place < end:
            stop = next((i for i in range(place, end) if text[i] in _SPLIT), end)
            if ACTORS.search(text, place, stop):
                found = self.subject(text, place, stop)
                if not found or _RELATIVE.search(text[place : found[1]]) or _MODIFIED.match(text, place, stop):
                    return None
                return found[0]
            place = stop + 1
        return None

    def presented(self, text: str) -> int | None:
        """The cell of the firm that a sentence brings in at its end, for the next ones to speak of: 還有鑫龍電纜。"""
        match = _PRESENTED.search(text)
        return match.start(1) if match else None
