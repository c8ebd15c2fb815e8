"""What the command line calls; dask, fsspec and pyarrow are loaded only here, when it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from extractor.batch.stopping import Stopping
from extractor.batch.tally import Tally
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.records import Record

EXTRA = "a cluster needs more packages: pip install 'extractor[cluster]' ({})"


def run(
    source: str,
    output: str,
    *,
    scheduler: str,
    workers: int | None = None,
    dictionaries: Sequence[Path] = (),
    builtin: bool = True,
    encoding: str | None = None,
    glob: str | None = None,
    keep: Filter | None = None,
    timeout: float | None = None,
    memory: int | None = None,
    force: bool = False,
    part_bytes: int | None = None,
    stopping: Stopping | None = None,
    failure: Callable[[str], None] = lambda line: None,
    notice: Callable[[str], None] = lambda line: None,
    total: Callable[[int], None] = lambda total: None,
    watch: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Extracts the documents of the folder `source` into the folder `output`, both local or URLs, on a Dask cluster.

    scheduler: its address, ``tcp://head:8786``, or ``local`` for `workers` processes of this machine (None: one a core).
    timeout, memory: seconds and bytes that a document may take. force: make parts that are there already.
    part_bytes: of the sources in a part (None: by how much there is); a job that goes on keeps its own.
    stopping: asks for an end (None: Ctrl-C does). failure, notice: get the lines that people should read. total: gets the
    number of inputs, once it is known. watch: gets the numbers so far, after each part.

    Parts that are there, of the same contents and knowledge, are not made again: their documents are `skipped`, their
    failures count. Raises ExtractorError where something cannot be had, or all inputs failed; finished parts stay.
    """
    try:
        from extractor.cluster.equipment import Limits
        from extractor.cluster.job import Job, Watch, run_job
    except ImportError as error:
        raise ExtractorError(EXTRA.format(error)) from None
    job = Job(
        source,
        output,
        tuple(dictionaries),
        builtin,
        encoding,
        glob,
        keep or Filter(),
        Limits(timeout, memory),
        force,
        part_bytes,
    )
    with nullcontext(stopping) if stopping else Stopping() as asked:
        return run_job(job, scheduler, workers, asked, Watch(total, watch, failure, notice))


def records(output: str) -> Iterator[Record]:
    """The records of a finished output, in the order of the sources: the same as a run on one machine writes.

    ExtractorError where there is none, or it is not finished.
    """
    try:
        from extractor.cluster.files import Folder
        from extractor.cluster.manifest import count_parts
        from extractor.cluster.parts import read_records
    except ImportError as error:
        raise ExtractorError(EXTRA.format(error)) from None
    folder = Folder(output)
    yield from read_records(folder, count_parts(folder))
