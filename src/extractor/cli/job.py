"""A batch run as the command line makes it: from the options to the numbers, with what is told meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extractor.cli.console import complain, on_terminal, say
from extractor.cli.run import Few, check_relations, inputs, load_extractor
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.knowledge.folders import user_folders

if TYPE_CHECKING:
    from extractor.batch.sinks import Sink
    from extractor.batch.tally import Tally

T = TypeVar("T")

TIMEOUT = 60.0  # seconds; a page of a newspaper takes some hundredths of one
TOLD = 20  # failures, and notices, that are told in full


@dataclass(frozen=True, slots=True)
class Job:
    """What is read, with which knowledge, and how. timeout: seconds for a document; memory: bytes for a worker."""

    source: str
    output: Path
    dictionaries: Sequence[Path] = ()
    builtin: bool = True
    encoding: str | None = None
    glob: str | None = None
    workers: int = 1
    timeout: float | None = TIMEOUT
    memory: int | None = None
    quiet: bool = False

    def prepare(self, keep: Filter | None = None) -> str:
        """Makes ready what the worker processes open; gives the hash of the knowledge.

        KnowledgeError where that is wrong, ExtractorError where there is nothing at `source`, a UsageError where `keep`
        asks for a relation that there is none of.
        """
        from extractor.knowledge.compiled import knowledge_key

        if self.source != "-" and not os.path.lexists(self.source):
            raise ExtractorError(next(iter(inputs([self.source]))).message)  # type: ignore[union-attr]
        extractor = load_extractor(self.dictionaries, self.builtin)
        check_relations(keep or Filter(), extractor)
        return knowledge_key(self.folders, self.builtin)

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(folder.path for folder in user_folders(self.dictionaries))

    def run(self, sink: Sink[T], knowledge: str) -> Tally:
        """Reads, extracts and writes, until all is done or an end is asked for."""
        from extractor.batch.progress import count_ahead, progress
        from extractor.batch.run import Recipe, run
        from extractor.batch.stopping import Stopping
        from extractor.batch.workers import Pool

        quietly: Callable[[str], None] = (lambda line: None) if self.quiet else say
        failures, notices = Few(complain, TOLD), Few(quietly, TOLD)
        items = inputs([self.source], self.encoding, self.output, notices, self.glob)
        recipe = Recipe(self.folders, self.builtin, knowledge, sink.render)
        with (
            Stopping(lambda: quietly("stopping: what is in hand is finished; Ctrl-C again ends at once")) as stopping,
            progress(quietly, on_terminal(sys.stderr) and not self.quiet, count_ahead(self.source, self.glob)) as watch,
            Pool(recipe, self.workers, self.timeout, self.memory) as pool,
        ):
            tally = run(items, pool, sink, stopping, failures, watch)
        if notices.more:
            quietly(f"{notices.more} more such notices")
        if failures.more:
            complain(f"{failures.more} more failures")
        return tally


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
