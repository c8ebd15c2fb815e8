"""Mentions: the hits of the lexicon whose edges are sound.

A name of two characters is often a piece of two words (算[力成]長). Where a common word straddles an edge of a hit, jieba
segments the clause and decides; a word that is the name with a suffix (美國人) is no reason to refuse it.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple, TypeGuard

from extractor.knowledge.lexicon import Candidates, Hit, Lexicon, put_first
from extractor.support import Beside
from extractor.text.expressions import Expression
from extractor.text.words import cut

SHORT = 2  # names longer than this have never been seen cut out of two words often enough to ask
_CLAUSE_END = Expression(r"[,。;:!?\n、()「」『』《》]")
_DOTTED = Expression(r"[\u3400-\u9fff]·[\u3400-\u9fff]")
_WINDOW = 40
# The words that straddle an edge of a hit of two characters: their sizes, and where they begin, counted from the hit.
_ACROSS = ((2, -1), (2, 1), (3, -2), (3, 1), (4, -3), (4, 1))


class Refusal(NamedTuple):
    """A hit that is no mention, and why."""

    start: int
    end: int
    reason: str


def sound_hits(
    key: str, text: str, lexicon: Lexicon, common: Container[str], beside: Beside
) -> tuple[list[Hit], list[Refusal]]:
    """The hits in a folded text that are whole words as far as can be told, and those that are not.

    `common`: the words that put the edge of a hit in doubt; `beside`: what, behind a hit, takes the doubt away.
    """
    sound: list[Hit] = []
    refused: list[Refusal] = []
    dots = "·" in key
    # Names that begin inside a refused one (其[中裕]隆: 裕隆) take the place of what the lexicon found there.
    waiting = lexicon.find(key, text)[::-1]
    while waiting:
        hit = waiting.pop()
        if dots:
            hit = _of_dotted_name(key, hit, sound[-1] if sound else None, waiting[-1] if waiting else None)
        elif hit.end - hit.start > SHORT:
            sound.append(hit)
            continue
        if reason := _doubt(key, hit, common, beside, dots):
            refused.append(Refusal(hit.start, hit.end, reason))
            put_first(waiting, lexicon.find_inside(key, text, hit.start + 1, hit.end))
        else:
            sound.append(hit)
    return sound, refused


def _of_dotted_name(key: str, hit: Hit, before: Hit | None, after: Hit | None) -> Hit:
    """A hit in a person's name with dots can name people only: 福特 in 約翰·福特 is no car maker.

    A dot with nothing before it is a bullet; one between two names that the lexicon has joins a list.
    """
    left = _DOTTED.match(key, hit.start - 2) and not (_listed(before) and before.end == hit.start - 1)
    right = _DOTTED.match(key, hit.end - 1) and not (_listed(after) and after.start == hit.end + 1)
    if not left and not right:
        return hit
    return hit._replace(candidates=Candidates(c for c in hit.candidates if c.entry.type == "person"))


def _listed(neighbour: Hit | None) -> TypeGuard[Hit]:
    return neighbour is not None and "person" not in neighbour.candidates.types


def _doubt(key: str, hit: Hit, common: Container[str], beside: Beside, dots: bool) -> str | None:
    """Why a hit is no name here, or None. `dots`: whether the text has any that could belong to a foreign name."""
    start, end, _, candidates = hit
    if not candidates:
        return "it is a part of a person's name with dots"
    if end - start > SHORT or key[start].isascii():
        return None
    if dots and beside.in_foreign(key, start, end):
        return "it is a piece of a person's name with dots"
    if candidates.firms and beside.of_person(key, start, end):
        return "a person is named here, and it is a part of the name"
    if end - start < SHORT:
        return None
    word = _straddling(key, start, common)
    if word and not beside.named(key, start, end) and (words := _segmented(key, hit)):
        return f"jieba reads {' '.join(words)}: {word} straddles its edge"
    return None


def _straddling(key: str, start: int, words: Container[str]) -> str | None:
    """A common word that stands across an edge of the two characters at `start`."""
    for size, first in _ACROSS:
        place = start + first
        if place >= 0 and (word := key[place : place + size]) in words:
            return word
    return None


def _segmented(key: str, hit: Hit) -> list[str]:
    """The words around a hit where jieba puts one across its edge; empty where its words respect the hit."""
    start = max((m.end() for m in _CLAUSE_END.finditer(key, max(0, hit.start - _WINDOW), hit.start)), default=None)
    if start is None:
        start = max(0, hit.start - _WINDOW)
    end_match = _CLAUSE_END.search(key, hit.end, hit.end + _WINDOW)
    end = end_match.start() if end_match else min(len(key), hit.end + _WINDOW)
    words = [(start + s, start + e) for s, e in cut(key[start:end])]
    across = [(s, e) for s, e in words if (s < hit.start < e and e != hit.end) or (s < hit.end < e and s != hit.start)]
    # A word that ends with the hit (全世界) or begins with it (統一發票) is no cut through it: linking weighs those.
    if not across:
        return []
    return [key[s:e] for s, e in words if e > hit.start - 4 and s < hit.end + 4]
