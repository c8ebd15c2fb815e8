"""The lexicon: all names of all dictionaries as folded keys, compiled into files that open at once, and found in texts.

Compiled, the keys are a trie that is mapped into memory, and what a key can name is read when the key is first found: one
article costs what it names, however large the dictionaries are. Over more text an automaton is quicker, which takes a
moment to build; it finds the same.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple
from unicodedata import normalize

import marisa_trie
from ahocorasick_rs import AhoCorasick, Implementation

from extractor.cache import Store, open_bytes, open_trie
from extractor.knowledge.dictionary import Dictionary, Entry
from extractor.text.expressions import Expression
from extractor.text.folding import fold

# A Latin name this short is compared letter by letter as it is written: ONE is a shipping line, one is a number.
CASE_MATTERS = 4
# Code points after which the automaton is built: about the text that the trie reads in the time that building takes.
WALKED = 100_000
BEGINNING = 4  # code points by which the automaton knows that a name may begin
# The markets whose codes stand in brackets behind a firm's name in the Taiwanese press.
_MARKETS = {"twse", "tpex"}

_LATIN = Expression(r"[\x00-\u024f]+")
_NO_LATIN = "\u0250"  # the first character behind the blocks of Latin letters


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a key can name; `weak` where it does so only with support, `surface` as the dictionary writes it."""

    entry: Entry
    weak: bool
    surface: str


class Candidates(tuple[Candidate, ...]):
    """The things that a key can name, and what is asked of them wherever the key is found."""

    @cached_property
    def sure(self) -> tuple[Entry, ...]:
        """Those that it names wherever it stands."""
        return tuple(c.entry for c in self if not c.weak)

    @cached_property
    def weak(self) -> tuple[Entry, ...]:
        """Those that it names only with support."""
        return tuple(c.entry for c in self if c.weak)

    @cached_property
    def only(self) -> Entry | None:
        """The one thing that it names whatever else the text says; of a body that is some country's this is not known."""
        entry = self[0].entry
        belongs = entry.type == "organization" and entry.own.get("country")
        return entry if len(self) == len(self.sure) == 1 and not belongs else None

    @cached_property
    def people(self) -> tuple[Entry, ...]:
        """The people among them, the sure ones first."""
        return tuple(e for e in (*self.sure, *self.weak) if e.type == "person")

    @cached_property
    def firms(self) -> bool:
        """Whether they are companies only."""
        return self.types == {"company"}

    @cached_property
    def types(self) -> frozenset[str]:
        """Their types."""
        return frozenset(c.entry.type for c in self)


class Hit(NamedTuple):
    """A key found in a folded text, and what it can name."""

    start: int
    end: int
    key: str
    candidates: Candidates


NOTHING = Candidates()


def compile_lexicon(dictionary: Dictionary) -> dict[str, bytes]:
    """The files of a Lexicon, by name: the names of `dictionary` as folded keys, and what each can name."""
    entries = list(dictionary.entries.values())
    everywhere = {(fold(i.name), i.type) for i in dictionary.ignored if not i.context}
    found: dict[str, list[tuple[int, bool, str]]] = {}
    for number, entry in enumerate(entries):
        for weak, names in ((False, entry.names), (True, entry.weak)):
            for name in names:
                key = fold(name)
                if (key, "") in everywhere or (key, entry.type) in everywhere:
                    continue
                candidates = found.setdefault(key, [])
                # 啟 and 啓 fold alike: one thing under one key counts once, as strong where either spelling is.
                if candidates and any(
                    n == number and (not _LATIN.fullmatch(name) or s == name) for n, _, s in candidates
                ):
                    continue
                candidates.append((number, weak, normalize("NFKC", name)))
    # A context in which a name is none, 統一 in 統一發票, is a longer key that names nothing itself.
    contexts: dict[str, list[str]] = {}
    for ignored in dictionary.ignored:
        if ignored.context:
            contexts.setdefault(fold(ignored.context), []).append(fold(ignored.name))
            found.setdefault(fold(ignored.context), [])
    names_trie = marisa_trie.Trie(found)
    codes = {code: n for n, e in enumerate(entries) for market, code in e.codes.items() if market in _MARKETS}
    return {
        "names.trie": names_trie.tobytes(),
        "candidates": _pack(found[key] for key, _ in sorted(names_trie.items(), key=lambda item: item[1])),
        "entries": _pack(
            (e.id, e.type, e.name, e.en, e.names, e.weak, e.codes, e.own, e.where, e.dropped) for e in entries
        ),
        "index": _pack([codes, max(map(len, found), default=0), contexts, sorted(everywhere)]),
    }


class Lexicon:
    """Finds names in folded texts, leftmost first, longest first. Opens compiled files."""

    def __init__(self, store: Store) -> None:
        self._names = open_trie(marisa_trie.Trie(), store, "names.trie")
        self._candidates, self._entries = _Packed(store, "candidates"), _Packed(store, "entries")
        index = _Packed(store, "index")
        self._codes: dict[str, int] = index[0]
        self._longest: int = index[1]
        self._contexts = {context: frozenset(names) for context, names in index[2].items()}
        self._ignored = {(key, type_) for key, type_ in index[3]}
        self._of_key: dict[str, Candidates] = {}
        self._of_number: dict[int, Entry] = {}
        self._walked = 0
        self._automaton: AhoCorasick | None = None
        self._reach: list[int] = []  # of each beginning, how long the longest name is that begins so

    @classmethod
    def of(cls, dictionary: Dictionary) -> Lexicon:
        """The lexicon of a dictionary, compiled in memory."""
        return cls(compile_lexicon(dictionary))

    def candidates(self, key: str) -> Candidates:
        """What a folded name can name; nothing where no dictionary has it."""
        if (known := self._of_key.get(key)) is None:
            if key not in self._names:
                return NOTHING
            rows = self._candidates[self._names[key]]
            known = self._of_key[key] = Candidates(
                Candidate(self._entry(n), weak, surface) for n, weak, surface in rows
            )
        return known

    def by_code(self, code: str) -> Entry | None:
        """The firm with this code on one of the Taiwanese exchanges."""
        return self._entry(self._codes[code]) if code in self._codes else None

    def ignores(self, key: str, type_: str) -> bool:
        """Whether a folded name is never a name of this type."""
        return (key, "") in self._ignored or (key, type_) in self._ignored

    def find(self, key: str, text: str) -> list[Hit]:
        """All names in the folded text `key` of `text`, in order, none overlapping; Latin ones only as whole words."""
        self._walked += len(key)
        spans = self.walk(key, 0, len(key)) if self._walked < WALKED else self.scan(key)
        return self._hits(key, text, spans)

    def find_inside(self, key: str, text: str, start: int, end: int) -> list[Hit]:
        """The names that begin in key[start:end]; the last one may end behind it."""
        return self._hits(key, text, self.walk(key, start, end))

    def _hits(self, key: str, text: str, spans: Iterable[tuple[int, int]]) -> list[Hit]:
        """The spans that name something; a context in which a name is none gives way to the other names in it."""
        hits: list[Hit] = []
        of_key, reached = self._of_key, 0
        for start, end in spans:
            if start < reached:
                continue
            name = key[start:end]
            candidates = of_key.get(name) or self.candidates(name)
            if candidates and (name[0] < _NO_LATIN or name[-1] < _NO_LATIN):
                candidates = _as_written(candidates, name, text[start:end])
            if candidates:
                hits.append(Hit(start, end, name, candidates))
            elif blocked := self._contexts.get(name):
                inner = list(self.walk(key, start, end, partial(self._is_none, blocked)))
                hits += self._hits(key, text, inner)
                reached = max(inner[-1][1] if inner else end, hits[-1].end if hits else 0)
        return hits

    def _is_none(self, blocked: frozenset[str], name: str) -> bool:
        """Whether a name is none in a context that blocks some: it, or a context itself."""
        return name in blocked or name in self._contexts

    def walk(
        self, key: str, start: int, end: int, without: Callable[[str], bool] | None = None
    ) -> Iterator[tuple[int, int]]:
        """The whole names that begin in key[start:end], by the trie, without some."""
        while start < end:
            found = self._end(key, start, self._longest, without)
            if found:
                yield start, found
            start = found or start + 1

    def scan(self, key: str) -> list[tuple[int, int]]:
        """All names by the automaton, which tells where the first characters of one stand, and there by the trie."""
        if self._automaton is None:
            self._automaton = self._beginnings()
        reach, spans, place = self._reach, [], 0
        # Of several beginnings at a place the longest comes last.
        found = {start: n for n, start, _ in self._automaton.find_matches_as_indexes(key, overlapping=True)}
        for start, beginning in sorted(found.items()):
            if start < place:
                continue
            longest = reach[beginning]
            end = start + longest
            # A beginning that nothing longer has is a name itself.
            if longest > BEGINNING or not key[start] >= _NO_LATIN <= key[end - 1]:
                end = self._end(key, start, longest)
            if end:
                spans.append((start, end))
                place = end
        return spans

    def _end(self, key: str, start: int, longest: int, without: Callable[[str], bool] | None = None) -> int:
        """Where the longest whole name ends that begins at `start`; 0 where none does."""
        for name in reversed(self._names.prefixes(key[start : start + longest])):
            if whole(key, start, start + len(name)) and not (without and without(name)):
                return start + len(name)
        return 0

    def _beginnings(self) -> AhoCorasick:
        """An automaton of the first characters of all names, which is built in a third of the time that whole names take."""
        reach: dict[str, int] = {}
        for name in self._names.keys():  # noqa: SIM118 - a trie is no dict
            beginning = name[:BEGINNING]
            if len(name) > reach.get(beginning, 0):
                reach[beginning] = len(name)
        self._reach = list(reach.values())
        return AhoCorasick(reach, implementation=Implementation.ContiguousNFA)

    def _entry(self, number: int) -> Entry:
        if number not in self._of_number:
            id_, type_, name, en, names, weak, codes, own, where, dropped = self._entries[number]
            self._of_number[number] = Entry(
                id_, type_, name, en, tuple(names), tuple(weak), codes, own, where, tuple(dropped)
            )
        return self._of_number[number]


def put_first(waiting: list[Any], inner: Sequence[Any]) -> None:
    """Put spans, or hits, on top of a stack of later ones, in the place of those that they reach into."""
    for item in reversed(inner):
        while waiting and waiting[-1][0] < item[1]:
            waiting.pop()
        waiting.append(item)


def _pack(items: Iterable[Any]) -> bytes:
    """Items that JSON can write, as bytes in which each can be read alone: their count, where each ends, the items."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
    blobs = [encode(item).encode("utf-8") for item in items]
    ends = array("I")
    total = 0
    for blob in blobs:
        ends.append(total := total + len(blob))
    return len(blobs).to_bytes(4, "little") + ends.tobytes() + b"".join(blobs)


class _Packed:
    """The items of `_pack`, each read when it is asked for."""

    def __init__(self, store: Store, name: str) -> None:
        self._bytes = open_bytes(store, name)
        count = int.from_bytes(self._bytes[:4], "little")
        self._blobs = 4 + 4 * count
        self._ends = memoryview(self._bytes)[4 : self._blobs].cast("I")

    def __getitem__(self, number: int) -> Any:
        start = self._ends[number - 1] if number else 0
        return json.loads(self._bytes[self._blobs + start : self._blobs + self._ends[number]])


def _as_written(candidates: Candidates, name: str, written: str) -> Candidates:
    """What a name with Latin letters can name where it is written so; of one thing the first spelling counts."""
    if len(name) <= CASE_MATTERS and _LATIN.fullmatch(name):
        surface = normalize("NFKC", written)
        candidates = Candidates(c for c in candidates if c.surface == surface)
    if len(candidates) < 2:
        return candidates
    return Candidates({c.entry.id: c for c in reversed(candidates)}.values())


def whole(key: str, start: int, end: int) -> bool:
    """Whether key[start:end] is no part of a longer Latin word or number."""
    before, after = key[start - 1 : start], key[end : end + 1]
    return not (_letter(before) and _letter(key[start])) and not (_letter(after) and _letter(key[end - 1]))


def _letter(character: str) -> bool:
    return bool(character) and character.isalnum() and character < _NO_LATIN
