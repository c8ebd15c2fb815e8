"""Cues and titles: small word lists that the stages read, as TOML, folded when they are loaded."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    """All titles, found at a place of a folded text, the longest first."""

    def __init__(self, titles: dict[str, Title]) -> None:
        self.by_key = titles
        self._longest = max(map(len, titles), default=0)
        self._first = {key[0] for key in titles}
        self._last = {key[-1] for key in titles}

    def at(self, key: str, start: int) -> Title | None:
        """The longest title that begins at `start`."""
        if key[start : start + 1] not in self._first:
            return None
        for length in range(min(self._longest, len(key) - start), 0, -1):
            if title := self.by_key.get(key[start : start + length]):
                return title
        return None

    def full_at(self, key: str, start: int) -> Title | None:
        """The longest title that begins at `start`, if it has two characters or more: shorter ones are words too often."""
        title = self.at(key, start)
        return title if title and len(title.name) > 1 else None

    def full_before(self, key: str, end: int) -> Title | None:
        """The longest title that ends at `end`, if it has two characters or more."""
        title = self.before(key, end)
        return title if title and len(title.name) > 1 else None

    def before(self, key: str, end: int) -> Title | None:
        """The longest title that ends at `end`."""
        if key[end - 1 : end] not in self._last:
            return None
        for length in range(min(self._longest, end), 0, -1):
            if title := self.by_key.get(key[end - length : end]):
                return title
        return None


def load_toml(path: Path) -> dict[str, Any]:
    """A TOML file as data; KnowledgeError names file, line and column where it is not one."""
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
