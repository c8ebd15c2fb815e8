"""Codes: regular expressions in the form in which they are run, so that what was compiled once is never compiled again.

Compiling the rules that one article needs takes longer than reading it. Python's own `pickle` of a pattern keeps its source
alone; the code is what `re` hands to its machine. The machine looks at it before it takes it, but a damaged one can still
end the process: no code is handed over that is not, bit for bit, the one that was made.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import sys
from array import array
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple
from zlib import crc32

# A code is for the Python that made it.
VERSION = f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE}"


class Code(NamedTuple):
    """A compiled expression: its flags, how many groups it has and how they are named, and its code as unsigned integers.

    `check`: the checksum of source and code.
    """

    flags: int
    groups: int
    names: dict[str, int]
    check: int
    words: memoryview[int] | array[int]


def encode(source: str) -> Code:
    """The code of an expression."""
    parsed = _parser.parse(source)
    state, words = parsed.state, array("I", _compiler._code(parsed, 0))
    return Code(state.flags, state.groups - 1, dict(state.groupdict), _check(source, words), words)


def decode(source: str, code: Code) -> re.Pattern[str]:
    """The expression that `encode` made `code` of; compiled anew where it is damaged, or this Python does not take it."""
    if _check(source, code.words) != code.check:
        return re.compile(source)
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


def pack(code: Code, words: array[int]) -> list[Any]:
    """A code as a row of plain data, its own words put behind `words`, where codes stand one behind the other."""
    row = [*code[:-1], len(words), len(words) + len(code.words)]
    words.extend(code.words)
    return row


def unpack(row: list[Any], words: memoryview[int]) -> Code:
    """The code that `pack` made a row of."""
    flags, groups, names, check, start, end = row
    return Code(flags, groups, names, check, words[start:end])


def _check(source: str, words: memoryview[int] | array[int]) -> int:
    return crc32(words, crc32(source.encode("utf-8", "surrogatepass")))
