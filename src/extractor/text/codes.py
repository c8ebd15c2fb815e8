"""Codes: regular expressions in the form in which they are run, so that what was compiled once is never compiled again.

Compiling the rules that one article needs takes longer than reading it. Python's own `pickle` of a pattern keeps its source
alone; the code is what `re` hands to its machine, which checks it before it takes it.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import sys
from array import array
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import NamedTuple

# A code is for the Python that made it.
VERSION = f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE}"


class Code(NamedTuple):
    """A compiled expression: its flags, how many groups it has and how they are named, and its code as unsigned integers."""

    flags: int
    groups: int
    names: dict[str, int]
    words: memoryview[int] | array[int]


def encode(source: str) -> Code:
    """The code of an expression."""
    parsed = _parser.parse(source)
    state = parsed.state
    return Code(state.flags, state.groups - 1, dict(state.groupdict), array("I", _compiler._code(parsed, 0)))


def decode(source: str, code: Code) -> re.Pattern[str]:
    """The expression that `encode` made `code` of; compiled anew where this Python does not take it."""
    try:
        named: list[str | None] = [None] * (code.groups + 1)
        for name, number in code.names.items():
            named[number] = name
        made: re.Pattern[str] = _sre.compile(
            source, code.flags, code.words.tolist(), code.groups, code.names, tuple(named)
        )
    except (TypeError, ValueError, RuntimeError, OverflowError, IndexError):
        return re.compile(source)
    return made
