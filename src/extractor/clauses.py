"""Clauses: whether one speaks of a subject of its own, and of which name.

The subject of a clause is its first name where only words such as 昨, 至於 or 封測廠 stand before it; of 第一金旗下第一銀行 and
晟德持股六成的玉晟 it is the name behind.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.skeleton import ACTORS, ANY, CLAUSE_MARKS, FIRMS, STATED

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
_RELATIVE = re.compile(
    r"(?:股东|对手|客户|伙伴|母公司|子公司|孙公司|买家|卖方|买方|卖家|盟友|同业|友军|债权人|供应商)$"
)


class Clauses:
    """Finds the subjects of clauses; made once for the table `clause` of the cues."""

    def __init__(self, cues: dict[str, Any]) -> None:
        words = cues["clause"]
        light = "|".join(sorted(map(re.escape, words["light"]), key=len, reverse=True))
        strangers = "|".join(sorted(map(re.escape, words["strangers"]), key=len, reverse=True))
        kinds = "|".join(map(re.escape, words["kinds"]))
        self._stranger = re.compile(rf"(?:{light}|[\d年月日])*(?:{strangers})")
        self._light = re.compile(rf"(?:(?:{light}|[\d%.\-年月日◎▲●■◆〔〕]| )*|[^{_SPLIT}的]{{0,8}}(?:{kinds}))$")

    def subject(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The cell of the name that the clause text[start:end] speaks of, and the cell where its phrase begins; or None."""
        if kin := _KIN.match(text, start, end):
            return kin.start(2), start
        first = ACTORS.search(text, start, end)
        if first is None or not self._light.match(text[start : first.start()]):
            return None
        head = _HEAD.match(text, first.start(), end)
        if head:
            return head.start(head.lastindex or 1), first.start()
        return first.start(), first.start()

    def is_strange(self, text: str, start: int, end: int) -> bool:
        """Whether the clause has a common noun for its subject: nothing is carried over into it."""
        return self._stranger.match(text[start:end]) is not None

    def topic(self, text: str, start: int, end: int) -> int | None:
        """The cell of the firm that the part of a sentence text[start:end] is about: the subject of its first clause with names.

        A firm that is named for what it is to another (大股東, 對手) is none.
        """
        place = start
        while place < end:
            stop = next((i for i in range(place, end) if text[i] in _SPLIT), end)
            if ACTORS.search(text, place, stop):
                found = self.subject(text, place, stop)
                if not found or _RELATIVE.search(text[place : found[1]]):
                    return None
                return found[0]
            place = stop + 1
        return None

    def presented(self, text: str) -> int | None:
        """The cell of the firm that a sentence brings in at its end, for the next ones to speak of: 還有鑫龍電纜。"""
        match = _PRESENTED.search(text)
        return match.start(1) if match else None
