"""Full text: words as the index has them, its queries, and its making.

SQLite's tokenizer takes a stretch of Chinese for one word. Here each Chinese character is one, and a name is a phrase of
them, so that 鴻海 is found as any longer name is; but not over a punctuation mark: 華東，元大 has no 東元. Both sides are
folded: 鸿海 finds 鴻海, and `ＡＩ` finds `ai`.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from unicodedata import category

from extractor.errors import ExtractorError
from extractor.store.connection import transaction
from extractor.store.rows import SPAN
from extractor.text.folding import HAN_RANGES, PRIVATE_RANGES, fold

# A word of its own for each punctuation mark: of the kind that the tokenizer takes for letters and no folded text has.
MARK = "\ue000"

_AT_ONCE = 500  # documents in one transaction


class _Table(dict[int, str]):
    """For str.translate: characters folded, a space round every Chinese one, marks as `MARK`; filled as they are met."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        if category(folded)[0] in "PS":
            folded = f" {MARK} "
        elif any(low <= ord(folded) <= high for low, high in HAN_RANGES):
            folded = f" {folded} "
        self[code] = folded
        return folded


@cache
def _table() -> _Table:
    return _Table()


def indexed(text: str | None) -> str:
    """`text` as the index gets it."""
    return text.translate(_table()) if text else ""


def query(words: str) -> str:
    """What to MATCH for texts with all of `words`, which spaces and marks separate; ExtractorError where there is none."""
    phrases = [" ".join(phrase.split()) for word in words.split() for phrase in indexed(word).split(MARK)]
    if not any(phrases):
        raise ExtractorError(f"nothing to search for in {words!r}; give a word or a name")
    return " ".join(f'"{phrase}"' for phrase in phrases if phrase)


@cache
def folded_characters() -> list[tuple[str, str]]:
    """Every character that is folded into another, with that other, in order: for searches in SQL alone."""
    private = {code for low, high in PRIVATE_RANGES for code in range(low, high + 1)}
    characters = "".join(chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000 and code not in private)
    return [pair for pair in zip(characters, fold(characters), strict=True) if pair[0] != pair[1]]


def prepare(connection: sqlite3.Connection) -> None:
    """Sees to it that the index was made of words that are folded as they are now; it forgets all others."""
    if connection.execute("SELECT * FROM folding ORDER BY character").fetchall() == folded_characters():
        return
    with transaction(connection):
        for table in ("documents_fts", "triples_fts"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        connection.execute("INSERT OR IGNORE INTO unindexed SELECT document FROM texts")
        connection.execute("DELETE FROM folding")
        connection.executemany("INSERT INTO folding VALUES (?, ?)", folded_characters())


def complete(connection: sqlite3.Connection) -> None:
    """Indexes the documents that are not yet; some hundred a transaction, so that nothing is lost where it is stopped."""
    while True:
        with transaction(connection):
            waiting = connection.execute("SELECT document FROM unindexed ORDER BY document LIMIT ?", (_AT_ONCE,))
            keys = [key for (key,) in waiting]
            if not keys:
                return
            for key in keys:
                _change(connection, key, "")
            connection.executemany("DELETE FROM unindexed WHERE document = ?", [(key,) for key in keys])


def remove(connection: sqlite3.Connection, document: int) -> None:
    """Takes a document out of the index, while its text and its evidence are still what was indexed."""
    if not connection.execute("SELECT 1 FROM unindexed WHERE document = ?", (document,)).fetchone():
        _change(connection, document, "'delete', ")


def _change(connection: sqlite3.Connection, document: int, command: str) -> None:
    """Adds a document's words, or with FTS5's command 'delete' takes them out: the index itself keeps no text."""
    into = "documents_fts (documents_fts, " if command else "documents_fts ("
    row = connection.execute(
        "SELECT title, text FROM documents JOIN texts ON texts.document = key WHERE key = ?", (document,)
    ).fetchone()
    if row is None:
        return
    connection.execute(
        f"INSERT INTO {into}rowid, title, text) VALUES ({command}?, ?, ?)", (document, *map(indexed, row))
    )
    found: dict[int, list[str]] = {}
    for triple, text in connection.execute(
        "SELECT triple, text FROM evidence WHERE triple BETWEEN ? AND ? ORDER BY triple, position",
        (document * SPAN, document * SPAN + SPAN - 1),
    ):
        found.setdefault(triple, []).append(indexed(text))
    into = into.replace("documents_fts", "triples_fts")
    connection.executemany(
        f"INSERT INTO {into}rowid, evidence) VALUES ({command}?, ?)",
        [(triple, "\n".join(texts)) for triple, texts in found.items()],
    )
