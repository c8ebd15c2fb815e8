"""CSV and TSV: one row a triple (or a mention), a row of column names first."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TextIO

from extractor.records import Record
from extractor.writers.base import Cell, View, one_line

# A spreadsheet takes a cell that begins so for a formula (full-width too, in an East Asian locale).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class CsvWriter:
    """`excel`: a byte order mark, and an apostrophe before each cell that a spreadsheet would run."""

    def __init__(self, stream: TextIO, view: View, excel: bool) -> None:
        self._stream = stream
        self._view = view
        self._excel = excel
        self._stream.write("\ufeff" if excel else "")
        self._put(view.columns)

    def write(self, record: Record) -> None:
        for row in self._view.rows(record):
            self._put([_guard(cell) for cell in row] if self._excel else row)

    def close(self) -> None:
        """Nothing follows the last row."""

    def _put(self, row: Sequence[Cell]) -> None:
        self._stream.write(self._line(row) + "\n")

    def _line(self, row: Sequence[Cell]) -> str:
        buffer = io.StringIO(newline="")
        # Python before 3.13 quotes a lone \r only where the line end has one; ours is put behind the row by hand.
        csv.writer(buffer, lineterminator="\r\n").writerow(row)
        return buffer.getvalue().removesuffix("\r\n")


class TsvWriter(CsvWriter):
    """Without quotes: a tab or a line break in a cell becomes a space."""

    def _line(self, row: Sequence[Cell]) -> str:
        return "\t".join(one_line(str(cell)) for cell in row)


def _guard(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
