"""A folder with everything that can be wrong with a file: one outcome each, and the rest done."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from pathlib import Path

import pytest

from helpers import SMALL, call, write_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="makes links and names that other systems refuse")

TEXT = "甲辰鋼鐵昨日宣布收購乙巳食品，雙方已經簽約，預計明年完成。\n"
LONG = 50_000_000  # bytes of one line

DONE = ["big5", "broken-1", "broken-3", "empty", "gb18030", "new\nline", "truncated", "twice", "twice-again", "utf16"]
FAILED = {
    "binary.txt": "unreadable",
    "broken.jsonl:2": "unreadable",
    "long": "slow",
    "loop.txt": "unreadable",
    "no-text.csv:1": "unreadable",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("awful")
    utf8 = TEXT.encode("utf-8")
    line = json.dumps({"text": TEXT.strip()})
    for name, content in {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 20,
        "truncated.txt": utf8 + utf8[:-2],
        "big5.txt": (TEXT * 9).encode("big5"),
        "gb18030.txt": (TEXT * 9).encode("gb18030"),
        "utf16.txt": TEXT.encode("utf-16"),
        "new\nline.txt": utf8,
        "twice.txt": utf8,
        "twice-again.txt": utf8,
        "broken.jsonl": f'{line}\n{{"text": "甲辰\n{line}\n'.encode(),
        "no-text.csv": "id,body\n1,甲辰\n".encode(),
        "long.txt": utf8.strip() * (LONG // len(utf8)),
    }.items():
        (folder / name).write_bytes(content)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "round").symlink_to(".")
    if os.geteuid() != 0:  # whom nothing is forbidden
        (folder / "secret.txt").write_bytes(utf8)
        (folder / "secret.txt").chmod(0)
    return folder


def outcomes(store: Path) -> list[tuple[str, str, str | None, bool]]:
    """Of each input: its id, its status, the kind of its failure, and whether it gave triples."""
    connection = sqlite3.connect(store)
    try:
        rows = connection.execute(
            "SELECT id, status, failure, key IN (SELECT document FROM triples) FROM documents"
        ).fetchall()
    finally:
        connection.close()
    return sorted((id_, status, failure, bool(triples)) for id_, status, failure, triples in rows)


def test_each_has_one_outcome_and_the_good_ones_are_done(folder: Path, tmp_path: Path) -> None:
    store, names = tmp_path / "out.db", write_folder(tmp_path / "names", SMALL)
    failed = {id_ if id_ == "long" else f"{folder}/{id_}": kind for id_, kind in FAILED.items()}
    if os.geteuid() != 0:
        failed[f"{folder}/secret.txt"] = "unreadable"
    options = ["--no-builtin", "--dictionary", names, "--timeout", "3", "--workers", "2"]
    result = call("batch", folder, "-o", store, *options)
    told = result.stderr.splitlines()
    assert result.returncode == 3, told
    expected = [(id_, "done", None, id_ != "empty") for id_ in DONE]
    assert outcomes(store) == sorted(expected + [(id_, "failed", kind, False) for id_, kind in failed.items()])
    assert len([line for line in told if line.startswith("error: ")]) == len(failed)
    numbers = rf"documents {len(DONE)}, triples \d+, failed {len(failed)} \(slow 1, unreadable {len(failed) - 1}\)"
    assert re.fullmatch(f"{store}: {numbers}", told[-1])
    # What is done stays so, what failed is tried again.
    (folder / "long.txt").write_text(TEXT, encoding="utf-8")
    del failed["long"]
    result = call("batch", folder, "-o", store, *options)
    assert result.returncode == 3
    expected.append(("long", "done", None, True))
    assert outcomes(store) == sorted(expected + [(id_, "failed", kind, False) for id_, kind in failed.items()])
    assert result.stderr.endswith(f"failed {len(failed)} (unreadable {len(failed)}), skipped {len(DONE)}\n")
