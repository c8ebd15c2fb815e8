"""`extractor extract`: the triples, or the entities, of files, folders and standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import USAGE, UsageError, choose, on_terminal, say
from extractor.cli.options import (
    Dictionaries,
    Encoding,
    Entities,
    Excel,
    Lang,
    Modalities,
    NoBuiltin,
    NoInferred,
    Relations,
    Types,
    check_encoding,
    make_filter,
)
from extractor.cli.run import check_relations, inputs, load_extractor, open_output, status, write_records
from extractor.errors import ExtractorError
from extractor.filters import Filter
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
    entities: Entities = False,
    relation: Relations = None,
    type_: Types = None,
    modality: Modalities = None,
    no_inferred: NoInferred = False,
    excel: Excel = False,
) -> int:
    """Print the relation triples of articles."""
    if not paths and on_terminal(sys.stdin):
        say(ctx.find_root().get_help())
        return USAGE
    choose("language", lang, LANGUAGES)
    check_encoding(encoding)
    target = None if output == Path("-") else output
    keep = make_filter(relation, type_, modality, no_inferred, entities)
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
    check_relations(keep, extractor)
    with open_output(output) as stream:
        writer = open_writer(format_, stream, lang=lang, excel=excel, entities=keep.entities_only)
        tally = write_records(extractor, inputs(paths, encoding, output), keep, writer)
        if output is not None and tally.nothing_done:
            raise ExtractorError(f"{output}: not written, because every input failed")
    return status(tally)


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
