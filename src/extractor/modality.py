"""Modality: whether a statement is asserted, planned, rumoured, denied or ended, read from cues and their scope.

After ConText (Harkema et al., Journal of Biomedical Informatics 42, 2009): cues that reach forward or back to the trigger,
words that close a scope, and longer words that hold a cue without being one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractor.knowledge.patterns import GAP
from extractor.records import Modality
from extractor.skeleton import NAMES, STATED, Skeleton, clause_start

_SPLIT = re.compile(r"[,;:。!?\n]")
_ENDS = ";。!?\n"
_AHEAD = 200  # cells behind a clause in which a denial or an end is looked for
_BEHIND = 60  # cells before a clause that a rumour or a condition reaches over
_NEAR = 5
_UNSPOKEN = re.compile(f"(?![{STATED}])[\ue000-\uf8ff]")  # a subject that was carried over
_NAMED = re.compile(f"[{STATED}]")
# A clause that opens with somebody speaks of him, unless he only did it: 遭…否決.
_OTHER = re.compile(f"[^{NAMES}遭被因在经由]{{0,3}}(?=[{STATED}])[{NAMES}]")
_CLOSING = re.compile(
    '(?:了|此事|此说|此一传闻|这项传闻|传闻|上述传闻|相关传闻|这件事)?[」』\\"”)]*'
)  # what may stand behind a closing cue
_TOPIC = ("另", "至于", "同时", "此外")
_ORDER: tuple[Modality, ...] = ("ended", "denied", "rumoured", "planned")


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue that decides: its category and the word as it was found."""

    category: str
    word: str


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a trigger: its own clause before and behind it, the clauses before, the clauses behind."""

    trigger: str
    before: str
    inside: str
    earlier: str
    carried: str
    later: list[str]
    following: list[str]


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
        self._cues: dict[tuple[str, str], re.Pattern[str]] = {}
        for category, group in table.items():
            pseudo = group.get("pseudo", [])
            for kind in ("before", "inside", "unreal", "within", "near", "after", "later", "carried"):
                if words := group.get(kind):
                    self._cues[category, kind] = _pattern(words, pseudo)
        self._speech = _pattern(table["speech"]["words"], table["speech"]["pseudo"])
        self._real = _pattern(table["real"]["words"], table["real"]["pseudo"])
        self._given = re.compile("|".join(map(_source, table["given"]["words"])))
        self._becoming = _pattern(table["given"]["but"], [])
        self._stop = tuple(table["stop"]["words"])

    def read(self, skeleton: Skeleton, start: int, end: int, following: str) -> tuple[Modality | None, list[Mark]]:
        """The modality of the statement whose trigger is the cells start:end, None where it states nothing; and the marks.

        `following` is the skeleton text of the next sentence: denials often come there.
        """
        text = skeleton.text
        around = self._around(text, start, end, following)
        if self._given.fullmatch(around.trigger) and not self._becoming.search(around.before):
            # What is taken for granted (X's subsidiary Y) stays so, whatever the sentence says of it.
            marks = [m for m in (self._near("ended", around), self._near("none", around)) if m][:1]
            return decide(marks), marks
        marks = []
        for category in ("none", "planned", "rumoured", "denied", "ended"):
            told = any(mark.category in ("planned", "rumoured") for mark in marks)
            if mark := self._mark(category, around, told):
                marks.append(mark)
        if marks and marks[0].category == "none" and self._negated(around) and _last(self._speech, text[:start]):
            # A plain negation in somebody's mouth denies; a condition states nothing, whoever sets it.
            unreal = self._found("none", ("before", "unreal"), around)
            marks[0] = marks[0] if unreal else Mark("denied", marks[0].word)
        return decide(marks), marks

    def _around(self, text: str, start: int, end: int, following: str) -> _Around:
        opening = clause_start(text, start)
        clause_end = m.start() if (m := _SPLIT.search(text, end)) else len(text)
        before = text[opening:start]
        # A clause without a name of its own goes on with what the one before it intends.
        unspoken = bool(_UNSPOKEN.match(text, opening)) or not _NAMED.search(before)
        previous = text[clause_start(text, opening - 1) : opening - 1] if opening else ""
        goes_on = unspoken and text[opening - 1 : opening] == ","
        return _Around(
            text[start:end],
            before,
            text[end:clause_end],
            self._earlier(text, opening),
            previous if goes_on and not before[1:].startswith(self._stop) else "",
            _clauses(text[clause_end : clause_end + _AHEAD]),
            _clauses("," + following[:_AHEAD]),
        )

    def _mark(self, category: str, around: _Around, told: bool) -> Mark | None:
        real = _end_of_last(self._real, around.before)
        forward = self._cues.get((category, "before"))
        if forward:
            # Behind what has come to pass 將 is 把: 才將設備售予….
            scope = around.before[real:].removeprefix("将" * bool(real)) if category == "planned" else around.before
            if found := _last(forward, scope):
                return Mark(category, found)
            if category in ("rumoured", "none") and not real and (found := _last(forward, around.earlier)):
                return Mark(category, found)
        if found := self._found(category, ("inside", "unreal"), around):
            return Mark(category, found)
        # A trigger can hold the cue itself: 退出, 取消行程, 董事長將由…接任.
        within = forward if category == "ended" else self._cues.get((category, "within"))
        if within and (found := _first(within, around.trigger)):
            return Mark(category, found)
        carried = self._cues.get((category, "carried"))
        match = _last_match(carried, around.carried) if carried and not real else None
        if match and not self._real.search(around.carried, match.end()):
            return Mark(category, match["cue"])
        if near := self._near(category, around):
            return near
        back = self._cues.get((category, "after"))
        if back and (found := _first(back, around.inside)):
            return Mark(category, found)
        return self._behind(category, around, told)

    def _found(self, category: str, kinds: tuple[str, ...], around: _Around) -> str | None:
        """The last cue of these kinds before the trigger in its own clause."""
        cues = (self._cues.get((category, kind)) for kind in kinds)
        return next((found for cue in cues if cue and (found := _last(cue, around.before))), None)

    def _negated(self, around: _Around) -> bool:
        return bool(self._near("none", around) or self._found("none", ("inside",), around))

    def _near(self, category: str, around: _Around) -> Mark | None:
        near = self._cues.get((category, "near"))
        found = _last(near, around.before[-_NEAR:]) if near else None
        return Mark(category, found) if found else None

    def _behind(self, category: str, around: _Around, told: bool) -> Mark | None:
        """A cue that closes a clause behind the statement's own. What nobody rumours and nobody plans is not denied there;
        what ends there is what the clause before spoke of, so the clause opens with nobody."""
        back = self._cues.get((category, "later")) or self._cues.get((category, "after"))
        if not back or category not in ("denied", "ended", "planned"):
            return None
        reach = around.later[:2]
        if category == "denied":
            if not told:
                return None
            # A denial often follows in the next sentence; what ends there is something else.
            reach = (around.later + around.following)[:3]
        for clause in reach:
            if clause.startswith(_TOPIC):
                break
            found = _closing(back, clause)
            if found and (category == "denied" or not _OTHER.match(clause)):
                return Mark(category, found)
        return None

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


def _pattern(words: list[str], pseudo: list[str]) -> re.Pattern[str]:
    """Alternation, longest first, in which pseudo-cues are found but named so."""
    alternatives = "|".join(map(_source, sorted(words, key=len, reverse=True)))
    never = "|".join(map(_source, sorted(pseudo, key=len, reverse=True)))
    first = f"(?P<pseudo>{never})|" if never else ""
    return re.compile(f"{first}(?P<cue>{alternatives})")


def _all(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return [m for m in pattern.finditer(text) if m["cue"]]


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    return found[0]["cue"] if (found := _all(pattern, text)) else None


def _last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return found[-1] if (found := _all(pattern, text)) else None


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    return match["cue"] if (match := _last_match(pattern, text)) else None


def _end_of_last(pattern: re.Pattern[str], text: str) -> int:
    return match.end() if (match := _last_match(pattern, text)) else 0


def _closing(pattern: re.Pattern[str], clause: str) -> str | None:
    """A cue that closes its clause: one with words behind it (否認收購…) speaks of those."""
    for match in pattern.finditer(clause):
        if match["cue"] and _CLOSING.fullmatch(clause, match.end()):
            return match["cue"]
    return None
