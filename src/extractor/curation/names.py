"""Names by their folded keys: what each name can be, in one pass over the dictionaries."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from extractor.knowledge.dictionary import Entry
from extractor.knowledge.lexicon import CASE_MATTERS
from extractor.text.folding import fold

# What a name stands for: the thing, the name as it is written, and whether it is weak.
Use = tuple[Entry, str, bool]


def fold_all(names: list[str]) -> list[str]:
    """The keys of many names at once; no name that was loaded holds the NUL that parts them here."""
    # Folding costs by the character, and for ASCII it is lower case.
    other = iter(fold("\0".join([name for name in names if not name.isascii()])).split("\0"))
    return [name.lower() if name.isascii() else next(other) for name in names]


def names_by_key(entries: Iterable[Entry], shared: bool = False) -> dict[str, list[Use]]:
    """All names in force by key, each with its uses in the order of the dictionaries; only keys of several uses if `shared`."""
    things, names, starts = list(entries), list[str](), list[int]()
    for entry in things:
        starts.append(len(names))
        names += entry.names
        names += entry.weak
    keys = fold_all(names)
    places: Iterable[int] = range(len(keys))
    if shared:
        # Of a hundred thousand names few are used twice, and only of those something has to be made.
        counts = Counter(keys)
        places = [place for place, key in enumerate(keys) if counts[key] > 1]
    by_key: dict[str, list[Use]] = {}
    for place in places:
        number = bisect_right(starts, place) - 1
        entry = things[number]
        weak = place - starts[number] >= len(entry.names)
        by_key.setdefault(keys[place], []).append((entry, names[place], weak))
    return by_key


def case_key(key: str, name: str) -> str:
    """What a name is compared by: its key, or, for a short Latin name, the letters as they are written."""
    return normalize("NFKC", name) if len(key) <= CASE_MATTERS and key.isascii() else key


def is_single(name: str) -> bool:
    """Whether a name has one character, marks aside: such a name is always weak."""
    return sum(map(str.isalnum, name)) == 1


def holds(context: str, name: str) -> bool:
    """Whether `context` is a longer word with `name` in it."""
    return fold(name) in fold(context) != fold(name)


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """The `case_key` of a name alone: two names with one are found in the same places."""
    return case_key(fold(name), name)
