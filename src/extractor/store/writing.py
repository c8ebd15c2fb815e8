"""What runs give, written to the store as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from extractor.outcomes import Outcome, digest
from extractor.records import Document
from extractor.store import fulltext
from extractor.store.connection import Opened, explained, open_for_writing, read_script, transaction
from extractor.store.documents import Documents
from extractor.store.runs import Run, continued_run, end_run, merged_run, now
from extractor.text.decoding import mend_surrogates


class Store(Opened):
    """A store that is written; made where there is none. The order of a run:

        with Store(path) as store:
            store.begin(program, knowledge, inputs)
            for each document: if not store.is_done(document): extract it
            store.write(outcomes)          # some hundred at a time, in the order of the inputs
            gone = store.gone()
            store.prune(gone)              # if it was asked for
            store.finish()

    A process that is killed, or that an exception ends, leaves all that `write` has returned from and nothing by halves;
    the same run, started again, goes on. `gone` and `finish` are for a run that saw all its inputs.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_for_writing(path)
        try:
            with explained(path):
                fulltext.prepare(self._connection)
        except BaseException:
            self.close()
            raise
        self._documents = Documents(self._connection)
        self._version = 0  # another one when another connection has written
        self._run: int | None = None
        self._knowledge = ""
        self._inputs: Sequence[str] = ()
        self._seen = bytearray()  # by a document's key: whether the run met it

    def begin(self, program: str, knowledge: str, inputs: Sequence[str] = ()) -> None:
        """Starts a run by a `program` (its version) with a `knowledge` (its hash) over `inputs` (the paths as given).

        The last run, where it was one of the same three and never finished, is gone on with: what both do is one run's.
        """
        self._knowledge, self._inputs, self._seen = knowledge, [mend_surrogates(path) for path in inputs], bytearray()
        with self._writing():
            run = Run(program, knowledge, json.dumps(self._inputs, ensure_ascii=False), now())
            self._run = continued_run(self._connection, run)

    def is_done(self, document: Document) -> bool:
        """Whether a document of this id and content is here, extracted with the run's knowledge; it counts as seen."""
        with explained(self.path):
            there = self._documents.state(document.id)
            if there is None or there.status != "done" or there.knowledge != self._knowledge:
                return False
            if there.digest != digest(document):
                return False
            if there.source != document.source:
                moved = (document.source, there.key)
                self._connection.execute("UPDATE documents SET source = ? WHERE key = ?", moved)
            self._see(there.key)
            return True

    def write(self, outcomes: Iterable[Outcome]) -> None:
        """Puts outcomes into the store, all or none (one transaction); one that is there by its id is replaced.

        Keys are given in this order. `Outcome.id` must be unique in a run.
        """
        if self._run is None:
            raise RuntimeError("begin() comes before write()")
        with self._writing():
            for outcome in outcomes:
                self._see(self._documents.put(outcome, self._run))

    def merge(self, items: Iterable[tuple[Run, Outcome]]) -> list[str]:
        """Adds outcomes of other runs (one transaction); gives the ids that were there and differ: the later run's stays."""
        both: list[str] = []
        keys: dict[Run, int] = {}
        with self._writing():
            for run, outcome in items:
                there = self._documents.state(outcome.id)
                if there is not None:
                    new = digest(outcome.document) if outcome.document else None
                    if (there.digest, there.failure, there.knowledge) == (new, outcome.kind, run.knowledge):
                        continue
                    both.append(outcome.id)
                    if there.started >= run.started:
                        continue
                if run not in keys:
                    keys[run] = merged_run(self._connection, run)
                self._documents.put(outcome, keys[run])
        return both

    def gone(self) -> list[str]:
        """The ids of the documents and failures from the run's inputs (by their source) that the run did not see.

        Those of a file or a folder that could not be read are not among them, nor is what came from stdin.
        """
        with explained(self.path):
            mended = self._mended()
            unreadable = [source for key, _, source in self._rows("digest IS NULL") if self._was_seen(key)]
            return [
                id_
                for key, id_, source in self._rows("true")
                if not self._was_seen(key)
                and key not in mended
                and _is_under(source, self._inputs)
                and not _is_under(source, unreadable)
            ]

    def prune(self, ids: Iterable[str]) -> None:
        """Removes documents with all that they gave."""
        self._make_indexes()  # without them the check of foreign keys would read all triples for each document
        with self._writing():
            for id_ in ids:
                if there := self._documents.state(id_):
                    self._documents.remove(there.key)

    def finish(self) -> None:
        """Ends the run: makes or completes indexes and full text, forgets what nothing points to, and counts.

        An input that gave no document earlier, and gave one now, is no failure any more.
        """
        self._make_indexes()
        with self._writing():
            for key in self._mended():
                self._documents.remove(key)
        with explained(self.path):
            fulltext.complete(self._connection)
        with self._writing():
            self._forget_orphans()
            if self._run is not None:
                end_run(self._connection, self._run)
        with explained(self.path):
            self._connection.execute("PRAGMA analysis_limit = 1000")
            self._connection.execute("ANALYZE")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction; the keys that are remembered are forgotten when they may be wrong."""
        keys = self._documents.keys
        try:
            with explained(self.path), transaction(self._connection):
                (version,) = self._connection.execute("PRAGMA data_version").fetchone()
                if version != self._version:
                    keys.forget()
                    self._version = version
                yield
        except BaseException:
            keys.forget()
            raise

    def _mended(self) -> set[int]:
        """The keys of earlier failures, not met again, in whose files or folders the run saw documents."""
        failures: dict[str, set[int]] = {}
        for key, _, source in self._rows("digest IS NULL"):
            if source is not None and not self._was_seen(key):
                failures.setdefault(source, set()).add(key)
        mended: set[int] = set()
        for key, _, source in self._rows("digest IS NOT NULL") if failures else ():
            if source is not None and self._was_seen(key):
                for place in (source, *map(str, PurePosixPath(source).parents)):
                    mended |= failures.get(place, set())
        return mended

    def _rows(self, condition: str) -> Iterator[tuple[int, str, str | None]]:
        """Key, id and source of documents."""
        yield from self._connection.execute(f"SELECT key, id, source FROM documents WHERE {condition}")

    def _see(self, key: int) -> None:
        if key >= len(self._seen):
            self._seen.extend(bytes(2 * key + 1024 - len(self._seen)))
        self._seen[key] = 1

    def _was_seen(self, key: int) -> bool:
        return key < len(self._seen) and bool(self._seen[key])

    def _make_indexes(self) -> None:
        """Each in a transaction of its own: what was made stays, and the log does not grow with all of them."""
        with explained(self.path):
            for statement in read_script("indexes").split(";"):
                self._connection.execute(statement)

    def _forget_orphans(self) -> None:
        for table, used in (("entities", "document_entities WHERE entity"), ("relations", "triples WHERE relation")):
            self._connection.execute(f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM {used} = {table}.key)")
        self._documents.keys.forget()


def _is_under(source: str | None, roots: Iterable[str | None]) -> bool:
    """Whether a document's source is one of the files `roots`, or lies in one of the folders; stdin (`-`) is no place."""
    return source not in (None, "-") and any(root and _lies_in(source, root) for root in roots)


def _lies_in(source: str, root: str) -> bool:
    try:
        inside = PurePosixPath(source).relative_to(Path(root).as_posix())
    except ValueError:
        return False
    return inside.parts[:1] != ("..",)
