"""Which command runs, how wrong usage is told, and the exit statuses."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Mapping

import pytest
import typer

import extractor
from extractor import cli
from extractor.cli import dictionary
from extractor.cli.deferred import _loader

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


@pytest.mark.parametrize("commands", [cli.COMMANDS, dictionary.COMMANDS], ids=["extractor", "dictionary"])
def test_the_help_of_all_says_of_each_command_what_its_own_does(commands: Mapping[str, tuple[str, str]]) -> None:
    for place, help_ in commands.values():
        command = _loader(place)()
        own = command.info.help if isinstance(command, typer.Typer) else inspect.getdoc(command)
        assert own.partition("\n\n")[0].replace("\n", " ") == help_


@pytest.mark.parametrize("commands", [cli.COMMANDS, dictionary.COMMANDS], ids=["extractor", "dictionary"])
def test_help_lists_every_command(run, commands):
    group = [] if commands is cli.COMMANDS else ["dictionary"]
    listed = run(*group, "--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == list(commands)


READERS = ("extractor.dates", "extractor.inputs.documents", "extractor.pipeline", "extractor.text.folding")


def loaded(*arguments: str, given: str = "") -> set[str]:
    """The modules that a run of the command has loaded at its end."""
    code = (
        "import sys\nfrom extractor.cli import main\n"
        f"sys.argv[1:] = {list(arguments)!r}\n"
        "try:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", timeout=60, check=True)
    return set(result.stderr.split())


@pytest.mark.parametrize("command", [[], ["extract"], ["batch"], ["export"], ["graph"], ["view"], ["why"]])
def test_help_loads_nothing_that_reads(command: list[str]) -> None:
    assert not loaded(*command, "--help").intersection(READERS)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_what_all_commands_share_is_quick(option: str) -> None:
    own = {name for name in loaded(option) if name.startswith("extractor")}
    assert own <= {"extractor", "extractor.choices", "extractor.errors"} | {
        f"extractor.cli{module}" for module in ("", ".console", ".deferred")
    }


def test_a_plain_run_loads_nothing_that_it_does_not_need() -> None:
    given = "鴻海今天與三菱電機簽署備忘錄，統一發票的算力成長，台積電漲3%。"
    loaded(given=given)  # what is compiled once is compiled now
    names = loaded(given=given)
    assert "extractor.pipeline" in names
    assert not names & {"jieba", "opencc", "pydantic", "rich", "tomllib", "sqlite3", "multiprocessing", "extractor.why"}
