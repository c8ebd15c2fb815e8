"""CSV: a document a row, in the columns `text` and, optional, `id`, `title`, `date`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from extractor.inputs.failures import LARGEST, Failure, RecordError, failure, listed
from extractor.inputs.opening import Source
from extractor.records import Document
from extractor.text.decoding import CONTROLS, is_text


def read_csv(lines: Iterable[str], source: Source) -> Iterator[Document | Failure]:
    """The document of each row behind the header, or why it is none; `lines` keep their line ends."""
    line, size = 1, 0  # of the row at hand: the line where it begins, and how many characters it has so far

    def measured() -> Iterator[str]:
        nonlocal size
        for text in lines:
            size += len(text)
            if size > LARGEST:
                what = (
                    f"a row of more than {LARGEST >> 20} Mi characters, its quote may never be closed; no more is read"
                )
                raise RecordError(what, line)
            yield text

    csv.field_size_limit(LARGEST)  # the module's own, 131,072 characters, is less than a long article
    # strict: without it a quote that is never closed swallows the rest of the file in silence.
    rows = csv.reader(measured(), strict=True)
    columns: dict[str, int] | None = None
    while True:
        line, size = rows.line_num + 1, 0  # a quoted cell may reach over several lines
        try:
            row = next(rows, None)
            if row is None:
                return
            if not row:
                continue
            if columns is None:
                columns = _columns(row, line)
            else:
                yield _document(row, columns, line, source)
        except csv.Error as error:
            yield failure(source.path, source.name, RecordError(f"not CSV: {error}", line))
        except RecordError as error:
            yield failure(source.path, source.name, error)
            if columns is None:
                return


def _columns(row: list[str], line: int) -> dict[str, int]:
    """The place of each column, by its name in small letters; of two of one name the first."""
    names = [name.strip().casefold() for name in row]
    if "text" not in names:
        raise RecordError(f"no column text (found: {listed(row)})", line)
    return {name: place for place, name in reversed(list(enumerate(names)))}


def _document(row: list[str], columns: dict[str, int], line: int, source: Source) -> Document:
    place = columns["text"]
    if len(row) <= place:
        raise RecordError(f"no cell for column text ({place + 1}), the row ends before", line)
    if not is_text(row[place]):
        raise RecordError(CONTROLS, line)
    cells = {name: row[column] for name, column in columns.items() if column < len(row)}
    id_, title, date = (cells.get(name, "").strip() or None for name in ("id", "title", "date"))
    return Document(id_ or f"{source.stem}-{line}", row[place], source.path, title, date)
