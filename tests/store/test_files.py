"""What the file of a store may be, and what becomes of it: other files, full disks, read-only places, company, kills."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from made import assert_sound, contents, ids, one, write

from extractor.errors import ExtractorError
from extractor.records import Document
from extractor.store import Selection, Store, StoreReader
from extractor.store.connection import APPLICATION, VERSION


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")


def _version(number: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        write(path, [one("a")])
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {number}")

    return make


def _damaged(path: Path) -> None:
    write(path, [one(str(number), "鴻海" * 500) for number in range(50)])
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)  # all pages but the first
    path.write_bytes(data)


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "is a folder; give a file that ends in .db"),
    "a text": (lambda path: path.write_text("鴻海" * 100, "utf-8"), "is no store: not a SQLite file"),
    "another program's": (_foreign, "is no store: a SQLite file of another program"),
    "newer": (_version(VERSION + 1), "is a store of a newer version of extractor; update this one"),
    "older": (_version(VERSION - 1), "is a store of an older version of extractor"),
    "damaged": (_damaged, "is damaged: restore a copy, or make it anew with `extractor batch`"),
}


def _use(path: Path, reading: bool) -> None:
    if reading:
        with StoreReader(path) as reader:
            list(reader.records())
    else:
        write(path, [one("b")])


@pytest.mark.parametrize("reading", [True, False])
@pytest.mark.parametrize("case", FILES)
def test_no_store_is_one_line(tmp_path: Path, case: str, reading: bool) -> None:
    make, reason = FILES[case]
    path = tmp_path / "a.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ExtractorError) as caught:
        _use(path, reading)
    assert str(caught.value).startswith(f"{path}: {reason}")
    assert "\n" not in str(caught.value)
    assert before is None or path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.parametrize("content", [None, b""])
def test_nothing_is_no_store_to_read_but_a_place_for_one(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExtractorError, match="no such store|an empty file"):
        StoreReader(path)
    assert path.exists() is (content is not None)
    write(path, [one("a")])
    assert ids(path) == ["a"]


@pytest.mark.parametrize("name", ["a?b#c%20.db", "新聞 '\".db", "a;b.db"])
def test_odd_names_of_files(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, [one("a")])
    assert ids(tmp_path / name) == ["a"]
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match="check that its folder exists"):
        Store(tmp_path / "none" / "a.db")


def test_a_store_tells_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    write(path, [one("a")])
    with closing(sqlite3.connect(path)) as connection:
        ask = {
            pragma: connection.execute(f"PRAGMA {pragma}").fetchone()[0]
            for pragma in ("application_id", "user_version", "journal_mode")
        }
    assert ask == {"application_id": APPLICATION, "user_version": VERSION, "journal_mode": "wal"}


@pytest.mark.parametrize("share", [0.3, 0.5, 0.65, 0.75, 0.85, 0.95])
def test_a_store_that_may_not_grow_stays_usable(tmp_path: Path, share: float) -> None:
    """Wherever it stops: in a write, in the indexes, in the full text."""
    path, calm = tmp_path / "a.db", tmp_path / "b.db"
    many = [one(f"{number:03}", f"鴻海與東元{chr(0x4E00 + number)}" * 40) for number in range(300)]
    write(calm, many)
    with closing(sqlite3.connect(calm)) as connection:
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0] * share)
    with Store(path) as store:
        store.begin("1.0", "k", ["news"])
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ExtractorError, match=r"a\.db: the disk is full; free some space"):
            for start in range(0, len(many), 20):
                store.write(many[start : start + 20])
            store.finish()
    assert_sound(path)
    there = ids(path)
    assert there == [outcome.id for outcome in many[: len(there)]]
    with Store(path) as store:
        store.begin("1.0", "k", ["news"])
        store.write(o for o in many if o.document and not store.is_done(o.document))
        store.finish()
    assert contents(path) == contents(calm)


@contextmanager
def _small_disk(folder: Path, size: str) -> Iterator[None]:
    if os.name != "posix" or os.geteuid() or not shutil.which("mount"):
        pytest.skip("a disk of its own needs root")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk(tmp_path: Path) -> None:
    many = [one(f"{number:03}", f"鴻海與東元{chr(0x4E00 + number)}" * 40) for number in range(300)]
    with _small_disk(tmp_path, "600k"):
        path = tmp_path / "a.db"
        with pytest.raises(ExtractorError, match=r"a\.db: the disk (is full|failed, or is full); "):
            write(path, *(many[start : start + 20] for start in range(0, len(many), 20)))
        there = ids(path)
        assert there == [outcome.id for outcome in many[: len(there)]]
        assert_sound(path)


@pytest.mark.parametrize("wal", [True, False])
def test_a_read_only_disk(tmp_path: Path, wal: bool) -> None:
    with _small_disk(tmp_path, "4m"):
        path = tmp_path / "a.db"
        write(path, [one("a", "鴻海")])
        if not wal:
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
        subprocess.run(["mount", "-o", "remount,ro", tmp_path], check=True)
        assert ids(path, Selection(match="鴻海")) == ["a"]
        for name in ("a.db", "b.db"):
            with pytest.raises(ExtractorError, match="cannot be (written|opened)") as caught:
                Store(tmp_path / name)
            assert "\n" not in str(caught.value)


def test_a_reader_sees_one_moment_and_stands_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    write(path, [one(f"{number}") for number in range(300)])
    with Store(path) as store, StoreReader(path) as reader:
        store.begin("1.0", "k")
        records = reader.records()
        first = next(records)
        store.write([one("0", "改"), one("new")])
        store.prune(["299"])
        store.finish()
        assert [first.id, *(record.id for record in records)] == [f"{number}" for number in range(300)]
        assert ids(path) == [*(f"{number}" for number in range(299)), "new"]


def test_two_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store(path) as one_run, Store(path) as other:
        one_run.begin("1.0", "k", ["x"])
        other.begin("1.0", "k", ["y"])
        for number in range(3):
            one_run.write([one(f"a{number}")])
            other.write([one(f"b{number}")])
        assert one_run.is_done(Document("b0", ""))
        other.finish()
        one_run.finish()
    assert ids(path) == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert_sound(path)


RUN = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from made import one
from extractor.store import Store
many = [one(f"{{number:03}}", f"鴻海與東元{{chr(0x4E00 + number)}}" * 20) for number in range(200)]
with Store(Path(sys.argv[1])) as store:
    store.begin("1.0", "k", ["news"])
    print("begun", flush=True)
    for start in range(0, len(many), 10):
        store.write([o for o in many[start : start + 10] if not store.is_done(o.document)])
        print("written", flush=True)
    store.finish()
    print("done", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is needed")
def test_a_run_that_is_killed_again_and_again_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RUN.format(tests=str(Path(__file__).parent))]
    path, calm = tmp_path / "a.db", tmp_path / "b.db"
    for lines in (0, 1, 3, 8, 14, 20, 21):  # what it may print before it is killed; 21: while it makes the indexes
        process = subprocess.Popen([*command, path], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        assert process.returncode in (-signal.SIGKILL, 0)
        if lines:
            assert_sound(path)
            assert len(ids(path)) >= 10 * (lines - 1)
    for target in (path, calm):
        subprocess.run([*command, target], check=True, stdout=subprocess.DEVNULL, timeout=60)
    assert contents(path) == contents(calm)
    with StoreReader(path) as reader:
        assert len(reader.runs()) in (1, 2)  # two where the run ended before it was killed
