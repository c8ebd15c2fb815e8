"""One store added to another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from made import assert_sound, contents, ids, one, read, write

from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.records import Document
from extractor.store import Selection, Store, StoreReader, merge


def add(source: Path, target: Path, wanted: Selection | None = None) -> list[str]:
    with StoreReader(source) as reader, Store(target) as store:
        return merge(reader, store, wanted)


def date_run(path: Path, started: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE runs SET started = ?", (started,))
        connection.commit()


@pytest.mark.parametrize("wanted", [None, Selection(), Selection(Filter(relations=[], types=frozenset(), entities=()))])
def test_a_copy_is_the_same_store(tmp_path: Path, wanted: Selection | None) -> None:
    source, target = tmp_path / "a.db", tmp_path / "b.db"
    write(source, [one("a", "鴻海"), one("x", "壞", kind="slow", error="x: slow"), one("b", "東元")])
    assert add(source, target, wanted) == []
    assert contents(target) == contents(source)
    with StoreReader(source) as first, StoreReader(target) as second:
        assert first.runs() == second.runs()
    with Store(target) as store:
        store.begin("1.0", "k", ["news"])
        assert store.is_done(Document("a", "鴻海"))


def test_adding_twice_adds_nothing(tmp_path: Path) -> None:
    source, target = tmp_path / "a.db", tmp_path / "b.db"
    write(source, [one("a", "鴻海"), one("b", "東元")])
    write(target, [one("c", "三星")])
    assert add(source, target) == []
    once = contents(target)
    assert add(source, target) == []
    assert contents(target) == once
    assert ids(target) == ["c", "a", "b"]
    assert ids(target, Selection(match="鴻海")) == ["a"]
    with StoreReader(target) as reader:
        assert len(reader.runs()) == 2
    assert_sound(target)


@pytest.mark.parametrize(("ours", "theirs", "expected"), [("2025", "2026", "theirs"), ("2026", "2025", "ours")])
def test_the_later_run_wins(tmp_path: Path, ours: str, theirs: str, expected: str) -> None:
    source, target = tmp_path / "a.db", tmp_path / "b.db"
    write(source, [one("a", "theirs"), one("same", "鴻海"), one("b", "東元")])
    write(target, [one("a", "ours"), one("same", "鴻海")])
    date_run(source, f"{theirs}-01-01T00:00:00+00:00")
    date_run(target, f"{ours}-01-01T00:00:00+00:00")
    assert add(source, target) == ["a"]
    assert ids(target) == ["a", "same", "b"]
    assert read(target)[0].triples[0].evidence[0].text == expected
    assert_sound(target)


def test_what_was_filtered_is_done_again(tmp_path: Path) -> None:
    source, target = tmp_path / "a.db", tmp_path / "b.db"
    write(source, [one("a", "鴻海"), one("x", kind="slow", error=""), one("b", "東元")])
    add(source, target, Selection(Filter(entities=["?b"])))
    assert read(target) == [record for record in read(source) if record.id == "b"]
    assert [row[1] for row in contents(target)["documents"]] == ["b"]
    with Store(target) as store:
        store.begin("1.0", "k", ["news"])
        assert not store.is_done(Document("b", "東元"))


def test_a_store_is_not_added_to_itself(tmp_path: Path) -> None:
    path, link = tmp_path / "a.db", tmp_path / "link.db"
    write(path, [one("a")])
    link.symlink_to(path)
    with pytest.raises(ExtractorError, match="cannot be added to itself"):
        add(path, link)
