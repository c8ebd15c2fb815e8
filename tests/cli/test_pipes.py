"""The commands as a shell runs them: real pipes, a locale without UTF-8, no terminal, a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "extractor"]
TEXT = "鴻海與三菱電機簽署MOU。\n"
LINE = "Hon Hai–MOU–Mitsubishi Electric\n"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")


def call(*arguments, given=TEXT, env=None, **options):
    """Runs the command with `given` on its stdin; stdout and stderr as bytes."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=given.encode("utf-8"),
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=120,
        **options,
    )


def shell(script, **env):
    """Runs `script` in a shell, where $EXTRACTOR is the command; stdout and stderr as text."""
    return subprocess.run(
        ["/bin/sh", "-c", script.replace("$EXTRACTOR", f'"{sys.executable}" -m extractor')],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **env},
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


def test_a_text_on_a_pipe():
    result = call()
    assert (result.returncode, result.stdout.decode("utf-8"), result.stderr) == (0, LINE, b"")


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
@pytest.mark.parametrize("form", ["triples", "table", "json", "jsonl", "csv", "tsv"])
def test_output_is_utf8_whatever_the_locale(locale, form):
    result = call("--format", form, "--lang", "zh", env=locale)
    assert result.returncode == 0
    assert "三菱電機" in result.stdout.decode("utf-8")
    assert b"\r" not in result.stdout


def test_chinese_paths_in_the_c_locale(tmp_path):
    path = tmp_path / "新聞.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = call(path, "-f", "jsonl", env={"LC_ALL": "C"})
    assert json.loads(result.stdout)["id"] == "新聞"


def test_a_file_name_that_is_no_utf8(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.txt")
    try:
        path.write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    result = subprocess.run([*COMMAND, path, "-f", "jsonl"], capture_output=True, timeout=120)
    assert result.returncode == 0
    assert len(json.loads(result.stdout)["triples"]) == 1


def test_a_reader_that_stops_early_ends_it_quietly(tmp_path):
    # More than a pipe holds, so that the writing end is still at it when the reader leaves.
    lines = (json.dumps({"id": str(number), "text": TEXT}) for number in range(400))
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = shell(f"$EXTRACTOR -f jsonl '{tmp_path}/many.jsonl' | head -1")
    assert json.loads(result.stdout)["id"] == "0"
    assert result.stderr == ""


@pytest.mark.parametrize("arguments", ["", "-", "-f jsonl", "why"])
def test_closed_standard_input(arguments):
    result = shell(f"$EXTRACTOR {arguments} <&-")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("error: stdin: ")
    assert result.stderr.count("\n") == 1


def test_closed_standard_input_does_not_matter_to_a_file(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = shell(f"$EXTRACTOR '{tmp_path}/a.txt' <&-")
    assert (result.returncode, result.stdout, result.stderr) == (0, LINE, "")


def test_closed_standard_output(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = shell(f"$EXTRACTOR '{tmp_path}/a.txt' >&-")
    assert result.returncode == 1
    assert result.stderr.startswith("error: standard output is closed")
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is needed")
def test_a_full_disk_is_one_line(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = shell(f"$EXTRACTOR '{tmp_path}/a.txt' > /dev/full")
    assert result.returncode == 1
    assert result.stderr.startswith("error: standard output: ")
    assert result.stderr.count("\n") == 1


def test_closed_standard_error_puts_nothing_on_stdout(tmp_path):
    result = shell(f"$EXTRACTOR '{tmp_path}/none.txt' 2>&-")
    assert (result.returncode, result.stdout) == (1, "")


def test_a_missing_command_is_guessed(tmp_path):
    result = call("bacth", "x", cwd=tmp_path)
    assert result.returncode == 2
    assert b"did you mean `batch`?" in result.stderr


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("id,name,en,aliases\nacme,頂點科技,Acme,\n,無號,None,\n", "companies.csv:3"),
        ("name,en\nx,y\n", "companies.csv:1"),
    ],
)
def test_a_broken_dictionary_line_is_named(tmp_path, content, place):
    (tmp_path / "companies.csv").write_text(content, encoding="utf-8")
    result = call("--dictionary", tmp_path)
    assert (result.returncode, result.stdout) == (1, b"")
    assert f"error: {tmp_path}/{place}" in result.stderr.decode("utf-8")
    assert b"Traceback" not in result.stderr


def test_bytes_that_are_no_text_leave_the_others_done(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\x00\xff\x00\x01\x02\x80\x81")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    result = call(tmp_path)
    assert (result.returncode, result.stdout.decode("utf-8")) == (3, LINE)
    assert b"a.txt" in result.stderr
    assert b"Traceback" not in result.stderr


def test_why_names_the_rule():
    result = call("why", "--text", TEXT)
    assert result.returncode == 0
    assert "mou/" in result.stdout.decode("utf-8")


def test_why_between_and_name():
    assert "三菱電機" in call("why", "-", "--between", "鴻海", "三菱電機").stdout.decode("utf-8")
    assert "鴻海" in call("why", "-", "--name", "鴻海").stdout.decode("utf-8")


def test_the_examples_of_every_rule_hold():
    result = call("rules", "test")
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr.decode("utf-8").endswith("failed 0\n")


def test_interrupted():
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # More than a pipe holds: once it is all written, the command has started to read, and waits for the rest.
    process.stdin.write(TEXT.encode("utf-8") * 10_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
