"""Relations: the statements that the rules read in a skeleton.

A rule is tried only in a sentence that holds one of the literals it needs. Where a trigger stands, the first rule of a
relation that fits is taken and the others pass it by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from ahocorasick_rs import AhoCorasick

from extractor.knowledge.rules import Relation, Rule, RuleBook
from extractor.records import EntityType
from extractor.skeleton import CLAUSE_MARKS, NAMES, Skeleton

_IN_LIST = tuple("、与和跟同")
_REPLACING = ("接替", "取代", "顶替", "代替", "替代")
_WITH = re.compile(f"([{NAMES}])[^{NAMES}{CLAUSE_MARKS}的]{{0,8}}[与和跟偕]$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A rule's reading of a sentence: ids, the cells of the match and of the trigger, whether something was inferred."""

    subject: str
    relation: Relation
    object: str
    rule: Rule
    cells: tuple[int, int]
    trigger: tuple[int, int]
    inferred: bool


class Matcher:
    """Tries the rules of a book on skeletons; made once."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._literals = list(book.by_literal)
        self._rules = list(book.by_literal.values())
        self._automaton = AhoCorasick(self._literals or ["\0"])
        self._pseudo = {
            relation.id: re.compile("|".join(relation.pseudo))
            for relation in book.relations.values()
            if relation.pseudo
        }
        self.tried = 0  # rules tried so far: work to count, for tests

    def candidates(self, skeleton: Skeleton) -> dict[str, set[int]]:
        """The relations, and the numbers of their rules, that have a literal they need in a skeleton."""
        candidates: dict[str, set[int]] = {}
        if not self._literals or len({m for slot in skeleton.slots.values() for m in slot.members}) < 2:
            return candidates
        for literal in {i for i, _, _ in self._automaton.find_matches_as_indexes(skeleton.text, overlapping=True)}:
            for relation_id, number in self._rules[literal]:
                candidates.setdefault(relation_id, set()).add(number)
        return candidates

    def match(
        self, skeleton: Skeleton, type_of: Callable[[str], EntityType], acts_for: dict[str, str]
    ) -> list[Statement]:
        """All statements in a skeleton, in the order of relations and rules. `acts_for`: the firm of each person with a post."""
        candidates = self.candidates(skeleton)
        found: list[Statement] = []
        for relation_id in sorted(candidates):
            relation = self.book.relations[relation_id]
            pseudo = self._pseudo.get(relation_id)
            blocked = [m.span() for m in pseudo.finditer(skeleton.text)] if pseudo else []
            done: list[tuple[int, int]] = []
            for number in sorted(candidates[relation_id]):
                self.tried += 1
                for match, trigger in _matches(relation.rules[number], skeleton.text):
                    if _overlaps(trigger, done) or _overlaps(trigger, blocked):
                        continue
                    statements = list(
                        _statements(skeleton, relation, relation.rules[number], match, trigger, type_of, acts_for)
                    )
                    if statements:
                        done.append(trigger)
                        found += statements
        return found


def _matches(rule: Rule, text: str) -> Iterator[tuple[re.Match[str], tuple[int, int]]]:
    place = 0
    while match := rule.regex.search(text, place):
        yield match, _trigger(match)
        place = match.start() + 1


def _trigger(match: re.Match[str]) -> tuple[int, int]:
    """The cells of the trigger: the frame's words, or the stretch of a pattern between or behind its slots."""
    groups = match.re.groupindex
    if "t" in groups and match["t"] is not None:
        return match.span("t")
    subject = match.span("s")
    object_ = match.span("o") if "o" in groups and match["o"] is not None else subject
    edges = sorted((subject, object_))
    pieces = [(match.start(), edges[0][0]), (edges[0][1], edges[1][0]), (edges[1][1], match.end())]
    behind, between = pieces[2], pieces[1]
    return behind if behind[1] - behind[0] > 1 else between if between[1] > between[0] else pieces[0]


def _overlaps(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def _statements(
    skeleton: Skeleton,
    relation: Relation,
    rule: Rule,
    match: re.Match[str],
    trigger: tuple[int, int],
    type_of: Callable[[str], EntityType],
    acts_for: dict[str, str],
) -> Iterator[Statement]:
    """One statement for each pair of the members of the two slots; a slot that stands alone for both gives its own pairs."""
    left = skeleton.slots[match["s"]]
    has_object = "o" in match.re.groupindex and match["o"] is not None
    right = skeleton.slots[match["o"]] if has_object else left
    if _acts_elsewhere(rule, match, trigger) or _takes_no_part(skeleton, match, trigger, relation.located):
        return
    if not has_object and not relation.symmetric:
        return
    inferred = left.inferred or right.inferred
    if has_object:
        pairs = list(_pairs(left.members, right.members, _apart(match)))
        if not relation.symmetric and (leader := skeleton.slots.get(_leader(match))):
            pairs += product(leader.members, right.members)
            inferred = inferred or leader.inferred
    else:
        pairs = list(combinations(left.members, 2))
    for first, second in pairs:
        subject, instead = _end(first, relation.subjects, rule.agents, type_of, acts_for)
        object_, instead_too = _end(second, relation.objects, rule.agents, type_of, acts_for)
        if subject and object_ and subject != object_:
            reads = inferred or instead or instead_too
            yield Statement(subject, relation, object_, rule, match.span(), trigger, reads)


def _acts_elsewhere(rule: Rule, match: re.Match[str], trigger: tuple[int, int]) -> bool:
    """Whether the subject of a match only did what was said before it, or is the one replaced: 被甲列入…的丙投資乙, 接替甲擔任."""
    before = match.string[max(0, match.start("s") - 2) : match.start("s")]
    return trigger[0] > match.start("s") and (
        (before[-1:] in ("被", "遭") and before[-1] not in rule.pattern) or before in _REPLACING
    )


def _takes_no_part(skeleton: Skeleton, match: re.Match[str], trigger: tuple[int, int], located: bool) -> bool:
    """Whether an end of a match is a place that only tells which one, or where; `located`: where is what is told."""
    if "o" not in match.re.groupindex or match["o"] is None:
        # 台美關稅談判: the two of a group may be told before a noun; 與美國、荷蘭和英國協商: the rest of a list is no pair.
        return match["s"] in skeleton.adverbials or match.string[match.start("s") - 1 : match.start("s")] in _IN_LIST
    subject, object_ = match["s"], match["o"]
    if subject in skeleton.adverbials or (subject in skeleton.attributes and trigger[0] != match.end("s")):
        return True
    if located:
        return False
    attribute = object_ in skeleton.attributes and trigger[0] != match.end("o")
    if attribute and match.string[match.start("o") - 1] not in "对向":  # 對印度商品課稅
        return True
    return object_ in skeleton.adverbials and skeleton.slots[subject].type != "company"


def _pairs(left: Sequence[str], right: Sequence[str], apart: bool) -> Iterator[tuple[str, str]]:
    """Which members of two lists belong together: all with all, or one by one."""
    return zip(left, right, strict=True) if apart and len(left) == len(right) > 1 else product(left, right)


def _leader(match: re.Match[str]) -> str:
    """The slot before the subject that does it too (甲昨與丙簽署乙); empty where there is none."""
    if match.string[match.start("o") - 1] in "的「《":
        return ""  # 丙推動的乙
    before = _WITH.search(match.string, max(0, match.start("s") - 12), match.start("s"))
    return before[1] if before else ""


def _apart(match: re.Match[str]) -> bool:
    """Whether the members of two lists belong together one by one: 甲、乙分別與丙、丁簽約."""
    start, end = sorted((match.span("s"), match.span("o")))
    return re.search("分别|各自|依序", match.string[max(0, start[0] - 3) : end[0]]) is not None


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
