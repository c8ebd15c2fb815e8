"""From paths to documents: what each kind of file gives, ids, and that every input has one outcome."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import ids, messages, pack, put, read, texts

from extractor.errors import ExtractorError
from extractor.inputs import read_documents
from extractor.inputs.documents import _unique
from extractor.records import Document
from helpers import call


@pytest.mark.parametrize("name", ["a1.txt", "a1.md", "a1.TXT", "a1.log", "a1"])
def test_a_file_is_one_document(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, "和碩\r\n仁寶\r緯創\n")
    assert read(path) == [Document("a1", "和碩\r\n仁寶\r緯創\n", str(path))]


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    assert [item.text for item in read(put(tmp_path / "a.txt", "")) if isinstance(item, Document)] == [""]


def test_ids_are_unique(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": name, "text": ""}) + "\n" for name in ("a", "a", "a~2", "a", "b"))
    path = put(tmp_path / "x.jsonl", lines)
    assert ids(read(path, path)) == ["a", "a~2", "a~2~2", "a~3", "b", "a~4", "a~5", "a~2~3", "a~6", "b~2"]


@given(st.lists(st.sampled_from(["a", "a~2", "a~3", "a~2~2", "b"]), max_size=30))
def test_ids_are_unique_whatever_they_are(names: list[str]) -> None:
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


@contextmanager
def ordinary_user() -> Iterator[Path]:
    """A folder, and for the length of the block no right to read everything, as root has it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        root = os.geteuid() == 0
        try:
            if root:
                os.seteuid(65_534)
            yield folder
        finally:
            if root:
                os.seteuid(0)


def test_what_may_not_be_read_fails_in_its_place() -> None:
    with ordinary_user() as folder:
        put(folder / "a.txt").chmod(0)
        put(folder / "b/c.txt").parent.chmod(0)
        put(folder / "d.txt")
        items = read(folder, folder / "b/c.txt")
        (folder / "b").chmod(0o700)
    assert messages(items) == [
        f"{folder}/a.txt: cannot be read: Permission denied",
        f"{folder}/b: cannot be read: Permission denied",
        f"{folder}/b/c.txt: cannot be read: Permission denied",
    ]
    assert texts(items) == ["仁寶"]


def test_a_name_that_is_too_long_fails(tmp_path: Path) -> None:
    assert messages(read(tmp_path / ("x" * 300))) == [f"{tmp_path}/{'x' * 300}: cannot be read: File name too long"]


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


def test_one_long_line(tmp_path: Path) -> None:
    text = "和碩與仁寶簽約。" * 900_000  # 21 MB
    assert read(put(tmp_path / "a.txt", text)) == [Document("a", text, str(tmp_path / "a.txt"))]


def test_a_file_that_vanishes_before_its_turn_fails(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d/e.txt"):
        put(tmp_path / name)
    items = read_documents([tmp_path])
    first = next(items)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "d/e.txt").unlink()
    (tmp_path / "d").rmdir()
    rest = list(items)
    assert ids([first, *rest]) == ["a", "! b.txt", "c", "! d"]
    assert messages(rest) == [
        f"{tmp_path}/b.txt: gone since its folder was listed",
        f"{tmp_path}/d: cannot be read: No such file or directory",
    ]


def test_a_file_that_becomes_a_folder_fails(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    put(tmp_path / "b.txt")
    items = read_documents([tmp_path])
    next(items)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").mkdir()
    assert messages(list(items)) == [f"{tmp_path}/b.txt: cannot be read: Is a directory"]


def test_more_than_a_document_can_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("opening", "lines", "documents", "csv_"):
        monkeypatch.setattr(f"extractor.inputs.{module}.LARGEST", 2**20)
    put(tmp_path / "a.txt", "x" * (2**20 + 1))
    pack(tmp_path / "b.txt.gz", bytes(2**26))  # of 64 KB
    put(tmp_path / "c.txt", "x" * 2**20)
    put(tmp_path / "d.jsonl", '{"text": "a"}\n{"text": "' + "x" * 2**21 + '"}\n{"text": "b"}\n')
    put(tmp_path / "e.csv", 'text\na\n"' + "x\n" * 2**20 + '"\n')
    items = read(tmp_path)
    told = [message.removeprefix(f"{tmp_path}/") for message in messages(items)]
    assert told == [
        "a.txt: more than 1 MiB, too large for one document; cut it into several",
        "b.txt.gz: more than 1 MiB, too large for one document; cut it into several",
        "d.jsonl:2:1: a line of more than 1 Mi characters; no more is read",
        "e.csv:3:1: a row of more than 1 Mi characters, its quote may never be closed; no more is read",
    ]
    assert [name for name in ids(items) if not name.startswith("!")] == ["c", "d-1", "e-2"]


def test_failures_of_one_file_can_be_told_apart(tmp_path: Path) -> None:
    path = put(tmp_path / "x.jsonl", "1\n2\n")
    items = read(path, tmp_path / "no.txt")
    assert [item.id for item in items] == [f"{path}:1", f"{path}:2", f"{tmp_path}/no.txt"]


NEWS = "和碩與仁寶昨天宣布，雙方將合資在越南設立新公司。\n"
FOLDER = {
    "01-empty.txt": ("", ""),
    "02-binary.txt": (b"\x7fELF\x02\x01\x01" + bytes(60), "not text"),
    "03-cut.txt": (NEWS.encode()[:-2], NEWS[:-2] + "\ufffd"),
    "04-big5.txt": (NEWS.encode("cp950"), NEWS),
    "05-gb.txt": (NEWS.encode("gb18030"), NEWS),
    "06-utf16.txt": (NEWS.encode("utf-16"), NEWS),
    "07-long.txt": ("仁寶" * 9_000_000, "仁寶" * 9_000_000),  # 54 MB in one line
    "08\nname.txt": (NEWS, NEWS),
    "09-twice.txt": (NEWS, NEWS),
    "10-twice.txt": (NEWS, NEWS),
    "11.jsonl": ('{"text": 1}', ':1:1: "text" is not a string'),
    "12.csv": ("id,body\na,b\n", ":1:1: no column text"),
    "13.txt.gz": (b"no gzip", "cannot be unpacked"),
    os.fsdecode(b"14-\xa4\xa4.txt"): (NEWS, NEWS),
}


def test_every_input_has_one_outcome(tmp_path: Path) -> None:
    for name, (content, _) in FOLDER.items():
        put(tmp_path / name, content)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "15.txt").symlink_to("15.txt")
    told: list[str] = []
    items = read(tmp_path, notice=told.append)
    assert len(items) == len(FOLDER) + 1
    for item, (_, expected) in zip(items, FOLDER.values(), strict=False):
        if isinstance(item, Document):
            assert item.text == expected
        else:
            assert expected in item.message
    assert "15.txt: cannot be read: " in messages(items)[-1]
    assert len(messages(items)) == 5
    assert not any("\n" in line for line in [*messages(items), *told])
    for item in items:
        f"{item.id}{item.source}".encode()


def test_the_command_tells_of_an_odd_name_in_one_line(tmp_path: Path) -> None:
    put(tmp_path / "a\nb.txt", b"\x00" * 9)
    done = call("extract", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {tmp_path}/a\\nb.txt: not text")
    assert done.stderr.count("\n") == 1
