"""Stdin: a text, or JSON Lines."""

import io
import json
from pathlib import Path

import pytest
from reading import ids, messages, put, read, texts

from extractor.inputs import Failure
from extractor.records import Document
from helpers import call


def given(content: str) -> list[Document | Failure]:
    return read("-", stdin=io.BytesIO(content.encode()))


def test_stdin() -> None:
    assert read("-", stdin=io.BytesIO("仁寶".encode())) == [Document("stdin", "仁寶", "-")]


def test_closed_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert messages(read("-")) == ["stdin: is closed; give a file, or pipe a text in"]


def test_json_lines_on_stdin() -> None:
    assert given('\n \n{"text": "仁寶", "id": "a", "title": "題", "date": "2024"}\n{"text": "和碩"}\n[]\n') == [
        Document("a", "仁寶", "-", "題", "2024"),
        Document("stdin-4", "和碩", "-"),
        Failure("-", 'stdin:5:1: not an object: a line is {"id": …, "text": …}', 5),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n\n",
        "仁寶\r\n和碩\r緯創\u2028\n",
        '{"txt": "仁寶"}\n{"text": "和碩"}\n',
        '{"text": 1}\n',
        '{"text": "仁寶"\n',
        '[{"text": "仁寶"}]\n',
        '仁寶\n{"text": "和碩"}\n',
        "{",
        "{" * 100_000,
        "[" * 100_000,
    ],
)
def test_any_other_stdin_is_a_text(content: str) -> None:
    assert given(content) == [Document("stdin", content, "-")]


def test_a_long_text_on_stdin() -> None:
    content = "和碩與仁寶簽約。\r\n" * 100_000
    assert texts(given(content)) == [content]


def test_stdin_that_is_no_text() -> None:
    assert messages(read("-", stdin=io.BytesIO(bytes(100)))) == [
        "stdin: not text: no encoding tried fits (UTF-8, UTF-16, Big5, GB 18030); if it is, give --encoding NAME"
    ]


def test_stdin_beside_files(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    assert ids(read(path, "-", path, stdin=io.BytesIO(b'{"text": "x", "id": "a"}'))) == ["a", "a~2", "a~3"]


def test_the_command_reads_json_lines_from_a_pipe() -> None:
    lines = "".join(json.dumps({"id": name, "text": "鴻海與東元簽署MOU。"}) + "\n" for name in ("a", "b"))
    done = call("extract", "-f", "jsonl", given=lines)
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b"]
