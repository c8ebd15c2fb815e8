"""Packed files: the same documents as unpacked ones, and what becomes of broken ones."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from reading import ids, messages, pack, put, read, texts

from extractor.inputs import Failure, read_documents
from extractor.records import Document

TEXT = "和碩與仁寶昨天宣布合資。"
CONTENTS = {
    "a.txt": TEXT,
    "b.md": f"---\ntitle: 題\n---\n{TEXT}",
    "c.jsonl": f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT}", "id": "x"}}\n',
    "d.csv": f"text,date\n{TEXT},2025\n",
    "e": TEXT,
    "f.x.txt": TEXT,
}
LINES = "".join(json.dumps({"text": f"{number} {TEXT}"}, ensure_ascii=False) + "\n" for number in range(60_000))


@pytest.mark.parametrize("name", CONTENTS)
def test_a_packed_file_gives_the_same_documents(tmp_path: Path, name: str) -> None:
    plain = read(put(tmp_path / name, CONTENTS[name]))
    packed = read(pack(tmp_path / f"{name}.gz", CONTENTS[name]))
    assert all(isinstance(item, Document) for item in plain)
    assert [item.source for item in packed] == [f"{item.source}.gz" for item in plain]
    assert ids(packed) == ids(plain)
    assert [(item.text, item.title, item.date) for item in packed if isinstance(item, Document)] == [
        (item.text, item.title, item.date) for item in plain if isinstance(item, Document)
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [""]),
        (gzip.compress("仁".encode(), mtime=0) + gzip.compress("寶".encode(), mtime=0), ["仁寶"]),
        (gzip.compress(TEXT.encode("cp950"), mtime=0), [TEXT]),
    ],
)
def test_unusual_but_sound(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    assert texts(read(put(tmp_path / "a.txt.gz", data))) == expected


SOUND = gzip.compress(TEXT.encode(), mtime=0)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        SOUND[:-1],
        SOUND[:-9],
        SOUND[:5],
        SOUND[:-8] + b"\0\0\0\0" + SOUND[-4:],
        SOUND[:-4] + b"\0\0\0\0",
        SOUND + b"rest",
        SOUND[:12] + b"\xff\xff\xff" + SOUND[15:],
    ],
)
@pytest.mark.parametrize("name", ["a.txt.gz", "a.csv.gz", "a.jsonl.gz", "a.html.gz"])
def test_a_broken_one_fails(tmp_path: Path, data: bytes, name: str) -> None:
    path = put(tmp_path / name, data)
    *_, last = messages(read(path))
    assert last.startswith(str(path))
    assert ": cannot be unpacked, is it broken? " in last


@pytest.mark.parametrize("cut", [100, 100_000, 2])
def test_what_comes_before_a_break_is_read(tmp_path: Path, cut: int) -> None:
    packed = gzip.compress(LINES.encode())
    path = put(tmp_path / "a.jsonl.gz", packed[:-cut])
    *documents, last = read(path)
    assert isinstance(last, Failure)
    assert last.message.startswith(f"{path}:{len(documents) + 1}:1: cannot be unpacked, is it broken? ")
    assert texts(documents) == [json.loads(line)["text"] for line in LINES.splitlines()[: len(documents)]]
    assert (len(documents) == 60_000) == (cut == 2)


def test_one_record_at_a_time_is_in_memory(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.jsonl.gz", ('{"text": "' + TEXT * 100 + '"}\n') * 4_000)
    tracemalloc.start()
    count = sum(1 for item in read_documents([path]) if isinstance(item, Document))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4_000
    assert peak < 8_000_000  # of 15 MB
