"""The options that several commands take, as types for their parameters, and a check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import as_usage_error
from extractor.text.decoding import find_encoding

Lang = Annotated[str, typer.Option("--lang", help="Language of names and relations: en or zh.")]
Dictionaries = Annotated[
    list[Path] | None,
    typer.Option("--dictionary", help="A folder of dictionary files and relations/*.toml to add; may be repeated."),
]
NoBuiltin = Annotated[bool, typer.Option("--no-builtin", help="Leave out the built-in names; relations and cues stay.")]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of the input; guessed and told on stderr when not given.")
]


def check_encoding(encoding: str | None) -> None:
    """A UsageError with the nearest valid name when `encoding` is none that exists."""
    if encoding is not None:
        with as_usage_error():
            find_encoding(encoding)
