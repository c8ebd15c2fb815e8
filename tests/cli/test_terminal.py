"""What is shown on a terminal: a pseudo-terminal of 100 columns."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="a pseudo-terminal is needed")


def on_terminal(*arguments: str, given: bytes | None = None) -> tuple[int, str]:
    """Runs the command with stdout and stderr on a terminal, stdin too when `given` is None; status and screen."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", *arguments],
        stdin=terminal if given is None else subprocess.PIPE,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"},
    )
    os.close(terminal)
    if process.stdin is not None:
        process.stdin.write(given or b"")
        process.stdin.close()
    screen = b""
    while True:
        try:
            part = os.read(controller, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        screen += part
    os.close(controller)
    return process.wait(timeout=60), screen.decode("utf-8")


def test_a_coloured_table():
    status, screen = on_terminal(given="鴻海與三菱電機簽署MOU。\n".encode())
    assert status == 0
    assert "Mitsubishi Electric" in screen
    assert "Hon Hai–MOU–Mitsubishi Electric" not in screen
    assert "\x1b[" in screen


def test_a_format_that_was_asked_for_is_not_coloured():
    status, screen = on_terminal("-f", "triples", given="鴻海與三菱電機簽署MOU。\n".encode())
    assert (status, screen) == (0, "Hon Hai–MOU–Mitsubishi Electric\r\n")


@pytest.mark.parametrize("arguments", [[], ["extract"], ["--lang", "zh"]])
def test_nothing_to_read_shows_the_help(arguments):
    status, screen = on_terminal(*arguments)
    assert status == 2
    assert screen.startswith("Usage: extractor [OPTIONS]")


def test_why_without_a_text_says_what_is_missing():
    status, screen = on_terminal("why")
    assert status == 2
    assert "--text" in screen


def test_a_batch_has_a_bar_and_failures_above_it(tmp_path):
    (tmp_path / "a.csv").write_text("body\nx\n", encoding="utf-8")
    for number in range(30):
        (tmp_path / f"b{number}.txt").write_text("鴻海與三菱電機簽署MOU。" * 20, encoding="utf-8")
    status, screen = on_terminal("batch", str(tmp_path), "-o", str(tmp_path / "out.db"), given=b"")
    assert status == 3
    assert "━" in screen
    assert "31 documents" in screen or " a second" in screen
    assert "error: " in screen
    assert screen.replace("\r\n", "\n").endswith("documents 30, triples 30, failed 1 (unreadable 1)\n")
