"""`extractor batch --scheduler`: the same on a Dask cluster, into a folder of Parquet files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from extractor.cli.console import INTERRUPTED, UsageError, complain, on_terminal, say
from extractor.cli.job import TOLD
from extractor.cli.run import Few, check_relations, load_extractor, status
from extractor.filters import Filter
from extractor.knowledge.folders import user_folders

LOCAL = "local"


def check_cluster(scheduler: str, source: str, output: str, endings: Sequence[str], workers: int | None) -> None:
    """A UsageError where the options of a run on one machine are given."""
    if source == "-":
        raise UsageError("--scheduler: the workers cannot read this machine's stdin; give a folder or a file")
    if PurePath(output).suffix.lower() in (*endings, ".parquet"):
        raise UsageError(
            f"{output}: with --scheduler the output is a folder, of Parquet files; give one without ending"
        )
    if workers is not None and scheduler != LOCAL:
        raise UsageError(f"--workers goes with --scheduler {LOCAL}; {scheduler} has the workers that have joined it")


def into_parts(
    source: str,
    output: str,
    scheduler: str,
    *,
    workers: int | None,
    dictionaries: Sequence[Path],
    builtin: bool,
    encoding: str | None,
    glob: str | None,
    keep: Filter,
    timeout: float | None,
    memory: int | None,
    force: bool,
    quiet: bool,
) -> int:
    """Writes what the documents of `source` give into parts in the folder `output`; returns the exit status."""
    from extractor.batch.progress import progress
    from extractor.batch.stopping import Stopping
    from extractor.cluster import run

    # What is wrong with the dictionaries is told before anything starts.
    extractor = load_extractor(dictionaries, builtin)
    check_relations(keep, extractor)
    quietly: Callable[[str], None] = (lambda line: None) if quiet else say
    failures, notices, total = Few(complain, TOLD), Few(quietly, TOLD), list[int]()
    with (
        Stopping(lambda: quietly("stopping: the parts in hand are finished; Ctrl-C again ends at once")) as stopping,
        progress(quietly, on_terminal(sys.stderr) and not quiet, lambda: total[0] if total else None) as watch,
    ):
        tally = run(
            source,
            output,
            scheduler=scheduler,
            workers=workers,
            dictionaries=[folder.path for folder in user_folders(dictionaries)],
            builtin=builtin,
            encoding=encoding,
            glob=glob,
            keep=keep,
            timeout=timeout,
            memory=memory,
            force=force,
            stopping=stopping,
            failure=failures,
            notice=notices,
            total=total.append,
            watch=watch,
        )
    if notices.more:
        quietly(f"{notices.more} more such notices")
    if failures.more or tally.failed > failures.told:
        complain(
            f"{tally.failed - failures.told} more failures; the column `error` of {output}/*.documents.parquet has all"
        )
    if tally.interrupted:
        say(f"{output}: interrupted; {tally}; the same command goes on from here")
        return INTERRUPTED
    quietly(f"{output}: {tally}")
    return status(tally)
