"""Modality: whether a statement is asserted, planned, rumoured, denied or ended, read from cues and their scope.

After ConText (Harkema et al., Journal of Biomedical Informatics 42, 2009): cues that reach forward or back to the trigger,
words that close a scope, and longer words that hold a cue without being one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from extractor.knowledge.patterns import GAP
from extractor.records import Modality
from extractor.skeleton import CLAUSE_MARKS, NAMES, STATED, Skeleton, clause_start
from extractor.text.expressions import Expression

_SPLIT = Expression(f"[{CLAUSE_MARKS}]")
_ENDS = ";。!?\n"
_AHEAD = 200  # cells behind a clause in which a denial or an end is looked for
_BEHIND = 60  # cells before a clause that a rumour or a condition reaches over
_NEAR = 5
_UNSPOKEN = Expression(f"(?![{STATED}])[\ue000-\uf8ff]")  # a subject that was carried over
_NAMED = Expression(f"[{STATED}]")
# A clause that opens with somebody speaks of him, unless he only did it: 遭…否決.
_OTHER = Expression(f"[^{NAMES}遭被因在经由]{{0,3}}(?=[{STATED}])[{NAMES}]")
# What may stand behind a closing cue.
_CLOSING = Expression('(?:了|此事|此说|此一传闻|这项传闻|传闻|上述传闻|相关传闻|这件事)?[」』\\"”)]*')
_TOPIC = ("另", "至于", "同时", "此外")
_CATEGORIES = ("none", "planned", "rumoured", "denied", "ended")
_ORDER: tuple[Modality, ...] = ("ended", "denied", "rumoured", "planned")
_BETWEEN_GAPS = Expression("[…乙甲]")  # what the words of a cue stand between
_NO_CUES = (Expression(""), 0)
# Zones around a trigger, each as many bits wide as there may be kinds of cues: the trigger, its clause before it, the end of
# that, its clause behind it, what stands before and what behind its clause.
_WITHIN, _BEFORE, _NEARBY, _INSIDE, _EARLIER, _LATER = range(0, 6 * 64, 64)
# Where cues of a kind count, those of some categories also elsewhere.
_ZONES = {
    "within": _WITHIN,
    "before": _BEFORE,
    "inside": _BEFORE,
    "unreal": _BEFORE,
    "near": _NEARBY,
    "after": _INSIDE,
    "later": _LATER,
    "carried": _EARLIER,
}
_ELSEWHERE = {("none", "before"): _EARLIER, ("rumoured", "before"): _EARLIER, ("ended", "before"): _WITHIN}


class Mark(NamedTuple):
    """A cue that decides: its category and the word as it was found."""

    category: str
    word: str


class _Scanned(NamedTuple):
    """Where cues may stand in a text, as (start, end, kinds of cues), and where its clauses end."""

    cues: list[tuple[int, int, int]]
    stops: list[int]


class _Around(NamedTuple):
    """A trigger, the cells start:end of a text, and its own clause, opening:close, with what stands in that before the trigger.

    `cues`: the kinds of cues that may stand in each zone around it; no others are looked for. `real`: where in `before` the
    last word ends that tells what has come to pass.
    """

    text: str
    following: str
    start: int
    end: int
    opening: int
    close: int
    before: str
    cues: int
    real: int


def decide(marks: Sequence[Mark]) -> Modality | None:
    """The modality that marks leave a statement; None where it states nothing. A rumour that is denied is denied."""
    found = {mark.category for mark in marks}
    if "none" in found and not found & {"denied", "rumoured"}:
        return None
    if {"rumoured", "denied"} <= found:
        return "denied"
    return next((modality for modality in _ORDER if modality in found), "asserted")


class ModalityReader:
    """Reads the marks around a trigger; made once for the cues of `modality.toml`."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._cues: dict[tuple[str, str], tuple[Expression, int]] = {}
        self._concerns: dict[str, int] = {}  # the cues of a category in the zones where they count
        self._holds: dict[str, int] = {}  # the kinds of cues, as bits, by a word that they hold
        for category, group in table.items():
            pseudo = group.get("pseudo", [])
            concern = 0
            for kind, zone in _ZONES.items():
                if words := group.get(kind):
                    self._cues[category, kind] = _pattern(words, pseudo), (bit := self._kind(words))
                    concern |= bit << zone | bit << _ELSEWHERE.get((category, kind), zone)
            self._concerns[category] = concern
        self._speech = _pattern(table["speech"]["words"], table["speech"]["pseudo"])
        self._real = _pattern(table["real"]["words"], table["real"]["pseudo"])
        self._in_real = self._kind(table["real"]["words"])
        self._given = Expression("|".join(map(_source, table["given"]["words"])))
        self._becoming = _pattern(table["given"]["but"], [])
        self._stop = tuple(table["stop"]["words"])
        self._automaton = AhoCorasick(list(self._holds))
        self._kinds = list(self._holds.values())
        # Of one sentence several statements are read, one after the other.
        self._scan = lru_cache(maxsize=1)(self._scanned)

    def read(self, skeleton: Skeleton, start: int, end: int, following: str) -> tuple[Modality | None, list[Mark]]:
        """The modality of the statement whose trigger is the cells start:end, None where it states nothing; and the marks.

        `following` is the skeleton text of the next sentence: denials often come there.
        """
        text = skeleton.text
        around = self._around(text, start, end, following)
        if self._given.fullmatch(text, start, end) and not self._becoming.search(around.before):
            # What is taken for granted (X's subsidiary Y) stays so, whatever the sentence says of it.
            marks = [m for m in (self._near("ended", around), self._near("none", around)) if m][:1]
            return decide(marks), marks
        marks = []
        told = False
        for category in _CATEGORIES:
            concerned = around.cues & self._concerns[category] or (told and category == "denied")
            if concerned and (mark := self._mark(category, around, told)):
                marks.append(mark)
                told = told or category in ("planned", "rumoured")
        if not marks:
            return "asserted", marks
        if marks[0].category == "none" and self._negated(around) and _last(self._speech, text[:start]):
            # A plain negation in somebody's mouth denies; a condition states nothing, whoever sets it.
            unreal = self._found("none", ("before", "unreal"), around)
            marks[0] = marks[0] if unreal else Mark("denied", marks[0].word)
        return decide(marks), marks

    def takes_back(self, text: str) -> bool:
        """Whether a folded text holds words that may deny what the sentence before it plans or rumours."""
        denies = self._cues["denied", "after"][1]
        return any(
            self._kinds[held] & denies for held, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)
        )

    def _kind(self, words: list[str]) -> int:
        """A new kind of cues, as a bit; noted for a word that each of them holds."""
        kind = 1 << len(self._cues)
        for word in words:
            held = max(_BETWEEN_GAPS.split(word), key=len)
            self._holds[held] = self._holds.get(held, 0) | kind
        return kind

    def _scanned(self, text: str) -> _Scanned:
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return _Scanned(
            [(start, end, self._kinds[held]) for held, start, end in hits], [m.start() for m in _SPLIT.finditer(text)]
        )

    def _around(self, text: str, start: int, end: int, following: str) -> _Around:
        cues, stops = self._scan(text)
        place = bisect_left(stops, start)
        opening = stops[place - 1] + 1 if place else 0
        place = bisect_left(stops, end, place)
        close = stops[place] if place < len(stops) else len(text)
        found = 0
        for first, last, kinds in cues:
            if last <= start:
                if first < opening:
                    found |= kinds << _EARLIER
                    continue
                found |= kinds << _BEFORE
                if first >= start - _NEAR:
                    found |= kinds << _NEARBY
            elif first >= end:
                found |= kinds << (_LATER if first >= close else _INSIDE)
            elif first >= start and last <= end:
                found |= kinds << _WITHIN
        before = text[opening:start]
        real = _end_of_last(self._real, before) if found & self._in_real << _BEFORE else 0
        return _Around(text, following, start, end, opening, close, before, found, real)

    def _cue(self, category: str, kind: str, zone: int, around: _Around) -> Expression | None:
        """The cues of a kind, where they may be found in a zone."""
        pattern, bit = self._cues.get((category, kind), _NO_CUES)
        return pattern if around.cues & bit << zone else None

    def _mark(self, category: str, around: _Around, told: bool) -> Mark | None:
        real = around.real
        if forward := self._cue(category, "before", _BEFORE, around):
            # Behind what has come to pass 將 is 把: 才將設備售予….
            scope = around.before[real:].removeprefix("将" * bool(real)) if category == "planned" else around.before
            if found := _last(forward, scope):
                return Mark(category, found)
        if category in ("rumoured", "none") and not real:
            forward = self._cue(category, "before", _EARLIER, around)
            if forward and (found := _last(forward, self._earlier(around.text, around.opening))):
                return Mark(category, found)
        if found := self._found(category, ("inside", "unreal"), around):
            return Mark(category, found)
        # A trigger can hold the cue itself: 退出, 取消行程, 董事長將由…接任.
        within = self._cue(category, "before" if category == "ended" else "within", _WITHIN, around)
        if within and (found := _first(within, around.text[around.start : around.end])):
            return Mark(category, found)
        if not real and (carried := self._cue(category, "carried", _EARLIER, around)):
            clause = self._carried(around)
            match = _last_match(carried, clause)
            if match and not self._real.search(clause, match.end()):
                return Mark(category, match["cue"])
        if near := self._near(category, around):
            return near
        back = self._cue(category, "after", _INSIDE, around)
        if back and (found := _first(back, around.text[around.end : around.close])):
            return Mark(category, found)
        return self._behind(category, around, told)

    def _found(self, category: str, kinds: tuple[str, ...], around: _Around) -> str | None:
        """The last cue of these kinds before the trigger in its own clause."""
        cues = (self._cue(category, kind, _BEFORE, around) for kind in kinds)
        return next((found for cue in cues if cue and (found := _last(cue, around.before))), None)

    def _negated(self, around: _Around) -> bool:
        return bool(self._near("none", around) or self._found("none", ("inside",), around))

    def _near(self, category: str, around: _Around) -> Mark | None:
        near = self._cue(category, "near", _NEARBY, around)
        found = _last(near, around.before[-_NEAR:]) if near else None
        return Mark(category, found) if found else None

    def _behind(self, category: str, around: _Around, told: bool) -> Mark | None:
        """A cue that closes a clause behind the statement's own. What nobody rumours and nobody plans is not denied there;
        what ends there is what the clause before spoke of, so the clause opens with nobody."""
        if category == "denied":
            back = self._cues[category, "after"][0] if told else None
        else:
            back = self._cue(category, "later", _LATER, around)
        if not back:
            return None
        reach = _clauses(around.text[around.close : around.close + _AHEAD])
        # A denial often follows in the next sentence; what ends there is something else.
        reach = (reach + _clauses("," + around.following[:_AHEAD]))[:3] if category == "denied" else reach[:2]
        for clause in reach:
            if clause.startswith(_TOPIC):
                break
            found = _closing(back, clause)
            if found and (category == "denied" or not _OTHER.match(clause)):
                return Mark(category, found)
        return None

    def _carried(self, around: _Around) -> str:
        """The clause before, where the statement's own has no name of its own and goes on with what that one intends."""
        text, opening, before = around.text, around.opening, around.before
        unspoken = bool(_UNSPOKEN.match(text, opening)) or not _NAMED.search(before)
        if not unspoken or text[opening - 1 : opening] != "," or before[1:].startswith(self._stop):
            return ""
        return text[clause_start(text, opening - 1) : opening - 1]

    def _earlier(self, text: str, opening: int) -> str:
        """The clauses before this one that a cue may reach forward from: back to a word that closes scopes."""
        start = opening
        while start > 0 and text[start - 1] not in _ENDS:
            previous = clause_start(text, start - 1)
            if text[start:].lstrip().startswith(self._stop) or opening - previous > _BEHIND:
                break
            start = previous
        return text[start:opening]


def _clauses(text: str) -> list[str]:
    """The clauses behind the first mark of a text."""
    return _SPLIT.split(text)[1:4]


def _source(word: str) -> str:
    """A cue as a regular expression: … is a gap inside the clause, 乙 a name, 甲 one of a firm, a body or a person."""
    return re.escape(word).replace("…", GAP).replace("乙", f"[{STATED}]").replace("甲", f"(?=[{STATED}])[{NAMES}]")


def _pattern(words: list[str], pseudo: list[str]) -> Expression:
    """Alternation, longest first, in which pseudo-cues are found but named so."""
    alternatives = "|".join(map(_source, sorted(words, key=len, reverse=True)))
    never = "|".join(map(_source, sorted(pseudo, key=len, reverse=True)))
    first = f"(?P<pseudo>{never})|" if never else ""
    return Expression(f"{first}(?P<cue>{alternatives})")


def _all(pattern: Expression, text: str) -> list[re.Match[str]]:
    return [m for m in pattern.finditer(text) if m["cue"]]


def _first(pattern: Expression, text: str) -> str | None:
    return found[0]["cue"] if (found := _all(pattern, text)) else None


def _last_match(pattern: Expression, text: str) -> re.Match[str] | None:
    return found[-1] if (found := _all(pattern, text)) else None


def _last(pattern: Expression, text: str) -> str | None:
    return match["cue"] if (match := _last_match(pattern, text)) else None


def _end_of_last(pattern: Expression, text: str) -> int:
    return match.end() if (match := _last_match(pattern, text)) else 0


def _closing(pattern: Expression, clause: str) -> str | None:
    """A cue that closes its clause: one with words behind it (否認收購…) speaks of those."""
    for match in pattern.finditer(clause):
        if match["cue"] and _CLOSING.fullmatch(clause, match.end()):
            return match["cue"]
    return None
