"""`extractor extract`: the triples, or the entities, of files, folders and standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import ERROR, USAGE, UsageError, as_usage_error, choose, on_terminal, say
from extractor.cli.options import Dictionaries, Encoding, Lang, NoBuiltin, check_encoding
from extractor.cli.run import inputs, load_extractor, open_output, write_records
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.records import ENTITY_TYPES, MODALITIES
from extractor.writers import FORMATS, LANGUAGES, open_writer

# The endings of an output file; a table is for people and has none.
ENDINGS = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".tsv": "tsv", ".txt": "triples"}
SPREADSHEETS = ("csv", "tsv")


def extract_command(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", show_default=False, help="Files and folders; `-` or nothing on a pipe: stdin."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", help=f"One of {', '.join(FORMATS)}. Default: table on a terminal, else triples."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file; its ending decides the format.")
    ] = None,
    lang: Lang = "en",
    dictionary: Dictionaries = None,
    no_builtin: NoBuiltin = False,
    encoding: Encoding = None,
    entities: Annotated[
        bool, typer.Option("--entities", help="List the entities with their mentions instead.")
    ] = False,
    relation: Annotated[
        list[str] | None, typer.Option("--relation", help="Only this relation's triples; may be repeated.")
    ] = None,
    type_: Annotated[
        list[str] | None,
        typer.Option("--type", help=f"Only this type: {', '.join(ENTITY_TYPES)}; may be repeated."),
    ] = None,
    modality: Annotated[
        list[str] | None,
        typer.Option("--modality", help=f"Only this modality: {', '.join(MODALITIES)}; may be repeated."),
    ] = None,
    no_inferred: Annotated[bool, typer.Option("--no-inferred", help="Leave out the inferred triples.")] = False,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV with a BOM and without cells that a spreadsheet would run.")
    ] = False,
) -> int:
    """Print the relation triples of articles."""
    if not paths and on_terminal(sys.stdin):
        say(ctx.find_root().get_help())
        return USAGE
    choose("language", lang, LANGUAGES)
    check_encoding(encoding)
    target = None if output == Path("-") else output
    with as_usage_error():
        keep = Filter(
            relations=frozenset(relation or ()),
            types=frozenset(type_ or ()),
            modalities=frozenset(modality or ()),
            inferred=not no_inferred,
            entities_only=entities,
        )
    return extract(
        paths or [],
        keep,
        format_=pick_format(format_, target, excel),
        output=target,
        lang=lang,
        dictionaries=dictionary or [],
        builtin=not no_builtin,
        encoding=encoding,
        excel=excel,
    )


def extract(
    paths: Sequence[str],
    keep: Filter,
    *,
    format_: str,
    output: Path | None,
    lang: str,
    dictionaries: Sequence[Path],
    builtin: bool,
    encoding: str | None,
    excel: bool,
) -> int:
    """Writes the records of `paths` to `output` (None: stdout); returns the exit status.

    Raises KnowledgeError before any document is read, and ExtractorError, `output` left as it was, when every
    input failed.
    """
    extractor = load_extractor(dictionaries, builtin)
    for relation in keep.relations:
        choose("relation", relation, extractor.rules.relations)
    with open_output(output) as stream:
        writer = open_writer(format_, stream, lang=lang, excel=excel, entities=keep.entities_only)
        tally = write_records(extractor, inputs(paths, encoding, output), keep, writer)
        if output is not None and tally.status == ERROR:
            raise ExtractorError(f"{output}: not written, because every input failed")
    return tally.status


def pick_format(wanted: str | None, output: Path | None, excel: bool) -> str:
    """The format that was asked for, or that follows from the output; a usage error when there is none such."""
    if wanted is not None:
        choose("format", wanted, FORMATS)
        if excel and wanted not in SPREADSHEETS:
            raise UsageError(f"--excel goes with {' or '.join(SPREADSHEETS)}, not {wanted}")
        return wanted
    if output is not None:
        ending = output.suffix.lower()
        if ending not in ENDINGS:
            raise UsageError(
                f"{output}: the ending decides the format; use one of {', '.join(ENDINGS)}, or give --format"
            )
        return pick_format(ENDINGS[ending], output, excel)
    if excel:
        return "csv"
    return "table" if on_terminal(sys.stdout) else "triples"
