"""A run that is killed again and again ends in the store that an undisturbed one gives."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from helpers import COMMAND, SMALL, write_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills process groups")

KILLS = 20
ARTICLES = 1_100
SENTENCES = (
    "甲辰收購乙巳。",
    "丙午銀行否認收購丁未汽車。",
    "歐陽子涵出任甲辰董事長。",
    "希塔生技與梅街合作。",
    "甲辰與希塔生技簽署MOU。",
)
# What tells when, not what.
PASSING = {"runs": ("*",), "documents": ("run",)}


@pytest.fixture
def command(tmp_path: Path) -> list[str | Path]:
    """The run, but for the store that it writes."""
    texts = ((first, second) for first in SENTENCES for second in SENTENCES)
    pairs = list(texts)
    lines = [
        json.dumps(
            {"id": f"n{number}", "text": "".join(pairs[number % len(pairs)]), "date": f"2025-01-{number % 28 + 1}"}
        )
        for number in range(ARTICLES)
    ]
    for number in range(40, ARTICLES, 200):
        lines[number] = lines[number][:-1]  # broken
    news = write_folder(tmp_path / "news", {"news.jsonl": "\n".join(lines), "one.txt": "甲辰收購乙巳。"})
    names = write_folder(tmp_path / "names", SMALL)
    return [*COMMAND, "batch", news, "--workers", "2", "--no-builtin", "--dictionary", names, "-o"]


def start(command: list[str | Path], store: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*command, store], stderr=subprocess.DEVNULL, start_new_session=True)


def contents(store: Path) -> dict[str, Any]:
    """All rows of all tables but for the times, and what the full text finds."""
    connection = sqlite3.connect(store)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        schema = (
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'"
        )
        found: dict[str, Any] = {}
        for (table,) in connection.execute(schema).fetchall():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = [column for column in columns if column not in PASSING.get(table, ())]
            if PASSING.get(table) != ("*",):
                found[table] = sorted(
                    connection.execute(f"SELECT {', '.join(map(repr_, kept))} FROM {table}"), key=repr
                )
        found["schema"] = sorted(connection.execute("SELECT type, name FROM sqlite_schema"))
        for table in ("documents_fts", "triples_fts"):
            query = f"SELECT rowid FROM {table} WHERE {table} MATCH '\"甲 辰\"' ORDER BY rowid"
            found[table] = connection.execute(query).fetchall()
        return found
    finally:
        connection.close()


def repr_(column: str) -> str:
    return f'"{column}"'


def written(store: Path) -> int:
    """How many documents a store has, whatever state a kill has left it in."""
    if not store.exists():
        return 0
    connection = sqlite3.connect(store)
    try:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'documents'").fetchone():
            return 0
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    finally:
        connection.close()


def test_kills_at_any_moment_lose_and_double_nothing(command: list[str | Path], tmp_path: Path) -> None:
    began = time.monotonic()
    assert start(command, tmp_path / "undisturbed.db").wait() == 3
    takes = time.monotonic() - began
    expected = contents(tmp_path / "undisturbed.db")
    assert len(expected["documents"]) == ARTICLES + 1
    assert all(expected[table] for table in ("triples", "evidence", "mentions", "documents_fts", "triples_fts"))

    moments, kills, number, left = Random(5), 0, 0, set()
    while kills < KILLS:
        # A run that gets through before its moment begins anew, with an empty store.
        store = tmp_path / f"killed{number}.db"
        process = start(command, store)
        try:
            status = process.wait(timeout=moments.uniform(0.1, 1.0) * takes)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
            left.add(written(store))
            continue
        assert status == 3
        assert contents(store) == expected
        number += 1
    assert start(command, store).wait() == 3
    assert contents(store) == expected
    # Some of the kills came when something was written.
    assert max(left) > 0
