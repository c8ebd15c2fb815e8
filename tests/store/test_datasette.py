"""The store in Datasette, with the queries of docs/datasette.yaml; and these queries by themselves."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

import pytest
from made import ids, one, write

from extractor.store import Selection

METADATA = Path(__file__).parents[2] / "docs" / "datasette.yaml"

TEXTS = {"a": "鴻海與東元簽署MOU。", "b": "三星擬收購日產，鴻海否認。", "c": "Hon Hai：華東，元大證"}
WORDS = [
    "鴻海",
    "鸿海",
    "東元",
    "三星",
    "鴻海 三星",
    "鴻海，三星",
    "hon hai",
    "ＭＯＵ",
    "簽署MOU。",
    "日產鴻海",
    "沒有",
    '"',
    "",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("datasette") / "news.db"
    write(path, [one(id_, text, date=f"2025-11-0{n}") for n, (id_, text) in enumerate(TEXTS.items(), 1)])
    return path


@pytest.fixture(scope="module")
def queries() -> dict[str, str]:
    """The SQL of the queries, read without a YAML library: each stands in a block of its own."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in METADATA.read_text("utf-8").split("queries:\n")[1].splitlines():
        depth = len(line) - len(line.lstrip())
        if depth == 6:
            name = line.strip().removesuffix(":")
        elif depth >= 10:
            found.setdefault(name, []).append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


@pytest.mark.parametrize("words", WORDS)
def test_sql_alone_finds_what_export_finds(store: Path, queries: dict[str, str], words: str) -> None:
    for name, column in (("search", "match"), ("search_triples", "evidence")):
        with closing(sqlite3.connect(store)) as connection:
            found = [row[0] for row in connection.execute(queries[name], {"words": words})]
        expected = ids(store, Selection(**{column: words})) if words.strip('"') else []
        assert sorted(found) == expected


def test_a_network_and_a_relation(store: Path, queries: dict[str, str]) -> None:
    with closing(sqlite3.connect(store)) as connection:
        for name in ("hon-hai", "鴻海", "HON HAI"):
            rows = connection.execute(queries["network"], {"name": name}).fetchall()
            assert [(row[0], row[2], row[4]) for row in rows] == [("Hon Hai", id_, 1) for id_ in TEXTS]
        rows = connection.execute(queries["relation"], {"relation": "mou"}).fetchall()
        assert [row[0] for row in rows] == ["c", "b", "a"]
        assert connection.execute(queries["relation"], {"relation": "sues"}).fetchall() == []


def test_the_readable_view(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM triples_readable").fetchone())
    assert row | {"document": "a", "published": "2025-11-01", "evidence": TEXTS["a"], "modality": "asserted"} == row
    assert [row[name] for name in ("subject", "relation", "object")] == ["Hon Hai", "MOU", "a"]
    assert [row[name] for name in ("subject_zh", "relation_zh", "object_zh")] == ["鴻海", "簽署MOU", "a"]


@pytest.mark.skipif(find_spec("datasette") is None, reason="Datasette is not installed")
@pytest.mark.parametrize(
    ("page", "values", "expected"),
    [
        ("search", {"words": "鴻海"}, ["a", "b"]),
        ("search_triples", {"words": "三星"}, ["b"]),
        ("relation", {"relation": "mou"}, ["c", "b", "a"]),
        ("triples_readable", {"_facet": "relation"}, ["a", "b", "c"]),
    ],
)
def test_datasette_opens_the_store_as_it_is(
    store: Path, page: str, values: dict[str, str], expected: list[str]
) -> None:
    url = f"/news/{page}.json?{urlencode({**values, '_shape': 'array'})}"
    command = [sys.executable, "-W", "ignore", "-m", "datasette", store, "--metadata", METADATA, "--get", url]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert result.returncode == 0, result.stderr
    rows = json.loads(result.stdout)
    assert [row.get("document", row.get("id")) for row in rows] == expected
