"""What is asked of a store is found: words in texts and in evidence, names, days, and whatever filters leave."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import contents, ids, in_memory, one, outcomes, read, write

from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.outcomes import Outcome
from extractor.records import ENTITY_TYPES, MODALITIES
from extractor.store import Selection, Store, StoreReader, fulltext
from extractor.store.fulltext import MARK, folded_characters, indexed
from extractor.text.folding import fold

TEXTS = {
    "hon-hai": "鴻海與東元簽署MOU。",
    "simplified": "鸿海收购三星科技。",
    "latin": "Hon Hai signs with ＴＥＣＯ; AI-driven.",
    "samsung": "三星電子擬在台設廠",
    "turned": "海鴻、元東、星三",
    "apart": "鴻。海",
    "rare": "𠮷野家來台",
}

SEARCHES = [
    ("鴻海", ["hon-hai", "simplified"]),
    ("鸿海", ["hon-hai", "simplified"]),
    ("東元", ["hon-hai"]),
    ("三星", ["simplified", "samsung"]),
    ("三星電子", ["samsung"]),
    ("鴻海 東元", ["hon-hai"]),
    ("東元 鴻海", ["hon-hai"]),
    ("鴻海 三星", ["simplified"]),
    ("鴻海 三星電子", []),
    ("Hon Hai", ["latin"]),
    ("hai HON", ["latin"]),
    ("Ho", []),
    ("teco", ["latin"]),
    ("ＡＩ", ["latin"]),
    ("mou", ["hon-hai"]),
    ("簽署MOU", ["hon-hai"]),
    ("𠮷野", ["rare"]),
    ("台", ["samsung", "rare"]),
    ('"鴻海" AND', []),
    ('"鴻海"', ["hon-hai", "simplified"]),
    ("鴻海，", ["hon-hai", "simplified"]),
    ("東元 NOT 鴻海", []),
    ("東元（MOU）", ["hon-hai"]),
    ("鴻海・東元", ["hon-hai"]),
    ("三星(sān xīng)", []),
    ("鴻*", ["hon-hai", "simplified", "turned", "apart"]),
    ("鴻。海", ["hon-hai", "simplified", "turned", "apart"]),
    ("AI-driven", ["latin"]),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "a.db"
    write(path, [one(id_, text) for id_, text in TEXTS.items()])
    return path


@pytest.mark.parametrize(("words", "expected"), SEARCHES)
def test_words_in_texts(store: Path, words: str, expected: list[str]) -> None:
    assert ids(store, Selection(match=words)) == expected


@pytest.mark.parametrize(("words", "expected"), SEARCHES)
def test_words_in_evidence(store: Path, words: str, expected: list[str]) -> None:
    assert ids(store, Selection(evidence=words)) == expected


@pytest.mark.parametrize("words", ["", " ", "，", '"', "*"])
def test_nothing_to_search_for(words: str) -> None:
    with pytest.raises(ExtractorError, match="nothing to search for"):
        Selection(match=words)


def test_only_the_triples_that_are_stated_with_the_words(tmp_path: Path) -> None:
    from dataclasses import replace

    outcome = one("a", "鴻海與東元簽署MOU")
    assert outcome.record is not None
    first = outcome.record.triples[0]
    second = first._replace(
        object="hon-hai", evidence=(first.evidence[0]._replace(text="與三星簽約"), first.evidence[0])
    )
    third = first._replace(subject=first.object, evidence=(first.evidence[0]._replace(text="三星"),))
    write(
        tmp_path / "a.db",
        [one("b", "三星"), replace(outcome, record=replace(outcome.record, triples=(first, second, third)))],
    )
    (record,) = read(tmp_path / "a.db", Selection(evidence="三星 東元"))
    assert record.triples == (second,)


def test_titles_are_searched(tmp_path: Path) -> None:
    from extractor.records import Document, Record

    document = Document("a", "內文", None, "鴻海財報", None)
    write(tmp_path / "a.db", [Outcome("a", None, document, Record("a", None, "鴻海財報", None, (), ()))])
    assert ids(tmp_path / "a.db", Selection(match="鴻海 內文")) == ["a"]


def test_what_a_killed_run_left_is_found_once_a_run_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store(path) as cut_off:
        cut_off.begin("1.0", "k")
        cut_off.write([one("a", "鴻海"), one("b", "東元")])
    with StoreReader(path) as reader:
        assert reader.unindexed() == 2
        assert [record.id for record in reader.records(Selection(match="鴻海"))] == []
    write(path, [one("c", "鴻海")])
    assert ids(path, Selection(match="鴻海")) == ["a", "c"]


DAYS = {"a": "2025-11-06", "b": "2025/11/30 08:00", "c": "20240101", "d": None, "e": "昨天", "f": "2025-02-30"}


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, "abcdef"),
        (date(2025, 11, 6), None, "ab"),
        (date(2025, 11, 7), None, "b"),
        (None, date(2025, 11, 6), "ac"),
        (date(2025, 1, 1), date(2025, 11, 29), "a"),
        (date(2026, 1, 1), None, ""),
    ],
)
def test_days(tmp_path: Path, since: date | None, until: date | None, expected: str) -> None:
    write(tmp_path / "a.db", [one(id_, date=day) for id_, day in DAYS.items()])
    assert "".join(ids(tmp_path / "a.db", Selection(Filter(since=since, until=until)))) == expected
    with StoreReader(tmp_path / "a.db") as reader:
        assert reader.undated() == 3


NAMES = [
    ("hon-hai", ["a", "b"]),
    ("鴻海", ["a", "b"]),
    ("鸿海", ["a", "b"]),
    ("HON HAI", ["a", "b"]),
    ("?a", ["a"]),
    ("b", ["b"]),
    ("鴻", []),
    ("Hon-Hai", []),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names(tmp_path: Path, name: str, expected: list[str]) -> None:
    write(tmp_path / "a.db", [one("a"), one("b")])
    assert ids(tmp_path / "a.db", Selection(Filter(entities=[name]))) == expected
    assert ids(tmp_path / "a.db", Selection(Filter(entities=[name], entities_only=True))) == expected


some = lambda values: st.lists(st.sampled_from(values), max_size=2)  # noqa: E731
filters = st.builds(
    Filter,
    relations=some(["mou", "acquires", "none"]),
    types=some(ENTITY_TYPES),
    modalities=some(MODALITIES),
    inferred=st.booleans(),
    entities=some(["hon-hai", "鴻海", "鸿海", "?鴻海", "samsung", "x'y\""]),
    entities_only=st.booleans(),
    since=st.none() | st.just(date(2025, 1, 1)),
    until=st.none() | st.just(date(2025, 11, 6)),
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(outcomes(st.uuids().map(str)), max_size=5, unique_by=lambda outcome: outcome.id),
    st.lists(filters, min_size=1, max_size=4),
    st.none() | st.sampled_from(["鴻海", "三星 東元", "hon", "海"]),
)
def test_what_sql_leaves_out_is_what_is_not_wanted(
    written: list[Outcome], wanted: list[Filter], match: str | None
) -> None:
    with in_memory() as folder:
        path = Path(folder, "a.db")
        write(path, written)
        for keep in wanted:
            selection = Selection(keep, match)
            kept = [selection.apply(o.record) for o in written if o.record and (match is None or _has(o, match))]
            assert read(path, selection) == [record for record in kept if record]


def _has(outcome: Outcome, words: str) -> bool:
    """Whether a text has all words, by looking at one token after the other."""
    assert outcome.document is not None
    fields = [_tokens(outcome.document.title or ""), _tokens(outcome.document.text)]
    return all(
        any(
            tokens[place : place + len(phrase)] == phrase
            for tokens in fields
            for place in range(len(tokens))
            for phrase in [_tokens(word)]
        )
        for word in words.split()
    )


def _tokens(text: str) -> list[str]:
    """For the words that these searches look for it is enough to part at what is neither letter nor digit nor mark."""
    return "".join(c if c.isalnum() or c == MARK else " " for c in indexed(text)).split()


def test_characters_are_folded_in_the_store_as_in_the_program(store: Path) -> None:
    table = dict(contents(store)["folding"])
    assert table == dict(folded_characters())
    for text in TEXTS.values():
        assert "".join(table.get(character, character) for character in text) == fold(text)


def test_words_that_were_folded_otherwise_are_indexed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, anew = tmp_path / "a.db", tmp_path / "b.db"
    with monkeypatch.context() as patch:  # a version of the program that took 海 for 洋
        patch.setattr(fulltext, "folded_characters", lambda: [("海", "洋")])
        patch.setattr(fulltext, "indexed", lambda text: indexed(text).replace("海", "洋"))
        write(path, [one("a", "鴻海"), one("b", "鴻洋")])
        assert ids(path, Selection(match="鴻洋")) == ["a", "b"]
    write(path, [one("b", "東元")])
    assert ids(path, Selection(match="鴻洋")) == []
    assert ids(path, Selection(match="鴻海")) == ids(path, Selection(evidence="鴻海")) == ["a"]
    write(anew, [one("a", "鴻海"), one("b", "東元")])
    words = ("documents_fts", "triples_fts", "folding", "unindexed")
    assert [contents(path)[name] for name in words] == [contents(anew)[name] for name in words]
