"""Every format against a file of what it writes, and what holds for any record.

The files in golden/ are made anew by ``python tests/writers/test_formats.py``; read the difference before keeping it.
"""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import ExtractorError
from extractor.records import Entity, Evidence, Mention, Record, Triple
from extractor.writers import FORMATS, open_writer

GOLDEN = Path(__file__).parent / "golden"

COMPAL = Entity(
    "compal", "company", "仁寶", "Compal", True, {"twse": "2324"}, (Mention(0, 2, "仁寶"), Mention(9, 11, "仁寶"))
)
PEGATRON = Entity("pegatron", "company", "和碩", "Pegatron", True, {}, (Mention(3, 5, "和碩"),))
UNKNOWN = Entity("?=禾田", "company", "=禾田", "=禾田", False, {}, (Mention(20, 23, "=禾田"),))
CHAIR = Entity("tung", "person", "[bold]童子賢", "T. H. Tung", True, {"a": "1", "b": "2"}, ())
RECORDS = [
    Record(
        "news/a1",
        "in/news/a1.txt",
        '一則, "新聞"',
        "2024-05-06",
        (COMPAL, PEGATRON, UNKNOWN, CHAIR),
        (
            Triple(
                *("compal", "mou", "pegatron", "MOU", "簽署MOU", "asserted", "簽MOU"),
                {"date": "5月6日", "amount": "3億元"},
                False,
                (
                    Evidence(0, 8, "仁寶與和碩簽\tMOU", "mou/2", "asserted"),
                    Evidence(9, 19, "仁寶再談簽約", "mou/1", "planned"),
                ),
            ),
            Triple(
                *("compal", "acquires", "?=禾田", "acquires", "收購", "denied", "收購"),
                {},
                True,
                (Evidence(9, 26, '仁寶否認, "收購"\n=禾田\u2028', "acquires/1", "denied"),),
            ),
        ),
    ),
    Record("b2", None, None, None, (), ()),
]

CASES = {
    **{f"triples.{name}": {"format_name": name} for name in FORMATS},
    **{f"entities.{name}": {"format_name": name, "entities": True} for name in FORMATS},
    "triples-zh.triples": {"format_name": "triples", "lang": "zh"},
    "triples-zh.table": {"format_name": "table", "lang": "zh"},
    "triples-zh.csv": {"format_name": "csv", "lang": "zh"},
    "entities-zh.triples": {"format_name": "triples", "lang": "zh", "entities": True},
    "triples-excel.csv": {"format_name": "csv", "excel": True, "lang": "zh"},
    "triples-excel.tsv": {"format_name": "tsv", "excel": True, "lang": "zh"},
}


def written(records: list[Record], format_name: str, **options: object) -> str:
    stream = io.StringIO(newline="")
    writer = open_writer(format_name, stream, **options)  # type: ignore[arg-type]
    for record in records:
        writer.write(record)
    writer.close()
    assert not stream.closed
    return stream.getvalue()


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    assert written(RECORDS, **CASES[name]) == (GOLDEN / name).read_bytes().decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("entities", [False, True])
@pytest.mark.parametrize("format_name", ["triples", "jsonl", "json", "csv", "tsv", "table"])
def test_records_are_written_as_they_come(format_name: str, entities: bool) -> None:
    stream = io.StringIO(newline="")
    writer = open_writer(format_name, stream, entities=entities)
    before = len(stream.getvalue())
    writer.write(RECORDS[0])
    assert "ompal" in stream.getvalue()[before:]


@pytest.mark.parametrize(
    ("format_name", "text"),
    [
        *(("triples", ""), ("table", ""), ("jsonl", ""), ("json", "[]\n")),
        ("tsv", "document\tid\ttype\tname\ten\tknown\tcodes\tmention\tstart\tend\n"),
    ],
)
def test_without_records(format_name: str, text: str) -> None:
    assert written([], format_name, entities=True) == text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format_name": "jsnl"}, "unknown format 'jsnl': did you mean jsonl"),
        ({"format_name": "xml"}, "unknown format 'xml': choose from triples, table, json, jsonl, csv, tsv"),
        ({"format_name": "csv", "lang": "zhh"}, "unknown language 'zhh': did you mean zh?"),
        ({"format_name": "json", "excel": True}, "--excel is for --format csv or tsv, not for json"),
    ],
)
def test_wrong_choices(options: dict[str, object], message: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        written([], **options)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_excel_runs_no_cell(start: str) -> None:
    (row,) = csv_rows(one_triple(f"{start}cmd"), excel=True)
    assert row["evidence"] == f"'{start}cmd"
    (row,) = csv_rows(one_triple(f"{start}cmd"), excel=False)
    assert row["evidence"] == f"{start}cmd"


def one_triple(text: str) -> Record:
    """A record with `text` wherever a document decides what stands there."""
    name = Entity("x", "company", text, text, False, {}, (Mention(0, 1, text),))
    triple = Triple(
        "x", "mou", "x", "MOU", "MOU", "denied", text, {"date": text}, True, (Evidence(0, 1, text, "r", "denied"),)
    )
    return Record(text, text, text, text, (name,), (triple,))


def csv_rows(record: Record, excel: bool) -> list[dict[str, str]]:
    text = written([record], "csv", excel=excel)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


texts = st.text(st.characters(codec="utf-8"), max_size=20) | st.text("\r\n\t,\"'=a\x85\u2028\x1b\0", max_size=10)


@given(texts)
def test_json_gives_back_what_was_there(text: str) -> None:
    record = one_triple(text)
    lines = written([record, record], "jsonl")
    assert [json.loads(line) for line in lines.splitlines()] == [record.to_dict()] * 2
    assert json.loads(written([record, record], "json")) == [record.to_dict()] * 2


@given(texts)
def test_csv_gives_back_what_was_there(text: str) -> None:
    (row,) = csv_rows(one_triple(text), excel=False)
    assert [row[key] for key in ("document", "subject", "date", "trigger", "evidence")] == [text] * 5


@given(texts, st.booleans())
def test_a_line_is_a_line(text: str, entities: bool) -> None:
    record = one_triple(text)
    assert len(written([record], "triples", entities=entities).splitlines()) == 1
    header, row = written([record], "tsv", entities=entities).splitlines()
    assert row.count("\t") == header.count("\t")


@given(texts)
def test_the_table_takes_any_text(text: str) -> None:
    assert "\x1b" not in written([one_triple(text)], "table")


if __name__ == "__main__":
    for case, settings in CASES.items():
        (GOLDEN / case).write_bytes(written(RECORDS, **settings).encode())  # type: ignore[arg-type]
