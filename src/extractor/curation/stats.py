"""How much the dictionaries hold: by type, by file, by market and by country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.curation.names import is_single
from extractor.curation.support import posts_of
from extractor.curation.tables import Table, read_tables
from extractor.knowledge.dictionary import Dictionary, Entry, load_dictionaries
from extractor.records import ENTITY_TYPES


@dataclass(slots=True)
class Counts:
    """What a type or a file holds. `names` are the strong ones; `english`, `codes`: how many things have such."""

    rows: int = 0
    names: int = 0
    weak: int = 0
    english: int = 0
    codes: int = 0
    posts: int = 0
    with_posts: int = 0


@dataclass(slots=True)
class Stats:
    """`types` counts the things in force, each once, whatever the number of its rows; `files` counts what is written.

    `markets` counts the codes of each market, `countries` the companies of each country, the most frequent first.
    """

    types: dict[str, Counts] = field(default_factory=dict)
    files: dict[str, Counts] = field(default_factory=dict)
    markets: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)


def statistics(folders: Sequence[Path]) -> Stats:
    """The counts of the dictionaries of `folders`; KnowledgeError where one is wrong."""
    dictionary = load_dictionaries(folders)
    stats = Stats()
    for type_ in ENTITY_TYPES:
        stats.types[type_] = _of_entries(e for e in dictionary.entries.values() if e.type == type_)
    for table in (table for folder in folders for table in read_tables(folder)):
        stats.files[str(table.path)] = _of_table(table)
    entries = dictionary.entries.values()
    stats.markets = _ordered(market for entry in entries for market in entry.codes)
    stats.countries = _ordered(_countries(dictionary))
    return stats


def _countries(dictionary: Dictionary) -> Iterable[str]:
    for entry in dictionary.entries.values():
        if entry.type == "company":
            yield from dict.fromkeys(filter(None, entry.own.get("country", "").split("|")))


def _of_entries(entries: Iterable[Entry]) -> Counts:
    counts = Counts()
    for entry in entries:
        posts = len(posts_of(entry))
        counts.rows += 1
        counts.names += len(entry.names)
        counts.weak += len(entry.weak)
        counts.english += bool(entry.en)
        counts.codes += bool(entry.codes)
        counts.posts += posts
        counts.with_posts += posts > 0
    return counts


def _of_table(table: Table) -> Counts:
    counts = Counts(rows=len(table.rows))
    for row in table.rows if table.kind != "ignore" else ():
        weak = {name for name in row.names("weak_aliases") if not name.startswith("-")}
        gone = {name[1:] for name in row.written() if name.startswith("-")}
        names = {name for name in row.written() if not name.startswith("-")} - weak - gone
        short = set(filter(is_single, names))
        posts = len(row.names("posts"))
        counts.names += len(names - short)
        counts.weak += len(weak | short)
        counts.english += bool(row["en"])
        counts.codes += bool(row["codes"])
        counts.posts += posts
        counts.with_posts += posts > 0
    return counts


def _ordered(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda item: (-item[1], item[0])))
