"""Opening the file of a store, and what can be wrong with it, in one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from extractor.errors import ExtractorError

APPLICATION = 1702392946  # "extr": what tells a store from another program's SQLite file
VERSION = 1  # of the schema

_HEADER = b"SQLite format 3\0"
_WAIT = 60  # seconds for another run's transaction to end
# Tables are written once and in order: large pages hold an article each and make a shallow tree.
_PAGE = 8192  # bytes
_CACHE = 16  # MiB

_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space and run the command again",
    sqlite3.SQLITE_IOERR: "the disk failed, or is full; run the command again when that is mended",
    sqlite3.SQLITE_READONLY: "cannot be written: the file or its folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check that its folder exists and that you may write there",
    sqlite3.SQLITE_BUSY: "another program is writing to it; run the command again when that has ended",
    sqlite3.SQLITE_NOTADB: "is no store: not a SQLite file",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore a copy, or make it anew with `extractor batch`",
}


class Opened:
    """What has a connection to the file of a store; a context manager that closes it."""

    _connection: sqlite3.Connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns the errors of a disk, of a file or of another program into an ExtractorError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        reason = _REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the low byte: the kind, not its variety
        if reason is None:
            raise
        raise ExtractorError(f"{path}: {reason}") from error


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The store at `path`, made where there is nothing; outside of any transaction."""
    _refuse_folder(path)
    with explained(path):
        connection = _connect(path, "rwc")
        try:
            if not _is_new(connection):
                _check(connection, path)
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            # A write-ahead log: readers go on while a run writes, and a killed process leaves whole transactions.
            # NORMAL: a loss of power may cost the last of them, never the file.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = {-_CACHE * 1024}")
            if _is_new(connection):
                connection.executescript(read_script("schema"))
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """The store at `path`, in a transaction that reads: all that is asked is of one moment."""
    _refuse_folder(path)
    if not path.exists():
        raise ExtractorError(f"{path}: no such store; `extractor batch FOLDER -o {path}` makes one")
    with explained(path):
        try:
            # Not "ro": the last one to close the file takes the log's files away, which such a connection may not.
            return _snapshot(path, "rw")
        except sqlite3.OperationalError:
            # A folder without the right to write has no place for the log's index, and needs none where no log is.
            if _size(path.with_name(f"{path.name}-wal")):
                raise
            return _snapshot(path, "ro&immutable=1")


def read_script(name: str) -> str:
    """The text of one of the package's SQL files."""
    return Path(__file__).with_name(f"{name}.sql").read_text("utf-8")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that the block writes, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite ends it by itself on a full disk
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # isolation_level None: transactions begin and end where the code says so.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT, isolation_level=None)


def _snapshot(path: Path, mode: str) -> sqlite3.Connection:
    connection = _connect(path, mode)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        what = "an empty file" if not _size(path) else "a SQLite file of another program"
        raise ExtractorError(f"{path}: is no store: {what}")
    if version != VERSION:
        who = "a newer version of extractor; update this one" if version > VERSION else "an older version of extractor"
        raise ExtractorError(f"{path}: is a store of {who} (its form is {version}, this version reads {VERSION})")


def _is_new(connection: sqlite3.Connection) -> bool:
    """Whether nothing is there yet: no file, an empty one, or one whose first transaction was cut off."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return not application and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise ExtractorError(f"{path}: is a folder; give a file that ends in .db")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
