"""Expressions: regular expressions that are compiled at their first use, and from the next run on are made of their codes.

Most texts need few of them, and compiling one takes longer than an article spends on it.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from extractor.cache import open_bytes, read, source_key, stored
from extractor.text import codes
from extractor.text.codes import Code, decode, encode, pack, unpack

# As in `re`, what was compiled once is there for all: by their sources, every expression so far, and the codes kept.
_made: dict[str, None] = {}
_kept: dict[str, Code] = {}


class Expression:
    """A regular expression with the methods of a compiled one."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        _made[pattern] = None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        code = _kept.get(self.pattern)
        return decode(self.pattern, code) if code else re.compile(self.pattern)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """`re.Pattern.search`."""
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """`re.Pattern.match`."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """`re.Pattern.fullmatch`."""
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """`re.Pattern.finditer`."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """`re.Pattern.findall`."""
        return self._compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        """`re.Pattern.split`."""
        return self._compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """`re.Pattern.sub`."""
        return self._compiled.sub


def alternatives(words: Iterable[str]) -> str:
    """A regular expression of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def keep() -> None:
    """Keeps the codes of all expressions that there are now, or opens those that were kept; called when all are made."""
    sources = sorted(_made)
    if all(source in _kept for source in sources):
        return
    key = source_key(Path(__file__), Path(codes.__file__), sources=sources, codes=codes.VERSION)
    store = stored("expressions", key, lambda: _encode(sources))
    words = memoryview(open_bytes(store, "codes")).cast("I")
    index = json.loads(read(store, "index.json"))
    for source, row in zip(sources, index, strict=True):
        _kept[source] = unpack(row, words)


def _encode(sources: list[str]) -> dict[str, bytes]:
    words = array("I")
    index = [pack(encode(source), words) for source in sources]
    return {"index.json": json.dumps(index).encode("ascii"), "codes": words.tobytes()}
