"""From pieces of a text to its lines."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from extractor.errors import InputError
from extractor.inputs.failures import LARGEST, RecordError


class Lines:
    """The lines of a text, each with its line end. Raises RecordError, once and then no more, where the pieces raise an
    InputError, and where a line is too long.

    newline: what ends a line, "\\n" alone or, with "", CR LF, CR and LF; no piece may end between CR and LF.
    """

    def __init__(self, pieces: Iterable[str], newline: str) -> None:
        self._pieces, self._newline = pieces, newline

    def __iter__(self) -> Iterator[str]:
        ends = self._newline or ("\n", "\r")
        begun: list[str] = []  # of a line that goes on in the next piece
        size, number = 0, 1
        try:
            for piece in self._pieces:
                for line in io.StringIO(piece, newline=self._newline):
                    begun.append(line)
                    size += len(line)
                    if size > LARGEST:
                        raise InputError(f"a line of more than {LARGEST >> 20} Mi characters; no more is read")
                    if line.endswith(ends):
                        yield "".join(begun)
                        begun.clear()
                        size, number = 0, number + 1
        except InputError as error:
            raise (RecordError(str(error), number) if number > 1 or begun else error) from None
        if begun:
            yield "".join(begun)
