"""Topics: the firms that a sentence and its parts between semicolons are about."""

from __future__ import annotations

from extractor.clauses import Clauses
from extractor.skeleton import Skeleton


class Topics:
    """What the parts of a sentence are about, as it stands when this is made; they are read as far as somebody asks.

    `topic`: the firm that the text was about before.
    """

    def __init__(self, clauses: Clauses, skeleton: Skeleton, topic: str | None) -> None:
        self._clauses, self._skeleton, self._text = clauses, skeleton, skeleton.text
        self._first: str | None = None
        self._last = topic
        self._place = 0 if skeleton.count_firms() else len(skeleton.text)

    def at(self, cell: int) -> str | None:
        """The firm that the text is about at a cell."""
        while self._place <= cell and self._place < len(self._text):
            self._read()
        return self._last

    def of_sentence(self) -> str | None:
        """The firm that the first part that is about one is about; without any the one before the sentence."""
        while self._first is None and self._place < len(self._text):
            self._read()
        return self._first or self._last

    def _read(self) -> None:
        """Read the next part."""
        start, end = self._place, self._text.find(";", self._place)
        end = end if end >= 0 else len(self._text)
        cell = self._clauses.topic(self._text, start, end)
        if cell is not None and (firm := self._skeleton.firm_of(self._text[cell])):
            self._first, self._last = self._first or firm, firm
        self._place = end + 1
