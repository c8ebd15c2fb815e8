"""Reading files, folders and stdin into documents."""

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import ExtractorError
from extractor.inputs import Failure, read_documents
from extractor.records import Document


def read(*paths: Path | str, **options: object) -> list[Document | Failure]:
    return list(read_documents(paths, **options))  # type: ignore[arg-type]


def ids(items: list[Document | Failure]) -> list[str]:
    return [item.id if isinstance(item, Document) else f"! {Path(item.source).name}" for item in items]


def messages(items: list[Document | Failure]) -> list[str]:
    return [item.message for item in items if isinstance(item, Failure)]


def put(path: Path, content: str | bytes = "仁寶") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ["a1.txt", "a1.md", "a1.TXT", "a1.html", "a1"])
def test_a_file_is_one_document(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, "和碩\r\n仁寶\r緯創\n")
    assert read(path) == [Document("a1", "和碩\r\n仁寶\r緯創\n", str(path))]


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    assert [item.text for item in read(put(tmp_path / "a.txt", "")) if isinstance(item, Document)] == [""]


def test_stdin() -> None:
    assert read("-", stdin=io.BytesIO("仁寶".encode())) == [Document("stdin", "仁寶", "-")]


def test_closed_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert messages(read("-")) == ["stdin: is closed; give a file, or pipe a text in"]


def test_a_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.TXT", "a.txt", ".hidden.txt", ".git/x.txt", "c.pdf", "d/e.csv.bak"):
        put(tmp_path / name)
    put(tmp_path / "d/rows.csv", "text\n仁寶\n")
    put(tmp_path / "d/lines.jsonl", '{"text": "仁寶"}\n')
    items = read(tmp_path)
    assert ids(items) == ["a", "a/y", "a/z", "b", "d/lines-1", "d/rows-2"]
    assert [item.source for item in items][1] == (tmp_path / "a/y.TXT").as_posix()


def test_the_source_starts_as_the_path_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "news/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [item.source for item in read("news/", "news/a.txt", "./news/a.txt")] == [
        *("news/a.txt", "news/a.txt", "./news/a.txt")
    ]


def test_a_loop_of_links_ends_and_reads_once(tmp_path: Path) -> None:
    put(tmp_path / "a/one.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to(tmp_path / "a")
    assert ids(read(tmp_path)) == ["a/one"]


def test_a_broken_link_fails_and_a_pipe_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    put(tmp_path / "z.txt")
    assert ids(read(tmp_path)) == ["! gone.txt", "z"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    assert read(tmp_path, notice=told.append) == []
    assert told == [f"{tmp_path}: no .txt, .md, .jsonl or .csv file in this folder"]


def test_ids_are_unique(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": name, "text": ""}) + "\n" for name in ("a", "a", "a~2", "a", "b"))
    path = put(tmp_path / "x.jsonl", lines)
    assert ids(read(path, path)) == ["a", "a~2", "a~2~2", "a~3", "b", "a~4", "a~5", "a~2~3", "a~6", "b~2"]


@given(st.lists(st.sampled_from(["a", "a~2", "a~3", "a~2~2", "b"]), max_size=30))
def test_ids_are_unique_whatever_they_are(names: list[str]) -> None:
    from extractor.inputs import _unique

    made = [item.id for item in _unique(Document(name, "") for name in names) if isinstance(item, Document)]
    assert len(set(made)) == len(names)
    assert all(new.startswith(old) for new, old in zip(made, names, strict=True))


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    put(tmp_path / "article.txt")
    assert messages(read(tmp_path / "artcle.txt", tmp_path / "no/where")) == [
        f"{tmp_path}/artcle.txt: no such file; did you mean {tmp_path}/article.txt?",
        f"{tmp_path}/no/where: no such file",
    ]


def test_what_fails_does_not_stop_the_rest(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", b"\x00\x01\x02\x00")
    put(tmp_path / "b.txt")
    items = read(tmp_path)
    assert ids(items) == ["! a.txt", "b"]
    assert "a.txt: not text" in messages(items)[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_fails(tmp_path: Path) -> None:
    put(tmp_path / "a.txt").chmod(0)
    assert messages(read(tmp_path)) == [f"{tmp_path}/a.txt: cannot be read: Permission denied"]


def test_a_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xa4\xa4.txt"
    Path(os.fsdecode(path)).write_bytes(b"x")
    (item,) = read(tmp_path)
    assert isinstance(item, Document)
    assert item.id == "\ufffd\ufffd"
    item.source.encode()  # type: ignore[union-attr]


def test_a_guess_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    path = put(tmp_path / "a.txt", "和碩與仁寶昨天宣布合資。".encode("cp950"))
    assert [item.text for item in read(path, notice=told.append) if isinstance(item, Document)] == [
        "和碩與仁寶昨天宣布合資。"
    ]
    assert told == [f"{path}: read as cp950, which is a guess; --encoding NAME overrules it"]
    told.clear()
    assert ids(read(path, encoding="big5", notice=told.append)) == ["a"]
    assert told == []


def test_an_unknown_encoding_is_refused_before_anything_is_read() -> None:
    with pytest.raises(ExtractorError, match="unknown encoding 'utf-9'"):
        read_documents(["nothing.txt"], encoding="utf-9")


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
        ('{"text": "a",}', "2:14: not JSON: "),
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


def test_one_long_line(tmp_path: Path) -> None:
    text = "和碩與仁寶簽約。" * 900_000  # 21 MB
    assert read(put(tmp_path / "a.txt", text)) == [Document("a", text, str(tmp_path / "a.txt"))]
