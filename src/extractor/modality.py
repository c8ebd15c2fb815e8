"""Modality: whether a statement is asserted, planned, rumoured, denied or ended, read from cues and their scope.

After ConText (Harkema et al., Journal of Biomedical Informatics 42, 2009): cues that reach forward or back to the trigger,
words that close a scope, and longer words that hold a cue without being one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extractor.records import Modality
from extractor.skeleton import Skeleton

_SPLIT = re.compile(r"[,;:。!?\n]")
_MARKS = ",;:。!?\n"
_AHEAD = 200  # cells behind a clause in which a denial or an end is looked for
_NEAR = 5
_CLOSING = re.compile(
    '(?:了|此事|此说|此一传闻|这项传闻|传闻|上述传闻|相关传闻|这件事)?[」』\\"”)]*'
)  # what may stand behind a closing cue
_ORDER: tuple[Modality, ...] = ("ended", "denied", "rumoured", "planned")


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue that decides: its category and the word as it was found."""

    category: str
    word: str


class ModalityReader:
    """Reads the marks around a trigger; made once for the cues of `modality.toml`."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._cues: dict[tuple[str, str], re.Pattern[str]] = {}
        for category, group in table.items():
            pseudo = group.get("pseudo", [])
            for kind in ("before", "near", "after"):
                if words := group.get(kind):
                    self._cues[category, kind] = _pattern(words, pseudo)
        self._speech = _pattern(table["speech"]["words"], [])
        self._stop = tuple(table["stop"]["words"])

    def read(self, skeleton: Skeleton, start: int, end: int, following: str) -> tuple[Modality | None, list[Mark]]:
        """The modality of the statement whose trigger is the cells start:end, None where it states nothing; and the marks.

        `following` is the skeleton text of the next sentence: denials often come there.
        """
        text = skeleton.text
        clause_start = _clause_start(text, start)
        clause_end = m.start() if (m := _SPLIT.search(text, end)) else len(text)
        before = text[clause_start:start]
        earlier = self._earlier(text, clause_start)
        inside = text[end:clause_end]
        later = text[clause_end : clause_end + _AHEAD]
        marks = []
        for category in ("none", *_ORDER):
            # A denial often follows in the next sentence; what ends there is something else.
            ahead = (later + following)[:_AHEAD] if category == "denied" else later
            if mark := self._mark(category, before, earlier, inside, ahead, text[start:end]):
                marks.append(mark)
        found = {mark.category for mark in marks}
        if "none" in found and not found & {"denied", "rumoured"}:
            denial = self._speech.search(text[:start])
            return ("denied", marks) if denial and self._negated(before) else (None, marks)
        for modality in _ORDER:
            if modality in found:
                return modality, marks
        return "asserted", marks

    def _mark(self, category: str, before: str, earlier: str, inside: str, later: str, trigger: str) -> Mark | None:
        forward = self._cues.get((category, "before"))
        if forward and (found := _last(forward, before)):
            return Mark(category, found)
        if forward and category in ("rumoured", "none") and (found := _last(forward, earlier)):
            return Mark(category, found)
        # A trigger can be the end itself: 退出, 取消行程.
        if forward and category == "ended" and (found := _first(forward, trigger)):
            return Mark(category, found)
        near = self._cues.get((category, "near"))
        if near and (found := _last(near, before[-_NEAR:])) and before.rfind(found) >= len(before) - _NEAR:
            return Mark(category, found)
        back = self._cues.get((category, "after"))
        if back and (found := _first(back, inside)):
            return Mark(category, found)
        if back and category in ("denied", "ended"):
            for clause in self._reach(later, category):
                if found := _closing(back, clause):
                    return Mark(category, found)
        return None

    def _negated(self, before: str) -> bool:
        near = self._cues["none", "near"]
        return bool(_last(near, before[-_NEAR:]))

    def _earlier(self, text: str, clause_start: int) -> str:
        """The clauses before this one that a cue may reach forward from: back to a word that closes scopes."""
        start = clause_start
        while start > 0:
            previous = _clause_start(text, start - 1)
            clause = text[start:]
            if clause.lstrip().startswith(self._stop) or start - previous > 60:
                break
            if clause_start - previous > 60:
                break
            start = previous
        return text[start:clause_start]

    def _reach(self, later: str, category: str) -> list[str]:
        """How far behind the clause a denial or an end is looked for: two clauses, no further than a change of topic."""
        clauses = _SPLIT.split(later)[1:4]
        reach = []
        for clause in clauses[: 3 if category == "denied" else 2]:
            if clause.startswith(("另", "至于", "同时", "此外")):
                break
            reach.append(clause)
        return reach


def _pattern(words: list[str], pseudo: list[str]) -> re.Pattern[str]:
    """Alternation, longest first, in which pseudo-cues are found but named so."""
    alternatives = sorted(map(re.escape, words), key=len, reverse=True)
    never = sorted(map(re.escape, pseudo), key=len, reverse=True)
    first = f"(?P<pseudo>{'|'.join(never)})|" if never else ""
    return re.compile(f"{first}(?P<cue>{'|'.join(alternatives)})")


def _all(pattern: re.Pattern[str], text: str) -> list[str]:
    return [m["cue"] for m in pattern.finditer(text) if m["cue"]]


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    return found[0] if (found := _all(pattern, text)) else None


def _clause_start(text: str, place: int) -> int:
    """Where the clause begins that holds the cell before `place`."""
    return max(text.rfind(mark, 0, max(place, 0)) for mark in _MARKS) + 1


def _closing(pattern: re.Pattern[str], clause: str) -> str | None:
    """A cue that closes its clause: one with words behind it (否認收購…) speaks of those."""
    for match in pattern.finditer(clause):
        if match["cue"] and _CLOSING.fullmatch(clause, match.end()):
            return match["cue"]
    return None


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    return found[-1] if (found := _all(pattern, text)) else None
