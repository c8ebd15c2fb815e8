"""Words: jieba's segmentation without its hidden Markov model, asked only where the edge of a name is in doubt.

It is done here over jieba's own dictionary, in a form that opens at once: jieba takes longer to load than an article to
read.
"""

from __future__ import annotations

from functools import cache

import marisa_trie

from extractor.cache import open_bytes, open_trie
from extractor.text.expressions import Expression
from extractor.text.vocabulary import open_store

# As jieba has it: words are looked for in the first; outside, each character stands alone.
_PIECE = Expression(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+)|\r\n|(?s:.)")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_LONGEST = 16  # code points, of the dictionary's words


def cut(key: str) -> list[tuple[int, int]]:
    """The (start, end) of each word of a folded text, by jieba's dictionary without its hidden Markov model."""
    spans: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(key):
        if piece.lastindex:
            spans += _words().likeliest(piece[0], piece.start())
        else:
            spans.append(piece.span())
    return spans


class _Words:
    """jieba's words, each with the logarithm of its share of all; the share of what is no word is the last."""

    def __init__(self) -> None:
        store = open_store()
        self._prefixes = open_trie(marisa_trie.Trie(), store, "words.trie").iter_prefixes_with_ids
        self._shares = memoryview(open_bytes(store, "shares")).cast("d")

    def likeliest(self, text: str, offset: int) -> list[tuple[int, int]]:
        """The words of the likeliest way through `text`, as spans from `offset` on; letters that are no words are one."""
        prefixes, shares = self._prefixes, self._shares
        size, unknown = len(text), shares[-1]
        # Of the likeliest way from each place: its likelihood, the end of its first word.
        best, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            likelihood, end = unknown + best[start + 1], start + 1
            found = False
            for word, number in prefixes(text[start : start + _LONGEST]):
                behind = start + len(word)
                way = shares[number] + best[behind]
                # The words come shortest first; of two ways that are alike jieba takes the one with the longer word.
                if way >= likelihood or not found:
                    likelihood, end, found = way, behind, True
            best[start], ends[start] = likelihood, end
        spans, place, letters = [], 0, -1
        while place < size:
            end = ends[place]
            if end - place == 1 and text[place] in _LETTERS:
                if letters < 0:
                    letters = place
            else:
                if letters >= 0:
                    spans.append((offset + letters, offset + place))
                    letters = -1
                spans.append((offset + place, offset + end))
            place = end
        if letters >= 0:
            spans.append((offset + letters, offset + size))
        return spans


@cache
def _words() -> _Words:
    return _Words()
