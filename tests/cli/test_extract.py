"""`extractor extract` with a small stand-in for the pipeline."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import sys
from pathlib import Path

import pytest

ASSERTED, DENIED = "Hon Hai–acquires–Nissan\n", "Hon Hai–acquires–Nissan [denied]\n"


@pytest.mark.parametrize("command", [[], ["extract"], ["-"], ["extract", "-"]])
def test_standard_input(run, command):
    result = run(*command, input="鴻海收購日產。")
    assert (result.status, result.out, result.err) == (0, ASSERTED, "")


def test_folder_and_language(run, news):
    result = run(news, "--lang", "zh")
    assert (result.status, result.out) == (0, "鴻海–收購–日產\n鴻海–收購–日產 [denied]\n")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--modality", "denied"], DENIED),
        (["--modality", "denied", "--modality", "asserted"], ASSERTED + DENIED),
        (["--relation", "sues"], ""),
        (["--relation", "sues", "--relation", "acquires"], ASSERTED + DENIED),
        (["--no-inferred"], ASSERTED + DENIED),
    ],
)
def test_filters(run, news, options, expected):
    result = run(news, *options)
    assert (result.status, result.out) == (0, expected)


def test_entities_list_the_names_that_are_mentioned(run):
    out = run("--entities", input="鴻海收購日產。").out
    assert "鴻海" in out
    assert "日產" in out
    assert "–acquires–" not in out


def test_json_is_an_array_of_records(run, news):
    records = json.loads(run(news, "--format", "json").out)
    assert [record["triples"][0]["text"] for record in records] == ["Hon Hai–acquires–Nissan"] * 2
    assert [record["triples"][0]["modality"] for record in records] == ["asserted", "denied"]


@pytest.mark.parametrize("ending", [".json", ".jsonl", ".csv", ".tsv", ".txt", ".JSON"])
def test_the_ending_decides_the_format_and_stdout_stays_empty(run, news, tmp_path, ending):
    output = tmp_path / f"out{ending}"
    result = run(news, "-o", output)
    assert (result.status, result.out) == (0, "")
    formats = {".txt": "triples"}
    expected = run(news, "-f", formats.get(ending, ending[1:].lower())).out
    assert output.read_bytes().decode("utf-8") == expected


def test_format_goes_before_the_ending(run, news, tmp_path):
    run(news, "-f", "triples", "-o", tmp_path / "out.json")
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == ASSERTED + DENIED


def test_excel_is_csv_with_a_bom(run):
    out = run("--excel", input="鴻海收購日產。").out
    assert out.startswith("\ufeff")
    assert next(iter(csv.DictReader(io.StringIO(out[1:]))))["relation_id"] == "acquires"


def test_output_is_replaced_whole_and_keeps_its_mode(run, news, tmp_path):
    output = tmp_path / "out.txt"
    output.write_text("old", encoding="utf-8")
    output.chmod(0o640)
    run(news, "-o", output)
    assert output.read_text(encoding="utf-8") == ASSERTED + DENIED
    assert stat.S_IMODE(output.stat().st_mode) == 0o640
    assert {path.name for path in tmp_path.iterdir()} == {"news", "out.txt"}


def test_output_stays_as_it_was_when_every_input_failed(run, tmp_path):
    output = tmp_path / "out.txt"
    output.write_text("old", encoding="utf-8")
    result = run(tmp_path / "none.txt", "-o", output)
    assert result.status == 1
    assert output.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.skipif(os.name != "posix", reason="a device file is needed")
def test_a_device_is_written_to_and_not_replaced(run, news):
    assert run(news, "-f", "json", "-o", "/dev/null").status == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize(("target", "expected"), [("news", "is a folder"), ("none/out.csv", "does not exist")])
def test_output_that_cannot_be_written(run, news, tmp_path, target, expected):
    result = run(news, "-f", "csv", "-o", tmp_path / target)
    assert (result.status, result.out) == (1, "")
    assert expected in result.err
    assert result.err.count("\n") == 1


def test_empty_document(run):
    result = run(input="")
    assert (result.status, result.out) == (0, "")


def test_missing_file(run, tmp_path):
    result = run(tmp_path / "none.txt")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"error: {tmp_path / 'none.txt'}: ")
    assert result.err.count("\n") == 1


def test_partial_failure(run, news, tmp_path):
    result = run(tmp_path / "none.txt", news / "a.txt")
    assert (result.status, result.out) == (3, ASSERTED)
    assert str(tmp_path / "none.txt") in result.err


def test_interrupted(run, news, monkeypatch, tmp_path):
    def interrupt(self, document):
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["extractor.pipeline"].Extractor, "extract", interrupt)
    result = run(news, "-o", tmp_path / "out.csv")
    assert (result.status, result.out, result.err) == (130, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["news"]


def test_given_encoding(run, tmp_path):
    (tmp_path / "a.txt").write_bytes("鴻海收購日產。".encode("big5"))
    assert run(tmp_path / "a.txt", "--encoding", "big5").out == ASSERTED


def test_lone_surrogate_in_json_becomes_one_replacement_character(run, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "\\ud800鴻海收購日產"}\n', encoding="utf-8")
    result = run(tmp_path / "a.jsonl", "-f", "jsonl")
    record = json.loads(result.out)
    assert (result.status, result.err) == (0, "")
    assert record["entities"][0]["mentions"] == [{"start": 1, "end": 3, "text": "鴻海"}]
    assert record["triples"][0]["evidence"][0]["text"] == "\ufffd鴻海收購日產"


def test_broken_json_fails_only_its_line(run, tmp_path):
    lines = ['{"id": "bad", "text": ', '{"id": "good", "text": "鴻海收購日產"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run(tmp_path / "a.jsonl", "-f", "jsonl")
    assert result.status == 3
    assert [json.loads(line)["id"] for line in result.out.splitlines()] == ["good"]
    assert result.err.startswith(f"error: {tmp_path}/a.jsonl:1:")
    assert result.err.count("\n") == 1
