"""Sentences: the stretches inside which names are tied to each other."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.text.expressions import Expression

LONGEST = 2_000  # code points; a longer stretch without an end is cut, so that no text makes a rule's work explode

_SENTENCE = Expression(r"[^。!?\n\r]*(?:[。!?]+[」』”’)\]】〕]*|[\n\r]+|$)")


def sentences(key: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence of a folded text, in order, none of them blank or longer than `LONGEST`."""
    for match in _SENTENCE.finditer(key):
        start, end = match.span()
        while end - start > LONGEST:
            cut = max(key.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in ",;:")
            middle = cut + 1 if cut > 0 else start + LONGEST
            if key[start:middle].strip():
                yield start, middle
            start = middle
        if key[start:end].strip():
            yield start, end
