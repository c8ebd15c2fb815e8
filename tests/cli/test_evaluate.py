"""`extractor evaluate`: JSON in a pipe, a table on a terminal, errors as lines."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from test_terminal import on_terminal

from helpers import write_folder

TEXT = "鴻海收購日產。\n"
GOLD = {
    "entities": [
        {"key": "h", "type": "company", "names": ["鴻海"]},
        {"key": "n", "type": "company", "names": ["日產"]},
    ],
    "triples": [{"head": "h", "relation": "acquires", "tail": "n", "modality": "planned", "evidence": "收購日產"}],
}


@pytest.fixture
def gold(tmp_path):
    return write_folder(tmp_path / "gold", {"a.txt": TEXT, "a.gold.json": json.dumps(GOLD, ensure_ascii=False)})


def test_json_in_a_pipe(run, gold):
    result = run("evaluate", gold)
    assert (result.status, result.err) == (0, "")
    data = json.loads(result.out)
    assert data["documents"] == 1
    assert data["triples"] == {"precision": 1, "recall": 1, "f1": 1, "right": 1, "wrong": 0, "missed": 0}
    assert data["full"]["f1"] == 0
    assert data["modality"] == {"share": 0, "right": 0, "of": 1}
    assert data["must"] == {"share": None, "right": 0, "of": 0}
    assert list(data["relations"]) == ["acquires"]
    assert data["modalities"]["asserted"]["wrong"] == data["modalities"]["planned"]["missed"] == 1
    assert "differences" not in data


def test_errors_in_context(run, gold):
    data = json.loads(run("evaluate", gold, "--errors").out)
    assert data["differences"] == [
        {
            "document": "a",
            "kind": "modality wrong",
            "what": "Hon Hai–acquires–Nissan [asserted], not planned",
            "start": 0,
            "end": 7,
            "context": TEXT,
        }
    ]


def test_texts_without_gold_are_told_and_the_rest_is_done(run, gold):
    (gold / "b.txt").write_text(TEXT, encoding="utf-8")
    result = run("evaluate", gold)
    assert (result.status, json.loads(result.out)["documents"]) == (0, 1)
    assert result.err == f"{gold}: left out, because there is no gold beside: b.txt\n"


MISTAKES = [
    ("{", "a.gold.json:1:2: not JSON"),
    (json.dumps(GOLD).replace('"tail": "n"', '"tail": "m"'), "a.gold.json: triples 1: tail: no entity has the key 'm'"),
    (json.dumps(GOLD).replace("acquires", "aquires"), "unknown relation 'aquires': did you mean acquires?"),
]


@pytest.mark.parametrize(("content", "expected"), MISTAKES)
def test_a_mistake_in_the_gold_is_one_line(run, gold, content, expected):
    (gold / "a.gold.json").write_text(content, encoding="utf-8")
    result = run("evaluate", gold)
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    assert result.err.startswith("error: ")
    assert expected in result.err


def test_no_gold_and_no_folder(run, tmp_path):
    result = run("evaluate", tmp_path)
    assert (result.status, result.err) == (
        1,
        f"error: {tmp_path}: no gold; a text NN.txt has its gold beside it in NN.gold.json\n",
    )
    assert run("evaluate", tmp_path / "none").err == f"error: {tmp_path / 'none'}: no such folder\n"


def test_usage(run, gold):
    assert run("evaluate").status == 2
    assert "did you mean utf-8" in run("evaluate", gold, "--encoding", "utf-9").err


def test_the_whole_command(gold):
    command = [sys.executable, "-m", "extractor", "evaluate", str(gold)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["entities"]["right"] == 2


def test_a_table_on_a_terminal(gold):
    status, screen = on_terminal("evaluate", str(gold), "--errors")
    assert status == 0
    assert "│ entities │" in screen
    assert "\x1b[" in screen
    assert "Hon Hai–acquires–Nissan [asserted], not planned" in screen
