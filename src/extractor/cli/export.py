"""`extractor export`: what a store holds, or what is wanted of it, in every other form."""

from __future__ import annotations

import os
import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from extractor.choices import nearest
from extractor.cli.console import OK, UsageError, as_usage_error, choose, say
from extractor.cli.extract import ENDINGS, pick_format
from extractor.cli.options import (
    Entities,
    Excel,
    Lang,
    Modalities,
    NoInferred,
    Relations,
    Types,
    make_filter,
)
from extractor.cli.run import open_output
from extractor.errors import ExtractorError
from extractor.writers import FORMATS, LANGUAGES, Writer, open_writer

if TYPE_CHECKING:
    from extractor.store import Selection, StoreReader

STORE, PARQUET = ".db", ".parquet"

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_SHOWN = 5  # ids in a notice


def export_command(
    store: Annotated[Path, typer.Argument(metavar="STORE.db", help="A store that `batch` wrote.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help=f"Write to this file: {', '.join(ENDINGS)}, {PARQUET}; or add to this store: {STORE}. Default: stdout.",
        ),
    ] = None,
    format_: Annotated[
        str | None, typer.Option("--format", "-f", help=f"One of {', '.join(FORMATS)}. Default: by the ending.")
    ] = None,
    lang: Lang = "en",
    entities: Entities = False,
    relation: Relations = None,
    type_: Types = None,
    modality: Modalities = None,
    entity: Annotated[
        list[str] | None,
        typer.Option("--entity", help="Only triples with this at an end: an id or a name; may be repeated."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Only documents from this day on: 2025-11-06, 2025-11 or 2025.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Only documents up to this day, or the end of this month or year.")
    ] = None,
    match: Annotated[
        str | None, typer.Option("--match", help="Only documents whose title and text have all these words.")
    ] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", help="Only triples whose evidence has all these words.")
    ] = None,
    no_inferred: NoInferred = False,
    excel: Excel = False,
) -> int:
    """Write what a store holds into a file of any form.

    Documents in which the filters leave nothing are left out; with --since or --until those without a date, too.
    """
    from extractor.store import Selection  # it imports sqlite3, which nothing else needs

    choose("language", lang, LANGUAGES)
    target = None if output == Path("-") else output
    form = pick_form(format_, target, excel=excel, entities=entities)
    keep = make_filter(relation, type_, modality, no_inferred, entities)
    with as_usage_error():
        first, last = _day("--since", since, last=False), _day("--until", until, last=True)
        keep = replace(keep, entities=frozenset(entity or ()), since=first, until=last)
        wanted = Selection(keep, match, evidence)
    return export(store, wanted, form=form, output=target, lang=lang, excel=excel)


def export(store: Path, wanted: Selection, *, form: str, output: Path | None, lang: str, excel: bool) -> int:
    """Writes what is wanted of a store to `output` (None: stdout) in a `form` of `pick_form`; returns the exit status.

    A store as output is added to where it is there, and made where not. ExtractorError where a file cannot be used.
    """
    from extractor.store import StoreReader

    with StoreReader(store) as reader:
        _check(reader, wanted)
        if form == STORE:
            assert output is not None  # pick_form has seen to it
            _add(reader, wanted, output)
            return OK
        documents = triples = 0
        with open_output(output) as stream:
            writer = _writer(form, stream, lang=lang, excel=excel, entities=wanted.keep.entities_only)
            for record in reader.records(wanted):
                writer.write(record)
                documents += 1
                triples += len(record.triples)
            writer.close()
    if output is not None:
        counted = "" if wanted.keep.entities_only else f", triples {triples}"
        say(f"{output}: documents {documents}{counted}")
    return OK


def pick_form(wanted: str | None, output: Path | None, *, excel: bool, entities: bool) -> str:
    """A format of the writers, `.parquet` or `.db`, as it was asked for or follows from the output; or a UsageError."""
    ending = output.suffix.lower() if output is not None else ""
    if wanted is None and ending in (STORE, PARQUET):
        if excel:
            raise UsageError(f"--excel goes with .csv or .tsv, not {ending}")
        if entities and ending == STORE:
            raise UsageError(f"--entities goes with the other endings: a {STORE} always has them")
        return ending
    if wanted is None and output is not None and ending not in ENDINGS:
        endings = ", ".join((*ENDINGS, PARQUET, STORE))
        raise UsageError(f"{output}: the ending decides the format; use one of {endings}, or give --format")
    return pick_format(wanted, output, excel)


def _check(reader: StoreReader, wanted: Selection) -> None:
    """A UsageError for a relation that there is none of; notices about what cannot be found."""
    from extractor.text.folding import fold

    keep = wanted.keep
    stated = reader.relations()
    if not set(stated).issuperset(keep.relations):
        # One that no document states is no mistake.
        from extractor.knowledge.compiled import load_knowledge
        from extractor.knowledge.folders import user_folders

        known = load_knowledge([folder.path for folder in user_folders(())]).rules.relations
        for relation in sorted(keep.relations):
            choose("relation", relation, dict.fromkeys((*stated, *known)))
    for name in sorted(keep.entities):
        there = {fold(form): form for form in reader.names_like(name)}
        if fold(name) not in there:
            hint = " or ".join(there[key] for key in nearest(fold(name), there))
            say(f"warning: {reader.path}: no {name} in it{f'; did you mean {hint}?' if hint else ''}")
    if (keep.since or keep.until) and (undated := reader.undated()):
        say(f"{reader.path}: documents without a date, left out: {undated}")
    if (wanted.match or wanted.evidence) and (unindexed := reader.unindexed()):
        say(
            f"warning: {reader.path}: documents whose words cannot be found yet: {unindexed}; "
            "the run has not ended: start it again, or wait"
        )


def _writer(form: str, stream: TextIO, *, lang: str, excel: bool, entities: bool) -> Writer:
    if form == PARQUET:
        from extractor.writers.parquet_ import ParquetWriter

        return ParquetWriter(stream.buffer, lang=lang, entities=entities)
    return open_writer(form, stream, lang=lang, excel=excel, entities=entities)


def _add(reader: StoreReader, wanted: Selection, output: Path) -> None:
    from extractor.store import Store, merge

    with _whole(output) as path, Store(path) as target:
        both = merge(reader, target, wanted)
    if both:
        ids = ", ".join(both[:_SHOWN]) + (", …" if len(both) > _SHOWN else "")
        say(f"{output}: documents that both stores had and not alike, the later run's kept: {len(both)} ({ids})")


@contextmanager
def _whole(output: Path) -> Iterator[Path]:
    """Where to write a store: a new one appears whole when the block ends, or not at all."""
    if output.exists():
        yield output
        return
    if not output.parent.is_dir():
        raise ExtractorError(f"{output}: its folder {output.parent} does not exist; make it first")
    draft = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(output)
    except ExtractorError as error:
        raise ExtractorError(str(error).replace(str(draft), str(output))) from error
    finally:
        for left in ("", "-wal", "-shm"):
            draft.with_name(draft.name + left).unlink(missing_ok=True)


def _day(option: str, given: str | None, *, last: bool) -> date | None:
    """The first or the last day of what was given: a day, a month or a year."""
    if given is None:
        return None
    try:
        match = _DATE.fullmatch(given.strip())
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise ExtractorError(f"{option}: {given!r} is no date; write it as 2025-11-06, 2025-11 or 2025") from None
