"""Standing: which names of places take part in what a sentence states, and which only tell where, or which one.

日本 in 日本選手 and 莫斯科 in 莫斯科奧運 are attributes of the noun behind them; 重慶 in 於重慶簽署 is where something is done.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.skeleton import PLACE, Skeleton
from extractor.text.expressions import Expression
from extractor.text.vocabulary import LONGEST, Vocabulary

_PLACE = re.compile(PLACE)
_COUNTED = Expression(r"\d+[多几余]*[所名家个位座条项间艘架]")  # 北京20幾所學校


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
        """Note which slots of a skeleton are attributes of a noun, and which stand behind a word for where."""
        if "place" not in skeleton.stated:
            return
        text = skeleton.text
        for match in _PLACE.finditer(text):
            start, end = match.span()
            if self._noun_at(text, end):
                skeleton.attributes.add(match[0])
            if text[start - 1] in self._ends and self._where.search(text, max(0, start - self._longest), start):
                skeleton.adverbials.add(match[0])

    def _noun_at(self, text: str, place: int) -> bool:
        """Whether a noun begins at a cell."""
        if not text[place : place + 1].isalnum():
            return False
        for length in range(LONGEST, 1, -1):
            word = text[place : place + length]
            if word in self._not_nouns:
                return False
            if len(word) == length and (tag := self._words.tag(word)):
                return tag.startswith("n")
        return text[place : place + 1] in self._endings or _COUNTED.match(text, place) is not None
