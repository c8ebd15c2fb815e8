"""The rows of the runs."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import NamedTuple

from extractor.store.rows import next_key


class Run(NamedTuple):
    """One run: the program's version, the hash of its knowledge ("" for a filtered copy), its inputs as a JSON array, when
    it began and ended (ISO 8601, UTC), and how many documents it did and failed to do."""

    program: str
    knowledge: str
    inputs: str
    started: str
    ended: str | None = None
    documents: int | None = None
    failed: int | None = None


def all_runs(connection: sqlite3.Connection) -> dict[int, Run]:
    """The runs by their keys, in order."""
    return {key: Run(*row) for key, *row in connection.execute("SELECT * FROM runs ORDER BY key")}


def continued_run(connection: sqlite3.Connection, run: Run) -> int:
    """The key of the last run, where it was one like this and never ended; otherwise that of this run, added."""
    for key, last in reversed(all_runs(connection).items()):
        if last[:3] == run[:3] and last.ended is None:
            return key
        break
    return _add(connection, run)


def merged_run(connection: sqlite3.Connection, run: Run) -> int:
    """The key of this run, which may be here from an earlier merging; added where it is not."""
    for key, here in all_runs(connection).items():
        if here[:4] == run[:4]:
            return key
    return _add(connection, run)


def end_run(connection: sqlite3.Connection, key: int) -> None:
    """Tells when a run ended, and counts."""
    connection.execute(
        "UPDATE runs SET ended = ?, (documents, failed) = (SELECT count(CASE status WHEN 'done' THEN 1 END), "
        "count(CASE status WHEN 'failed' THEN 1 END) FROM documents WHERE run = runs.key) WHERE key = ?",
        (now(), key),
    )


def now() -> str:
    """The time, as the runs have it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _add(connection: sqlite3.Connection, run: Run) -> int:
    key = next_key(connection, "runs")
    connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (key, *run))
    return key
