"""The formats of the output. A writer takes records one by one and writes each as it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from extractor.choices import require
from extractor.errors import ExtractorError
from extractor.writers.base import View, Writer
from extractor.writers.csv_ import CsvWriter, TsvWriter
from extractor.writers.entities import EntityView
from extractor.writers.json_ import JsonWriter
from extractor.writers.jsonlines import JsonLinesWriter
from extractor.writers.lines import LinesWriter
from extractor.writers.table import TableWriter
from extractor.writers.triples import TripleView

__all__ = ["FORMATS", "LANGUAGES", "Writer", "open_writer"]

LANGUAGES = ("en", "zh")

_PLAIN: dict[str, Callable[[TextIO, View], Writer]] = {
    "triples": LinesWriter,
    "table": TableWriter,
    "json": JsonWriter,
    "jsonl": JsonLinesWriter,
}
_SHEETS: dict[str, Callable[[TextIO, View, bool], Writer]] = {"csv": CsvWriter, "tsv": TsvWriter}

FORMATS: tuple[str, ...] = (*_PLAIN, *_SHEETS)


def open_writer(
    format_name: str, stream: TextIO, *, lang: str = "en", excel: bool = False, entities: bool = False
) -> Writer:
    """A writer of `format_name` to `stream` (text, UTF-8, newline="" or "\\n"); its names are in `lang`.

    entities: the entities with their mentions instead of the triples. excel: CSV or TSV fit for a spreadsheet.
    ExtractorError for a format or a language that there is none of, or `excel` with a format that is no sheet.
    """
    require(format_name, FORMATS, "format")
    require(lang, LANGUAGES, "language")
    view: View = EntityView(lang) if entities else TripleView(lang)
    if format_name in _SHEETS:
        return _SHEETS[format_name](stream, view, excel)
    if excel:
        raise ExtractorError(f"--excel is for --format {' or '.join(_SHEETS)}, not for {format_name}")
    return _PLAIN[format_name](stream, view)
