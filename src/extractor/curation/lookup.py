"""What a name can be: every thing that a dictionary lets it stand for, how strongly, and from which line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from unicodedata import normalize

from extractor.curation.names import Use, case_key, is_single, names_by_key
from extractor.curation.support import supports
from extractor.curation.tables import Row, read_tables
from extractor.knowledge.dictionary import Dictionary, Entry, Ignored, load_dictionaries
from extractor.knowledge.lexicon import CASE_MATTERS
from extractor.text.folding import fold
from extractor.text.vocabulary import vocabulary

NEAR = 6  # how many of the nearest names are told
SUFFIXES = {"TW": "twse", "TWO": "tpex", "HK": "hkex", "T": "tse", "KS": "krx", "SS": "sse", "SZ": "szse"}
_SUFFIXED = re.compile(rf"(.+)[.-]({'|'.join(SUFFIXES)})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a name can be.

    `matched`: as what the name stands in the dictionary: name, English name, alias, id, code. `strength`: strong, weak,
    ignored, or taken away. `notes`: why it is weak, and who shares it. `where`: ``file:line`` of the row that says so.
    """

    text: str
    id: str
    type: str
    name: str
    en: str
    matched: str
    strength: str
    notes: list[str]
    support: list[str]
    ignored: list[str]
    posts: list[str]
    where: str


@dataclass(frozen=True, slots=True)
class Found:
    """The senses of a name; where there are none, the nearest names, each with its id."""

    senses: list[Sense]
    near: list[tuple[str, str]]


def lookup(name: str, folders: Sequence[Path]) -> Found:
    """What `name`, which may be an id or a code (2317, twse:2317, 2317.TW), can be in the dictionaries of `folders`.

    Raises KnowledgeError where a dictionary is wrong.
    """
    dictionary = load_dictionaries(folders)
    name = normalize("NFKC", name).strip()
    key, by_key = fold(name), names_by_key(dictionary.entries.values())
    uses = by_key.get(key, [])
    rows = [
        row for folder in folders for table in read_tables(folder) for row in table.rows if row.table.kind != "ignore"
    ]
    senses = list(_as_name(key, uses, dictionary, rows))
    senses += _taken_away(key, dictionary, rows)
    known = {sense.id for sense in senses}
    senses += (s for s in _as_id_or_code(name, dictionary) if s.id not in known)
    if not senses and key:
        senses += (
            Sense(i.name, "", i.type, "", "", "ignore.csv", "ignored", [], [], _ignored([i]), [], i.where)
            for i in dictionary.ignored
            if key in (fold(i.name), fold(i.context))
        )
    return Found(senses, [] if senses else _near(key, by_key))


def _as_name(key: str, uses: Sequence[Use], dictionary: Dictionary, rows: Sequence[Row]) -> Iterator[Sense]:
    if not uses:
        return
    word = key in vocabulary().common
    ids = {entry.id for entry, _, _ in uses}
    rows_of: dict[str, list[Row]] = {id_: [] for id_ in ids}
    for row in rows:
        if row["id"] in ids:
            rows_of[row["id"]].append(row)
    told: set[tuple[str, str]] = set()
    for entry, text, weak in uses:
        # 計畫 and 計劃 fold alike: as a name of one thing they count once.
        if (entry.id, written := case_key(key, text)) in told:
            continue
        told.add((entry.id, written))
        about = [i for i in dictionary.ignored if i.type in ("", entry.type) and fold(i.name) == key]
        never = any(not i.context for i in about)
        notes = list(_notes(entry, text, weak, word, sorted(ids - {entry.id}), rows_of[entry.id]))
        yield Sense(
            text,
            entry.id,
            entry.type,
            entry.name,
            entry.en,
            _matched(entry, text),
            "ignored" if never else "weak" if weak else "strong",
            notes,
            supports(entry, text) if weak else [],
            _ignored(about),
            _posts(entry),
            next((row.where for row in rows_of[entry.id] if text in row.written()), entry.where),
        )


def _matched(entry: Entry, text: str) -> str:
    return "name" if text == entry.name else "English name" if text == entry.en else "alias"


def _notes(
    entry: Entry, text: str, weak: bool, word: bool, others: Sequence[str], rows: Iterable[Row]
) -> Iterator[str]:
    if weak and is_single(text):
        yield "one character"
    if weak and any(text in row.names("weak_aliases") for row in rows):
        yield "written as weak"
    if word:
        yield "an ordinary word"
    if text.isascii() and len(text) <= CASE_MATTERS:
        yield "counts only in these letters"
    if others:
        yield f"shared with {', '.join(others)}"


def _posts(entry: Entry) -> list[str]:
    return entry.own["posts"].split("|") if entry.own.get("posts") else []


def _ignored(rows: Iterable[Ignored]) -> list[str]:
    """What rows of ignore.csv say of a name: those that forbid it, then the longer words in which it is none, by file."""
    told, contexts = [], dict[str, tuple[list[str], list[str]]]()
    for row in rows:
        file, _, line = row.where.rpartition(":")
        if row.context:
            words, lines = contexts.setdefault(file, ([], []))
            words.append(row.context)
            lines.append(line)
        else:
            told.append(f"never a {row.type or 'name'} ({row.where})")
    return told + [f"not inside {', '.join(words)} ({f}:{','.join(lines)})" for f, (words, lines) in contexts.items()]


def _taken_away(key: str, dictionary: Dictionary, rows: Iterable[Row]) -> Iterator[Sense]:
    for row in rows:
        for column in ("aliases", "weak_aliases"):
            for text in row.names(column) if "-" in row[column] else ():
                entry = dictionary.entries.get(row["id"])
                if text.startswith("-") and fold(text[1:]) == key and entry:
                    gone = text[1:] not in (*entry.names, *entry.weak)
                    if gone:
                        yield _plain(entry, text[1:], _matched(entry, text[1:]), "taken away", row.where)


def _as_id_or_code(text: str, dictionary: Dictionary) -> Iterator[Sense]:
    market, _, code = text.rpartition(":")
    if suffixed := _SUFFIXED.fullmatch(text):
        market, code = SUFFIXES[suffixed[2].upper()], suffixed[1]
    for entry in dictionary.entries.values():
        if entry.id == text.lower():
            yield _plain(entry, entry.id, "id", "", entry.where, _names(entry))
        for its_market, its_code in entry.codes.items():
            if its_code.lower() == code.lower() and market.lower() in ("", its_market):
                yield _plain(entry, f"{its_market}:{its_code}", "code", "", entry.where, _names(entry))


def _plain(entry: Entry, text: str, matched: str, strength: str, where: str, notes: Sequence[str] = ()) -> Sense:
    what = (text, entry.id, entry.type, entry.name, entry.en, matched, strength)
    return Sense(*what, list(notes), [], [], _posts(entry), where)


def _names(entry: Entry) -> list[str]:
    """All that a thing is called; who asks for an id or a code wants to know."""
    codes = [f"{market}:{number}" for market, number in entry.codes.items()]
    kinds = (("names", entry.names), ("weak names", entry.weak), ("codes", codes))
    return [f"{kind} {', '.join(values)}" for kind, values in kinds if values]


def _near(key: str, by_key: dict[str, list[Use]]) -> list[tuple[str, str]]:
    """The names that hold `key` or are a piece of it, the closest in length first, then those spelled most like it."""
    pieces = [k for k in by_key if (key in k) or (len(k) > 1 and k in key)] if len(key) > 1 else []
    pieces.sort(key=lambda k: (abs(len(k) - len(key)), k))
    letters = set(key)
    # difflib is slow: only over names that have half of the letters and about the length.
    alike = [
        k for k in by_key if abs(len(k) - len(key)) <= len(key) / 2 and 2 * len(letters.intersection(k)) >= len(letters)
    ]
    keys = dict.fromkeys([*pieces[:NEAR], *get_close_matches(key, alike, NEAR)])
    return [(by_key[k][0][1], by_key[k][0][0].id) for k in list(keys)[:NEAR]]
