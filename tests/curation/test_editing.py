"""Files that are edited stay their owner's: every byte that is not added to stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.curation.editing import EditedFile
from extractor.errors import KnowledgeError
from extractor.knowledge.dictionary import load_dictionaries

COLUMNS = ("id", "name", "en", "aliases", "weak_aliases", "codes", "support", "trade")
START = ("id", "name", "en", "aliases")

# what is there, the row that is put, what is there then
PUT = [
    pytest.param("", {"id": "b", "name": "乙"}, "# Firms.\nid,name,en,aliases\nb,乙,,\n", id="no file"),
    pytest.param("# mine\n", {"id": "b", "name": "乙"}, "# mine\nid,name,en,aliases\nb,乙,,\n", id="comment only"),
    pytest.param("id,name\na,甲", {"id": "b", "name": "乙"}, "id,name\na,甲\nb,乙\n", id="no line end"),
    pytest.param("id,name\r\na,甲\r\n", {"id": "b", "name": "乙"}, "id,name\r\na,甲\r\nb,乙\r\n", id="CRLF"),
    pytest.param("\ufeffid,name\na,甲\n", {"id": "b", "name": "乙"}, "\ufeffid,name\na,甲\nb,乙\n", id="mark"),
    pytest.param(
        'name,id\n# old\n" 甲",a\n\n',
        {"id": "b", "name": "乙"},
        'name,id\n# old\n" 甲",a\n\n乙,b\n',
        id="order of columns, comments, blank lines",
    ),
    pytest.param(
        "id,name\n# x\na,甲\n",
        {"id": "b", "name": "乙", "trade": "食品", "en": "B"},
        "id,name,en,trade\n# x\na,甲,,\nb,乙,B,食品\n",
        id="new columns",
    ),
    pytest.param(
        'id,name,en\na,甲,"A, ""the""\n first"\nc,丙,\n',
        {"id": "b", "name": "乙", "codes": "twse:1"},
        'id,name,en,codes\na,甲,"A, ""the""\n first",\nc,丙,,\nb,乙,,twse:1\n',
        id="a cell of two lines",
    ),
    pytest.param("id,name\n", {"id": "b", "name": '乙, "子"'}, 'id,name\nb,"乙, ""子"""\n', id="quotes"),
    pytest.param(
        "id,name,aliases,codes\na,甲,一|二,\n# end\n",
        {"id": "a", "name": "乙", "aliases": "二|三", "codes": "twse:1", "en": ""},
        "id,name,aliases,codes\na,甲,一|二|三,twse:1\n# end\n",
        id="joined",
    ),
    pytest.param(
        "id,name\na,甲\n", {"id": "a", "name": "", "aliases": "三"}, "id,name,aliases\na,甲,三\n", id="joined, wider"
    ),
]


@pytest.mark.parametrize(("before", "row", "after"), PUT)
def test_put(tmp_path: Path, before: str, row: dict[str, str], after: str) -> None:
    path = tmp_path / "companies.csv"
    if before:
        path.write_bytes(before.encode())
    file = EditedFile(path, COLUMNS, START, "Firms.")
    file.put(row)
    file.save()
    assert path.read_bytes().decode() == after
    assert load_dictionaries([tmp_path]).entries[row["id"]].where.rpartition(":")[0] == str(path)
    assert [p.name for p in tmp_path.iterdir()] == ["companies.csv"]


def test_where_names_the_line_of_a_row(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text('# x\nid,name,en\na,甲,"A\nB"\nb,乙,\n', "utf-8")
    file = EditedFile(path, COLUMNS, START, "")
    assert [file.where(id_) for id_ in ("a", "b")] == [f"{path}:3", f"{path}:5"]
    file.put({"id": "c", "name": "丙"})
    assert file.where("c") == file.where() == f"{path}:6"


@pytest.mark.parametrize(
    ("content", "place"),
    [("id,name\na,甲\n".encode("cp950"), ": not UTF-8 at byte 10"), (b'id,name\na,"b\n', ":2: unexpected end")],
    ids=["not UTF-8", "open quote"],
)
def test_what_is_no_table_is_not_touched(tmp_path: Path, content: bytes, place: str) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match=f"{path}{place}"):
        EditedFile(path, COLUMNS, START, "")
    assert path.read_bytes() == content


def test_a_link_and_its_mode_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "companies.csv"
    real.write_text("id,name\n", "utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    file = EditedFile(link, COLUMNS, START, "")
    file.put({"id": "a", "name": "甲"})
    file.save()
    assert link.is_symlink()
    assert real.read_text("utf-8") == "id,name\na,甲\n"
    assert real.stat().st_mode & 0o777 == 0o640


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=6).map(str.strip)
ROWS = st.lists(st.tuples(CELL.filter(lambda c: not c.startswith("#")), CELL), max_size=5)


@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_rows_come_back_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, rows, end) -> None:
    path = tmp_path_factory.mktemp("edit") / "companies.csv"
    path.write_bytes(f"# mine{end}id,name{end}first,一{end}".encode())
    file = EditedFile(path, COLUMNS, START, "")
    for number, (name, en) in enumerate(rows):
        file.put({"id": f"x{number}", "name": f"甲{name}", "en": f"A{en}"})
    file.save()
    entries = load_dictionaries([path.parent]).entries
    assert [(e.name, e.en) for e in entries.values()] == [("一", ""), *((f"甲{name}", f"A{en}") for name, en in rows)]
    assert path.read_bytes().startswith(f"# mine{end}id,name".encode())
