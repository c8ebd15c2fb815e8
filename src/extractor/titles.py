"""Titles: posts beside names, folded with their bodies and holders (鴻海董事長劉揚偉 becomes 劉揚偉, who acts for 鴻海)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from extractor.clauses import Clauses
from extractor.knowledge.cues import Title, Titles
from extractor.records import EntityType
from extractor.skeleton import ACTORS, ANY, CLAUSE_MARKS, FIRMS, PERSON, STATED, Role, Skeleton, Slot, clause_start
from extractor.text.expressions import Expression, alternatives
from extractor.text.folding import fold
from extractor.topics import Topics

Posts = Callable[[str, str], str | None]
_FORMER = "前任|前|原任|原|卸任|已故|曾任"
_PRESENT = "现任|新任|首任|第一任|候任|准|时任|甫上任的|新科|代理"
_FORMERLY = tuple(_FORMER.split("|"))
_OVER = Expression(rf"(?:{_FORMER}|{_PRESENT})$")
# The name before a title, and what may stand between.
_BODY_LENGTH = 16
_BODY = Expression(
    rf"({ANY})(?:公司|集团)?(?:的|旗下)?({_FORMER})?(?:{_PRESENT})?(?:第[\d一二三四五六七八九十]+[届任])?(?:的)?$"
)
# 傳播營運管理處處長: a division between the body and the title makes the post one of many.
_DIVISION_LENGTH = 20
_DIVISION = Expression(
    rf"([{FIRMS}])(?:的)?[^{STATED}{CLAUSE_MARKS}的与和及、由向]{{1,12}}"
    "(?:[处组室群]|(?<!公)司|中心|事业部|部门|营业部|研究部|分行|分公司)$"
)
_AND = Expression(rf"(?:兼任|兼|暨|及|、|与|和)({_FORMER})?(?:{_PRESENT})?")
_HOLDER = Expression(rf"(?:的|『|「)?({PERSON})")
_PERSON = Expression(PERSON)
_FIRM = Expression(f"[{FIRMS}]")
_GONE = Expression("(?<![目日先此之以年月天周])(?:前任|前|原任|原)$")  # 前鴻海董事長, but not 目前鴻海董事長
# Of whom a post with a body is told that has no holder beside it, and is over: 甲是乙前董事長, 甲在乙董事長任內, 解除甲的乙董事長職務.
_WAS = Expression(rf"({PERSON})(?:[^{STATED}{CLAUSE_MARKS}]{{0,3}}(?:是|为|系|身为))$")
_DURING = Expression(rf"({PERSON})[^{STATED}{CLAUSE_MARKS}]{{0,4}}(?:在|于)?$")
_BEHIND_DURING = Expression("任内|任期内|任上|期间")
_TAKEN = Expression(rf"(?:解除|免除|拔除|解任|撤换|免去|卸除)({PERSON})(?:的)?$")
_HOLDS = Expression(
    "((?:先后|同时|目前|也|还|曾|现|另)?(?:曾任|历任|现任|担任|出任|接任|兼任|身兼|兼|升任|转任|当过|做过|任|是|为|卸任|辞去|卸下))(?:过|了)?$"
)
_BETWEEN_POSTS = Expression("、|与|及|和|暨|以及|也是|、也是|兼|并兼")


class TitleFolder:
    """Folds titles with the names around them, noting who holds which post; made once for titles and cues."""

    def __init__(self, titles: Titles, cues: dict[str, Any]) -> None:
        self.titles, self.clauses = titles, Clauses(cues)
        words = cues["clause"]
        self.of_nobody = {titles.by_key[key].name for key in words["titles_of_nobody"] if key in titles.by_key}
        self.that_body = tuple(word + ending for word in words["that_body"] for ending in ("", "的"))
        self.seconds = frozenset(key[1] for key in titles.by_key)
        self._shared = Expression(f"{ANY}(?=[{re.escape(''.join(sorted(self.seconds)))}])")
        # What may stand between a title and what shows that its body is left out; and that.
        self.own = Expression(f"(?:{alternatives(words['in_title'])})+$")
        opening = alternatives(words["before_title"])
        self.open = Expression(rf"(?:^|[{STATED}{CLAUSE_MARKS}「『（()）」』]|{opening})$")

    def fold(
        self,
        skeleton: Skeleton,
        before: Topics | None,
        type_of: Callable[[str], EntityType],
        name_of: Callable[[str], str],
        posts: Posts,
        titled: bool,
    ) -> Topics:
        """Fold each 〔body〕title〔person〕. A title without a body has the one that `posts` knows for the person and the title
        among the names of the document, else the firm that the clause or the text is about (`before`: before this sentence).

        `titled`: whether the sentence has titles at all. Returns what it is about, for the next one.
        """
        topics = Topics(self.clauses, skeleton, before)
        if not titled:
            return topics
        found = self.titles.find(skeleton.text)
        # 經濟部長 shares its 部 with the body before it: a name is followed by the second character of a title.
        behind = [match.end() for match in self._shared.finditer(skeleton.text)]
        if found or behind:
            _Folding(self, skeleton, topics, type_of, name_of, posts, skeleton.text).run(found, behind)
            topics.fold()
        return topics


class _Free(NamedTuple):
    """A post without a holder beside it: its cells, whose it is, whether it is over."""

    start: int
    end: int
    title: Title
    bodies: tuple[str, ...]
    former: bool


@dataclass(slots=True)
class _Folding:
    """The work on one sentence with titles. `original`: its text before, `cell`: that of it where the title begins that is being
    folded; `free`: the posts with a body that have no holder beside them."""

    folder: TitleFolder
    skeleton: Skeleton
    topics: Topics
    type_of: Callable[[str], EntityType]
    name_of: Callable[[str], str]
    posts: Posts
    original: str
    cell: int = 0
    free: list[_Free] = field(default_factory=list)

    def run(self, found: dict[int, Title], behind: list[int]) -> None:
        """Fold the titles found, by the cell of the original text that they begin at, and those right behind names."""
        skeleton = self.skeleton
        on = shorter = 0  # where to go on, and how many cells the text has become shorter by
        for self.cell in sorted({*found, *behind}):
            place = self.cell - shorter
            while place >= on and (here := self._title_at(place, found.get(self.cell))):
                title, on = here
                if (folded := self._fold(title, place, on)) is None:
                    break
                # Behind what was folded a title may begin with the last character of that.
                place = on = folded
                shorter = len(self.original) - len(skeleton.text)
                self.cell = place + shorter
        if self.free:
            self._left_posts()
            self._repeat_verbs()

    def _title_at(self, place: int, title: Title | None) -> tuple[Title, int] | None:
        """The title at a cell and its end: `title`, or one that begins with the last character of the name before."""
        if title:
            return title, place + len(title.name)
        skeleton = self.skeleton
        text = skeleton.text
        if place and text[place : place + 1] in self.folder.seconds and text[place - 1] in skeleton.slots:
            shared = skeleton.key[skeleton.spans[place - 1][1] - 1]
            if title := self.folder.titles.at(shared + text[place : place + 8], 0):
                return title, place + len(title.name) - 1
        return None

    def _body(self, start: int) -> tuple[str | None, int, bool, bool]:
        """The slot before a title: (its character or None, the cell where the construction begins, whether former, whether a
        division stands between)."""
        text, slots = self.skeleton.text, self.skeleton.slots
        before = _BODY.search(text, max(0, start - _BODY_LENGTH), start)
        if before and slots[before[1]].type in ("company", "organization", "place"):
            first = before.start()
            gone = _GONE.search(text, max(0, first - 3), first)
            vice = text[first - 1 : first] == "副"  # 副財政部長 is none of the heads
            return before[1], gone.start() if gone else first - vice, bool(gone or before[2]), vice
        if division := _DIVISION.search(text, max(0, start - _DIVISION_LENGTH), start):
            return division[1], division.start(), False, True
        return None, start, text.endswith(_FORMERLY, max(0, start - 3), start), False

    def _fold(self, title: Title, start: int, end: int) -> int | None:
        """Fold one title; the cell to go on from, or None where no person is beside it."""
        skeleton = self.skeleton
        text = skeleton.text
        body, first, former, division = self._body(start)
        if division:
            title = replace(title, relation="executive_of", relation_for={})
        held = [(title, former)]
        while more := _AND.match(text, end, end + 8):
            following = self.folder.titles.at(text, more.end())
            if not following:
                break
            held.append((following, bool(more[1])))
            end = more.end() + len(following.name)
        if person := _HOLDER.match(text, end, end + 3):
            character, last = person[1], person.end()
        elif first == start and start > 0 and _PERSON.match(text, start - 1):
            character, first, last = text[start - 1], start - 1, end
        else:
            character, last = None, end
        bodies, guessed = self._bodies(title, body, character, first)
        if character is None:
            if bodies:
                self.free.append(_Free(first, end, title, bodies, former))
            return None
        slot = skeleton.slots[character]
        span = (skeleton.spans[first][0], skeleton.spans[last - 1][1])
        for holder in slot.members:
            for post, is_former in held:
                self._note(holder, post, bodies, span, is_former, guessed)
        for pending in self._pending(first):
            for holder in slot.members:
                self._note(holder, *pending, span, False, False)
        if title.name.endswith("發言人") and len(bodies) == 1 and not former:
            # What a spokesperson says is said by the body.
            spoken = skeleton.new_slot(Slot(self.type_of(bodies[0]), bodies, True))
            character = spoken or character
        skeleton.replace(first, last, character)
        return first + 1

    def _left_posts(self) -> None:
        """Note the posts that are over and told of somebody in the same clause."""
        text = self.skeleton.text
        for post in self.free:
            near = max(0, post.start - 12)
            holder = (
                (post.former and _WAS.search(text, near, post.start))
                or (_BEHIND_DURING.match(text, post.end) and _DURING.search(text, near, post.start))
                or _TAKEN.search(text, near, post.start)
            )
            if holder:
                span = (self.skeleton.spans[holder.start(1)][0], self.skeleton.spans[post.end - 1][1])
                for person in self.skeleton.slots[holder[1]].members:
                    self._note(person, post.title, post.bodies, span, True, False)

    def _repeat_verbs(self) -> None:
        """曾任甲副總、乙協理 becomes two clauses: 曾任甲副總, 曾任乙協理."""
        text = self.skeleton.text
        joins: list[tuple[int, int, str]] = []
        before, verb = -1, ""
        for post in self.free:
            if before >= 0 and _BETWEEN_POSTS.fullmatch(text, before, post.start):
                joins += [(before, post.start, verb)] if verb else []
            else:
                own = _HOLDS.search(text, max(0, post.start - 12), post.start)
                verb = own[1] if own else ""
            before = post.end
        for end, start, words in reversed(joins):
            self.skeleton.insert(start, words)
            self.skeleton.replace(end, start, ",")

    def _bodies(self, title: Title, body: str | None, person: str | None, first: int) -> tuple[tuple[str, ...], bool]:
        """Whose post it is, and whether the text leaves that to the reader."""
        slots = self.skeleton.slots
        if body:
            return slots[body].members, False
        if person and (known := self.posts(slots[person].members[0], title.name)):
            return (known,), True
        # Who is a 州長 or 市長 is none of a firm that the text is about.
        needless = title.name in self.folder.of_nobody or title.relation_to("place") is not None
        left_out = None if needless else self._left_out(first)
        if left_out and title.relation_to(self.type_of(left_out)) and self._fits(title, left_out):
            return (left_out,), True
        return (), True

    def _fits(self, title: Title, body: str) -> bool:
        return not title.fits or re.search(f"(?:{title.fits})$", fold(self.name_of(body))) is not None

    def _left_out(self, first: int) -> str | None:
        """The body of a title without one whose construction begins at the cell `first`."""
        text = self.skeleton.text
        before = _OVER.sub("", text[max(0, first - 12) : first])
        if before.endswith(self.folder.that_body):
            return self._last_firm()
        # 能源公司執行長: a noun there is the name of a body that is not known.
        if not self.folder.open.search(self.folder.own.sub("", before)):
            return None
        if text.endswith(_FORMERLY, max(0, first - 3), first):
            return self._last_firm()
        start = clause_start(text, first)
        named = ACTORS.search(text, start, first)
        own = self.folder.clauses.subject(text, start, named.start(), first) if named else None
        return (self.skeleton.firm_of(text[own[0]]) if own else None) or self.topics.at(self.cell)

    def _last_firm(self) -> str | None:
        """The firm named last before the title."""
        named = _FIRM.findall(self.original, 0, self.cell)
        return next(filter(None, map(self.skeleton.firm_of, reversed(named))), None)

    def _note(
        self, holder: str, title: Title, bodies: tuple[str, ...], span: tuple[int, int], former: bool, inferred: bool
    ) -> None:
        for body in bodies:
            relation = title.relation_to(self.type_of(body))
            if relation or title.acts:
                acts = title.acts and not former
                self.skeleton.roles.append(
                    Role(holder, relation or "", body, title.name, *span, former, inferred, acts)
                )

    def _pending(self, first: int) -> list[tuple[Title, tuple[str, ...]]]:
        """The posts right before `first` that a list comma ties to the one folded now."""
        found: list[tuple[Title, tuple[str, ...]]] = []
        text = self.skeleton.text
        while first > 1 and text[first - 1] in "、兼暨及":
            title = self.folder.titles.before(text, first - 1)
            if not title:
                break
            body, begin, former, division = self._body(first - 1 - len(title.name))
            if not body or former or division:
                break
            found.append((title, self.skeleton.slots[body].members))
            first = begin
        return found
