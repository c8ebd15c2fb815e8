"""`extractor batch`: articles into a store or into one file, on all cores."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from extractor import __version__
from extractor.cli.cluster import check_cluster, into_parts
from extractor.cli.console import INTERRUPTED, UsageError, complain, say
from extractor.cli.job import TIMEOUT, TOLD, Job, cores
from extractor.cli.options import (
    Dictionaries,
    Encoding,
    Entities,
    Excel,
    Modalities,
    NoBuiltin,
    NoInferred,
    Relations,
    Types,
    check_encoding,
    make_filter,
)
from extractor.cli.run import open_output, status
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.writers import Writer, open_writer

if TYPE_CHECKING:
    from extractor.batch.sinks import Sink

T = TypeVar("T")

STORE, PARQUET = ".db", ".parquet"
ENDINGS = (STORE, ".jsonl", ".json", ".csv", ".tsv", PARQUET)
SPREADSHEETS = (".csv", ".tsv")
LONG = 20_000  # documents; the end of a run over more takes long enough to be told


def batch_command(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER",
            help="A folder with articles (.txt, .md, .html, .jsonl, .csv), a file, or `-` for stdin.",
            show_default=False,
        ),
    ],
    target: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help=f"The file to write: {', '.join(ENDINGS)}. A {STORE} alone can be gone on with after an interruption; "
            "the others are written whole at the end.",
            show_default=False,
        ),
    ],
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            help="On a Dask cluster: its address, tcp://…, or `local`. FOLDER and --output may be URLs (s3://…); the output "
            "is a folder of Parquet files, and can be gone on with.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Worker processes. Default: one a core.", show_default=False)
    ] = None,
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0, metavar="SECONDS", help="What a document may take; 0: as long as it likes."),
    ] = TIMEOUT,
    memory: Annotated[
        int | None,
        typer.Option(
            "--memory", min=1, metavar="MEGABYTES", help="What a worker process may take.", show_default=False
        ),
    ] = None,
    glob: Annotated[
        str | None,
        typer.Option("--glob", help="Only these files of the folder: '*.txt', '2025/**'.", show_default=False),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help=f"Do again what the {STORE} has already, with the same dictionaries and rules."),
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help=f"Remove from the {STORE} the documents that are gone from the folder.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell failures alone.")] = False,
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
    """Write the triples of a folder of articles into a store (.db) or into one file.

    A run into a .db that was interrupted, even killed, goes on where it was when it is started again. Each document has
    an outcome of its own, also where two have the same text.
    """
    keep = make_filter(relation, type_, modality, no_inferred, entities)
    if memory is not None and sys.platform == "win32":
        raise UsageError("--memory: this system knows no such limit")
    check_encoding(encoding)
    if scheduler is not None:
        check_cluster(scheduler, folder, target, ENDINGS, workers)
        if prune or excel or entities:
            raise UsageError("--prune, --excel and --entities do not go with --scheduler")
        return into_parts(
            folder,
            target,
            scheduler,
            workers=workers,
            dictionaries=dictionary or [],
            builtin=not no_builtin,
            encoding=encoding,
            glob=glob,
            keep=keep,
            timeout=timeout or None,
            memory=memory << 20 if memory else None,
            force=force,
            quiet=quiet,
        )
    output = Path(target)
    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"{output}: its ending names no format; use one of {', '.join(ENDINGS)}")
    if excel and ending not in SPREADSHEETS:
        raise UsageError(f"--excel goes with {' or '.join(SPREADSHEETS)}, not {ending}")
    if ending == STORE and (relation or type_ or modality or no_inferred or entities):
        raise UsageError(f"a {STORE} holds everything that is found; filters go with `extractor export {output} -o …`")
    if ending != STORE and (force or prune):
        raise UsageError(f"--force and --prune go with a {STORE}; {ending} is written anew each time")
    if prune and glob is not None:
        raise UsageError("--prune goes with the whole folder, not with --glob, which leaves files of it out")
    job = Job(
        source=folder,
        output=output,
        dictionaries=dictionary or [],
        builtin=not no_builtin,
        encoding=encoding,
        glob=glob,
        workers=workers or cores(),
        timeout=timeout or None,
        memory=memory << 20 if memory else None,
        quiet=quiet,
    )
    if ending == STORE:
        return into_store(job, force=force, prune=prune)
    return into_file(job, keep, excel=excel)


def into_store(job: Job, *, force: bool, prune: bool) -> int:
    """Puts what every input gives into the store; returns the exit status.

    force: also what it has already. prune: what it has and the source has no more is removed.
    """
    from extractor.batch.sinks import StoreSink
    from extractor.store import Store

    output, tell = job.output, (lambda line: None) if job.quiet else say
    knowledge = job.prepare()
    with Store(output) as store:
        store.begin(__version__, knowledge, [job.source])
        tally = job.run(StoreSink(store, force), knowledge)
        if tally.failed > TOLD:
            complain(f"all of them: sqlite3 {output} \"SELECT error FROM documents WHERE status = 'failed'\"")
        if tally.interrupted:
            say(f"{output}: interrupted; {tally}; the same command goes on from here")
            return INTERRUPTED
        if tally.seen > LONG:
            tell(f"{output}: indexes and full text are made")
        gone = store.gone() if job.glob is None else []
        if prune:
            store.prune(gone)
        store.finish()
    if gone:
        what = "removed" if prune else "still in it; --prune removes them"
        tell(f"{output}: documents that are gone from {job.source}: {len(gone)}, {what}")
    tell(f"{output}: {tally}")
    return status(tally)


def into_file(job: Job, keep: Filter, *, excel: bool) -> int:
    """Writes the records to the file, the format by its ending; returns the exit status.

    Raises ExtractorError, the file left as it was, where every input failed.
    """
    knowledge = job.prepare(keep)
    with _open_sink(job.output, keep, excel) as sink:
        tally = job.run(sink, knowledge)
        if tally.interrupted:
            say(f"{job.output}: interrupted; not written, since it is written whole; a {STORE} could be gone on with")
            raise KeyboardInterrupt
        if tally.nothing_done:
            raise ExtractorError(f"{job.output}: not written, because every input failed")
    if not job.quiet:
        say(f"{job.output}: {tally}")
    return status(tally)


@contextmanager
def _open_sink(output: Path, keep: Filter, excel: bool) -> Iterator[Sink[Any]]:
    """A sink for a file, which appears whole when the block ends and not at all when it raises."""
    from extractor.batch.sinks import TEXTS, RecordSink, Rendered, TextSink

    format_ = output.suffix.lower()[1:]
    with open_output(output) as stream:
        if format_ in TEXTS:
            yield TextSink(stream, Rendered(format_, keep, excel))
            return
        if output.suffix.lower() == PARQUET:
            from extractor.writers.parquet_ import ParquetWriter

            writer: Writer = ParquetWriter(stream.buffer, entities=keep.entities_only)
        else:
            writer = open_writer(format_, stream, entities=keep.entities_only)
        yield RecordSink(writer, keep)
        writer.close()
