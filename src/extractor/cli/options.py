"""The options that several commands take, as types for their parameters, and a check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import as_usage_error
from extractor.filters import Filter
from extractor.records import ENTITY_TYPES, MODALITIES
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

Entities = Annotated[bool, typer.Option("--entities", help="List the entities with their mentions instead.")]
Relations = Annotated[
    list[str] | None, typer.Option("--relation", help="Only this relation's triples; may be repeated.")
]
Types = Annotated[
    list[str] | None, typer.Option("--type", help=f"Only this type: {', '.join(ENTITY_TYPES)}; may be repeated.")
]
Modalities = Annotated[
    list[str] | None, typer.Option("--modality", help=f"Only this modality: {', '.join(MODALITIES)}; may be repeated.")
]
NoInferred = Annotated[bool, typer.Option("--no-inferred", help="Leave out the inferred triples.")]
Excel = Annotated[bool, typer.Option("--excel", help="CSV with a BOM and without cells that a spreadsheet would run.")]


def make_filter(
    relations: list[str] | None,
    types: list[str] | None,
    modalities: list[str] | None,
    no_inferred: bool,
    entities_only: bool,
) -> Filter:
    """What the options above ask for; a UsageError where one of them names nothing."""
    with as_usage_error():
        return Filter(
            relations=frozenset(relations or ()),
            types=frozenset(types or ()),
            modalities=frozenset(modalities or ()),
            inferred=not no_inferred,
            entities_only=entities_only,
        )


def check_encoding(encoding: str | None) -> None:
    """A UsageError with the nearest valid name when `encoding` is none that exists."""
    if encoding is not None:
        with as_usage_error():
            find_encoding(encoding)
