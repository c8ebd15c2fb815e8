"""A record in a notebook: its table, and its data frame."""

from __future__ import annotations

import csv
import io
import sys
from html.parser import HTMLParser

import pytest

from extractor import Extractor
from extractor.errors import ExtractorError
from extractor.records import Entity, Evidence, Mention, Record, Triple
from extractor.writers import open_writer

TEXT = "鴻海董事長劉揚偉與東元簽署MOU。光寶科傳出收購群光。仁寶否認與英業達合併。"


class Page(HTMLParser):
    """The elements of a piece of HTML, and what is written in its cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.cells: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in ("td", "th", "caption"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.cells[-1] += data


def test_a_record_shows_its_triples(extractor: Extractor) -> None:
    record = extractor.extract(TEXT)
    page = Page(record._repr_html_())
    assert page.open == []
    assert set(page.tags) <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "b", "bdi", "span", "small"}
    assert page.attributes == {"style", "scope"}  # nothing that could run or load anything
    caption, *cells = page.cells
    assert caption == f"text · {len(record.triples)} triples, {len(record.entities)} entities"
    rows = [cells[start : start + 5] for start in range(0, len(cells), 5)]
    assert rows[0] == ["Subject", "Relation", "Object", "Modality", "Evidence"]
    assert len(rows) == 1 + len(record.triples)
    denied = next(row for row in rows if row[3].startswith("denied"))
    assert denied[:3] == ["Compal 仁寶", "merges with 合併", "Inventec 英業達"]
    for row, triple in zip(rows[1:], record.triples, strict=True):
        first = triple.evidence[0]
        assert row[4].startswith(f"{TEXT[first.start : first.end]} {first.start}–{first.end}")


def made(name: str) -> Record:
    """A record with this text in every place."""
    things = tuple(Entity(i, "company", name, name, True, {}, (Mention(0, 1, name),)) for i in ("a", "b"))
    evidence = (Evidence(0, 1, name, "x/1", "asserted"), Evidence(2, 3, name, "x/1", "asserted"))
    return Record(
        "x", None, name, None, things, (Triple("a", "x", "b", name, name, "asserted", "", {}, True, evidence),)
    )


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "</td>]]>", "\"'&amp;", "\u202eolleh", "a\nb\x1b[31m\x00"]
)
def test_names_are_shown_as_text(name: str) -> None:
    html = made(name)._repr_html_()
    page = Page(html)
    assert page.tags.count("td") == 5
    assert not set(page.tags) & {"script", "a", "img"}
    assert page.cells[6] == name.replace("\n", " ").replace("\x1b", " ").replace("\x00", " ")
    assert page.cells[10].endswith("0–1, 1 more")
    assert html.isprintable() or "\u202e" in name
    assert html.count("<bdi>") == html.count("</bdi>") >= 5


def test_nothing_found_is_an_empty_table(extractor: Extractor) -> None:
    page = Page(extractor.extract("今日天氣晴。")._repr_html_())
    assert page.cells[0] == "text · 0 triples, 0 entities"
    assert "td" not in page.tags


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_data_frame_has_the_columns_and_the_rows_of_the_csv(extractor: Extractor, lang: str) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    record = extractor.extract(TEXT)
    stream = io.StringIO(newline="")
    writer = open_writer("csv", stream, lang=lang)
    writer.write(record)
    header, *rows = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    frame = record.to_pandas(lang)
    assert list(frame.columns) == header
    assert (
        frame.assign(inferred=frame["inferred"].map({True: "true", False: "false"})).astype(str).values.tolist() == rows
    )
    assert frame["start"].dtype == "int64"
    assert frame["inferred"].dtype == bool


def test_the_data_frame_of_nothing_has_the_same_columns(extractor: Extractor) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    empty, full = (extractor.extract(text).to_pandas() for text in ("", TEXT))
    assert (len(empty), list(empty.columns)) == (0, list(full.columns))
    assert (empty["start"].dtype, empty["inferred"].dtype) == (full["start"].dtype, full["inferred"].dtype)


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ExtractorError, match=r"pandas is not installed.*pip install 'extractor\[notebook\]'"):
        made("甲").to_pandas()
