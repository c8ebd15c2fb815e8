"""`extractor batch`: a folder of articles into one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import ERROR, UsageError, say
from extractor.cli.options import Dictionaries, Encoding, NoBuiltin, check_encoding
from extractor.cli.run import inputs, load_extractor, open_output, write_records
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.writers import open_writer

ENDINGS = (".csv", ".tsv", ".json", ".jsonl")
PLANNED = (".db", ".parquet")


def batch_command(
    folder: Annotated[
        str,
        typer.Argument(metavar="FOLDER", help="A folder with .txt, .md, .jsonl and .csv files.", show_default=False),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help=f"The file to write: {', '.join(ENDINGS)}.", show_default=False)
    ],
    dictionary: Dictionaries = None,
    no_builtin: NoBuiltin = False,
    encoding: Encoding = None,
) -> int:
    """Write the triples of a folder of articles into one file."""
    ending = output.suffix.lower()
    if ending not in ENDINGS:
        what = f"{ending} is not there yet" if ending in PLANNED else "its ending names no format"
        raise UsageError(f"{output}: {what}; use one of {', '.join(ENDINGS)}")
    check_encoding(encoding)
    return batch(folder, output, dictionaries=dictionary or [], builtin=not no_builtin, encoding=encoding)


def batch(folder: str, output: Path, *, dictionaries: Sequence[Path], builtin: bool, encoding: str | None) -> int:
    """Writes the records of `folder` to `output`, the format by its ending; returns the exit status.

    Raises KnowledgeError before any document is read, and ExtractorError, `output` left as it was, when every
    input failed.
    """
    extractor = load_extractor(dictionaries, builtin)
    with open_output(output) as stream:
        writer = open_writer(output.suffix.lower()[1:], stream, lang="en", excel=False, entities=False)
        tally = write_records(extractor, inputs([folder], encoding, output), Filter(), writer)
        if tally.status == ERROR:
            raise ExtractorError(f"{output}: not written, because every input failed")
    say(f"{output}: documents {tally.documents}, triples {tally.triples}, failed {tally.failed}")
    return tally.status
