"""The skeleton of a sentence: each name one private-use character (a slot) that tells its type, the rest as it stands.

Folds then take away what stands between names and the words that tie them: brackets, quotes, countries before names,
titles (鴻海董事長劉揚偉 becomes 劉揚偉, who acts for 鴻海), lists (鴻海、和碩與緯創 becomes one slot with three members).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractor.knowledge.cues import Title, Titles
from extractor.linking import Link
from extractor.records import EntityType

Posts = Callable[[str, str], str | None]

_BASE: dict[str, int] = {"company": 0xE000, "organization": 0xE400, "person": 0xE800, "place": 0xEC00, "policy": 0xF000}
_CARRIED = 0x200  # the upper half of a type's characters stands for subjects that a clause leaves unspoken
MOST_SLOTS = _CARRIED  # of one type in one sentence; further names stay as text


def slot_class(type_: str, *, carried: bool = True) -> str:
    """The slot characters of a type, as the inside of a regular expression's [ ]."""
    base = _BASE[type_]
    return f"{chr(base)}-{chr(base + 2 * _CARRIED - 1 if carried else base + _CARRIED - 1)}"


NAMES = "".join(slot_class(t) for t in ("company", "organization", "person"))
STATED = "".join(slot_class(t, carried=False) for t in _BASE)
CLAUSE_MARKS = ",;:。!?\n"
_FIRMS = slot_class("company", carried=False) + slot_class("organization", carried=False)
_PERSON = f"[{slot_class('person', carried=False)}]"
_PLACE = f"[{slot_class('place', carried=False)}]"
_ANY = f"[{STATED}]"


@dataclass(frozen=True, slots=True)
class Role:
    """A post that a title states: person, relation, body; `former` where the text says that it is over."""

    person: str
    relation: str
    body: str
    title: str
    start: int
    end: int
    former: bool
    inferred: bool
    acts: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """What a slot character stands for: the ids of its members, all of one type; `inferred` where the text says it otherwise."""

    type: EntityType
    members: tuple[str, ...]
    inferred: bool = False


@dataclass(slots=True)
class Skeleton:
    """A sentence of the folded text `key`: cell i of `text` covers spans[i] of it; `slots` tells what slot characters mean."""

    key: str
    text: str
    spans: list[tuple[int, int]]
    slots: dict[str, Slot] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    counts: dict[tuple[str, bool], int] = field(default_factory=dict)

    def new_slot(self, slot: Slot, *, carried: bool = False) -> str | None:
        """A fresh slot character for `slot`; None where this sentence has used them up."""
        count = self.counts.get((slot.type, carried), 0)
        if count >= MOST_SLOTS:
            return None
        self.counts[slot.type, carried] = count + 1
        character = chr(_BASE[slot.type] + carried * _CARRIED + count)
        self.slots[character] = slot
        return character

    def replace(self, start: int, end: int, character: str) -> None:
        """Put one character in the place of the cells from `start` to `end`; it covers all that they covered."""
        if start < end:
            covered = (self.spans[start][0], self.spans[end - 1][1])
        else:
            place = self.spans[start][0] if start < len(self.spans) else self.spans[-1][1]
            covered = (place, place)
        self.text = self.text[:start] + character + self.text[end:]
        self.spans[start:end] = [covered]

    def shift(self, offset: int) -> None:
        """Let the spans count from `offset` code points earlier."""
        if offset:
            self.spans = [(start + offset, end + offset) for start, end in self.spans]

    def fold(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str | None]) -> None:
        """Replace matches one after the other with the character that `change` gives (None: leave it), left to right."""
        place = 0
        while match := pattern.search(self.text, place):
            if (character := change(match)) is None:
                place = match.start() + 1
            else:
                self.replace(match.start(), match.end(), character)
                place = match.start()


def build(key: str, start: int, end: int, links: Sequence[Link]) -> Skeleton:
    """The skeleton of key[start:end] with the links inside it as slots, nothing folded yet."""
    skeleton = Skeleton(key, "", [])
    cells: list[str] = []
    place = start
    for link in links:
        cells.append(key[place : link.start])
        skeleton.spans += [(i, i + 1) for i in range(place, link.start)]
        character = skeleton.new_slot(Slot(link.type, (link.id,)))
        if character:
            cells.append(character)
            skeleton.spans.append((link.start, link.end))
        else:
            cells.append(key[link.start : link.end])
            skeleton.spans += [(i, i + 1) for i in range(link.start, link.end)]
        place = link.end
    cells.append(key[place:end])
    skeleton.spans += [(i, i + 1) for i in range(place, end)]
    # A comma inside a number ends no clause.
    skeleton.text = _THOUSANDS.sub("'", "".join(cells))
    return skeleton


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_BRACKET = re.compile(rf"({_ANY})\(([^()\n]{{0,60}})\)")
_QUOTED = re.compile(
    rf"[「『《“\"]({_ANY})(?:[^「」『』《》“”,。:{STATED}]{{1,12}}(?<=[画案法议协规则政策构想公告]))?[」』》”\"](?:计画|方案|法案|政策|构想)?"
)
_POLICY_TAIL = re.compile(rf"([{slot_class('policy', carried=False)}])(?:计画|政策|构想|方案)")
_COUNTRY_NAME = re.compile(
    rf"({_PLACE})[^{STATED}{CLAUSE_MARKS}、的与和及在对向于将]{{0,10}}(?<![设建往])(?<=[者创厂司团行构商金店家头])([{_FIRMS}])"
)
_COUNTRY_NEXT = re.compile(rf"({_PLACE})(?:的)?([{slot_class('company', carried=False)}])")
_NESTED_PLACE = re.compile(rf"({_PLACE})({_PLACE})")
_LIST = {
    kind: re.compile(rf"([{inside}])(?:(?:、|,?(?:以及|及其?)|与|和|跟|暨|同)([{inside}]))+")
    for kind, inside in (
        ("firms", _FIRMS),
        ("person", slot_class("person", carried=False)),
        ("place", slot_class("place", carried=False)),
        ("policy", slot_class("policy", carried=False)),
    )
}


def fold_names(skeleton: Skeleton) -> None:
    """Take away brackets and quotes around names, and the countries and kinds before them."""
    slots = skeleton.slots

    def bracket(match: re.Match[str]) -> str | None:
        own = slots[match[1]].members
        others = {m for c in match[2] if c in slots for m in slots[c].members} - set(own)
        return None if others and not re.search(r"\d{4}", match[2]) else match[1]

    def nested(match: re.Match[str]) -> str | None:
        pair = slots[match[1]].members + slots[match[2]].members
        if all(end - start == 1 for start, end in skeleton.spans[slice(*match.span())]):
            return skeleton.new_slot(Slot("place", pair))  # 台美: two states, not one in the other
        return match[2]

    skeleton.fold(_BRACKET, bracket)
    skeleton.fold(_QUOTED, lambda match: match[1])
    skeleton.fold(_POLICY_TAIL, lambda match: match[1])
    skeleton.fold(_NESTED_PLACE, nested)
    skeleton.fold(_COUNTRY_NAME, lambda match: match[2])
    skeleton.fold(_COUNTRY_NEXT, lambda match: match[2] if "的" not in match[0] else None)


_FORMER = "前任|前|原任|原|卸任|已故|曾任"
_PRESENT = "现任|新任|首任|第一任|候任|准|时任|甫上任的|新科|代理"
_JOIN = "兼任|兼|暨|及|、|与|和|,"


_LEAD = 5  # cells; a firm this near to the front of a clause is what the clause speaks of


class TitleFolder:
    """Folds titles with the names around them, noting who holds which post."""

    def __init__(self, titles: Titles) -> None:
        self._titles = titles

    def fold(
        self, skeleton: Skeleton, context: str | None, type_of: Callable[[str], EntityType], posts: Posts
    ) -> str | None:
        """Fold each 〔body〕title〔person〕. A title without a body has the one that `posts` knows for the person and the title
        among the names of the document, else the body named last (`context`: before this sentence).

        Returns the body named last, for the next sentence.
        """
        place, mark, led = 0, -1, False
        while place < len(skeleton.text):
            found = self._title_at(skeleton, place)
            if not found:
                if skeleton.text[place] in CLAUSE_MARKS:
                    mark = place
                slot = skeleton.slots.get(skeleton.text[place])
                leads = place - mark <= _LEAD
                if slot and slot.type in ("company", "organization") and (leads or not led):
                    context, led = slot.members[0], led or leads
                place += 1
                continue
            title, start, end = found
            body, first, former = self._body(skeleton, start, place)
            place = self._apply(skeleton, title, first, start, end, body, former, context, type_of, posts) or end
        return context

    def _title_at(self, skeleton: Skeleton, place: int) -> tuple[Title, int, int] | None:
        """The title at a cell: (title, start, end). 經濟部長 shares its 部 with the body before it."""
        text = skeleton.text
        title = self._titles.at(text, place)
        if title and len(title.name) > 1:
            return title, place, place + len(title.name)
        if place and text[place - 1] in skeleton.slots:
            shared = skeleton.key[skeleton.spans[place - 1][1] - 1]
            title = self._titles.at(shared + text[place : place + 8], 0)
            if title and len(title.name) > 1:
                return title, place, place + len(title.name) - 1
        return None

    def _body(self, skeleton: Skeleton, start: int, place: int) -> tuple[str | None, int, bool]:
        """The slot before a title: (its character or None, the cell where the construction begins, whether former)."""
        text = skeleton.text
        before = re.search(
            rf"({_ANY})?(?:的|旗下)?({_FORMER})?(?:{_PRESENT})?(?:第[\d一二三四五六七八九十]+[届任])?(?:的)?$",
            text[max(0, start - 16) : start],
        )
        offset = max(0, start - 16)
        if before and before[1] and skeleton.slots[before[1]].type in ("company", "organization", "place"):
            first = offset + before.start()
            # 前鴻海董事長, but not 目前鴻海董事長
            gone = text[first - 1 : first] == "前" and text[max(0, first - 2) : first - 1] not in tuple("目日先此之")
            return before[1], first, gone or bool(before[2])
        former = bool(re.search(rf"(?:{_FORMER})$", text[max(0, start - 3) : start]))
        return None, start, former

    def _apply(
        self,
        skeleton: Skeleton,
        title: Title,
        first: int,
        start: int,
        end: int,
        body: str | None,
        former: bool,
        context: str | None,
        type_of: Callable[[str], EntityType],
        posts: Posts,
    ) -> int | None:
        """Fold one title; the cell to go on from, or None where no person is beside it."""
        text = skeleton.text
        held = [(title, former)]
        while more := re.match(rf"(?:{_JOIN})({_FORMER})?(?:{_PRESENT})?", text[end : end + 8]):
            following = self._titles.at(text, end + more.end())
            if not following or len(following.name) < 2:
                break
            held.append((following, bool(more[1])))
            end = end + more.end() + len(following.name)
        person = re.match(rf"(?:的|『|「|,)?({_PERSON})", text[end : end + 3])
        if person and "," in person[0]:
            person = None
        if person:
            character, last = person[1], end + person.end()
        elif first == start and start > 0 and re.match(_PERSON, text[start - 1]):
            character, first, last = text[start - 1], start - 1, end
        else:
            character, last = None, end
        bodies, guessed = self._bodies(skeleton, title, body, character, context, type_of, posts)
        if character is None:
            return None
        slot = skeleton.slots[character]
        span = (skeleton.spans[first][0], skeleton.spans[last - 1][1])
        for holder in slot.members:
            for post, is_former in held:
                self._note(skeleton, holder, post, bodies, span, is_former, guessed, type_of)
        for pending in self._pending(skeleton, first):
            for holder in slot.members:
                self._note(skeleton, holder, *pending, span, False, False, type_of)
        skeleton.replace(first, last, character)
        return first + 1

    def _bodies(
        self,
        skeleton: Skeleton,
        title: Title,
        body: str | None,
        person: str | None,
        context: str | None,
        type_of: Callable[[str], EntityType],
        posts: Posts,
    ) -> tuple[tuple[str, ...], bool]:
        """Whose post it is, and whether the text leaves that to the reader."""
        if body:
            return skeleton.slots[body].members, False
        if person and (known := posts(skeleton.slots[person].members[0], title.name)):
            return (known,), True
        if context and title.relation_to(type_of(context)):
            return (context,), True
        return (), True

    def _note(
        self,
        skeleton: Skeleton,
        holder: str,
        title: Title,
        bodies: tuple[str, ...],
        span: tuple[int, int],
        former: bool,
        inferred: bool,
        type_of: Callable[[str], EntityType],
    ) -> None:
        for body in bodies:
            relation = title.relation_to(type_of(body))
            if relation or title.acts:
                skeleton.roles.append(
                    Role(holder, relation or "", body, title.name, *span, former, inferred, title.acts and not former)
                )

    def _pending(self, skeleton: Skeleton, first: int) -> list[tuple[Title, tuple[str, ...]]]:
        """The posts right before `first` that a list comma ties to the one folded now."""
        found: list[tuple[Title, tuple[str, ...]]] = []
        text = skeleton.text
        while first > 1 and (join := re.search(r"(?:、|兼|暨|及)$", text[:first])):
            title = self._titles.before(text, join.start())
            if not title:
                break
            start = join.start() - len(title.name)
            body, begin, former = self._body(skeleton, start, start)
            if not body or former:
                break
            found.append((title, skeleton.slots[body].members))
            first = begin
        return found


def fold_lists(skeleton: Skeleton) -> None:
    """Make one slot of each list of names of one kind."""

    def group(match: re.Match[str]) -> str | None:
        parts = [skeleton.slots[c] for c in match[0] if c in skeleton.slots]
        members = tuple(dict.fromkeys(m for part in parts for m in part.members))
        return skeleton.new_slot(Slot(parts[0].type, members, any(p.inferred for p in parts)))

    for pattern in _LIST.values():
        skeleton.fold(pattern, group)
