"""`extractor dictionary lookup`: what a name can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import OK, UsageError, data_output, on_terminal
from extractor.cli.dictionary.output import AsJson, Value, show_json, show_rows
from extractor.cli.options import Dictionaries, NoBuiltin
from extractor.errors import ExtractorError
from extractor.knowledge.folders import folders_in_force
from extractor.writers.base import one_line

if TYPE_CHECKING:
    from extractor.curation.lookup import Sense

HEADINGS = ("name", "id", "type", "printed as", "found as", "strength", "notes", "support", "ignored", "posts", "line")


def lookup_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an id or a code: 2317, twse:2317, 2317.TW.")],
    dictionary: Dictionaries = None,
    no_builtin: NoBuiltin = False,
    as_json: AsJson = False,
) -> int:
    """Tell everything that a name can be, and why.

    From which line, strong or weak, and with what support. The exit status is 1 when no dictionary has it.
    """
    if not name.strip():
        raise UsageError("NAME is empty")
    return lookup_name(name, dictionary or [], not no_builtin, as_json)


def lookup_name(name: str, dictionaries: Sequence[Path], builtin: bool, as_json: bool) -> int:
    """Prints one sense a line; returns the exit status.

    Raises ExtractorError with the nearest names where no dictionary has this one.
    """
    from extractor.curation.lookup import lookup

    found = lookup(name, [folder.path for folder in folders_in_force(dictionaries, builtin)])
    if as_json:
        show_json([asdict(sense) for sense in found.senses])
    if not found.senses:
        near = ", ".join(f"{text} ({id_})" for text, id_ in found.near)
        hint = f"; the nearest: {near}" if near else ""
        raise ExtractorError(f"no dictionary has {one_line(name)}{hint}; `extractor dictionary add` adds it")
    if not as_json:
        rows = [_row(sense) for sense in found.senses]
        if on_terminal(data_output()):
            # So many columns would leave none of them room: for people one table a sense, without what is empty.
            for row in rows:
                show_rows((), [pair for pair in zip(HEADINGS, row, strict=True) if pair[1]])
        else:
            show_rows(HEADINGS, rows)
    return OK


def _row(sense: Sense) -> tuple[Value, ...]:
    printed = " / ".join(filter(None, (sense.name, sense.en)))
    what = (sense.text, sense.id, sense.type, printed, sense.matched, sense.strength)
    return (*what, sense.notes, sense.support, sense.ignored, sense.posts, sense.where)
