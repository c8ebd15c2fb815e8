"""Knowledge made larger: names that nobody bears, and the built-in relations again, under other names."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from articles import DICTIONARIES

from extractor.text.folding import fold

ALIASES = 2  # of an invented firm; the firms of the dictionaries have as many
_HAN = re.compile("[\u4e00-\u9fff]{3,}")
# What a pattern is written with, besides its words.
_GRAMMAR = frozenset("甲乙動與和跟同向對給把將被由為的在於是")
_GRAMMAR_FOLDED = frozenset(map(fold, _GRAMMAR))
_WORDS = re.compile("[\u4e00-\u9fff]")
_FIRST, _MANY = 0x4E00, 0x5000  # the code points that words are moved among
_STEP = 997
_PATTERNS = ("first", "say", "not")


def more_names(folder: Path, known: Sequence[str], wanted: int, seed: int = 1) -> Path:
    """`folder`, as a dictionary of `wanted` names of firms. They look like the `known` ones, which they are not."""
    names = _invented([name for name in known if _HAN.fullmatch(name)], set(known), Random(seed))
    each = 1 + ALIASES
    rows = [
        f"invented-{number},{next(names)},Invented {number},{'|'.join(next(names) for _ in range(ALIASES))}\n"
        for number in range(wanted // each)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "companies.csv").write_text("id,name,en,aliases\n" + "".join(rows), "utf-8", newline="\n")
    return folder


def more_rules(folder: Path, copies: int, other_words: bool) -> Path:
    """`folder`, with every built-in relation `copies` times under other names, in its words or in `other_words`."""
    (folder / "relations").mkdir(parents=True, exist_ok=True)
    for file in sorted((DICTIONARIES / "relations").glob("*.toml")):
        tables = tomllib.loads(file.read_text("utf-8"))
        lines = [
            line
            for copy in range(1, copies + 1)
            for name, relation in tables.items()
            for line in _lines(f"{name}-{copy}", _moved(relation, copy * _STEP) if other_words else relation)
        ]
        (folder / "relations" / file.name).write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    return folder


def _invented(known: Sequence[str], taken: set[str], random: Random) -> Iterator[str]:
    """Names as long as the known ones, of their characters, as often."""
    while True:
        length = len(_pick(random, known))
        name = "".join(_pick(random, _pick(random, known)) for _ in range(length))
        if name not in taken:
            taken.add(name)
            yield name


def _pick(random: Random, items: Sequence[str]) -> str:
    return items[int(random.random() * len(items))]


def _moved(relation: Mapping[str, Any], by: int) -> dict[str, Any]:
    """A relation with other characters in its words: what it asks for is hardly ever written."""

    def moved(match: re.Match[str]) -> str:
        character = match[0]
        if character in _GRAMMAR:
            return character
        character = _next(character, by)
        while fold(character) in _GRAMMAR_FOLDED:  # no word is to become a slot
            character = _next(character, by)
        return character

    def all_moved(words: Sequence[str]) -> list[str]:
        return [_WORDS.sub(moved, word) for word in words]

    changed = {key: all_moved(relation[key]) for key in _PATTERNS if key in relation}
    frames = {frame: all_moved(words) for frame, words in relation.get("frames", {}).items()}
    return {**relation, **changed, "frames": frames}


def _next(character: str, by: int) -> str:
    return chr(_FIRST + (ord(character) - _FIRST + by) % _MANY)


def _lines(name: str, relation: Mapping[str, Any]) -> Iterator[str]:
    """A relation as TOML, without its examples, which name the relation. A string of JSON is one of TOML."""
    yield f"[{json.dumps(name)}]"
    for key, value in relation.items():
        if key == "frames":
            yield from (f"frames.{frame} = {json.dumps(words)}" for frame, words in value.items())
        elif key != "examples":
            yield f"{key} = {json.dumps(value)}"
