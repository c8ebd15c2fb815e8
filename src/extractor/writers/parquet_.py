"""Parquet: one row a triple (or a mention), the columns of the CSV with types of their own; an empty cell is null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from extractor.extras import library
from extractor.records import Record
from extractor.writers.base import Cell, View
from extractor.writers.entities import EntityView
from extractor.writers.triples import TripleView

if TYPE_CHECKING:
    import pyarrow

_GROUP = 50_000  # rows that are held and written together
_NUMBERS = ("start", "end")
_BOOLEANS = ("inferred", "known")


class ParquetWriter:
    """Writes to a stream of bytes; until `close` it holds no Parquet yet. ExtractorError where pyarrow is not installed."""

    def __init__(self, stream: BinaryIO, *, lang: str = "en", entities: bool = False) -> None:
        self._arrow, parquet = _libraries()
        self._view: View = EntityView(lang) if entities else TripleView(lang)
        self._schema = self._arrow.schema([(column, self._type(column)) for column in self._view.columns])
        self._rows: list[list[Cell]] = []
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")

    def write(self, record: Record) -> None:
        self._rows.extend(self._view.rows(record))
        if len(self._rows) >= _GROUP:
            self._flush()

    def close(self) -> None:
        """Writes what is held, and the file's end."""
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        columns = [
            [_value(name, cell) for cell in cells]
            for name, cells in zip(self._schema.names, zip(*self._rows, strict=True), strict=True)
        ]
        self._writer.write_table(self._arrow.table(columns, schema=self._schema))
        self._rows.clear()

    def _type(self, column: str) -> pyarrow.DataType:
        if column in _NUMBERS:
            return self._arrow.int64()
        return self._arrow.bool_() if column in _BOOLEANS else self._arrow.string()


def _value(column: str, cell: Cell) -> str | int | bool | None:
    if cell == "":
        return None
    return cell == "true" if column in _BOOLEANS else cell


def _libraries() -> tuple[Any, Any]:
    return library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
