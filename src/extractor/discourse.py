"""Discourse: names that a clause leaves out or says with another word, put back into its skeleton.

A clause without a subject of its own gets an unspoken one at its front, the subject carried over from before; 該公司,
雙方, 兩人, 前者 become slots for what they stand for. Both are marked as inferred.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractor.clauses import KIN, Clauses, join_clauses
from extractor.records import EntityType
from extractor.skeleton import ACTORS, FIRM_TYPES, NAME, UNNAMED, Skeleton, Slot, is_carried
from extractor.stakes import STAKES, left_out, speaks_of_shares
from extractor.text.expressions import Expression

_CLAUSE = Expression(r"[^,;:\n]+")
_WORD = Expression(r"\w")
_MARKS = Expression(r"[,;:\n]*")
# What 雙方 and 前者 do not tell apart.
_LIKE = {"company": "firm", "organization": "firm", "person": "person", "place": "place", "policy": "policy"}
_REMEMBERED = 6


@dataclass(slots=True)
class Discourse:
    """What the text has spoken of so far; read sentence by sentence.

    `lead` is the subject of the first clause of the sentence or of its part before a semicolon. `pair` is what 前者 and 後者 stand for
    while a sentence uses both, `held` the firm whose holders it lists. `near`: what each of the last three sentences names.
    """

    subject: Slot | None = None
    lead: Slot | None = None
    firm: Slot | None = None
    seen: dict[str, dict[tuple[str, EntityType], None]] = field(
        default_factory=lambda: {like: {} for like in _LIKE.values()}
    )
    near: list[set[str]] = field(default_factory=lambda: [set(), set(), set()])
    pair: tuple[Slot, Slot] | None = None
    held: Slot | None = None

    def see(self, slot: Slot) -> None:
        """Note a stated name; of places only those that stand together, as states do that deal with each other."""
        type_, members, _ = slot
        if type_ == "place" and len(members) == 1 and slot != self.subject:
            return
        like = _LIKE[type_]
        seen = self.seen[like]
        for member in members:
            item = (member, type_)
            seen.pop(item, None)
            seen[item] = None  # the last one
            if len(seen) > _REMEMBERED:
                del seen[next(iter(seen))]
        self.near[-1].update(members)
        if like == "firm":
            self.firm = slot

    def two(self, like: str) -> Slot | None:
        """The two of a kind that the text has in mind: the subject, if it is two, or the subject and the last other one."""
        near, seen = set().union(*self.near), list(self.seen[like])
        if len(seen) > 2:
            seen = [item for item in seen if item[0] in near]
        own = self.subject.members if self.subject and _LIKE[self.subject.type] == like else ()
        if self.subject and len(own) == 2:
            return Slot(self.subject.type, own, True)
        others = [item for item in seen if item[0] not in own]
        if self.subject and len(own) == 1 and others:
            return Slot(self.subject.type, (own[0], others[-1][0]), True)
        return Slot(seen[-1][1], (seen[-2][0], seen[-1][0]), True) if len(seen) >= 2 else None


class Resolver:
    """Puts subjects and anaphora into skeletons; made once for `cues`."""

    def __init__(self, cues: dict[str, Any]) -> None:
        self._clauses = Clauses(cues)
        self._says = tuple(cues["clause"]["says"])
        self._any_word = Expression("|".join(word for words in cues["anaphora"].values() for word in words))
        # A word that stands for a name, in a group named for its kind.
        kinds = {kind: sorted(words, key=len, reverse=True) for kind, words in cues["anaphora"].items()}
        self._word = Expression("|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds.items()))
        self._reference = Expression("|".join((self._any_word.pattern, STAKES, KIN)))

    def resolve(self, skeleton: Skeleton, state: Discourse, acts_for: dict[str, str]) -> None:
        """Put what is left out into `skeleton`; `state` moves on to the end of the sentence."""
        state.near = [*state.near[1:], set()]
        join_clauses(skeleton)
        state.pair = state.held = None
        refers, stakes = self._any_word.search(skeleton.text), speaks_of_shares(skeleton.text)
        place, slots = 0, skeleton.slots
        while clause := _CLAUSE.search(skeleton.text, place):
            start, end = clause.span()
            part = place == 0 or skeleton.text.find(";", place, start) >= 0
            if refers:
                end = self._anaphora(skeleton, state, start, end, acts_for)
            named = ACTORS.search(skeleton.text, start, end)
            place = self._clause(skeleton, state, start, end, named.start() if named else None, part)
            if stakes:
                place += self._held(skeleton, state, start, place)
            for character in NAME.findall(skeleton.text, start, place) if named else ():
                if slot := slots.get(character):
                    state.see(slot)
        if (presented := self._clauses.presented(skeleton.text)) is not None:
            state.subject = state.lead = skeleton.slots[skeleton.text[presented]]

    def references(self, key: str) -> list[int]:
        """The places of a folded text where words stand by which a sentence may take up names of those before it."""
        return [match.start() for match in self._reference.finditer(key)]

    def opens(self, key: str, start: int, end: int) -> bool:
        """Whether a sentence of a folded text, or a part of it, may go on about the subject of the one before."""
        while start < end:
            if marks := _MARKS.match(key, start, end):
                start = marks.end()
            if start < end and self._clauses.goes_on(key, start):
                return True
            start = key.find(";", start, end) + 1 or end
        return False

    def _anaphora(self, skeleton: Skeleton, state: Discourse, start: int, end: int, acts_for: dict[str, str]) -> int:
        place = start
        here: list[Slot] = []
        while (found := self._any_word.search(skeleton.text, place, end)) and (
            match := self._word.match(skeleton.text, found.start(), end)
        ):
            for character in NAME.findall(skeleton.text, place, match.start()):
                if stated := skeleton.slots.get(character):
                    state.see(stated)
                    here.append(stated)
            place = match.end()
            kind, beside = match.lastgroup or "", skeleton.text[match.start() - 1 : match.start()]
            if kind.startswith("two") and NAME.match(beside):
                continue  # 荷、美兩國, 鴻海、東元雙方: those before it
            if kind == "person":
                slot = self._person(state, here, skeleton.text[start : match.start()])
            else:
                slot = self._referent(kind, state, match.start() == start, acts_for)
            if slot and (resolved := skeleton.new_slot(slot)):
                before = len(skeleton.text)
                skeleton.replace(match.start(), match.end(), resolved)
                end -= before - len(skeleton.text)
                place = match.start() + 1
        return end

    def _referent(self, kind: str, state: Discourse, at_start: bool, acts_for: dict[str, str]) -> Slot | None:
        subject, firms = state.subject, list(state.seen["firm"])
        if kind == "firm" or (kind == "firm_at_start" and at_start):
            if subject and subject.type == "person" and subject.members[0] in acts_for:
                return Slot("company", (acts_for[subject.members[0]],), True)
            firm = subject if subject and subject.type in FIRM_TYPES else state.firm
            return Slot(firm.type, firm.members[:1], True) if firm else None
        if kind.startswith("two_"):
            two = state.two({"two_firms": "firm", "two_people": "person", "two_states": "place"}[kind])
            return two or (state.two("place") if kind == "two_firms" else None)  # 雙方 are states where no firms are
        if kind == "all_firms" and len(firms) >= 3:
            return Slot("company", tuple(m for m, _ in firms[-3:]), True)
        if kind == "policy" and (policies := list(state.seen["policy"])):
            return Slot("policy", (policies[-1][0],), True)
        if kind in ("former", "latter"):
            if state.pair is None and len(firms) >= 2:
                one, other = firms[-2:]
                state.pair = (Slot(one[1], (one[0],), True), Slot(other[1], (other[0],), True))
            return state.pair[kind == "latter"] if state.pair else None
        if kind == "other" and firms:
            others = [(m, t) for m, t in firms if not subject or m not in subject.members]
            return Slot(others[-1][1], (others[-1][0],), True) if others else None
        return None

    def _person(self, state: Discourse, here: list[Slot], before: str) -> Slot | None:
        """Whom 他 means: the one who says it, the subject, or behind somebody's verb the last other one."""
        local = [m for slot in here if slot.type == "person" for m in slot.members]
        people = [m for m, _ in state.seen["person"]]
        if local and not before.endswith(self._says):
            people = [m for m in people if m not in local]
        elif not local:
            people += next((s.members for s in (state.subject, state.lead) if s and s.type == "person"), ())[:1]
        return Slot("person", (people[-1],), True) if people else None

    def _clause(self, skeleton: Skeleton, state: Discourse, start: int, end: int, first: int | None, part: bool) -> int:
        """Give the clause its subject; the cell behind the clause. `first`: the cell of its first name; `part`: whether a sentence or
        a part of one begins here."""
        text, clauses = skeleton.text, self._clauses
        if part and state.lead:
            state.subject = state.lead
        found = doer = unspoken = None
        if first is not None:
            found = clauses.subject(text, start, first, end)
            if found is None or clauses.is_attribute(text, found[0]):
                found, doer = None, clauses.doer(text, start, end)
        if found:
            slot = skeleton.slots[text[found[0]]]
            if slot.type == "place" and text[found[0]] in skeleton.attributes:
                state.subject = None
            else:
                whose, state.subject = state.lead or state.subject, slot
                if whose and whose != slot and len(whose.members) == 1 and clauses.is_kinsman(text, start):
                    unspoken = whose  # 最大對手乙: whose, the text leaves out. The sentence goes on to be about him.
                elif part:
                    state.lead = slot
        elif doer is not None:
            slot = skeleton.slots[text[doer]]
            state.subject = unspoken = Slot(slot.type, slot.members, True)
        elif part and not self._goes_on(text, start, state.subject):
            state.subject = None  # the sentence has a subject of its own, though it be no name
        elif state.subject and not clauses.is_strange(text, start, end) and _WORD.search(text, start, end):
            unspoken = state.subject
        if unspoken:
            end += skeleton.carry(Slot(unspoken.type, unspoken.members, True), start)
        if skeleton.text.startswith(UNNAMED, start):
            state.subject = None
        return end

    def _goes_on(self, text: str, start: int, subject: Slot | None) -> bool:
        """Whether a sentence, or its part behind a semicolon, goes on about the subject of the one before. Of states and
        bodies a new sentence speaks by name."""
        lasting = subject is None or start > 1 or subject.type in ("company", "person")
        return lasting and self._clauses.goes_on(text, start)

    def _held(self, skeleton: Skeleton, state: Discourse, start: int, end: int) -> int:
        """Name the firm whose shares the clause speaks of, where it leaves that out; how many cells that takes."""
        cell = left_out(skeleton.text, start, end)
        if cell is None or not state.subject:
            return 0
        holders = {m for c in skeleton.text[start:cell] if c in skeleton.slots for m in skeleton.slots[c].members}
        if state.held is None or holders & set(state.held.members):
            firms = [Slot(t, (m,), True) for m, t in state.seen["firm"] if t == "company"]
            stated = any(c in skeleton.slots and not is_carried(c) for c in skeleton.text[start:cell])
            if stated and state.lead and state.lead.type == "company":
                firms.append(state.lead)  # a holder that is named is told of the firm that the sentence is about
            state.held = next((s for s in reversed(firms) if len(s.members) == 1 and s.members[0] not in holders), None)
        return skeleton.carry(Slot("company", state.held.members, True), cell) if state.held else 0
