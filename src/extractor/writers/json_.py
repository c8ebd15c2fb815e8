"""JSON: one array of all records, written as they come."""

from __future__ import annotations

from typing import TextIO

from extractor.records import Record
from extractor.writers.base import View
from extractor.writers.jsonlines import to_json


class JsonWriter:
    """Until `close` the array is open: what was written so far is no JSON yet."""

    def __init__(self, stream: TextIO, view: View) -> None:
        self._stream = stream
        self._view = view
        self._before = "[\n"

    def write(self, record: Record) -> None:
        self._stream.write(self._before + to_json(self._view.data(record)))
        self._before = ",\n"

    def close(self) -> None:
        self._stream.write("[]\n" if self._before == "[\n" else "\n]\n")
