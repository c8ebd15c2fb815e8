"""What the dictionaries in force have already, by id, by name and by code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor.curation.names import name_key
from extractor.curation.support import market_key
from extractor.knowledge.dictionary import Dictionary, Entry, Ignored, load_dictionaries
from extractor.text.folding import fold


class Known:
    """An index over `dictionary`, to which further entries can be added; names are compared by `name_key`."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.entries: dict[str, Entry] = {}
        self.ignored: list[Ignored] = list(dictionary.ignored)
        self._by_name: dict[str, dict[str, None]] = {}
        self._by_code: dict[str, str] = {}
        for entry in dictionary.entries.values():
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Takes in an entry; one whose id is there adds to it."""
        known = self.entries.get(entry.id)
        self.entries[entry.id] = entry = known.merged(entry) if known else entry
        for name in (*entry.names, *entry.weak):
            self._by_name.setdefault(name_key(name), {})[entry.id] = None
        for market, number in entry.codes.items():
            self._by_code.setdefault(_code(market, number), entry.id)

    def named(self, name: str) -> list[Entry]:
        """The entries that have this name, strong or weak."""
        return [self.entries[id_] for id_ in self._by_name.get(name_key(name), ())]

    def coded(self, code: str) -> Entry | None:
        """The entry with this code, `twse:2317`; an entry of the other Taiwanese exchange counts."""
        market, _, number = code.partition(":")
        id_ = self._by_code.get(_code(market, number))
        return self.entries[id_] if id_ else None

    def ignores(self, name: str, type_: str, context: str = "") -> Ignored | None:
        """What says that this name is none, everywhere or of this type; with `context`, inside that longer word."""
        key = fold(name), fold(context)
        for ignored in self.ignored:
            if (fold(ignored.name), fold(ignored.context)) == key and ignored.type in ("", type_):
                return ignored
        return None


def _code(market: str, number: str) -> str:
    return f"{market_key(market)}:{number}".casefold()


def load_known(folders: Iterable[Path]) -> Known:
    """The index over these folders, those that are there; KnowledgeError lists their wrong lines."""
    return Known(load_dictionaries([folder for folder in folders if folder.is_dir()]))
