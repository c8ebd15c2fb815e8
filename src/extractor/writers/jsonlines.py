"""JSON Lines: one record a line."""

from __future__ import annotations

import json
from typing import Any, TextIO

from extractor.records import Record
from extractor.writers.base import View

# JSON allows these inside a string, but many readers take them for the end of a line.
_LINE_ENDS = {char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


def to_json(data: dict[str, Any]) -> str:
    """`data` as JSON on one line, whatever a reader counts as a line end."""
    line = json.dumps(data, ensure_ascii=False)
    for char, escaped in _LINE_ENDS.items():  # quicker than to translate: they are hardly ever there
        line = line.replace(char, escaped)
    return line


class JsonLinesWriter:
    def __init__(self, stream: TextIO, view: View) -> None:
        self._stream = stream
        self._view = view

    def write(self, record: Record) -> None:
        self._stream.write(to_json(self._view.data(record)) + "\n")

    def close(self) -> None:
        """Nothing follows the last line."""
