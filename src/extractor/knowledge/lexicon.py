"""The lexicon: all names of all dictionaries as folded keys, with one automaton that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from ahocorasick_rs import AhoCorasick, MatchKind

from extractor.knowledge.dictionary import Dictionary, Entry
from extractor.text.folding import fold

# A Latin name this short is compared letter by letter as it is written: ONE is a shipping line, one is a number.
CASE_MATTERS = 4

_LATIN = re.compile(r"[\x00-\u024f]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a key can name; `weak` where it does so only with support, `surface` as the dictionary writes it."""

    entry: Entry
    weak: bool
    surface: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A key found in a folded text, and what it can name."""

    start: int
    end: int
    key: str
    candidates: tuple[Candidate, ...]


class Lexicon:
    """Finds the names of `dictionary` in folded texts, leftmost first, longest first; knows common words besides."""

    def __init__(self, dictionary: Dictionary, words: Iterable[str] = ()) -> None:
        self.entries = dictionary.entries
        everywhere = {(fold(i.name), i.type) for i in dictionary.ignored if not i.context}
        by_key: dict[str, list[Candidate]] = {}
        for entry in dictionary.entries.values():
            for weak, names in ((False, entry.names), (True, entry.weak)):
                for name in names:
                    key = fold(name)
                    found = by_key.setdefault(key, [])
                    # 啟 and 啓 fold alike: one thing under one key counts once, as strong where either spelling is.
                    same = any(c.entry is entry and (not _LATIN.fullmatch(name) or c.surface == name) for c in found)
                    if not same and not {(key, ""), (key, entry.type)} & everywhere:
                        found.append(Candidate(entry, weak, name))
        self.keys: dict[str, tuple[Candidate, ...]] = {key: tuple(found) for key, found in by_key.items()}
        # A context in which a name is none, 統一 in 統一發票, is a longer key that names nothing.
        for ignored in dictionary.ignored:
            if ignored.context:
                self.keys.setdefault(fold(ignored.context), ())
        self.words = frozenset(words)
        self._patterns = list(self.keys)
        self._automaton = AhoCorasick(self._patterns or ["\0"], matchkind=MatchKind.LeftmostLongest)

    def find(self, key: str, text: str) -> list[Hit]:
        """All names in the folded text `key` of `text`, in order, none overlapping; Latin ones only as whole words."""
        hits: list[Hit] = []
        if not self._patterns:
            return hits
        for pattern, start, end in self._automaton.find_matches_as_indexes(key):
            name = self._patterns[pattern]
            candidates = self.keys[name]
            if name[0].isascii() or name[-1].isascii():
                if not _whole(key, start, end):
                    continue
                if len(name) <= CASE_MATTERS and _LATIN.fullmatch(name):
                    candidates = tuple(c for c in candidates if c.surface == normalize("NFKC", text[start:end]))
                candidates = tuple({c.entry.id: c for c in reversed(candidates)}.values())
            if candidates:
                hits.append(Hit(start, end, name, candidates))
        return hits


def _whole(key: str, start: int, end: int) -> bool:
    """Whether key[start:end] is no part of a longer Latin word or number."""
    before, after = key[start - 1 : start], key[end : end + 1]
    return not (_letter(before) and _letter(key[start])) and not (_letter(after) and _letter(key[end - 1]))


def _letter(character: str) -> bool:
    return bool(character) and character.isalnum() and character < "\u0250"


def read_words(path: Path) -> list[str]:
    """The words of a list, one a line, # before a comment."""
    lines = path.read_text("utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]
