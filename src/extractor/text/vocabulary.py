"""Vocabulary: the words of jieba's dictionary as folded keys, asked one at a time; jieba itself is never loaded.

Common words straddle the edges of names that are none (算[力成]長); a word's part of speech tells whether a name can hold it.
"""

from __future__ import annotations

import json
from array import array
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from sys import intern

import marisa_trie

from extractor.cache import Store, open_bytes, open_trie, read, source_key, stored
from extractor.text.folding import fold, table_key

COMMON = 30_000  # the most frequent words; rarer ones straddle too many true names
LONGEST = 4  # code points
_NAMES = ("nr", "ns", "nt", "nz")  # jieba's tags of people, places, bodies and other names


class Vocabulary:
    """`common`: the most frequent words of two to four characters that are no names, as a set; `tag` for all of them."""

    def __init__(self) -> None:
        store = open_store()
        self._words = open_trie(marisa_trie.Trie(), store, "tagged.trie")
        self._tag_of = open_bytes(store, "tag_of")
        index = json.loads(read(store, "vocabulary.json"))
        self.common, self._tags = frozenset(index["common"].split()), index["tags"]

    def tag(self, word: str) -> str:
        """jieba's tag of a folded word (n, v, d …; Universal-like, from the ICTCLAS set), empty for what is no word."""
        number = self._words.get(word)
        return "" if number is None else self._tags[self._tag_of[number]]

    def is_name(self, word: str) -> bool:
        """Whether jieba knows a word as a name; it takes many a plain word for one."""
        return self.tag(word).startswith(_NAMES)

    def ending(self, key: str, low: int, end: int) -> str:
        """The longest word of two to four characters that begins at or behind `low` and ends at `end`, or nothing."""
        for length in range(min(LONGEST, end - low), 1, -1):
            if (word := key[end - length : end]) in self._words:
                return word
        return ""

    def straddles(self, key: str, place: int) -> bool:
        """Whether a common word of two characters stands across `place`."""
        return 0 < place < len(key) and key[place - 1 : place + 1] in self.common


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this process."""
    return Vocabulary()


@cache
def open_store() -> Store:
    """jieba's dictionary, compiled: `tagged.trie`, `tag_of` and `vocabulary.json` for the vocabulary, `words.trie` and `shares` to cut with."""
    path = _source()
    key = source_key(Path(__file__), folding=table_key(), jieba=(str(path), path.stat().st_mtime_ns))
    return stored("vocabulary", key, lambda: _compile(path))


def _source() -> Path:
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba is not installed")
    return Path(found.origin).parent / "dict.txt"


def _compile(path: Path) -> dict[str, bytes]:
    words: list[str] = []
    counts, tags = array("d"), []
    with path.open(encoding="utf-8") as file:
        for line in file:
            word, count, tag = line.split()
            words.append(word)
            counts.append(float(count))
            tags.append(intern(tag))
    return _compile_words(words, counts) | _compile_vocabulary(words, counts, tags)


def _compile_vocabulary(words: list[str], counts: array[float], tags: list[str]) -> dict[str, bytes]:
    """The words as folded keys, each with the tag of the most frequent word that has this key."""
    keys = fold("\n".join(words)).split("\n")
    common: dict[str, None] = {}
    tag_of_key: dict[str, str] = {}
    for place in sorted(range(len(keys)), key=counts.__getitem__, reverse=True):
        key, tag = keys[place], tags[place]
        if 2 <= len(key) <= LONGEST:
            tag_of_key.setdefault(key, tag)
            if len(common) < COMMON and not tag.startswith(_NAMES):
                common[key] = None
    trie = marisa_trie.Trie(tag_of_key)
    kinds = sorted(set(tag_of_key.values()))
    tag_of = bytearray(len(tag_of_key))
    for key, tag in tag_of_key.items():
        tag_of[trie[key]] = kinds.index(tag)
    index = {"tags": kinds, "common": " ".join(common)}
    return {
        "tagged.trie": trie.tobytes(),
        "tag_of": bytes(tag_of),
        "vocabulary.json": json.dumps(index, ensure_ascii=False).encode("utf-8"),
    }


def _compile_words(words: list[str], counts: array[float]) -> dict[str, bytes]:
    """The words as they are written, and by their numbers the logarithms of their shares; that of no word behind them."""
    whole = log(sum(counts))
    trie = marisa_trie.Trie(words)
    shares = array("d", bytes(8 * len(trie)))
    for word, count in zip(words, counts, strict=True):
        shares[trie[word]] = log(count) - whole
    shares.append(log(1) - whole)
    return {"words.trie": trie.tobytes(), "shares": shares.tobytes()}
