"""Discourse: names that a clause leaves out or says with another word, put back into its skeleton.

A clause without a subject of its own gets an unspoken one at its front, the subject carried over from before; 該公司,
雙方, 兩人, 前者 become slots for what they stand for. Both are marked as inferred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from extractor.records import EntityType
from extractor.skeleton import CLAUSE_MARKS, STATED, Skeleton, Slot, slot_class

_CLAUSE = re.compile(r"[^,;:\n]+")
_ACTORS = re.compile("[" + "".join(map(slot_class, ("company", "organization", "person", "place", "policy"))) + "]")
# 第一金旗下第一銀行宣布: the subject is the name behind, not the one that owns it.
_HEAD = re.compile(
    f"(?:的)?(?:旗下|子公司|孙公司|转投资|关系企业)的?[^{STATED}{CLAUSE_MARKS}]{{0,6}}([{slot_class('company')}])"
)
_OF_A_PLACE = tuple("的厂新总园")  # 越南廠, 越南的: a place that only tells where the subject is
_FIRM_TYPES = ("company", "organization")
_SPLIT = ",;:\n"


@dataclass(slots=True)
class Discourse:
    """What the text has spoken of so far; read sentence by sentence."""

    subject: Slot | None = None
    firm: Slot | None = None
    person: Slot | None = None
    firms: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    types: dict[str, EntityType] = field(default_factory=dict)

    def see(self, slot: Slot) -> None:
        """Note a stated name."""
        for member in slot.members:
            self.types[member] = slot.type
            seen = self.firms if slot.type in _FIRM_TYPES else self.people if slot.type == "person" else None
            if seen is not None:
                if member in seen:
                    seen.remove(member)
                seen.append(member)
                del seen[:-6]


class Resolver:
    """Puts subjects and anaphora into skeletons; made once for `cues`."""

    def __init__(self, cues: dict[str, Any]) -> None:
        words = cues["anaphora"]
        kinds = [(kind, word) for kind, group in words.items() for word in group]
        kinds.sort(key=lambda pair: -len(pair[1]))
        self._kind = {word: kind for kind, word in kinds}
        self._word = re.compile("|".join(re.escape(word) for _, word in kinds))
        light = "|".join(sorted(map(re.escape, cues["clause"]["light"]), key=len, reverse=True))
        strangers = "|".join(map(re.escape, cues["clause"]["strangers"]))
        self._stranger = re.compile(rf"(?:{light}|[\d年月日])*(?:{strangers})")
        self._light = re.compile(rf"(?:(?:{light}|[\d%.\-年月日])*|[^{_SPLIT}的]{{0,8}}[{cues['clause']['kinds']}])$")

    def resolve(self, skeleton: Skeleton, state: Discourse, acts_for: dict[str, str]) -> None:
        """Put what is left out into `skeleton`; `state` moves on to the end of the sentence."""
        place = 0
        while clause := _CLAUSE.search(skeleton.text, place):
            start = clause.start()
            end = self._anaphora(skeleton, state, start, clause.end(), acts_for)
            place = self._clause(skeleton, state, start, end) + 1

    def _anaphora(self, skeleton: Skeleton, state: Discourse, start: int, end: int, acts_for: dict[str, str]) -> int:
        place = start
        while match := self._word.search(skeleton.text, place, end):
            for character in skeleton.text[place : match.start()]:
                if stated := skeleton.slots.get(character):
                    state.see(stated)
            slot = self._referent(self._kind[match[0]], state, match.start() == start, acts_for)
            resolved = skeleton.new_slot(slot) if slot else None
            place = match.end()
            if resolved:
                stop = match.end()
                if self._kind[match[0]] == "person":
                    stop = match.start() + 1
                before = len(skeleton.text)
                skeleton.replace(match.start(), stop, resolved)
                end -= before - len(skeleton.text)
                place = match.start() + 1
        return end

    def _referent(self, kind: str, state: Discourse, at_start: bool, acts_for: dict[str, str]) -> Slot | None:
        if kind == "firm" or (kind == "firm_at_start" and at_start):
            if state.subject and state.subject.type == "person" and state.subject.members[0] in acts_for:
                return Slot("company", (acts_for[state.subject.members[0]],), True)
            firm = state.subject if state.subject and state.subject.type in _FIRM_TYPES else state.firm
            return Slot(firm.type, firm.members[:1], True) if firm else None
        if kind == "two_firms" and len(state.firms) >= 2:
            return Slot("company", tuple(state.firms[-2:]), True)
        if kind == "all_firms" and len(state.firms) >= 3:
            return Slot("company", tuple(state.firms[-3:]), True)
        if kind == "two_people" and len(state.people) >= 2:
            return Slot("person", tuple(state.people[-2:]), True)
        if kind == "person" and state.people:
            return Slot("person", (state.people[-1],), True)
        if kind in ("former", "latter") and len(state.firms) >= 2:
            return Slot("company", (state.firms[-2 if kind == "former" else -1],), True)
        return None

    def _clause(self, skeleton: Skeleton, state: Discourse, start: int, end: int) -> int:
        """Give the clause its subject; the cell behind the clause."""
        first = _ACTORS.search(skeleton.text, start, end)
        own = first is not None and self._light.match(skeleton.text[start : first.start()]) is not None
        if first is not None and own:
            head = _HEAD.match(skeleton.text, first.end(), end)
            slot = skeleton.slots[head[1] if head else first[0]]
            rest = skeleton.text[first.end() : first.end() + 1]
            if slot.type != "place" or rest not in _OF_A_PLACE:
                state.subject = Slot(slot.type, slot.members, slot.inferred)
        elif (
            state.subject
            and not self._stranger.match(skeleton.text[start:end])
            and re.search(r"\w", skeleton.text[start:end])
        ):
            carried = skeleton.new_slot(Slot(state.subject.type, state.subject.members, True), carried=True)
            if carried:
                skeleton.replace(start, start, carried)
                end += 1
        for character in skeleton.text[start:end]:
            slot_ = skeleton.slots.get(character)
            if slot_ and not (character >= "\ue000" and (ord(character) - 0xE000) % 0x400 >= 0x200):
                state.see(slot_)
                if slot_.type in _FIRM_TYPES:
                    state.firm = slot_
        return end
