"""Which command runs, how wrong usage is told, and the exit statuses."""

from __future__ import annotations

import subprocess
import sys

import pytest

import extractor

USAGE_ERRORS = [
    (["bacth", "x"], "did you mean `batch`?"),
    (["extract", "--format", "jsno"], "did you mean json"),
    (["--lang", "fr"], "choose from en, zh"),
    (["--type", "compny"], "did you mean company"),
    (["--modality", "planed"], "did you mean planned"),
    (["--relation", "aquires"], "did you mean acquires"),
    (["--encoding", "utf-9"], "did you mean utf-8"),
    (["--formt", "json"], "--format"),
    (["--excel", "-f", "json"], "csv or tsv, not json"),
    (["-o", "out.docx"], ".jsonl"),
    (["batch"], "FOLDER"),
    (["batch", ".", "-o", "out"], "use one of .db, .jsonl, .json, .csv, .tsv, .parquet"),
    (["batch", ".", "-o", "out.docx"], "names no format"),
    (["batch", ".", "-o", "out.json", "--excel"], "--excel goes with .csv or .tsv, not .json"),
    (["batch", ".", "-o", "out.db", "--relation", "mou"], "filters go with `extractor export out.db"),
    (["batch", ".", "-o", "out.csv", "--force"], "--force and --prune go with a .db"),
    (["batch", ".", "-o", "out.db", "--prune", "--glob", "a*"], "--prune goes with the whole folder, not with --glob"),
    (["batch", ".", "-o", "out.csv", "--relation", "aquires"], "did you mean acquires"),
    (["batch", ".", "-o", "out.csv", "--encoding", "utf-9"], "did you mean utf-8"),
    (["batch", ".", "-o", "out.db", "--workers", "0"], "--workers"),
    (["why", "a.txt", "--text", "鴻海"], "not both"),
    (["why", "--text", "鴻海", "--between", "鴻海", "日產", "--name", "鴻海"], "not both"),
    (["rules", "lsit"], "list"),
    (["rules", "show", "acquire"], "did you mean acquires"),
    (["rules", "test", "suse"], "did you mean sues"),
]


@pytest.mark.parametrize(("arguments", "expected"), USAGE_ERRORS, ids=[" ".join(case[0]) for case in USAGE_ERRORS])
def test_wrong_usage_is_one_line_and_status_2(run, tmp_path, monkeypatch, arguments, expected):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, input="鴻海收購日產。")
    assert result.status == 2
    assert result.out == ""
    assert result.err.startswith("error: ")
    assert result.err.count("\n") == 1
    assert expected in result.err
    assert list(tmp_path.iterdir()) == []


def test_version(run):
    assert run("--version").out == f"extractor {extractor.__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["extract"], ["batch"], ["why"], ["evaluate"], ["rules"], ["rules", "test"]])
def test_help(run, arguments):
    result = run(*arguments, "--help")
    assert result.status == 0
    assert result.out.startswith(f"Usage: {' '.join(['extractor', *arguments])} ")


def test_a_file_named_like_a_command_is_read_with_its_path(run, news):
    (news / "why").write_text("鴻海收購日產。", encoding="utf-8")
    assert run(news / "why").out == "Hon Hai–acquires–Nissan\n"


def test_a_file_near_a_commands_name_is_read(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bacth").write_text("鴻海收購日產。", encoding="utf-8")
    assert run("bacth").out == "Hon Hai–acquires–Nissan\n"


def test_a_wrong_dictionary_stops_everything(run, news, tmp_path):
    output = tmp_path / "out.json"
    result = run(news, "--dictionary", tmp_path / "none", "--dictionary", tmp_path / "nothing", "-o", output)
    assert result.status == 1
    assert result.err.splitlines() == [
        f"error: {tmp_path / 'none'}: no such dictionary folder",
        f"error: {tmp_path / 'nothing'}: no such dictionary folder",
    ]
    assert not output.exists()


def test_rules_list_and_show(run):
    assert run("rules", "list").out.splitlines()[0].split("\t")[:4] == [
        "acquires",
        "acquires",
        "收購",
        "company > company",
    ]
    shown = run("rules", "show", "sues").out
    assert "rule sues/1: S 控告 O  (fake.toml:2)\n" in shown
    assert "TSMC–sues–Intel\n" in shown


READERS = ("extractor.dates", "extractor.inputs.documents", "extractor.pipeline", "extractor.text.folding")


@pytest.mark.parametrize("command", [[], ["extract"], ["batch"], ["export"], ["graph"], ["view"], ["why"]])
def test_help_loads_nothing_that_reads(command: list[str]) -> None:
    code = (
        "import sys\nfrom extractor.cli import main\n"
        f"sys.argv[1:] = {[*command, '--help']!r}\n"
        f"try:\n    main()\nfinally:\n    print([m for m in {READERS!r} if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60)
    assert result.stdout.splitlines()[-1] == "[]"
