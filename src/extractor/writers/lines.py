"""Plain text, one triple (or entity) a line: for pipes."""

from __future__ import annotations

from typing import TextIO

from extractor.records import Record
from extractor.writers.base import View, one_line


class LinesWriter:
    def __init__(self, stream: TextIO, view: View) -> None:
        self._stream = stream
        self._view = view

    def write(self, record: Record) -> None:
        for line in self._view.lines(record):
            self._stream.write(one_line(line) + "\n")

    def close(self) -> None:
        """Nothing follows the last line."""
