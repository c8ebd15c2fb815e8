"""Topics: the firms that a sentence and its parts between semicolons are about."""

from __future__ import annotations

from extractor.clauses import Clauses
from extractor.skeleton import Skeleton


class Topics:
    """What a sentence is about, found out as far as somebody asks; few titles leave out whose they are.

    The parts are read as they stand when this is made, before titles are folded. `before`: the topics of the sentence before.
    """

    __slots__ = ("_before", "_clauses", "_ending", "_first", "_known", "_last", "_place", "_skeleton", "_text")

    def __init__(self, clauses: Clauses, skeleton: Skeleton, before: Topics | None) -> None:
        self._clauses, self._skeleton, self._before = clauses, skeleton, before
        self._text = self._ending = skeleton.text
        self._first: str | None = None
        self._last: str | None = None
        self._place = 0
        self._known = False

    def fold(self) -> None:
        """Let the sentence end as it stands now that its titles are folded."""
        self._ending = self._skeleton.text

    def at(self, cell: int) -> str | None:
        """The firm that the text is about at a cell: what the last part with a firm that begins before it is about."""
        while self._place <= cell and self._place < len(self._text):
            self._read()
        return self._last or (self._before.of_sentence() if self._before else None)

    def of_sentence(self) -> str | None:
        """The firm that the text is about behind the sentence: the one brought in at its end, else that of its first part with
        one, else that of a sentence before."""
        asked: list[Topics] = []
        topics: Topics | None = self
        while topics and not topics._known:
            asked.append(topics)
            topics = None if topics._own() else topics._before
        firm = topics._first if topics else asked[-1]._first
        for topics in asked:
            topics._first, topics._known, topics._before = firm, True, None
        return firm

    def _own(self) -> bool:
        """Whether the sentence is about a firm of its own, which is its first one now."""
        presented = self._clauses.presented(self._ending)
        firm = self._skeleton.firm_of(self._ending[presented]) if presented is not None else None
        while not (firm or self._first) and self._place < len(self._text):
            self._read()
        self._first = firm or self._first
        return self._first is not None

    def _read(self) -> None:
        """Read the next part."""
        start, end = self._place, self._text.find(";", self._place)
        end = end if end >= 0 else len(self._text)
        cell = self._clauses.topic(self._text, start, end)
        if cell is not None and (firm := self._skeleton.firm_of(self._text[cell])):
            self._first, self._last = self._first or firm, firm
        self._place = end + 1
