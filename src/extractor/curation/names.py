"""Names by their folded keys: what each name can be, in one pass over the dictionaries."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from extractor.knowledge.dictionary import Entry
from extractor.knowledge.lexicon import CASE_MATTERS
from extractor.text.folding import fold

# What a name stands for: the thing, the name as it is written, and whether it is weak.
Use = tuple[Entry, str, bool]


def fold_all(names: list[str]) -> list[str]:
    """The keys of many names at once; no name that was loaded holds the NUL that parts them here."""
    return fold("\0".join(names)).split("\0") if names else []


def names_by_key(entries: Iterable[Entry]) -> dict[str, list[Use]]:
    """All names in force by key, each with its uses in the order of the dictionaries."""
    uses: list[Use] = []
    for entry in entries:
        uses += [(entry, name, False) for name in entry.names]
        uses += [(entry, name, True) for name in entry.weak]
    by_key: dict[str, list[Use]] = {}
    for key, use in zip(fold_all([name for _, name, _ in uses]), uses, strict=True):
        by_key.setdefault(key, []).append(use)
    return by_key


def case_key(key: str, name: str) -> str:
    """What a name is compared by: its key, or, for a short Latin name, the letters as they are written."""
    return normalize("NFKC", name) if len(key) <= CASE_MATTERS and key.isascii() else key
