"""`extractor rules test`: what it tells of examples and of rules that nothing fires, as a shell runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import SMALL, write_folder

TABLE = """["rents"]
en = "rents from"
zh = "承租"
types = "company → company"
say = ["甲…包租乙", "甲…分租乙"]
examples = ["甲辰包租乙巳。 => 甲辰-rents-乙巳", "甲辰的包租業務與乙巳無關。 =>"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "mine", {**SMALL, "relations/mine.toml": TABLE})


def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", "rules", "test", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ},
        timeout=120,
    )


def test_rules_that_no_example_fires_are_counted(folder: Path) -> None:
    done = call("rents", "--dictionary", folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "rules: 1 never fired (--unfired lists them)\nexamples: 2, failed 0\n"


def test_rules_that_no_example_fires_are_listed(folder: Path) -> None:
    done = call("rents", "--unfired", "--dictionary", folder)
    assert done.returncode == 0
    assert done.stdout == f"rents/2: never fired: 甲…分租乙  ({folder / 'relations' / 'mine.toml'}:1)\n"


def test_texts_count_beside_the_examples(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "news.txt"
    text.write_text("甲辰昨分租乙巳。\n", "utf-8")
    done = call("rents", "--unfired", "--text", text, "--dictionary", folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "rules: 0 never fired\nexamples: 2, failed 0\n"


def test_texts_without_the_list_are_wrong_usage() -> None:
    done = call("--text", "news.txt")
    assert done.returncode == 2
    assert done.stderr == "error: --text goes with --unfired\n"
