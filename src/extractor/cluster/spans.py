"""Spans: a large file of lines in pieces, so that many workers can read it at once."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Span:
    """The lines that begin at the bytes from `start` to before `end`; `before` lines stand before them in the file."""

    start: int
    end: int
    before: int = 0


class SpanStream(io.RawIOBase):
    """The bytes of a span's lines, an empty line for each line before them: so lines keep their numbers."""

    def __init__(self, stream: BinaryIO, span: Span) -> None:
        self._stream = stream
        self._blank = span.before
        self._left = span.end - span.start  # bytes up to `end`; the line that is begun there is read to its end
        self._ended = False
        if span.start:
            self._skip_begun_line(span.start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fills the buffer with what comes next; 0 at the end."""
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _next(self, most: int) -> bytes:
        if self._blank:
            blank = min(self._blank, most)
            self._blank -= blank
            return b"\n" * blank
        if self._left > 0:
            data = self._stream.read(min(self._left, most))
            self._left -= len(data)
            self._ended = not data or (self._left == 0 and data.endswith(b"\n"))
            self._left = 0 if not data else self._left
            return data
        if self._ended:
            return b""
        data = self._stream.read(most)
        end = data.find(b"\n") + 1
        self._ended = bool(end) or not data
        return data[:end] if end else data

    def _skip_begun_line(self, start: int) -> None:
        """Moves to the first line that begins at `start` or later."""
        self._stream.seek(start - 1)
        while data := self._stream.read(_CHUNK):
            end = data.find(b"\n") + 1
            if end:
                at = self._stream.tell() - len(data) + end
                self._stream.seek(at)
                self._left -= at - start
                self._ended = self._left <= 0
                return
        self._left, self._ended = 0, True


def count_lines(stream: BinaryIO, span: Span) -> int:
    """How many lines a span has that end."""
    count = 0
    with SpanStream(stream, Span(span.start, span.end)) as lines:
        while data := lines.read(_CHUNK):
            count += data.count(b"\n")
    return count
