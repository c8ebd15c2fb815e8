"""Titles: posts beside names, folded with their bodies and holders (鴻海董事長劉揚偉 becomes 劉揚偉, who acts for 鴻海)."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.knowledge.cues import Title, Titles
from extractor.records import EntityType
from extractor.skeleton import ANY, CLAUSE_MARKS, PERSON, Role, Skeleton

Posts = Callable[[str, str], str | None]
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
            rf"({ANY})?(?:的|旗下)?({_FORMER})?(?:{_PRESENT})?(?:第[\d一二三四五六七八九十]+[届任])?(?:的)?$",
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
        person = re.match(rf"(?:的|『|「|,)?({PERSON})", text[end : end + 3])
        if person and "," in person[0]:
            person = None
        if person:
            character, last = person[1], end + person.end()
        elif first == start and start > 0 and re.match(PERSON, text[start - 1]):
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
