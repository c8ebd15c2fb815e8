"""Files of many documents: JSON Lines and CSV, small and large."""

import json
import tracemalloc
from pathlib import Path

import pytest
from reading import ids, messages, put, read, texts

from extractor.inputs import Failure, read_documents
from extractor.records import Document


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        '{"id": "a1", "text": "仁寶\u2028和碩", "title": "題", "date": "2024-01-02", "more": 1}\r',
        "",
        '{"text": "\\ud800x", "id": 7, "title": ""}',
        '{"text": "y"}',
    ]
    path = put(tmp_path / "x.jsonl", "\ufeff" + "\n".join(lines))
    assert read(path) == [
        Document("a1", "仁寶\u2028和碩", str(path), "題", "2024-01-02"),
        Document("7", "\ufffdx", str(path)),
        Document("x-4", "y", str(path)),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"text": "a", b}', "2:15: not JSON: "),
        ('{"text": "a"} x', "2:15: not JSON: Extra data"),
        ("[1]", "2:1: not an object"),
        ('{"id": "a", "txt": "b"}', '2:1: no "text" (found: id, txt)'),
        ("{}", '2:1: no "text" (found: none)'),
        ('{"text": null}', '2:1: "text" is not a string'),
        ('{"text": "a", "id": true}', '2:1: "id" is not a string'),
        ('{"text": "a", "title": ["b"]}', '2:1: "title" is not a string'),
        ("[" * 100_000, "2:1: not JSON that can be read"),
        ('{"text": ' + "9" * 5000 + "}", "2:1: not JSON that can be read"),
    ],
)
def test_a_broken_line_fails_alone(tmp_path: Path, line: str, problem: str) -> None:
    path = put(tmp_path / "x.jsonl", f'{{"text": "a"}}\n{line}\n{{"text": "b"}}\n')
    items = read(path)
    assert ids(items) == ["x-1", f"! {path.name}", "x-3"]
    assert messages(items)[0].startswith(f"{path}:{problem}")


def test_csv(tmp_path: Path) -> None:
    path = put(tmp_path / "x.csv", '\ufeffid, Text ,title,date,text\na1,仁寶,題,,other\n,"一\n""二""",,2024\n\n,三,,\n')
    assert read(path) == [
        Document("a1", "仁寶", str(path), "題"),
        Document("x-3", '一\n"二"', str(path), None, "2024"),
        Document("x-6", "三", str(path)),
    ]


def test_csv_with_a_large_cell(tmp_path: Path) -> None:
    assert [
        len(item.text)
        for item in read(put(tmp_path / "x.csv", "text\n" + "字" * 300_000))
        if isinstance(item, Document)
    ] == [300_000]


@pytest.mark.parametrize(
    ("content", "found", "problem"),
    [
        ("id;text\na;b\n", ["!"], "1:1: no column text (found: id;text)"),
        ("id,body\na,b\n", ["!"], "1:1: no column text (found: id, body)"),
        ("id,text\na\nb,c\n", ["!", "b"], "2:1: no cell for column text (2)"),
        ('text\na\n"b\nc\n', ["x-2", "!"], "3:1: not CSV: unexpected end of data"),
        ('text\n"a"b\nc\n', ["!", "x-3"], "2:1: not CSV: "),
    ],
)
def test_broken_csv(tmp_path: Path, content: str, found: list[str], problem: str) -> None:
    path = put(tmp_path / "x.csv", content)
    items = read(path)
    assert [name.split()[0] for name in ids(items)] == found
    assert messages(items)[0].startswith(f"{path}:{problem}")


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl"])
def test_an_empty_sheet_holds_no_document(tmp_path: Path, name: str) -> None:
    assert read(put(tmp_path / name, "")) == []


TEXT = "和碩與仁寶昨天宣布合資。"


@pytest.mark.parametrize("encoding", ["utf-8", "cp950", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_that_are_read_in_pieces(tmp_path: Path, encoding: str, newline: str) -> None:
    many = [f"{number} {TEXT * 10}" for number in range(6_000)]  # 2 MB
    lines = newline.join(json.dumps({"text": text}, ensure_ascii=False) for text in many)
    cells = "text" + newline + newline.join(f'"{text}{newline}"' for text in many)
    told: list[str] = []
    items = read(
        put(tmp_path / "a.jsonl", lines.encode(encoding)),
        put(tmp_path / "b.csv", cells.encode(encoding)),
        notice=told.append,
    )
    assert texts(items) == [*many, *(text + newline for text in many)]
    assert ids(items)[5_999:6_002] == ["a-6000", "b-2", "b-4"]
    assert len(told) == (2 if encoding == "cp950" else 0)


def test_csv_of_a_single_carriage_return(tmp_path: Path) -> None:
    rows = "text\r" + f"{TEXT}\r" * 40_000  # 1.4 MB
    assert texts(read(put(tmp_path / "a.csv", rows))) == [TEXT] * 40_000


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_one_record_at_a_time_is_in_memory(tmp_path: Path, name: str) -> None:
    row = json.dumps({"text": TEXT * 100}) + "\n" if name == "a.jsonl" else TEXT * 100 + "\n"
    rows = 16_000_000 // len(row.encode())
    path = put(tmp_path / name, "text\n" * (name == "a.csv") + row * rows)
    tracemalloc.start()
    count = sum(1 for item in read_documents([path]) if isinstance(item, Document))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == rows
    assert peak < 8_000_000


def test_damage_far_into_a_file_is_told_and_stops_nothing(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT}, ensure_ascii=False).encode() + b"\n"
    path = put(tmp_path / "a.jsonl", good * 40_000 + good.replace("仁".encode(), b"\xff") + good)
    told: list[str] = []
    items = read(path, notice=told.append)
    assert texts(items)[39_999:] == [TEXT, TEXT.replace("仁", "\ufffd"), TEXT]
    assert told == [f"{path}: line 40001: bytes that are not utf-8; these and any others are read as U+FFFD"]


def test_a_given_encoding_that_does_not_fit_ends_the_file_where_it_breaks(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT}, ensure_ascii=False).encode() + b"\n"
    path = put(tmp_path / "a.jsonl", good * 40_000 + b'{"text": "\xff"}\n' + good)
    *documents, last = read(path, encoding="utf-8")
    # Those in the piece of the file that breaks are not read either.
    assert 30_000 < len(documents) <= 40_000
    assert isinstance(last, Failure)
    assert last.message.startswith(
        f"{path}:{len(documents) + 1}:1: not text in utf-8: byte {len(good) * 40_000 + 10} is"
    )
    assert last.line == len(documents) + 1


def test_control_characters_far_into_a_csv_fail_alone(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "text\n" + f"{TEXT}\n" * 40_000 + "\0" * 50 + f"\n{TEXT}\n")
    items = read(path)
    assert len(texts(items)) == 40_001
    assert messages(items) == [f"{path}:40002:1: not text: full of control characters"]
