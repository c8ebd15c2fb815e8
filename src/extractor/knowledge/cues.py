"""Cues and titles: small word lists that the stages read, as TOML, folded when they are loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from extractor.errors import KnowledgeError
from extractor.text.folding import fold


@dataclass(frozen=True, slots=True)
class Title:
    """A post: the relation of its holder to the body; which bodies it can have; whether the holder acts for the body.

    `fits`: what the folded name of a body that the text leaves out must end in, an expression; empty: anything.
    """

    name: str
    relation: str
    of: tuple[str, ...]
    acts: bool
    relation_for: dict[str, str]
    fits: str = ""

    def relation_to(self, body_type: str) -> str | None:
        """The relation that this title states towards a body of this type, or None where it cannot have one."""
        if body_type in self.relation_for:
            return self.relation_for[body_type]
        return self.relation or None if body_type in self.of else None


class Titles:
    """All titles by folded key, each of two characters or more, found in a folded text, the longest first."""

    def __init__(self, titles: dict[str, Title]) -> None:
        self.by_key = titles
        # By their first two and their last two characters, which tell most places apart that have none: the lengths to try.
        self._begun = _lengths((key[:2], len(key)) for key in titles)
        self._ended = _lengths((key[-2:], len(key)) for key in titles)

    @cached_property
    def relations(self) -> frozenset[str]:
        """The relations that titles state."""
        titles = self.by_key.values()
        return frozenset(r for t in titles for r in (t.relation, *t.relation_for.values()) if r)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self.by_key)

    def find(self, key: str) -> dict[int, Title]:
        """Where titles begin in a text, in its order, each with the longest one there."""
        found: dict[int, int] = {}
        for _, start, end in self._automaton.find_matches_as_indexes(key, overlapping=True):
            found[start] = end  # the shorter of two ends first
        return {start: self.by_key[key[start : found[start]]] for start in sorted(found)}

    def at(self, key: str, start: int) -> Title | None:
        """The longest title that begins at `start`."""
        for length in self._begun.get(key[start : start + 2], ()):
            if title := self.by_key.get(key[start : start + length]):
                return title
        return None

    def before(self, key: str, end: int) -> Title | None:
        """The longest title that ends at `end`."""
        for length in self._ended.get(key[max(0, end - 2) : end], ()):
            if length <= end and (title := self.by_key.get(key[end - length : end])):
                return title
        return None


class Words:
    """The words of a list, asked for at a place of a folded text."""

    def __init__(self, words: Iterable[str]) -> None:
        # By their first and their last character: few places have any to compare.
        self._begun, self._ended = _by_character(words, 0), _by_character(words, -1)

    def at(self, key: str, start: int) -> bool:
        """Whether one of the words begins at `start`."""
        words = self._begun.get(key[start : start + 1])
        return words is not None and key.startswith(words, start)

    def before(self, key: str, end: int) -> bool:
        """Whether one of the words ends at `end`."""
        words = self._ended.get(key[end - 1 : end]) if end else None
        return words is not None and key.endswith(words, 0, end)


def _by_character(words: Iterable[str], place: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[place], []).append(word)
    return {character: tuple(group) for character, group in found.items()}


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """The lengths, the longest first, by the characters that they go with."""
    found: dict[str, set[int]] = {}
    for characters, length in pairs:
        found.setdefault(characters, set()).add(length)
    return {characters: tuple(sorted(lengths, reverse=True)) for characters, lengths in found.items()}


def load_toml(path: Path) -> dict[str, Any]:
    """A TOML file as data; KnowledgeError names file, line and column where it is not one."""
    import tomllib  # compiled knowledge needs none

    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at line ")
        line = place.replace(", column ", ":").rstrip(")")
        raise KnowledgeError([f"{path}:{line or 'end'}: {reason}"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError([f"{path}: {error}"]) from None


def read_words(path: Path) -> list[str]:
    """The words of a list, one a line, # before a comment."""
    lines = path.read_text("utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def load_cues(path: Path) -> dict[str, Any]:
    """`cues.toml`, every string in it folded."""
    return {name: _folded(value) for name, value in load_toml(path).items()}


def load_titles(path: Path) -> Titles:
    """`titles.toml`: one table a title."""
    titles = {}
    for name, table in load_toml(path).items():
        key = fold(name)
        titles[key] = Title(
            name,
            table.get("relation", ""),
            tuple(table.get("of", ("company", "organization"))),
            bool(table.get("acts", True)),
            dict(table.get("relation_for", {})),
            fold(table.get("fits", "")),
        )
    return Titles(titles)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, list):
        return [_folded(item) for item in value]
    if isinstance(value, dict):
        return {name: _folded(item) for name, item in value.items()}
    return value
