"""Standing: which names of places take part in what a sentence states, and which only tell where, or which one.

日本 in 日本選手 and 莫斯科 in 莫斯科奧運 are attributes of the noun behind them; 重慶 in 於重慶簽署 is where something is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from extractor.skeleton import PLACE, Skeleton
from extractor.text.expressions import Expression
from extractor.text.vocabulary import LONGEST, Vocabulary

_PLACE = Expression(PLACE)
_COUNTED = Expression(r"\d+[多几余]*[所名家个位座条项间艘架]")  # 北京20幾所學校


class _Places:
    """The places among the slots of a text of which something is true; it is found out when one is asked for."""

    __slots__ = ("_text", "_true")

    def __init__(self, text: str, true: Callable[[str, int], bool]) -> None:
        self._text, self._true = text, true

    def __contains__(self, character: object) -> bool:
        found = isinstance(character, str) and _PLACE.match(character) is not None
        cell = self._text.find(str(character)) if found else -1
        return cell >= 0 and self._true(self._text, cell)


class Standing:
    """Tells attributes from parties; made once for the words and the table `standing` of the cues."""

    def __init__(self, words: Vocabulary, cues: dict[str, Any]) -> None:
        self._words = words
        table = cues["standing"]
        self._not_nouns = frozenset(table["not_nouns"])
        self._endings = frozenset(table["noun_endings"])
        words_for_where = table["prepositions"]
        self._ends = frozenset([word[-1] for word in words_for_where] + ["了", "过"])
        # 受到美國支持 tells who, and not where.
        self._where = Expression(rf"(?<![受得遭达感收])(?:{'|'.join(map(re.escape, words_for_where))})(?:了|过)?$")
        self._longest = max(map(len, words_for_where)) + 1

    def read(self, skeleton: Skeleton) -> None:
        """Let a skeleton know which slots are attributes of a noun, and which stand behind a word for where, as it stands now."""
        if "place" in skeleton.stated:
            skeleton.attributes = _Places(skeleton.text, self._before_noun)
            skeleton.adverbials = _Places(skeleton.text, self._where_to)

    def _where_to(self, text: str, cell: int) -> bool:
        """Whether a name stands behind a word for where."""
        return text[cell - 1] in self._ends and self._where.search(text, max(0, cell - self._longest), cell) is not None

    def _before_noun(self, text: str, cell: int) -> bool:
        """Whether a name stands before a noun."""
        place = cell + 1
        if not text[place : place + 1].isalnum():
            return False
        for length in range(LONGEST, 1, -1):
            word = text[place : place + length]
            if word in self._not_nouns:
                return False
            if len(word) == length and (tag := self._words.tag(word)):
                return tag.startswith("n")
        return text[place : place + 1] in self._endings or _COUNTED.match(text, place) is not None
