"""What runs give, written to the store as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from extractor.outcomes import Outcome
from extractor.records import Document
from extractor.store.reading import StoreReader


class Store(StoreReader):
    """A store that is written; made where there is none. The order of a run:

        with Store(path) as store:
            store.begin(program, knowledge, inputs)
            for each document: if not store.is_done(document): extract it
            store.write(outcomes)          # some hundred at a time, in the order of the inputs
            gone = store.gone()            # only after a run that saw all its inputs
            store.prune(gone)              # if it was asked for
            store.finish()

    A process that is killed leaves all that `write` has returned from, and nothing by halves; the next run goes on.
    """

    def begin(self, program: str, knowledge: str, inputs: Sequence[str] = ()) -> None:
        """Starts a run by a `program` (its version) with a `knowledge` (its hash) over `inputs` (the paths as given).

        A run of the same three that never finished is gone on with: what it did counts as done by one run.
        """
        raise NotImplementedError

    def is_done(self, document: Document) -> bool:
        """Whether a document of this id, content and date is here, extracted with the run's knowledge; it counts as seen."""
        raise NotImplementedError

    def write(self, outcomes: Iterable[Outcome]) -> None:
        """Puts outcomes into the store, all or none (one transaction); one that is there by its id is replaced.

        Keys are given in this order. `Outcome.id` must be unique in a run.
        """
        raise NotImplementedError

    def gone(self) -> list[str]:
        """The ids of the documents from the run's inputs (by their source) that the run did not see.

        Those of a file or a folder that could not be read in this run are not among them.
        """
        raise NotImplementedError

    def prune(self, ids: Iterable[str]) -> None:
        """Removes documents with all that they gave."""
        raise NotImplementedError

    def finish(self, complete: bool = True) -> None:
        """Ends the run: makes or completes the indexes and the full text, counts, and forgets what nothing points to.

        complete: the run saw all its inputs. False after an interruption: the next begin of the same run goes on with it.
        An input that could not be read and was not met again in a complete run is forgotten: it can be read now, or is gone.
        """
        raise NotImplementedError

    def merge(self, other: StoreReader) -> list[str]:
        """Adds what another store has; gives the ids that were in both and differ: there the later run's stays."""
        raise NotImplementedError
