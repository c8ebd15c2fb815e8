"""`extractor dictionary add`: one thing into a dictionary of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from extractor.cli.console import OK, choose, say
from extractor.cli.dictionary.own import Own, open_curator, told
from extractor.errors import ExtractorError
from extractor.records import ENTITY_TYPES, EntityType


def add_command(
    type_: Annotated[
        str, typer.Argument(metavar="TYPE", show_default=False, help=f"One of {', '.join(ENTITY_TYPES)}.")
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="The Chinese name to print.")],
    en: Annotated[str, typer.Option("--en", help="The English name.")] = "",
    id_: Annotated[str, typer.Option("--id", help="Its id; made from the English name when not given.")] = "",
    alias: Annotated[
        list[str] | None,
        typer.Option("--alias", help="A further name, or -NAME to take one away; may be repeated."),
    ] = None,
    weak: Annotated[
        list[str] | None,
        typer.Option("--weak", help="A name that counts only where the text supports it; may be repeated."),
    ] = None,
    code: Annotated[list[str] | None, typer.Option("--code", help="Such as twse:2317; may be repeated.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Add what is there already; an id that is there gets what it lacks.")
    ] = False,
    dictionary: Own = None,
) -> int:
    """Add a thing to a dictionary of your own.

    With the --id of something that is there and --force it gets the names and codes that it lacks.
    """
    type_ = cast(EntityType, choose("type", type_, ENTITY_TYPES))
    return add(
        type_,
        name,
        en=en,
        id_=id_,
        aliases=alias or [],
        weak=weak or [],
        codes=code or [],
        force=force,
        dictionary=dictionary,
    )


def add(
    type_: EntityType,
    name: str,
    *,
    en: str,
    id_: str,
    aliases: list[str],
    weak: list[str],
    codes: list[str],
    force: bool,
    dictionary: Path | None,
) -> int:
    """Writes the row and tells on stderr what was written and where; returns the exit status.

    Raises ExtractorError, with the options that add it all the same, where something of it is there already.
    """
    from extractor.curation.curator import AlreadyThereError

    curator = open_curator(dictionary)
    try:
        written = curator.add(type_, name, en=en, id_=id_, aliases=aliases, weak=weak, codes=codes, force=force)
    except AlreadyThereError as error:
        if error.entry.id == id_:
            hint = "--force adds to it"
        else:
            hint = f"--id {error.entry.id} --force adds to that one, " * (error.entry.type == type_)
            hint += f"--weak {error.what} makes it a name that needs support, " * (":" not in error.what)
            hint += "--force adds it anyway"
        raise ExtractorError(f"{error}; {hint}") from None
    say(*told(written, curator.known))
    return OK
