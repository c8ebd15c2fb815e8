"""The words that names without a dictionary are looked for at: one scan of a text tells where all of them stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from ahocorasick_rs import AhoCorasick

# Words as they stand in a text, each with its number, its start and its end, in the order of their ends; they may overlap.
Spans = list[tuple[int, int, int]]


class Clues:
    """Groups of words, all found in a text at once; a group is known by its number."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._groups: dict[str, list[int]] = {}
        for number, words in enumerate(groups):
            for word in words:
                self._groups.setdefault(word, []).append(number)
        self._of_word = list(self._groups.values())

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._groups)

    def find(self, key: str) -> dict[int, Spans]:
        """Where the words of each group stand in a folded text; a group of which none does is left out."""
        found: dict[int, Spans] = defaultdict(list)
        groups = self._of_word
        for word in self._automaton.find_matches_as_indexes(key, overlapping=True):
            for number in groups[word[0]]:
                found[number].append(word)
        return dict(found)


def longest(spans: Spans) -> dict[int, int]:
    """Where words begin, each with the end of the longest one there."""
    return {start: end for _, start, end in spans}  # of those that begin together the longest ends last


def leftmost(spans: Spans) -> Iterator[tuple[int, int]]:
    """Words that do not overlap, as somebody finds them who reads on behind each: at a place always the longest."""
    done = 0
    for start, end in sorted(longest(spans).items()):
        if start >= done:
            yield start, end
            done = end
