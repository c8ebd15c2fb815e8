"""What the tests of the store share: outcomes that are made up, and all that a store holds, as plain rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from extractor.outcomes import FAILURE_KINDS, Outcome
from extractor.records import ENTITY_TYPES, MODALITIES, Document, Entity, Evidence, Mention, Record, Triple
from extractor.store import Selection, Store, StoreReader

WORDS = ("鴻海", "鸿海", "東元", "三星", "三星科技", "Hon Hai", "MOU", "ＡＩ", "海鴻", "𠮷野", "簽署", "。", "，", " ")

any_text = st.text(st.characters(codec="utf-8"), max_size=12) | st.text("\0\r\n\t\"'=%_\\\x1b\x85\u2028鴻", max_size=6)
news = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)
places = st.integers(0, 10**6)
labels = {"mou": ("MOU", "簽署MOU"), "acquires": ("acquires", "收購"), "sues": ("sues", "控告")}
qualifiers = st.dictionaries(
    st.sampled_from(("date", "date_iso", "amount", "currency", "title")), any_text, max_size=2
) | st.fixed_dictionaries(
    {"amount": any_text, "amount_value": st.integers(-(2**60), 2**60) | st.floats(allow_nan=False)}
)


@st.composite
def entities(draw: st.DrawFn) -> tuple[Entity, ...]:
    ids = draw(st.lists(st.sampled_from(("hon-hai", "?鴻海", "samsung", "x'y\"")) | any_text, max_size=4, unique=True))
    return tuple(
        Entity(
            id_,
            draw(st.sampled_from(ENTITY_TYPES)),
            draw(news | any_text),
            draw(any_text),
            draw(st.booleans()),
            draw(st.dictionaries(any_text, any_text, max_size=2)),
            tuple(draw(st.lists(st.builds(Mention, places, places, any_text), max_size=3))),
        )
        for id_ in ids
    )


@st.composite
def triples(draw: st.DrawFn, found: tuple[Entity, ...]) -> tuple[Triple, ...]:
    modality = st.sampled_from(MODALITIES)
    pieces = st.lists(st.builds(Evidence, places, places, news | any_text, any_text, modality), max_size=3)
    ends = st.sampled_from([entity.id for entity in found])
    relation = st.sampled_from(sorted(labels))
    stated = draw(st.lists(st.tuples(ends, relation, ends), max_size=3)) if found else []
    return tuple(
        Triple(
            *(subject, relation, object_, *labels[relation]),
            *(draw(modality), draw(any_text), draw(qualifiers), draw(st.booleans()), tuple(draw(pieces))),  # type: ignore[arg-type]
        )
        for subject, relation, object_ in stated
    )


@st.composite
def outcomes(draw: st.DrawFn, ids: st.SearchStrategy[str]) -> Outcome:
    """A document with its record, or a failure with or without a document."""
    id_, source = draw(ids), draw(st.none() | any_text)
    kind = draw(st.sampled_from((None, None, None, *FAILURE_KINDS)))
    if kind == "unreadable":
        return Outcome(id_, source, None, None, kind, draw(any_text))
    dates = st.sampled_from((None, "2024-05-06", "2025/11/6", "2025-11-30 08:00", "昨天"))
    document = Document(id_, draw(news | any_text), source, draw(st.none() | news | any_text), draw(dates))
    if kind:
        return Outcome(id_, source, document, None, kind, draw(any_text.filter(bool)))
    found = draw(entities())
    record = Record(id_, source, document.title, document.date, found, draw(triples(found)))
    return Outcome(id_, source, document, record)


def in_memory() -> TemporaryDirectory[str]:
    """A folder for stores by the hundred: in memory where there is such a place, which saves waiting for the disk."""
    return TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)


def one(id_: str, text: str = "", *, source: str | None = None, date: str | None = None, **more: Any) -> Outcome:
    """A document whose record names 鴻海 and 東元, which sign a MOU in the words of the text."""
    document = Document(id_, text, source, None, date)
    if more:
        return Outcome(id_, source, document if more.pop("read", True) else None, None, **more)
    found = (
        Entity("hon-hai", "company", "鴻海", "Hon Hai", True, {"twse": "2317"}, (Mention(0, 2, "鴻海"),)),
        Entity(f"?{id_}", "company", id_, id_, False, {}, ()),
    )
    evidence = (Evidence(0, len(text), text, "mou/1", "asserted"),)
    triple = Triple("hon-hai", "mou", f"?{id_}", "MOU", "簽署MOU", "asserted", "簽", {}, False, evidence)
    return Outcome(id_, source, document, Record(id_, source, None, date, found, (triple,)))


def write(path: Path, *batches: list[Outcome], knowledge: str = "k", inputs: tuple[str, ...] = ("news",)) -> None:
    """A whole run."""
    with Store(path) as store:
        store.begin("1.0", knowledge, inputs)
        for batch in batches:
            store.write(batch)
        store.finish()


def read(path: Path, wanted: Selection | None = None) -> list[Record]:
    with StoreReader(path) as store:
        return list(store.records(wanted))


def ids(path: Path, wanted: Selection | None = None) -> list[str]:
    return [record.id for record in read(path, wanted)]


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those of the runs; the words of the full text, by the rows that have them."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if name != "runs" and not name.startswith("sqlite_") and "_fts" not in name
        ]
        rows = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
        for name in ("documents_fts", "triples_fts"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.words_{name} USING fts5vocab (main, {name}, 'instance')")
            rows[name] = sorted(connection.execute(f"SELECT doc, col, offset, term FROM words_{name}"))
        return rows


def assert_sound(path: Path) -> None:
    """What must hold for any store, whatever happened to it."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
