"""`extractor batch` as a shell runs it: what it writes and tells, and how it goes on."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from helpers import COMMAND, SMALL, write_folder

ARTICLES = {
    "a.txt": "甲辰收購乙巳。\n",
    "b.txt": "丙午銀行否認收購丁未汽車。\n",
    "more/c.md": "歐陽子涵出任甲辰董事長。\n",
    "more/d.jsonl": '{"id": "d1", "text": "甲辰與希塔生技簽署MOU。"}\n{"id": "d2", "text": "甲辰收購乙巳。\\n"}\n',
}


@dataclass
class Ended:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


@dataclass
class Batch:
    """Runs commands with a small dictionary, and no other; the worker processes are real."""

    names: Path

    @property
    def options(self) -> list[str]:
        return ["--no-builtin", "--dictionary", str(self.names)]

    def __call__(self, *arguments: str | Path, given: str = "") -> Ended:
        return self.command("batch", *arguments, *self.options, given=given)

    def extract(self, *arguments: str | Path) -> Ended:
        return self.command("extract", *arguments, *self.options)

    def command(self, *arguments: str | Path, given: str = "") -> Ended:
        result = CliRunner().invoke(app, [str(a) for a in arguments], input=given, prog_name="extractor")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout_bytes.decode("utf-8"), result.stderr_bytes.decode("utf-8"))


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    return Batch(write_folder(tmp_path / "names", SMALL))


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "news", ARTICLES)


def rows(store: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(store)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def documents(store: Path) -> list[tuple[Any, ...]]:
    return rows(store, "SELECT id, status, failure FROM documents ORDER BY key")


def test_every_way_gives_the_same_records(batch: Batch, news: Path, tmp_path: Path) -> None:
    extract = batch.extract(news, "-f", "jsonl").out
    assert len(extract.splitlines()) == 5
    for workers in (1, 2):
        output = tmp_path / f"out{workers}.jsonl"
        result = batch(news, "-o", output, "--workers", str(workers))
        assert (result.status, result.out) == (0, "")
        assert result.err == f"{output}: documents 5, triples 5, failed 0\n"
        assert output.read_bytes().decode("utf-8") == extract
        store = tmp_path / f"out{workers}.db"
        assert batch(news, "-o", store, "--workers", str(workers)).status == 0
        assert batch.command("export", store, "-f", "jsonl").out == extract
    array = tmp_path / "out.json"
    assert batch(news, "-o", array).status == 0
    assert json.loads(array.read_bytes()) == [json.loads(line) for line in extract.splitlines()]


@pytest.mark.parametrize(
    "options",
    [
        ["--excel"],
        ["--relation", "acquires", "--modality", "denied"],
        ["--entities", "--type", "person"],
        ["--no-inferred"],
    ],
    ids=" ".join,
)
def test_a_file_is_what_extract_writes(batch: Batch, news: Path, tmp_path: Path, options: list[str]) -> None:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    assert batch(news, "-o", ours, *options).status == 0
    batch.extract(news, "-o", theirs, *options)
    assert ours.read_bytes() == theirs.read_bytes()


def test_parquet_has_a_row_a_triple(batch: Batch, news: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    output = tmp_path / "out.parquet"
    assert batch(news, "-o", output).status == 0
    assert parquet.read_table(output).column("relation_id").to_pylist().count("acquires") == 3


def test_what_is_done_is_done_once(batch: Batch, news: Path, tmp_path: Path) -> None:
    store = tmp_path / "out.db"
    first = batch(news, "-o", store)
    assert first.err == f"{store}: documents 5, triples 5, failed 0\n"
    assert batch(news, "-o", store).err == f"{store}: documents 0, triples 0, failed 0, skipped 5\n"
    (news / "a.txt").write_text("甲辰與乙巳簽署MOU。\n", encoding="utf-8")
    assert batch(news, "-o", store).err == f"{store}: documents 1, triples 1, failed 0, skipped 4\n"
    triples = "SELECT relation_id FROM triples_readable WHERE document = 'a'"
    assert rows(store, triples) == [("mou",)]
    assert batch(news, "-o", store, "--force").err == f"{store}: documents 5, triples 5, failed 0\n"
    # Other names, other knowledge: all is done again.
    (batch.names / "companies.csv").write_text(SMALL["companies.csv"].replace("Beta", "Better"), encoding="utf-8")
    assert batch(news, "-o", store).err == f"{store}: documents 5, triples 5, failed 0\n"
    assert {id_ for id_, *_ in documents(store)} == {"a", "b", "more/c", "d1", "d2"}


def test_what_is_gone_is_told_and_removed(batch: Batch, news: Path, tmp_path: Path) -> None:
    store = tmp_path / "out.db"
    batch(news, "-o", store)
    (news / "b.txt").unlink()
    told = batch(news, "-o", store).err.splitlines()[0]
    assert told == f"{store}: documents that are gone from {news}: 1, still in it; --prune removes them"
    # Of a part of the folder nothing can be said about the rest.
    assert "are gone" not in batch(news, "-o", store, "--glob", "*.md").err
    assert len(documents(store)) == 5
    told = batch(news, "-o", store, "--prune").err.splitlines()[0]
    assert told == f"{store}: documents that are gone from {news}: 1, removed"
    assert [id_ for id_, *_ in documents(store)] == ["a", "more/c", "d1", "d2"]


def test_what_failed_is_tried_again(batch: Batch, news: Path, tmp_path: Path) -> None:
    store = tmp_path / "out.db"
    (news / "a.txt").write_bytes(b"\0\xff\0\1\2\x80\x81")
    result = batch(news, "-o", store)
    assert result.status == 3
    error, summary = result.err.splitlines()
    assert error.startswith(f"error: {news}/a.txt: ")
    assert summary == f"{store}: documents 4, triples 4, failed 1 (unreadable 1)"
    assert documents(store)[0] == (f"{news}/a.txt", "failed", "unreadable")
    (news / "a.txt").write_text(ARTICLES["a.txt"], encoding="utf-8")
    result = batch(news, "-o", store)
    assert (result.status, result.err) == (0, f"{store}: documents 1, triples 1, failed 0, skipped 4\n")
    assert ("a", "done", None) in documents(store)
    assert len(documents(store)) == 5


def test_where_all_fail_a_file_is_not_written(batch: Batch, tmp_path: Path) -> None:
    lines = write_folder(tmp_path / "news", {"a.jsonl": "{\n" * 30})
    output = tmp_path / "out.csv"
    result = batch(lines, "-o", output)
    told = result.err.splitlines()
    assert result.status == 1
    assert [line.split(": ")[1] for line in told[:20]] == [f"{lines}/a.jsonl:{number}:2" for number in range(1, 21)]
    assert told[20:] == ["error: 10 more failures", f"error: {output}: not written, because every input failed"]
    assert not output.exists()
    result = batch(lines, "-o", tmp_path / "out.db")
    assert result.status == 1
    assert len(documents(tmp_path / "out.db")) == 30
    assert "SELECT error FROM documents" in result.err


def test_a_source_that_is_not_there(batch: Batch, news: Path, tmp_path: Path) -> None:
    result = batch(tmp_path / "nwes", "-o", tmp_path / "out.db")
    assert result.status == 1
    assert result.err == f"error: {tmp_path}/nwes: no such file; did you mean {news}?\n"
    assert not (tmp_path / "out.db").exists()


def test_records_on_a_pipe_and_files_of_any_kind(batch: Batch, news: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    result = batch("-", "-o", output, given=ARTICLES["more/d.jsonl"])
    assert (result.status, result.err) == (0, f"{output}: documents 2, triples 2, failed 0\n")
    assert [json.loads(line)["id"] for line in output.read_text("utf-8").splitlines()] == ["d1", "d2"]
    packed = tmp_path / "d.jsonl.gz"
    packed.write_bytes(gzip.compress(ARTICLES["more/d.jsonl"].encode("utf-8")))
    assert "documents 2, triples 2" in batch(packed, "-o", output).err


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_what_it_wrote_into_the_folder_is_no_input(batch: Batch, news: Path, ending: str) -> None:
    output = news / f"out.{ending}"
    summaries = [batch(news, "-o", output).err for _ in range(2)]
    assert summaries == [f"{output}: documents 5, triples 5, failed 0\n"] * 2


def test_quiet_tells_failures_alone(batch: Batch, news: Path, tmp_path: Path) -> None:
    (news / "b.txt").write_bytes("丙午銀行".encode("big5") * 20)
    assert batch(news, "-o", tmp_path / "out.db", "--quiet").err == ""
    (news / "e.csv").write_text("body\nx\n", encoding="utf-8")
    result = batch(news, "-o", tmp_path / "out.db", "--quiet")
    assert result.status == 3
    assert result.err.startswith(f"error: {news}/e.csv:1:1: no column text")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("output", ["out.db", "out.jsonl"])
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_target_that_is_read_only_is_one_line(batch: Batch, news: Path, tmp_path: Path, output: str) -> None:
    target = tmp_path / "locked"
    target.mkdir(mode=0o500)
    result = batch(news, "-o", target / output)
    assert result.status == 1
    assert result.err.startswith(f"error: {target / output}: ")
    assert result.err.count("\n") == 1


LIMITED = """
import resource, signal, sys
from extractor.cli import main
if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
    main()
"""


@pytest.mark.skipif(os.name != "posix", reason="needs a limit to the size of files")
@pytest.mark.parametrize("ending", ["jsonl", "db"])
def test_a_disk_that_takes_no_more_is_one_line(batch: Batch, tmp_path: Path, ending: str) -> None:
    script, output = tmp_path / "limited.py", tmp_path / f"out.{ending}"
    script.write_text(LIMITED, encoding="utf-8")
    lines = [json.dumps({"id": f"n{number}", "text": "甲辰收購乙巳。" * 4}) for number in range(300)]
    source = write_folder(tmp_path / "news", {"a.jsonl": "\n".join(lines)})
    batch(write_folder(tmp_path / "one", {"one.txt": "甲辰收購乙巳。"}), "-o", output)
    before = output.read_bytes()
    result = subprocess.run(
        [sys.executable, script, str(250_000), "batch", source, "-o", output, "--quiet", *batch.options],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert result.returncode == 1
    assert result.stderr.startswith(f"error: {output}: ")
    assert result.stderr.count("\n") == 1
    if ending == "jsonl":
        assert output.read_bytes() == before
        assert not list(tmp_path.glob(".out*"))
    else:
        assert documents(output)[0] == ("one", "done", None)
        assert rows(output, "PRAGMA integrity_check") == [("ok",)]
    assert batch(source, "-o", output).status == 0


class Started:
    """A run in a process group of its own, as a shell starts it."""

    def __init__(self, batch: Batch, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "batch", *arguments, *batch.options],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def wait_for_workers(self) -> None:
        """Until the run has begun to extract."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        while len(children.read_text().split()) < 2:  # one is the resource tracker of the standard library
            assert self.process.poll() is None
            time.sleep(0.01)

    def signal(self, number: int) -> None:
        """Sends a signal to the whole group, as a terminal does."""
        os.killpg(self.process.pid, number)

    def end(self) -> tuple[int, list[str]]:
        """The exit status and the lines on stderr."""
        _, err = self.process.communicate(timeout=60)
        return self.process.returncode, err.decode("utf-8").splitlines()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of so many articles that nobody waits for the last."""
    lines = (json.dumps({"id": f"n{number}", "text": "甲辰收購乙巳。" * 30}) for number in range(20_000))
    return write_folder(tmp_path / "many", {"many.jsonl": "\n".join(lines)}) / "many.jsonl"


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the workers in /proc")


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_writes_what_is_in_hand(batch: Batch, many: Path, tmp_path: Path, number: int) -> None:
    output = tmp_path / "out.db"
    started = Started(batch, many, "-o", output, "--workers", "2")
    started.wait_for_workers()
    started.signal(number)
    status, told = started.end()
    assert status == 130, told
    assert told[-2] == "stopping: what is in hand is finished; Ctrl-C again ends at once"
    done = documents(output)
    assert done == [(f"n{number}", "done", None) for number in range(len(done))]
    assert 0 < len(done) < 1_000
    assert told[-1].startswith(f"{output}: interrupted; documents {len(done)}, ")
    assert told[-1].endswith("; the same command goes on from here")


@needs_proc
def test_a_run_that_waits_for_its_input_can_be_interrupted(batch: Batch, tmp_path: Path) -> None:
    started = Started(batch, "-", "-o", tmp_path / "out.db", "--workers", "1")
    assert started.process.stdin
    # More than the head of a stream, which is read before anything is done.
    for number in range(1_000):
        line = json.dumps({"id": f"n{number}", "text": "甲辰收購乙巳。" + "\N{IDEOGRAPHIC SPACE}" * 250})
        started.process.stdin.write(line.encode("ascii") + b"\n")
    started.process.stdin.flush()
    started.wait_for_workers()
    time.sleep(0.5)
    started.signal(signal.SIGINT)
    status, told = started.end()
    assert status == 130, told
    assert 0 < len(documents(tmp_path / "out.db")) <= 1_000


@needs_proc
def test_an_interrupted_file_is_as_it_was(batch: Batch, many: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("as it was", encoding="utf-8")
    started = Started(batch, many, "-o", output)
    started.wait_for_workers()
    started.signal(signal.SIGINT)
    status, told = started.end()
    assert status == 130
    assert told[-1].startswith(f"{output}: interrupted; not written")
    assert output.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many", "names", "out.csv"]


@needs_proc
def test_a_second_interruption_ends_at_once(batch: Batch, tmp_path: Path) -> None:
    long = write_folder(tmp_path / "long", {"long.txt": "甲辰收購乙巳，" * 1_000_000})
    started = Started(batch, long, "-o", tmp_path / "out.db")
    started.wait_for_workers()
    started.signal(signal.SIGINT)
    assert started.process.stderr
    assert started.process.stderr.readline().startswith(b"stopping: ")
    started.signal(signal.SIGINT)
    assert started.end() == (130, [])
    assert documents(tmp_path / "out.db") == []
    deadline = time.monotonic() + 20
    while list(_group(started.process.pid)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _group(leader: int) -> Iterator[str]:
    """The processes of a group that are alive."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(group) == leader and state != "Z":
                yield stat.parent.name
