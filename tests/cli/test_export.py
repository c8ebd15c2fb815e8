"""`extractor export`: every form of a store, every filter, and one store added to another; as a shell runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from helpers import COMMAND, call, write_folder

Run = Callable[..., Any]

NEWS = {
    "a.jsonl": "\n".join(
        json.dumps(line, ensure_ascii=False)
        for line in (
            {"id": "a1", "text": "鴻海與三菱電機簽署MOU。", "title": "合作", "date": "2025-11-06"},
            {"id": "a2", "text": "鴻海入股東元。\n三星電子擬收購日產。", "date": "2025/12/01"},
            {"id": "a3", "text": "廣達否認收購緯創。", "date": "2024-05-01"},
        )
    ),
    "b/c.txt": "仁寶與和碩結盟。鴻海董事長劉揚偉出席。",
    "b/none.txt": "今天天氣晴。",
}
LINES = [
    "Hon Hai–MOU–Mitsubishi Electric",
    "Hon Hai–invests in–TECO",
    "Samsung Electronics–acquires–Nissan [planned]",
    "Quanta–acquires–Wistron [denied]",
    "Compal–alliance with–Pegatron",
    "Young Liu–chair of–Hon Hai",
]
MOU, INVESTS, SAMSUNG, QUANTA, COMPAL, LIU = LINES


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("export") / "news", NEWS)


@pytest.fixture(scope="module")
def store(news: Path) -> Path:
    path = news.parent / "news.db"
    result = call("batch", news, "-o", path)
    assert result.returncode == 0, result.stderr
    return path


FORMS = [
    *(("csv",), ("json",), ("jsonl",), ("table",)),
    ("csv", "--lang", "zh"),
    ("csv", "--excel"),
    ("tsv", "--entities"),
    ("triples", "--entities", "--lang", "zh"),
]


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_a_store_gives_what_extract_gives(
    run: Run, news: Path, store: Path, tmp_path: Path, form: tuple[str, ...]
) -> None:
    name, *options = form
    expected = call("extract", news, "-f", name, *options)
    assert run("export", store, "-f", name, *options).out == expected.stdout
    ending = {"triples": "txt"}.get(name, name)
    output = tmp_path / f"out.{ending}"
    result = run("export", store, "-o", output, *options, *(["-f", "table"] if name == "table" else []))
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith(f"{output}: documents 5")
    assert output.read_bytes().decode() == expected.stdout


@pytest.mark.parametrize("entities", [False, True])
def test_parquet_has_the_columns_and_the_rows_of_the_csv(run: Run, store: Path, tmp_path: Path, entities: bool) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs pyarrow")
    options = ["--entities"] if entities else []
    assert run("export", store, "-o", tmp_path / "a.parquet", *options).status == 0
    table = parquet.read_table(tmp_path / "a.parquet")
    rows = list(csv.DictReader(io.StringIO(run("export", store, "-f", "csv", *options).out)))
    assert table.column_names == list(rows[0])
    kinds = {field.name: str(field.type) for field in table.schema}
    assert {kinds["start"], kinds["end"], kinds["known" if entities else "inferred"]} == {"int64", "bool"}
    written = [{name: _cell(cell) for name, cell in row.items()} for row in table.to_pylist()]
    assert written == rows


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


FILTERS = [
    (["--relation", "mou"], [MOU]),
    (["--relation", "mou", "--relation", "acquires"], [MOU, SAMSUNG, QUANTA]),
    (["--relation", "supplies"], []),
    (["--type", "person"], [LIU]),
    (["--modality", "planned", "--modality", "denied"], [SAMSUNG, QUANTA]),
    (["--entity", "hon-hai"], [MOU, INVESTS, LIU]),
    (["--entity", "鴻海"], [MOU, INVESTS, LIU]),
    (["--entity", "鸿海"], [MOU, INVESTS, LIU]),
    (["--entity", "hon hai", "--entity", "仁寶"], [MOU, INVESTS, COMPAL, LIU]),
    (["--entity", "東元", "--relation", "mou"], []),
    (["--since", "2025"], [MOU, INVESTS, SAMSUNG]),
    (["--since", "2025-11", "--until", "2025-11"], [MOU]),
    (["--until", "2025-11-05"], [QUANTA]),
    (["--match", "鴻海"], [MOU, INVESTS, SAMSUNG, COMPAL, LIU]),
    (["--match", "鸿海 東元"], [INVESTS, SAMSUNG]),
    (["--match", "三星"], [INVESTS, SAMSUNG]),
    (["--match", "合作"], [MOU]),
    (["--evidence", "三星"], [SAMSUNG]),
    (["--evidence", "東元"], [INVESTS]),
    (["--match", "三星", "--entity", "鴻海"], [INVESTS]),
    (["--no-inferred"], LINES),
]


@pytest.mark.parametrize(("arguments", "expected"), FILTERS, ids=[" ".join(case[0]) for case in FILTERS])
def test_filters(run: Run, store: Path, arguments: list[str], expected: list[str]) -> None:
    result = run("export", store, *arguments)
    assert (result.status, result.out.splitlines()) == (0, expected)
    in_time = "--since" in arguments or "--until" in arguments
    assert result.err == (f"{store}: documents without a date, left out: 2\n" if in_time else "")


def test_documents_in_which_nothing_is_left_are_left_out(run: Run, store: Path) -> None:
    records = [json.loads(line) for line in run("export", store, "-f", "jsonl", "--entity", "東元").out.splitlines()]
    assert [(record["id"], len(record["triples"])) for record in records] == [("a2", 1)]


def test_entities_by_name(run: Run, store: Path) -> None:
    result = run("export", store, "--entities", "--entity", "鸿海", "--lang", "zh")
    assert result.out.splitlines() == [
        "鴻海 (company, hon-hai): 鴻海 0:2",
        "鴻海 (company, hon-hai): 鴻海 0:2",
        "鴻海 (company, hon-hai): 鴻海 8:10",
    ]


def test_a_name_that_is_not_there_is_told(run: Run, store: Path) -> None:
    result = run("export", store, "--entity", "鸿海公司")
    assert (result.status, result.out) == (0, "")
    assert result.err == f"warning: {store}: no 鸿海公司 in it; did you mean 鴻海?\n"


USAGE = [
    (["--relation", "muo"], "unknown relation 'muo': did you mean mou?"),
    (["--type", "compny"], "did you mean company?"),
    (["--since", "6 Nov"], "--since: '6 Nov' is no date; write it as 2025-11-06, 2025-11 or 2025"),
    (["--until", "2025-13"], "--until: '2025-13' is no date"),
    (["--match", "，"], "nothing to search for in '，'"),
    (["--lang", "fr"], "choose from en, zh"),
    (["-f", "parquet"], "unknown format 'parquet'"),
    (["-o", "out.docx"], "use one of .json, .jsonl, .csv, .tsv, .txt, .parquet, .db"),
    (["-o", "out"], "the ending decides the format"),
    (["-o", "out.db", "--excel"], "--excel goes with .csv or .tsv, not .db"),
    (["-o", "out.db", "--entities"], "--entities goes with the other endings"),
    (["-o", "out.json", "--excel"], "--excel goes with csv or tsv, not json"),
]


@pytest.mark.parametrize(("arguments", "expected"), USAGE, ids=[" ".join(case[0]) for case in USAGE])
def test_wrong_usage_is_one_line_and_status_2(
    run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("export", store, *arguments)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert expected in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "no such store; `extractor batch FOLDER -o "),
        (b"", "an empty file"),
        (b"news" * 100, "not a SQLite file"),
    ],
)
def test_no_store_is_one_line_and_status_1(run: Run, tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "a.db"
    if content is not None:
        path.write_bytes(content)
    result = run("export", path, "-o", tmp_path / "out.csv")
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    assert result.err.startswith(f"error: {path}: ")
    assert reason in result.err
    assert not (tmp_path / "out.csv").exists()


def test_one_store_is_added_to_another(run: Run, news: Path, store: Path, tmp_path: Path) -> None:
    more = write_folder(
        tmp_path / "more", {"a.jsonl": NEWS["a.jsonl"], "b/c.txt": "日月光收購矽品。", "d.txt": "友達併購群創。"}
    )
    assert call("batch", more, "-o", tmp_path / "more.db").returncode == 0
    everything = tmp_path / "all.db"
    assert run("export", store, "-o", everything).err == ""
    told = f"{everything}: documents that both stores had and not alike, the later run's kept: 1 (b/c)\n"
    for source, expected in ((tmp_path / "more.db", told), (tmp_path / "more.db", ""), (store, told)):
        result = run("export", source, "-o", everything)
        assert (result.status, result.out, result.err) == (0, "", expected)
    assert (
        run("export", everything, "--match", "日月光").out
        == "ASE Technology–acquires–Siliconware Precision Industries\n"
    )
    ids = [json.loads(line)["id"] for line in run("export", everything, "-f", "jsonl").out.splitlines()]
    assert ids == ["a1", "a2", "a3", "b/c", "b/none", "d"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.db", "more", "more.db"]


def test_a_copy_is_gone_on_with_and_a_filtered_store_is_not(run: Run, news: Path, store: Path, tmp_path: Path) -> None:
    for name, options, expected in (("copy", [], "skipped 5"), ("part", ["--relation", "mou"], "documents 5")):
        copy = tmp_path / f"{name}.db"
        assert run("export", store, "-o", copy, *options).status == 0
        result = call("batch", news, "-o", copy)
        assert result.returncode == 0
        assert expected in result.stderr, result.stderr
        with closing(sqlite3.connect(copy)) as connection:
            statement = "SELECT id, status FROM documents ORDER BY id"
            assert [id_ for id_, _ in connection.execute(statement)] == ["a1", "a2", "a3", "b/c", "b/none"]


def test_a_filtered_store(run: Run, store: Path, tmp_path: Path) -> None:
    assert run("export", store, "--relation", "mou", "-o", tmp_path / "mou.db").status == 0
    assert run("export", tmp_path / "mou.db", "-f", "jsonl").out == (
        run("export", store, "-f", "jsonl", "--relation", "mou").out
    )


def test_a_missing_folder(run: Run, store: Path, tmp_path: Path) -> None:
    for name in ("out.db", "out.csv"):
        output = tmp_path / "none" / name
        result = run("export", store, "-o", output)
        assert (result.status, result.err) == (
            1,
            f"error: {output}: its folder {output.parent} does not exist; make it first\n",
        )


@pytest.mark.skipif(os.name != "posix", reason="a limit to the size of files is needed")
@pytest.mark.parametrize("name", ["out.db", "out.parquet", "out.jsonl"])
def test_a_full_disk_is_one_line_and_leaves_nothing(store: Path, tmp_path: Path, name: str) -> None:
    if name == "out.parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    limit = "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); runpy.run_module('extractor', run_name='__main__')"
    result = subprocess.run(
        [sys.executable, "-c", limit, "export", store, "-o", tmp_path / name],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith(f"error: {tmp_path / name}: ")
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_indexed_yet_is_told(run: Run, store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(store.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("INSERT INTO unindexed VALUES (1)")
        connection.commit()
    result = run("export", copy, "--match", "鴻海")
    assert result.status == 0
    assert result.err.startswith(f"warning: {copy}: documents whose words cannot be found yet: 1")


@pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")
def test_a_reader_that_stops_early_ends_it_quietly(store: Path) -> None:
    script = f"\"{sys.executable}\" -m extractor export '{store}' -f jsonl | head -1"
    result = subprocess.run(["/bin/sh", "-c", script], capture_output=True, encoding="utf-8", timeout=60)
    assert json.loads(result.stdout)["id"] == "a1"
    assert result.stderr == ""


@pytest.mark.parametrize("arguments", [["--help"], ["export", "--help"], ["--text"]])
def test_sqlite_is_loaded_only_where_it_is_needed(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom extractor.cli import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try:\n    main()\nfinally:\n    print([m for m in ('sqlite3', 'pyarrow', 'extractor.store') if m in sys.modules])"
    )
    result = subprocess.run([COMMAND[0], "-c", code], capture_output=True, encoding="utf-8", timeout=60)
    assert result.stdout.splitlines()[-1] == "[]"
