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


def stop(command: list[str], output: Path, sign: signal.Signals) -> tuple[int, str]:
    """Runs a command until it has made a part more, and sends a signal to all its processes; its status and stderr."""
    before = len(list(output.glob("part-*.documents.parquet")))
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True)
    while len(list(output.glob("part-*.documents.parquet"))) == before and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, sign)
    told = process.communicate(timeout=120)[1]
    return process.returncode, told


def test_a_job_that_is_killed_or_interrupted_goes_on(dictionary: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(lines(0, 300), encoding="utf-8")
    output = prepared(tmp_path / "out", news)
    options = ["--scheduler", "local", "--workers", "2", "--dictionary", str(dictionary), "--no-builtin"]
    command = [*COMMAND, "batch", str(news), "-o", str(output), *options]
    assert stop(command, output, signal.SIGKILL)[0] == -signal.SIGKILL
    status, told = stop(command, output, signal.SIGINT)
    assert status == 130
    assert told.splitlines()[-1].startswith(f"{output}: interrupted; documents ")
    assert told.endswith("; the same command goes on from here\n")
    assert not (output / "_SUCCESS").exists()
    there = {path: path.stat().st_mtime_ns for path in output.glob("part-*.documents.parquet")}
    result = call(*command[len(COMMAND) :])
    assert result.returncode == 0, result.stderr
    assert "skipped" in result.stderr
    assert {path: path.stat().st_mtime_ns for path in there} == there
    assert len(list(output.glob("part-*.documents.parquet"))) > len(there)
    assert not list(output.glob(".draft-*"))
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
