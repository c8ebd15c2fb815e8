"""A table in colour for people at a terminal: one a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from extractor.records import Record
from extractor.writers.base import View, one_line

if TYPE_CHECKING:
    from rich.console import Console

_UNBOUNDED = 100_000  # columns: rich would wrap at 80 where there is no terminal, and split names


class TableWriter:
    def __init__(self, stream: TextIO, view: View) -> None:
        self._stream = stream
        self._view = view
        self._console: Console | None = None

    def write(self, record: Record) -> None:
        # rich takes a while to load: only here, where it is needed.
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        if self._console is None:
            width = None if self._stream.isatty() else _UNBOUNDED
            self._console = Console(file=self._stream, width=width, highlight=False)
        # Text, never str: a name or a title must not be read as rich's markup.
        title = Text(one_line(record.title or record.id), style="bold")
        rows = list(self._view.cells(record))
        if not rows:
            self._console.print(title.append(": –", style="dim"))
            return
        table = Table(*self._view.headings, title=title, title_justify="left", box=box.ROUNDED)
        for row in rows:
            table.add_row(*(Text(one_line(text), style=style, overflow="fold") for text, style in row))
        self._console.print(table)

    def close(self) -> None:
        """Nothing follows the last table."""
