"""The cache: stores written whole or not at all, kept where only this user writes, and left out where nobody can keep them."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import cache
from extractor.cache import KEPT, cache_folder, read, settled_key, source_key, stored


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The cache of these tests."""
    place = tmp_path / "cache"
    monkeypatch.setattr(cache, "user_cache_path", lambda name: place / name)
    yield place / "extractor"


def build(content: bytes = b"one") -> dict[str, bytes]:
    return {"a.txt": content, "b.txt": b""}


def never() -> dict[str, bytes]:
    raise AssertionError("built again")


def test_what_is_stored_is_built_once(folder: Path) -> None:
    first = stored("things", "k", build)
    assert first == folder / "things-k"
    assert stored("things", "k", never) == first
    assert read(first, "a.txt") == b"one"
    assert sorted(p.name for p in folder.iterdir()) == ["things-k"]


def test_another_key_is_another_store(folder: Path) -> None:
    stored("things", "k", build)
    assert read(stored("things", "l", lambda: build(b"two")), "a.txt") == b"two"
    assert read(stored("things", "k", never), "a.txt") == b"one"


@pytest.mark.parametrize("damage", ["cut", "gone", "no sizes", "bad sizes"])
def test_a_damaged_store_is_built_anew(folder: Path, damage: str) -> None:
    place = folder / "things-k"
    stored("things", "k", build)
    if damage == "cut":
        (place / "a.txt").write_bytes(b"on")
    elif damage == "gone":
        (place / "a.txt").unlink()
    elif damage == "no sizes":
        (place / "sizes.json").unlink()
    else:
        (place / "sizes.json").write_text("[1")
    assert read(stored("things", "k", build), "a.txt") == b"one"
    assert json.loads((place / "sizes.json").read_text()) == {"a.txt": 3, "b.txt": 0}


def test_old_stores_of_the_same_kind_go(folder: Path) -> None:
    places = [stored("things", str(number), build) for number in range(KEPT + 3)]
    for number, place in enumerate(places):
        assert isinstance(place, Path)
        os.utime(place, (number, number))
    (folder / ".draft-left").mkdir()
    os.utime(folder / ".draft-left", (0, 0))
    stored("things", "0", never)  # used now: it stays
    stored("others", "k", build)
    stored("things", "last", build)
    left = sorted(p.name for p in folder.iterdir())
    assert left == ["others-k", "things-0", "things-5", "things-6", "things-last"]


def test_stores_of_today_all_stay(folder: Path) -> None:
    for number in range(KEPT + 3):
        stored("things", str(number), build)
    assert len(list(folder.iterdir())) == KEPT + 3


def test_the_folder_is_for_its_owner_alone(folder: Path) -> None:
    assert cache_folder() == folder
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_folder_that_others_write_to_is_not_trusted(folder: Path, mode: int) -> None:
    store = stored("things", "k", build)
    assert isinstance(store, Path)
    folder.chmod(mode)
    assert cache_folder() is None
    assert stored("things", "k", lambda: build(b"own")) == build(b"own")


def test_where_no_folder_can_be_the_bytes_are_given(folder: Path) -> None:
    folder.parent.write_text("a file, where the folder should be")
    assert stored("things", "k", build) == build()


def test_a_write_that_fails_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert stored("things", "k", build) == build()
    assert list(folder.iterdir()) == []


def test_many_at_once_all_get_the_same(folder: Path) -> None:
    found: list[object] = []
    together = threading.Barrier(8)

    def ask() -> None:
        together.wait()
        found.append(stored("things", "k", build))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [folder / "things-k"] * 8
    assert sorted(p.name for p in folder.iterdir()) == ["things-k"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A source file that was last changed long ago."""
    path = tmp_path / "source.csv"
    path.write_text("one")
    return path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an hour later, for the cache: what was written just now is settled."""
    now = time.time_ns
    monkeypatch.setattr(cache.time, "time_ns", lambda: now() + 3600 * 10**9)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ...]]:
    """The files whose contents are hashed, call by call."""
    calls: list[tuple[Path, ...]] = []
    monkeypatch.setattr(
        cache,
        "source_key",
        lambda *paths, **more: (calls.append(paths) if paths else None, source_key(*paths, **more))[1],
    )
    return calls


@pytest.mark.usefixtures("folder", "later")
def test_settled_sources_are_read_once(source: Path, hashed: list[tuple[Path, ...]]) -> None:
    missing = source.parent / "missing.csv"
    keys = {settled_key(source, missing, version=1) for _ in range(3)}
    assert keys == {source_key(source, missing, version=1)}
    assert hashed == [(source, missing)]
    assert settled_key(source, missing, version=2) not in keys


@pytest.mark.usefixtures("folder", "later")
def test_a_source_that_changed_is_read_again(source: Path, hashed: list[tuple[Path, ...]]) -> None:
    first = settled_key(source)
    before = source.stat()
    source.write_text("two")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a tool does that restores times
    assert settled_key(source) not in ("", first)
    source.write_text("one")
    assert settled_key(source) == first
    source.unlink()
    assert settled_key(source) != first
    assert len(hashed) == 4


@pytest.mark.usefixtures("folder")
def test_a_source_of_this_moment_is_read_each_time(source: Path, hashed: list[tuple[Path, ...]]) -> None:
    first = settled_key(source)
    source.write_text("two")
    assert settled_key(source) != first
    assert len(hashed) == 2
