"""The pieces of a job, each by itself: spans, ids, parts, folders."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.cluster import ids, manifest
from extractor.cluster.files import Folder
from extractor.cluster.parts import PartWriter, Summary, leftovers, read_records, read_summary
from extractor.cluster.sources import Input, cut, find_inputs
from extractor.cluster.spans import Span, SpanStream, count_lines
from extractor.errors import ExtractorError
from extractor.inputs import read_documents
from extractor.outcomes import Outcome
from extractor.records import Document

TEXT = "甲辰鋼鐵（9001）11月6日以12.5億元收購乙巳食品三成股權，董事長歐陽子涵說，也擬在北嶼國設廠。"


@given(st.lists(st.sampled_from([b"a", b"bc", b"\n", b"\r\n"]), max_size=30), st.lists(st.integers(0, 40)), st.data())
def test_spans_are_the_file_and_its_lines(pieces: list[bytes], cuts: list[int], data: st.DataObject) -> None:
    content = b"".join(pieces)
    bounds = sorted({0, len(content), *(at for at in cuts if at < len(content))})
    spans = [Span(start, end) for start, end in pairwise(bounds)]
    read, before = [], 0
    for span in spans:
        stream = SpanStream(io.BytesIO(content), Span(span.start, span.end, before))
        found = b""
        while chunk := stream.read(data.draw(st.integers(1, 9))):
            found += chunk
        assert found[:before] == b"\n" * before
        read.append(found[before:])
        assert count_lines(io.BytesIO(content), span) == read[-1].count(b"\n")
        before += read[-1].count(b"\n")
    assert b"".join(read) == content
    ended = [part for part in read if part][:-1]  # all but the last, which may not end its last line
    assert all(part.endswith(b"\n") for part in ended)


@given(st.lists(st.lists(st.sampled_from(["a", "b", "a~2", "a~3", "a~2~2", "c"]), max_size=6), max_size=5))
def test_ids_are_settled_as_on_one_machine(parts: list[list[str]]) -> None:
    doubles = ids.repeated([ids.hashes(part) for part in parts])
    changes = ids.renames([ids.in_question(part, doubles) for part in parts])
    found = [
        changed.get(place, name)
        for part, changed in zip(parts, changes, strict=True)
        for place, name in enumerate(part)
    ]
    assert found == _unique([name for part in parts for name in part])


def _unique(names: list[str]) -> list[str]:
    """As `read_documents` does it."""
    lines = "".join(f'{{"id": "{name}", "text": ""}}\n' for name in names)
    return (
        [item.id for item in read_documents(["-"], stdin=io.BytesIO(lines.encode("utf-8") or b"\n"))] if names else []
    )


@pytest.fixture
def memory() -> Folder:
    """An empty folder that is nowhere on a disk."""
    folder = Folder("memory://cluster/output")
    folder.make()
    for name in folder.names():
        folder.remove(name)
    return folder


def outcome(small: Extractor, name: str, text: str = TEXT) -> Outcome:
    document = Document(name, text, f"news/{name}.txt", "標題", "2025-11-07")
    return Outcome(name, document.source, document, small.extract(document))


def test_a_part_gives_back_what_was_put_in(small: Extractor, memory: Folder) -> None:
    outcomes = [outcome(small, "a"), outcome(small, "b", ""), outcome(small, "c"), outcome(small, "d", TEXT * 3)]
    broken = Outcome("x.txt", "x.txt", None, kind="unreadable", error="x.txt: cannot be read: it is broken")
    slow = Outcome("y", "y.txt", Document("y", "慢", "y.txt"), kind="slow", error="y.txt: not done within 1 s")
    with PartWriter(memory, 0, "key") as part:
        for one in (broken, *outcomes, slow):
            part.add(one)
    records = list(read_records(memory, 1))
    assert [record.to_dict() for record in records] == [one.record.to_dict() for one in outcomes if one.record]
    assert {name for triple in records[0].triples for name in triple.qualifiers} >= {
        "date_iso",
        "amount_value",
        "title",
    }
    assert records[0].entities[0].codes == {"twse": "9001"}
    triples = sum(len(record.triples) for record in records)
    characters = len(TEXT) * 5 + 1
    assert read_summary(memory, 0) == Summary(0, "key", 4, characters, triples, {"slow": 1, "unreadable": 1})


def test_a_part_is_there_whole_or_not_at_all(small: Extractor, memory: Folder) -> None:
    with pytest.raises(OSError, match="no space"), PartWriter(memory, 0, "key") as part:
        part.add(outcome(small, "a"))
        raise OSError("no space")
    assert memory.names() == []
    assert read_summary(memory, 0) is None


def test_leftovers_are_drafts_and_parts_beyond(memory: Folder) -> None:
    kept = ["part-00000.triples.parquet", "part-notes.txt", "mine.parquet", "manifest.json"]
    left = [".draft-1.part-00000.triples.parquet", "part-00001.documents.parquet", "part-100000.triples.parquet"]
    for name in (*kept, *left):
        memory.write(name, b"")
    assert sorted(leftovers(memory, 1)) == sorted(left)


def test_an_output_keeps_the_size_of_its_parts(memory: Folder) -> None:
    assert manifest.begin(memory, "news", 10) == 2**20
    assert manifest.begin(memory, "news", 10**12, 77) == 2**20
    manifest.finish(memory, "news", 2**20, "key", [Summary(0, "key", 3)])
    assert manifest.count_parts(memory) == 1
    assert memory.names() == ["_SUCCESS", "manifest.json"]
    assert manifest.begin(memory, "news", 10) == 2**20
    assert memory.names() == ["manifest.json"]  # begun again, and not finished
    with pytest.raises(ExtractorError, match="is not finished"):
        manifest.count_parts(memory)


@pytest.mark.parametrize(("total", "size"), [(0, 2**20), (10**10, 10**7), (10**13, 128 * 2**20)])
def test_the_size_of_parts_follows_the_size_of_the_sources(memory: Folder, total: int, size: int) -> None:
    assert manifest.begin(memory, "news", total) == size


def test_parts_without_a_manifest_are_somebody_elses(memory: Folder) -> None:
    memory.write("part-00000.parquet", b"")
    with pytest.raises(ExtractorError, match="has parts, but no manifest.json"):
        manifest.begin(memory, "news", 10)


def test_sources_in_a_file_system_of_another_kind() -> None:
    for name in ("b.txt", "a/1.jsonl", "a/.hidden.txt", ".git/x.txt", "c.pdf", "a0.csv.gz"):
        Folder(f"memory://cluster/news/{name}".rpartition("/")[0]).write(name.rpartition("/")[2], b"text")
    found = find_inputs("memory://cluster/news/")
    assert [item.path for item in found] == [
        f"memory://cluster/news/{name}" for name in ("a/1.jsonl", "a0.csv.gz", "b.txt")
    ]
    assert [item.source().whole() for item in found if isinstance(item, Input) and item.inside == "b.txt"] == [b"text"]
    assert [item.path for item in find_inputs("memory://cluster/news", "*.txt")] == ["memory://cluster/news/b.txt"]
    assert [item.inside for item in find_inputs("memory://cluster/news/b.txt")] == ["b.txt"]
    with pytest.raises(ExtractorError, match="no such file or folder"):
        find_inputs("memory://cluster/none")


def test_an_unknown_file_system() -> None:
    with pytest.raises(ExtractorError, match=r"^nowhere://x: .*nowhere"):
        find_inputs("nowhere://x")


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(1, 60))
def test_parts_are_cut_in_order_and_filled(sizes: list[int], size: int) -> None:
    items = [Input(Folder("/news"), f"{n:02d}.txt", f"news/{n:02d}.txt", each) for n, each in enumerate(sizes)]
    parts = cut(items, size)
    assert [item for part in parts for item in part] == items
    assert all(sum(item.size for item in part[:-1]) < size for part in parts)
    assert all(sum(item.size for item in part) >= size for part in parts[:-1])
