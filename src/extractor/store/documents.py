"""The rows of the documents: put in, replaced, taken out; each inside a transaction of the caller's."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from extractor.outcomes import Outcome, digest
from extractor.store import fulltext
from extractor.store.rows import Keys, delete_record, insert_record, next_key
from extractor.text.decoding import mend_surrogates


class State(NamedTuple):
    """What is known of a document that is there. `knowledge`, `started`: of the run that did it."""

    key: int
    source: str | None
    digest: str | None
    status: str
    failure: str | None
    knowledge: str
    started: str


class Documents:
    """Writes documents with all that belongs to them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.keys = Keys(connection)

    def state(self, id_: str) -> State | None:
        """What is known of the document with this id; None where it is not there."""
        found = self._connection.execute(
            "SELECT documents.key, source, digest, status, failure, knowledge, started "
            "FROM documents JOIN runs ON runs.key = run WHERE id = ?",
            (id_,),
        ).fetchone()
        return State(*found) if found else None

    def put(self, outcome: Outcome, run: int) -> int:
        """Writes an outcome of a run, in the place of what is there by its id; gives the key of the document."""
        record, document = outcome.record, outcome.document
        what = record or document
        row = (
            record.source if record else outcome.source,
            what.title if what else None,
            what.date if what else None,
            digest(document) if document else None,
            "done" if record else "failed",
            outcome.kind,
            outcome.error if outcome.error is None else mend_surrogates(outcome.error),
            run,
        )
        key = self._free_key(outcome.id, row)
        if document:
            self._connection.execute("INSERT INTO texts VALUES (?, ?)", (key, document.text))
            self._connection.execute("INSERT INTO unindexed VALUES (?)", (key,))
        if record:
            insert_record(self._connection, key, record, self.keys)
        return key

    def remove(self, key: int) -> None:
        """Takes a document out, with all that it gave."""
        self._empty(key)
        self._connection.execute("DELETE FROM documents WHERE key = ?", (key,))

    def _free_key(self, id_: str, row: tuple[str | int | None, ...]) -> int:
        found = self._connection.execute("SELECT key FROM documents WHERE id = ?", (id_,)).fetchone()
        if not found:
            key = next_key(self._connection, "documents")
            self._connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (key, id_, *row))
            return key
        key = int(found[0])
        self._empty(key)
        self._connection.execute(
            "UPDATE documents SET (source, title, date, digest, status, failure, error, run) = (?, ?, ?, ?, ?, ?, ?, ?) "
            "WHERE key = ?",
            (*row, key),
        )
        return key

    def _empty(self, key: int) -> None:
        fulltext.remove(self._connection, key)
        delete_record(self._connection, key)
