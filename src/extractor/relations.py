"""Relations: the statements that the rules read in a skeleton.

A rule is tried only in a sentence that holds what it needs. Where a trigger stands, the first rule of a relation that fits is
taken and the others pass it by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product
from typing import NamedTuple

from extractor.knowledge.rules import Relation, Rule, RuleBook
from extractor.prefilter import Outlook, Prefilter
from extractor.records import EntityType
from extractor.skeleton import CLAUSE_MARKS, NAMES, Skeleton
from extractor.text.expressions import Expression

Span = tuple[int, int]

_IN_LIST = tuple("、与和跟同")
_REPLACING = ("接替", "取代", "顶替", "代替", "替代")
_TOGETHER = "与和跟偕"
_WITH = Expression(f"([{NAMES}])[^{NAMES}{CLAUSE_MARKS}的]{{0,8}}[{_TOGETHER}]$")
_APART = Expression("分别|各自|依序")


class Statement(NamedTuple):
    """A rule's reading of a sentence: ids, the cells of the match and of the trigger, whether something was inferred."""

    subject: str
    relation: Relation
    object: str
    rule: Rule
    cells: Span
    trigger: Span
    inferred: bool


class Matcher:
    """Tries the rules of a book on skeletons; made once."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._prefilter = Prefilter(book)
        self._pseudo = {
            relation.id: Expression("|".join(relation.pseudo))
            for relation in book.relations.values()
            if relation.pseudo
        }
        self.tried = 0  # rules tried so far: work to count, for tests

    def candidates(self, skeleton: Skeleton) -> list[str]:
        """The relations, in their order, with a rule whose most telling words stand in a skeleton of two names."""
        if len({m for slot in skeleton.slots.values() for m in slot.members}) < 2:
            return []
        words = ((r.id, word) for r in self.book.relations.values() for rule in r.rules for word in rule.literals)
        return sorted({relation_id for relation_id, word in words if word in skeleton.text})

    def tells(self, key: str, sentence: Outlook) -> bool:
        """Whether the skeleton of a sentence of a folded text can state anything."""
        return self._prefilter.tells(key, sentence)

    def match(
        self, skeleton: Skeleton, type_of: Callable[[str], EntityType], acts_for: dict[str, str]
    ) -> list[Statement]:
        """All statements in a skeleton, in the order of relations and rules. `acts_for`: the firm of each person with a post."""
        found: list[Statement] = []
        members: set[str] = set()
        several = False
        for slot in skeleton.slots.values():
            members.update(slot.members)
            several = several or len(slot.members) > 1
        if len(members) < 2:
            return found
        types = {type_of(member) for member in members}
        if acts_for:
            types.update([type_of(acts_for[member]) for member in members & acts_for.keys()])
        taken: dict[str, list[Span]] = {}
        for number in self._prefilter.fitting(skeleton.text, frozenset(types), several):
            relation, rule = self._prefilter.rules[number]
            self.tried += 1
            place = 0
            while match := rule.regex.search(skeleton.text, place):
                place = match.start() + 1
                trigger = _trigger(match)
                if _overlaps(trigger, taken.get(relation.id, ())):
                    continue
                statements = _statements(skeleton, relation, rule, match, trigger, type_of, acts_for)
                if not statements:
                    continue
                if relation.id not in taken:
                    taken[relation.id] = self._blocked(relation, skeleton.text)
                    if _overlaps(trigger, taken[relation.id]):
                        continue
                taken[relation.id].append(trigger)
                found += statements
        return found

    def _blocked(self, relation: Relation, text: str) -> list[Span]:
        """Where no trigger of a relation is one: the places of the longer words that hold it."""
        pseudo = self._pseudo.get(relation.id)
        return [m.span() for m in pseudo.finditer(text)] if pseudo else []


def _trigger(match: re.Match[str]) -> Span:
    """The cells of the trigger: the frame's words, or the stretch of a pattern between or behind its slots."""
    groups = match.re.groupindex
    if "t" in groups and (span := match.span("t"))[0] >= 0:
        return span
    subject = match.span("s")
    object_ = match.span("o") if "o" in groups and match["o"] is not None else subject
    (before, start), (end, behind) = sorted((subject, object_))
    if match.end() - behind > 1:
        return behind, match.end()
    return (start, end) if end > start else (match.start(), before)


def _overlaps(span: Span, spans: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def _statements(
    skeleton: Skeleton,
    relation: Relation,
    rule: Rule,
    match: re.Match[str],
    trigger: Span,
    type_of: Callable[[str], EntityType],
    acts_for: dict[str, str],
) -> list[Statement]:
    """One statement for each pair of the members of the two slots; a slot that stands alone for both gives its own pairs."""
    has_object = "o" in match.re.groupindex and match["o"] is not None
    if not has_object and not relation.symmetric:
        return []
    if _acts_elsewhere(rule, match, trigger) or _takes_no_part(skeleton, match, trigger, has_object, relation.located):
        return []
    left = skeleton.slots[match["s"]]
    pairs: Iterable[tuple[str, str]]
    if has_object:
        right = skeleton.slots[match["o"]]
        inferred = left.inferred or right.inferred
        pairs = _pairs(left.members, right.members, match)
        if not relation.symmetric and (leader := skeleton.slots.get(_leader(match))):
            pairs = [*pairs, *product(leader.members, right.members)]
            inferred = inferred or leader.inferred
    else:
        inferred = left.inferred
        pairs = combinations(left.members, 2)
    found = []
    for first, second in pairs:
        subject, instead = _end(first, relation.subjects, rule.agents, type_of, acts_for)
        object_, instead_too = _end(second, relation.objects, rule.agents, type_of, acts_for)
        if subject and object_ and subject != object_:
            reads = inferred or instead or instead_too
            found.append(Statement(subject, relation, object_, rule, match.span(), trigger, reads))
    return found


def _acts_elsewhere(rule: Rule, match: re.Match[str], trigger: Span) -> bool:
    """Whether the subject of a match only did what was said before it, or is the one replaced: 被甲列入…的丙投資乙, 接替甲擔任."""
    start = match.start("s")
    if trigger[0] <= start:
        return False
    before = match.string[max(0, start - 2) : start]
    return before in _REPLACING or (before[-1:] in ("被", "遭") and before[-1] not in rule.pattern)


def _takes_no_part(skeleton: Skeleton, match: re.Match[str], trigger: Span, has_object: bool, located: bool) -> bool:
    """Whether an end of a match is a place that only tells which one, or where; `located`: where is what is told."""
    subject = match["s"]
    if not has_object:
        # 台美關稅談判: the two of a group may be told before a noun; 與美國、荷蘭和英國協商: the rest of a list is no pair.
        return subject in skeleton.adverbials or match.string[match.start("s") - 1 : match.start("s")] in _IN_LIST
    if not (skeleton.adverbials or skeleton.attributes):
        return False
    if subject in skeleton.adverbials or (subject in skeleton.attributes and trigger[0] != match.end("s")):
        return True
    if located:
        return False
    object_ = match["o"]
    attribute = object_ in skeleton.attributes and trigger[0] != match.end("o")
    if attribute and match.string[match.start("o") - 1] not in "对向":  # 對印度商品課稅
        return True
    return object_ in skeleton.adverbials and skeleton.slots[subject].type != "company"


def _pairs(left: Sequence[str], right: Sequence[str], match: re.Match[str]) -> Iterable[tuple[str, str]]:
    """Which members of the two lists of a match belong together: all with all, or one by one."""
    if len(left) == len(right) > 1 and _apart(match):
        return zip(left, right, strict=True)
    return product(left, right)


def _leader(match: re.Match[str]) -> str:
    """The slot before the subject that does it too (甲昨與丙簽署乙); empty where there is none."""
    text, start = match.string, match.start("s")
    if not start or text[start - 1] not in _TOGETHER or text[match.start("o") - 1] in "的「《":  # 丙推動的乙
        return ""
    before = _WITH.search(text, max(0, start - 12), start)
    return before[1] if before else ""


def _apart(match: re.Match[str]) -> bool:
    """Whether the members of two lists belong together one by one: 甲、乙分別與丙、丁簽約."""
    start, end = sorted((match.span("s"), match.span("o")))
    return _APART.search(match.string, max(0, start[0] - 3), end[0]) is not None


def _end(
    member: str,
    types: frozenset[str],
    agents: bool,
    type_of: Callable[[str], EntityType],
    acts_for: dict[str, str],
) -> tuple[str | None, bool]:
    """The end of a statement that a member is or acts for, and whether it acts."""
    if type_of(member) in types:
        return member, False
    firm = acts_for.get(member) if agents and type_of(member) == "person" else None
    return (firm, True) if firm and type_of(firm) in types else (None, False)
