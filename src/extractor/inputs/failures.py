"""What an input comes to where it gives no document, and how its name and its place are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.errors import InputError
from extractor.text.decoding import mend_surrogates

LARGEST = 2**27  # of one document: bytes of a file, characters of a line or a cell; several thousand newspaper pages

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no document. `source` is its path; `message` one complete line to print, place included.

    line: where in the source, counted from 1; None where it is the source as a whole.
    """

    source: str
    message: str
    line: int | None = None

    @property
    def id(self) -> str:
        """What tells it from the other failures of a run: `source`, or ``source:line``."""
        return self.source if self.line is None else f"{self.source}:{self.line}"


class RecordError(InputError):
    """A record that cannot be read, and its place in the source: `line` and `column`, counted from 1."""

    def __init__(self, reason: str, line: int, column: int = 1) -> None:
        super().__init__(reason)
        self.line, self.column = line, column


def failure(source: str, name: str, error: InputError) -> Failure:
    """The Failure of `source`, which messages call `name`, with the place of the error where it has one."""
    if isinstance(error, RecordError):
        return Failure(source, f"{name}:{error.line}:{error.column}: {error}", error.line)
    return Failure(source, f"{name}: {error}")


def shown(name: str) -> str:
    """A name fit for one line of a message: control characters and line ends are written as escapes."""
    return _UNSEEN.sub(lambda found: repr(found[0])[1:-1], mend_surrogates(name))


def listed(names: Iterable[str], most: int = 20) -> str:
    """Names from a file, fit for one line of a message."""
    short = [" ".join(mend_surrogates(name).split())[:40] for name in names]
    return ", ".join(short[:most]) + (", …" if len(short) > most else "") if short else "none"
