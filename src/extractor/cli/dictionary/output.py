"""Rows for people and for programs: a table on a terminal, tab-separated lines in a pipe, JSON on request."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from extractor.cli.console import data_output, on_terminal
from extractor.writers.base import one_line

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

Value = str | int | Sequence[str]


def show_json(value: Any) -> None:
    """Prints `value` as JSON."""
    data_output().write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def show_rows(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Prints rows; a list in a cell is joined by `; `. On a terminal with `headings`, where there are any."""
    cells = [[one_line(_cell(value)) for value in row] for row in rows]
    out = data_output()
    if not on_terminal(out):
        out.writelines("\t".join(row) + "\n" for row in cells)
        return
    # rich takes a while to load: only here, where it is needed.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ROUNDED, show_header=bool(headings))
    for place, heading in enumerate(headings or [""] * len(rows[0] if rows else ())):
        numbers = bool(rows) and all(isinstance(row[place], int) for row in rows)
        table.add_column(heading, justify="right" if numbers else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    Console(file=out, highlight=False).print(table)


def records(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[Mapping[str, Value]]:
    """Rows as one object each, for `show_json`."""
    return [dict(zip(headings, row, strict=True)) for row in rows]


def _cell(value: Value) -> str:
    return str(value) if isinstance(value, (str, int)) else "; ".join(value)
