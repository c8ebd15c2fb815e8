"""`extractor dictionary ignore`: what is never a name, into a dictionary of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import OK, choose, say
from extractor.cli.dictionary.own import Own, open_curator, told_ignored
from extractor.records import ENTITY_TYPES


def ignore_command(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="What is no name.")],
    type_: Annotated[
        str, typer.Option("--type", help=f"It is no name of this type only: {', '.join(ENTITY_TYPES)}.")
    ] = "",
    context: Annotated[
        str, typer.Option("--context", metavar="LONGER", help="It is no name inside this longer word only.")
    ] = "",
    dictionary: Own = None,
) -> int:
    """Say what is no name, in a dictionary of your own.

    Anywhere, of one type only, or inside a longer word only.
    """
    if type_:
        choose("type", type_, ENTITY_TYPES)
    return ignore(name, type_, context, dictionary)


def ignore(name: str, type_: str, context: str, dictionary: Path | None) -> int:
    """Writes the row and tells on stderr what was written and where; returns the exit status."""
    curator = open_curator(dictionary)
    say(told_ignored(curator.ignore(name, type_, context), curator.known))
    return OK
