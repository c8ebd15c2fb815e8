"""`extractor batch --scheduler local` as a shell runs it: exit statuses, Ctrl-C, a kill, and going on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sources import lines, undisturbed, write_sources

from extractor.cluster import records
from helpers import COMMAND, call

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends signals")


def prepared(output: Path, source: Path) -> Path:
    """An output that was begun with small parts, so that small sources have several."""
    output.mkdir()
    about = {"source": str(source), "part_bytes": 2000, "finished": False}
    (output / "manifest.json").write_text(json.dumps(about), encoding="utf-8")
    return output


def test_some_inputs_fail(dictionary: Path, tmp_path: Path) -> None:
    news = write_sources(tmp_path / "news")
    output = prepared(tmp_path / "out", news)
    options = ("--scheduler", "local", "--workers", "1", "--dictionary", dictionary, "--no-builtin")
    result = call("batch", news, "-o", output, *options)
    found, failed = undisturbed(news, dictionary)
    assert list(records(str(output))) == found
    triples = sum(len(record.triples) for record in found)
    told = [line for line in result.stderr.splitlines() if not line.startswith("error: ")]
    assert sorted(line for line in result.stderr.splitlines() if line not in told) == sorted(
        f"error: {f}" for f in failed
    )
    assert (
        told[-1]
        == f"{output}: documents {len(found)}, triples {triples}, failed {len(failed)} (unreadable {len(failed)})"
    )
    assert (result.returncode, result.stdout) == (3, "")


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_job_that_is_stopped_goes_on(sign: signal.Signals, status: int, dictionary: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(lines(0, 300), encoding="utf-8")
    output = prepared(tmp_path / "out", news)
    options = ["--scheduler", "local", "--workers", "2", "--dictionary", str(dictionary), "--no-builtin"]
    command = [*COMMAND, "batch", str(news), "-o", str(output), *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True)
    while not list(output.glob("part-*.documents.parquet")) and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, sign)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == status
    assert not (output / "_SUCCESS").exists()
    there = {path.name: path.stat().st_mtime_ns for path in output.glob("part-*")}
    if sign == signal.SIGINT:
        assert told.splitlines()[-1].startswith(f"{output}: interrupted; documents ")
        assert told.endswith("; the same command goes on from here\n")
    result = call(*command[len(COMMAND) :])
    assert result.returncode == 0, result.stderr
    assert "skipped" in result.stderr
    again = {path.name: path.stat().st_mtime_ns for path in output.glob("part-*")}
    whole = {name for name in there if name.replace("triples", "documents") in there}
    assert {name: again[name] for name in whole} == {name: there[name] for name in whole}
    assert len(again) > len(there)
    assert list(records(str(output))) == undisturbed(news, dictionary)[0]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("-", "-o", "out"), "--scheduler: the workers cannot read this machine's stdin; give a folder or a file"),
        (
            ("news", "-o", "out.db"),
            "out.db: with --scheduler the output is a folder, of Parquet files; give one without ending",
        ),
        (("news", "-o", "out", "--prune"), "--prune, --excel and --entities do not go with --scheduler"),
    ],
)
def test_usage(arguments: tuple[str, ...], complaint: str) -> None:
    result = call("batch", *arguments, "--scheduler", "local")
    assert result.returncode == 2
    assert complaint in result.stderr


def test_workers_of_a_cluster_are_its_own() -> None:
    result = call("batch", "news", "-o", "out", "--scheduler", "tcp://head:8786", "--workers", "3")
    assert result.returncode == 2
    assert "--workers goes with --scheduler local; tcp://head:8786 has the workers that have joined it" in result.stderr
