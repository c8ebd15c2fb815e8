"""Where a name that no dictionary has begins and ends: at what no name holds."""

from __future__ import annotations

from typing import Any, NamedTuple

from extractor.knowledge.cues import Titles, Words
from extractor.linking import Linked
from extractor.records import EntityType
from extractor.text.vocabulary import LONGEST, Vocabulary

# What a finder finds: where a name begins and ends in the text, in code points, and what it names.
Found = tuple[int, int, EntityType]

# jieba's tags, by their first letter, of words that no name goes over: verbs, prepositions, conjunctions, adverbs, …
_STOPS = frozenset("vpcdurmqtfyeo")
_NOUNS = ("vn", "vd")  # verbs that stand as nouns, which names do hold
# Characters that are no word: with so many the name is made of them, and the word before them is none of it.
_STRANGE = 2


class Stem(NamedTuple):
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
        self._in_names, self._stops = _Characters(table["boundary"]), _Stops(words)
        self._starts, self._after = Words(table["starts"]), Words(table["after_name"])
        self._not_after = frozenset(table["firms"]["not_after"])

    def character(self, key: str, place: int) -> bool:
        """Whether a name can hold the character at `place`."""
        return self._in_names[key[place]]

    def begins(self, key: str, start: int, linked: Linked) -> bool:
        """Whether a name can begin at `start`: behind nothing, a boundary, a title, another name, or a word such as 旗下."""
        return (
            start == 0
            or not self._in_names[key[start - 1]]
            or linked.ends_at(start)
            or self._starts.before(key, start)
            or self._titles.before(key, start) is not None
            or self._stopped(key, start)
        )

    def stops(self, word: str) -> bool:
        """Whether a word is one that no name goes over."""
        return word in self.words.common and self._stops[word]

    def _stopped(self, key: str, start: int) -> bool:
        """Whether a word that no name goes over ends at `start`."""
        low = max(0, start - LONGEST)
        for place in range(low, start - 1):
            # Where a common word is none of them, no longer word that is less common is one either.
            if (word := key[place:start]) in self.words.common:
                return self._stops[word] and self.words.ending(key, low, start) == word
        return False

    def ends(self, key: str, end: int) -> bool:
        """Whether what stands at `end` is what stands behind names: marks, speech, adverbs, dates."""
        after = key[end : end + 1]
        return not after or self._after.at(key, end) or after.isspace() or after.isdigit()

    def cut(self, key: str, place: int) -> bool:
        """Whether a common word stands across `place`."""
        return self.words.straddles(key, place)

    def goes_on(self, key: str, end: int) -> bool:
        """Whether a suffix that ends at `end` is only the front of a word for a trade: 電子業, 鋼鐵股."""
        return key[end : end + 1] in self._not_after or self.cut(key, end)

    def room(self, key: str, end: int, linked: Linked, most: int) -> int:
        """How many characters right before `end`, `most` or fewer, a name can hold."""
        place, low = end, linked.free_since(max(0, end - most), end)
        while place > low and self._in_names[key[place - 1]]:
            place -= 1
        return end - place

    def stem(self, key: str, end: int, linked: Linked, most: int, *, whole: bool = False) -> Stem:
        """The longest stretch before `end`, of at most `most` code points, that a name can be.

        It ends at another name, at words that no name holds, and, unless `whole`, at a word before coined characters.
        """
        low = end - self.room(key, end, linked, most)
        place, strange, words = end, 0, []
        while place > low:
            if self._starts.before(key, place) or self._titles.before(key, place):
                break
            if word := self.words.ending(key, low, place):
                if self.stops(word):
                    break
                if strange >= _STRANGE and not whole:
                    break
                words.append(word)
                place -= len(word)
            else:
                strange += 1
                place -= 1
        return Stem(place, strange, tuple(words), any(map(self.plain, words)))

    def plain(self, word: str) -> bool:
        """Whether a word is one that jieba does not take for a name, or a common one."""
        return word in self.words.common or not self.words.is_name(word)


def line_end(key: str, place: int) -> int:
    """`place`, or, where a line begins there, the end of the line before."""
    return place - key.endswith("\n", 0, place)


class _Characters(dict[str, bool]):
    """Whether names can hold a character; told once for each that is met."""

    def __init__(self, boundary: str) -> None:
        super().__init__(dict.fromkeys(boundary, False))

    def __missing__(self, character: str) -> bool:
        self[character] = held = character.isalnum() or character in "*-&.·"
        return held


class _Stops(dict[str, bool]):
    """Whether a common word is one that no name goes over; told once for each that is met."""

    def __init__(self, words: Vocabulary) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, word: str) -> bool:
        tag = self._words.tag(word)
        self[word] = stops = tag[:1] in _STOPS and tag not in _NOUNS
        return stops
