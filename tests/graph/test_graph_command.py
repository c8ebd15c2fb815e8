"""`extractor graph`: in this process, and where it matters as a shell runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from networks import EXAMPLES
from typer.testing import CliRunner

from extractor.cli import app
from extractor.cli import graph as command
from extractor.graph import exports
from helpers import call

TEXTS = {
    "a.jsonl": [
        {"id": "one", "text": "鴻海與東元簽署MOU。", "date": "2025-11-06"},
        {"id": "two", "text": "鴻海否認收購日產。", "date": "2025-11-20"},
        {"id": "three", "text": "鴻海收購日產。聯發科上漲。", "date": "2025-11-06"},
    ]
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, lines in TEXTS.items():
        (folder / name).write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return folder


def run(*arguments: str | Path, given: str = "") -> SimpleNamespace:
    """A run of the command line in this process, which is quicker; as `call` has it."""
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=given, prog_name="extractor")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    out, err = (data.decode("utf-8") for data in (result.stdout_bytes, result.stderr_bytes))
    return SimpleNamespace(returncode=result.exit_code, stdout=out, stderr=err)


def drawn(*arguments: str | Path, output: Path) -> list[str]:
    """The ties that a DOT file draws."""
    result = run("graph", *arguments, "-o", output)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    return [line.partition(",")[0].strip() for line in output.read_text("utf-8").splitlines() if " -> " in line]


MOU = '"hon-hai" -> "teco" [label="MOU"'
DENIED = '"hon-hai" -> "nissan-motor" [label="acquires [denied]"'

FILTERS = [
    ([], [MOU, DENIED]),
    (["--relation", "mou"], [MOU]),
    (["--modality", "denied"], [DENIED]),
    (["--modality", "asserted"], [MOU]),  # the last word on the purchase is its denial
    (["--type", "person"], []),
    (["--type", "company", "--no-inferred"], [MOU, DENIED]),
    (["--most", "1"], [DENIED]),  # two articles tell of it
    (["--lang", "zh", "--relation", "mou"], ['"hon-hai" -> "teco" [label="簽署MOU"']),
]


@pytest.mark.parametrize(("options", "expected"), FILTERS, ids=[" ".join(case[0]) for case in FILTERS])
def test_filters(news, tmp_path, options, expected):
    assert drawn(news, *options, output=tmp_path / "out.dot") == expected


def test_what_is_left_out_is_told(news, tmp_path):
    output = tmp_path / "out.dot"
    result = run("graph", news, "-o", output, "--most", "1")
    assert result.stderr.splitlines() == [
        f"{output}: articles 3, names 2, ties 1",
        f"{output}: names that no tie holds are left out: 1; --untied keeps them",
        f"{output}: only the strongest 1 of 2 ties are shown, and 2 of 3 names; --most N shows more or fewer",
    ]
    assert "only the strongest 1 of 2 ties are shown" in output.read_text("utf-8")
    assert '"mediatek"' not in output.read_text("utf-8")
    assert run("graph", news, "-o", output, "--untied").stderr == f"{output}: articles 3, names 4, ties 2\n"
    assert '"mediatek"' in output.read_text("utf-8")


@pytest.mark.parametrize("ending", command.ENDINGS)
def test_every_ending_the_same_bytes_from_articles_and_from_records(news, tmp_path, ending):
    if ending in (".graphml", ".gexf"):
        pytest.importorskip("networkx", reason="networkx is not installed")
    if ending == ".ttl":
        pytest.importorskip("rdflib", reason="rdflib is not installed")
    # The page is named after its source.
    records = tmp_path / "news.jsonl"
    assert run("batch", news, "-o", records).returncode == 0
    outputs = [tmp_path / f"{name}{ending}" for name in ("a", "b")]
    for source, output in zip((news, records), outputs, strict=True):
        result = run("graph", source, "-o", output)
        assert (result.returncode, result.stdout) == (0, "")
    first, second = (output.read_bytes() for output in outputs)
    assert first == second
    assert "鴻海".encode() in first if ending != ".mmd" else b"Hon Hai" in first


def test_records_in_a_pipe(news, tmp_path):
    lines = call(news, "-f", "jsonl").stdout
    outputs = [tmp_path / "a.dot", tmp_path / "b.dot"]
    results = [call("graph", news, "-o", outputs[0]), call("graph", "-", "-o", outputs[1], given=lines)]
    assert [(result.returncode, result.stdout) for result in results] == [(0, ""), (0, "")]
    first, second = (output.read_text("utf-8") for output in outputs)
    assert MOU in first
    assert first == second


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_for_neo4j(news, tmp_path, there):
    folder = tmp_path / "neo4j"
    if there:
        folder.mkdir()
    given = str(folder) if there else f"{folder}/"
    result = run("graph", news, "-o", given)
    assert (result.returncode, result.stderr.splitlines()[0]) == (0, f"{given}: articles 3, names 3, ties 2")
    assert sorted(path.name for path in folder.iterdir()) == ["nodes.csv", "relationships.csv"]
    assert folder.joinpath("nodes.csv").read_text("utf-8").startswith("id:ID,name,en,")


WRONG_USAGE = [
    (["-o", "out.svg"], "use one of .html, .graphml, .gexf, .ttl, .mmd, .dot, or a folder for Neo4j: out.svg/"),
    (["-o", "out"], "its ending names no format"),
    ([], "--output"),
    (["-o", "out.dot", "--lang", "fr"], "choose from en, zh"),
    (["-o", "out.dot", "--relation", "muo"], "did you mean mou"),
    (["-o", "out.dot", "--type", "compny"], "did you mean company"),
    (["-o", "out.dot", "--modality", "planed"], "did you mean planned"),
    (["-o", "out.dot", "--most", "0"], "--most"),
    (["-o", "out.dot", "--encoding", "utf-9"], "did you mean utf-8"),
]


@pytest.mark.parametrize(("options", "expected"), WRONG_USAGE, ids=[" ".join(case[0]) for case in WRONG_USAGE])
def test_wrong_usage_is_one_line_and_status_2(news, tmp_path, monkeypatch, options, expected):
    monkeypatch.chdir(tmp_path)
    result = run("graph", news, *options)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith("error: ")
    assert expected in result.stderr
    assert list(tmp_path.iterdir()) == [news]


ERRORS = [
    (
        ["none.txt", "-o", "out.dot"],
        ["error: none.txt: no such file", "error: out.dot: not written, because every input failed"],
    ),
    (["news", "-o", "none/out.dot"], ["error: none/out.dot: its folder none does not exist; make it first"]),
    (["news", "-o", "none/neo4j/"], ["error: none/neo4j/: its folder none does not exist; make it first"]),
]


@pytest.mark.parametrize(("arguments", "expected"), ERRORS, ids=[" ".join(case[0]) for case in ERRORS])
def test_errors_are_told_and_nothing_is_written(news, tmp_path, monkeypatch, arguments, expected):
    monkeypatch.chdir(tmp_path)
    result = run("graph", *arguments)
    assert (result.returncode, result.stdout, result.stderr.splitlines()) == (1, "", expected)
    assert list(tmp_path.iterdir()) == [news]


def test_some_inputs_fail(news, tmp_path):
    (news / "b.jsonl").write_text('{"id": "x"}\n', "utf-8")
    result = run("graph", news, "-o", tmp_path / "out.dot")
    assert result.returncode == 3
    assert result.stderr.splitlines()[0].startswith(f"error: {news}/b.jsonl:1:1: ")
    assert f"{tmp_path}/out.dot: articles 3, names 3, ties 2" in result.stderr


def test_a_missing_library_is_told_before_anything_is_read(news, tmp_path):
    (tmp_path / "networkx.py").write_text("raise ImportError\n", "utf-8")
    result = call("graph", news, "-o", tmp_path / "out.gexf", PYTHONPATH=str(tmp_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "error: networkx is not installed, and this needs it; run: pip install 'extractor[graph]'\n"
    assert not (tmp_path / "out.gexf").exists()


@pytest.mark.parametrize("arguments", [["--help"], ["graph", "--help"], [str(EXAMPLES / "smart-factory.txt")]])
def test_other_runs_load_none_of_it(arguments):
    code = (
        "import sys\nfrom extractor.cli import app\n"
        "try:\n    app(sys.argv[1:], prog_name='extractor')\nfinally:\n"
        "    print([m for m in ('networkx', 'rdflib', 'pandas', 'extractor.graph') if m in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8", env=os.environ, timeout=120
    )
    assert result.stderr.splitlines()[-1] == "[]"


def test_the_command_names_the_endings_that_there_are():
    assert (command.PAGE, *exports.ENDINGS) == command.ENDINGS
    result = run("graph", "--help")
    assert result.returncode == 0
    assert all(ending in result.stdout for ending in command.ENDINGS)
