"""Folds: what stands between names and the words that tie them is taken away from a skeleton.

Brackets, quotes and countries before names go; lists (鴻海、和碩與緯創) become one slot with three members. Each is looked for only
where its marks and names of its kinds are.
"""

from __future__ import annotations

import re

from extractor.skeleton import ANY, CLAUSE_MARKS, FIRM_TYPES, FIRMS, NAME, PLACE, STATED, Skeleton, Slot, slot_class
from extractor.text.expressions import Expression

_YEAR = Expression(r"\d{4}")
_BRACKET = Expression(rf"({ANY})\(([^()\n]{{0,60}})\)")
_QUOTED = Expression(
    rf"[「『《“\"]({ANY})(?:[^「」『』《》“”{CLAUSE_MARKS}{STATED}]{{1,12}}(?<=[画案法议协规则政策构想公告]))?[」』》”\"](?:计画|方案|法案|政策|构想)?"
)
_POLICY_TAIL = Expression(rf"([{slot_class('policy', carried=False)}])(?:计画|政策|构想|方案)")
_COUNTRY_NAME = Expression(
    rf"({PLACE})[^{STATED}{CLAUSE_MARKS}、的与和及在对向于将]{{0,10}}(?<![设建往])(?<!子公司)(?<!孙公司)(?<!母公司)(?<!旗下公司)(?<!关系企业)(?<=[者创厂司团行构商金店家头])([{FIRMS}])"
)
_COUNTRY_NEXT = Expression(rf"({PLACE})([{slot_class('company', carried=False)}])")
_NESTED_PLACE = Expression(rf"({PLACE})({PLACE})")
_JOINT = "(?:、|,?(?:以及|及其?)|与|和|跟|暨|同)"
_JOINED = Expression(f"{ANY}{_JOINT}{ANY}")
_LISTS = [
    (frozenset(types), Expression(rf"([{inside}])(?:{_JOINT}([{inside}]))+"))
    for types in (FIRM_TYPES, ("person",), ("place",), ("policy",))
    for inside in ["".join(slot_class(type_, carried=False) for type_ in types)]
]


# A court in which something is done takes no part in it: 在德國曼海姆地方法院提告.
_COURT = Expression(rf"(?<=[在到向于赴])(?:{PLACE})?([{slot_class('organization', carried=False)}])")


def fold_names(skeleton: Skeleton) -> None:
    """Take away brackets and quotes around names, the countries and kinds before them, and the courts where a suit is heard."""
    stated = skeleton.stated
    if "(" in skeleton.text:
        skeleton.fold(_BRACKET, _unbracketed)
    if "organization" in stated:
        skeleton.fold(_COURT, _court)
    skeleton.fold(_QUOTED, _first)
    if "policy" in stated:
        skeleton.fold(_POLICY_TAIL, _first)
    if "place" not in stated:
        return
    if stated["place"] > 1:
        skeleton.fold(_NESTED_PLACE, _innermost)
    if skeleton.count_firms():
        skeleton.fold(_COUNTRY_NAME, _second)
        skeleton.fold(_COUNTRY_NEXT, _second)


def _first(skeleton: Skeleton, match: re.Match[str]) -> str:
    return match[1]


def _second(skeleton: Skeleton, match: re.Match[str]) -> str:
    return match[2]


def _unbracketed(skeleton: Skeleton, match: re.Match[str]) -> str | None:
    if not NAME.search(match[2]):
        return match[1]
    slots = skeleton.slots
    others = {m for c in match[2] if c in slots for m in slots[c].members}.difference(slots[match[1]].members)
    return None if others and not _YEAR.search(match[2]) else match[1]


def _court(skeleton: Skeleton, match: re.Match[str]) -> str | None:
    start, end = skeleton.spans[match.end() - 1]
    return "院" if skeleton.key[start:end].endswith(("法院", "法庭", "仲裁院")) else None


def _innermost(skeleton: Skeleton, match: re.Match[str]) -> str | None:
    if all(end - start == 1 for start, end in skeleton.spans[slice(*match.span())]):
        pair = skeleton.slots[match[1]].members + skeleton.slots[match[2]].members
        return skeleton.new_slot(Slot("place", pair))  # 台美: two states, not one in the other
    return match[2]


def fold_lists(skeleton: Skeleton) -> None:
    """Make one slot of each list of names of one kind."""
    if len(skeleton.slots) > 1 and _JOINED.search(skeleton.text):
        for types, pattern in _LISTS:
            if not types.isdisjoint(skeleton.stated):
                skeleton.fold(pattern, _group)


def _group(skeleton: Skeleton, match: re.Match[str]) -> str | None:
    if match[0][1] in "与和跟" and "、" in match[0]:
        return None  # 甲與乙、丙: 甲 is on one side, the list behind it on the other
    parts = [skeleton.slots[c] for c in match[0] if c in skeleton.slots]
    members = tuple(dict.fromkeys(m for part in parts for m in part.members))
    return skeleton.new_slot(Slot(parts[0].type, members, any(p.inferred for p in parts)))
