"""Where a name that no dictionary has begins and ends: at what no name holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extractor.knowledge.cues import Titles
from extractor.linking import Linked
from extractor.records import EntityType
from extractor.text.vocabulary import Vocabulary

# What a finder finds: where a name begins and ends in the text, in code points, and what it names.
Found = tuple[int, int, EntityType]

# jieba's tags, by their first letter, of words that no name goes over: verbs, prepositions, conjunctions, adverbs, …
_STOPS = frozenset("vpcdurmqtfyeo")
_NOUNS = ("vn", "vd")  # verbs that stand as nouns, which names do hold
_STRANGE = (
    2  # characters that are no word: with so many the name is made of them, and the word before them is none of it
)


@dataclass(frozen=True, slots=True)
class Stem:
    """What stands before a suffix: where it begins, how many of its characters belong to no word, its words.

    `plain`: whether one of them is a word that jieba does not take for a name; 永隆 and 大順 are none, but nor is 慈善.
    """

    start: int
    strange: int
    words: tuple[str, ...]
    plain: bool = False

    @property
    def coined(self) -> bool:
        """Whether it is made of characters that form no word: 晟鑫, 禾生."""
        return self.strange >= _STRANGE and not self.words


class Edges:
    """Finds the edges; made once for the vocabulary, the titles and the table `unknown` of the cues."""

    def __init__(self, words: Vocabulary, titles: Titles, table: dict[str, Any]) -> None:
        self.words, self._titles = words, titles
        self._boundary = set(table["boundary"])
        self._starts = tuple(table["starts"])
        self._after = tuple(table["after_name"])
        self._not_after = set(table["firms"]["not_after"])

    def character(self, key: str, place: int) -> bool:
        """Whether a name can hold the character at `place`."""
        return key[place] not in self._boundary and (key[place].isalnum() or key[place] in "*-&.·")

    def begins(self, key: str, start: int, linked: Linked) -> bool:
        """Whether a name can begin at `start`: behind nothing, a boundary, a title, another name, or a word such as 旗下."""
        return (
            start == 0
            or not self.character(key, start - 1)
            or linked.ends_at(start)
            or self.cued(key, start)
            or self._titles.before(key, start) is not None
            or self._stops(self.words.ending(key, max(0, start - 4), start))
        )

    def _stops(self, word: str) -> bool:
        """Whether a word is one that no name goes over."""
        tag = self.words.tag(word) if word in self.words.common else ""
        return tag[:1] in _STOPS and tag not in _NOUNS

    def cued(self, key: str, start: int) -> bool:
        """Whether a word that names follow (子公司, 旗下) ends at `start`."""
        return key.endswith(self._starts, 0, start)

    def ends(self, key: str, end: int) -> bool:
        """Whether what stands at `end` is what stands behind names: marks, speech, adverbs, dates."""
        return end >= len(key) or key.startswith(self._after, end) or key[end].isspace() or key[end].isdigit()

    def cut(self, key: str, place: int) -> bool:
        """Whether a common word stands across `place`."""
        return self.words.straddles(key, place)

    def goes_on(self, key: str, end: int) -> bool:
        """Whether a suffix that ends at `end` is only the front of a word for a trade: 電子業, 鋼鐵股."""
        return key[end : end + 1] in self._not_after or self.cut(key, end)

    def stem(self, key: str, end: int, linked: Linked, most: int, *, whole: bool = False) -> Stem:
        """The longest stretch before `end`, of at most `most` code points, that a name can be.

        It ends at another name, at words that no name holds, and, unless `whole`, at a word before coined characters.
        """
        low = end
        while low > max(0, end - most) and linked.free(low - 1, low) and self.character(key, low - 1):
            low -= 1
        place, strange, words = end, 0, []
        while place > low:
            if self.cued(key, place) or self._titles.before(key, place):
                break
            if word := self.words.ending(key, low, place):
                if self._stops(word):
                    break
                if strange >= _STRANGE and not whole:
                    break
                words.append(word)
                place -= len(word)
            else:
                strange += 1
                place -= 1
        plain = any(not self.words.is_name(word) or word in self.words.common for word in words)
        return Stem(place, strange, tuple(words), plain)


def alternatives(words: list[str]) -> str:
    """A regular expression of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
