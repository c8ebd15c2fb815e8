"""What a worker of the cluster has to work with: the job's dictionaries, and an extractor for each of its threads."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, cast

from distributed import WorkerPlugin, get_worker

from extractor import __version__
from extractor.batch.run import Recipe
from extractor.batch.sinks import Kept
from extractor.batch.workers import Pool
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.knowledge.compiled import knowledge_key
from extractor.knowledge.dictionary import dictionary_files
from extractor.knowledge.rules import rule_files
from extractor.records import Record


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The dictionary folders of a job, as they travel: for each its files, by their paths in it. The built-in one comes
    with the program. `key` is `knowledge_key`."""

    folders: tuple[dict[str, bytes], ...]
    builtin: bool
    key: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may take: seconds, and bytes of memory in all that its process has; None: as much as it wants."""

    timeout: float | None = None
    memory: int | None = None


def pack(folders: Sequence[Path], builtin: bool) -> Knowledge:
    """The folders as they are now."""
    packed = tuple(
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in (*dictionary_files(folder), *rule_files(folder))
        }
        for folder in folders
    )
    return Knowledge(packed, builtin, knowledge_key(folders, builtin))


def unpack(knowledge: Knowledge, place: Path) -> list[Path]:
    """Writes the folders below `place`; gives them in their order."""
    folders = []
    for number, files in enumerate(knowledge.folders):
        folder = place / str(number)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        folders.append(folder)
    return folders


class Equipment(WorkerPlugin):
    """Unpacks a job's knowledge where a worker joins, and keeps its extractors, each in a process of its own.

    There a document that is too slow, or that kills its process, takes neither the worker nor its part with it; and the
    worker, whatever it reads, goes on telling the scheduler that it lives.
    """

    def __init__(self, name: str, knowledge: Knowledge, limits: Limits, keep: Filter) -> None:
        self.name = name
        self._knowledge, self._limits, self._keep = knowledge, limits, keep
        self._version = __version__

    def setup(self, worker: Any) -> None:
        """Raises ExtractorError where the worker's program or its built-in knowledge is not the client's."""
        self._place = Path(tempfile.mkdtemp(prefix="extractor-", dir=worker.local_directory))
        self._idle: SimpleQueue[Pool[Record]] = SimpleQueue()
        # A nanny makes its worker a daemon, which may have no children; ours end when the worker does.
        multiprocessing.current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]
        knowledge, folders = self._knowledge, unpack(self._knowledge, self._place)
        if __version__ != self._version or knowledge_key(folders, knowledge.builtin) != knowledge.key:
            raise ExtractorError(
                f"{worker.address}: the worker has extractor {__version__}, or built-in dictionaries, other than this "
                f"machine's (extractor {self._version}); install the same on all of them"
            )
        self._recipe = Recipe(tuple(folders), knowledge.builtin, knowledge.key, Kept(self._keep))

    def teardown(self, worker: Any) -> None:
        """Ends the processes and removes what was unpacked."""
        while True:
            try:
                self._idle.get_nowait().__exit__()
            except Empty:
                break
        shutil.rmtree(self._place, ignore_errors=True)

    @contextmanager
    def pool(self) -> Iterator[Pool[Record]]:
        """A pool of one process, kept for the next one who asks; one that fails is not."""
        try:
            pool = self._idle.get_nowait()
        except Empty:
            pool = Pool(self._recipe, 1, self._limits.timeout, self._limits.memory)
        try:
            yield pool
        except BaseException:
            pool.__exit__()
            raise
        self._idle.put(pool)


def equipment(name: str) -> Equipment:
    """What the worker that the caller runs in has for the job `name`."""
    return cast(Equipment, get_worker().plugins[name])
