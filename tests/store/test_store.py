"""What is written is read back, whatever it is, however it came, and whatever was there before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import assert_sound, contents, ids, in_memory, one, outcomes, read, write

from extractor.outcomes import Outcome
from extractor.records import Document
from extractor.store import Selection, Store, StoreReader
from extractor.store.fulltext import MARK, indexed, query

few = st.sampled_from(["a", "b", "c", "d"])
numbered = st.lists(outcomes(st.uuids().map(str)), max_size=6, unique_by=lambda outcome: outcome.id)


@settings(max_examples=30, deadline=None)
@given(numbered, st.integers(1, 4))
def test_what_is_written_is_read_back(written: list[Outcome], at_once: int) -> None:
    with in_memory() as folder:
        path = Path(folder, "a.db")
        write(path, *(written[i : i + at_once] for i in range(0, len(written), at_once)))
        assert read(path) == [outcome.record for outcome in written if outcome.record]
        # The order of keys too, which the equality of mappings does not see.
        assert [str(record.to_dict()) for record in read(path)] == [
            str(outcome.record.to_dict()) for outcome in written if outcome.record
        ]
        with StoreReader(path) as store:
            assert [outcome for _, outcome in store.outcomes()] == written
        assert_sound(path)
        whole = Path(folder, "b.db")
        write(whole, written)
        assert contents(path) == contents(whole)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(outcomes(few), max_size=3, unique_by=lambda outcome: outcome.id)
        | st.sampled_from(["finish", "reopen"])
        | st.sets(few, max_size=2).map(sorted),
        max_size=8,
    )
)
def test_a_store_is_what_was_written_last(steps: list[list[Outcome] | list[str] | str]) -> None:
    """Documents are replaced in their places, removed, indexed at any time: as a mapping would have it."""
    expected: dict[str, Outcome] = {}
    with in_memory() as folder:
        path = Path(folder, "a.db")
        store = Store(path)
        store.begin("1.0", "k")
        for step in [*steps, "finish"]:
            if step == "finish":
                store.finish()
            elif step == "reopen":
                store.close()
                store = Store(path)
                store.begin("1.0", "k")
            elif step and isinstance(step[0], str):
                store.prune(step)
                for id_ in step:
                    expected.pop(id_, None)
            else:
                store.write(step)
                expected.update((outcome.id, outcome) for outcome in step)
        store.close()
        with StoreReader(path) as reader:
            assert [outcome for _, outcome in reader.outcomes()] == list(expected.values())
            assert reader.unindexed() == 0
        assert_sound(path)
        anew = Path(folder, "b.db")
        write(anew, list(expected.values()))
        rows, fresh = contents(path), contents(anew)
        assert len(rows["entities"]) == len(fresh["entities"])
        assert len(rows["relations"]) == len(fresh["relations"])
        for words in ("documents_fts", "triples_fts"):  # but for the keys of the documents
            assert sorted(row[1:] for row in rows[words]) == sorted(row[1:] for row in fresh[words])


def test_a_changed_document_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    write(path, [one("a", "鴻海"), one("b", "東元"), one("c", "三星")])
    write(path, [one("b", "改成緯創")])
    assert ids(path) == ["a", "b", "c"]
    assert ids(path, Selection(match="東元")) == []
    assert ids(path, Selection(match="緯創")) == ["b"]
    anew = tmp_path / "b.db"
    write(anew, [one("a", "鴻海"), one("b", "改成緯創"), one("c", "三星")])
    rows, expected = contents(path), contents(anew)
    assert rows.pop("documents")[1][:-1] == expected.pop("documents")[1][:-1]  # all but the run
    assert rows == expected


DONE = Document("a", "鴻海", "news/a.txt", "題", "2025-11-06")
IS_DONE = {
    "the same": (DONE, "k", True),
    "from another place": (Document("a", "鴻海", "old/a.txt", "題", "2025-11-06"), "k", True),
    "another id": (Document("b", "鴻海", "news/a.txt", "題", "2025-11-06"), "k", False),
    "another text": (Document("a", "鴻海。", "news/a.txt", "題", "2025-11-06"), "k", False),
    "another title": (Document("a", "鴻海", "news/a.txt", None, "2025-11-06"), "k", False),
    "another date": (Document("a", "鴻海", "news/a.txt", "題", None), "k", False),
    "another knowledge": (DONE, "k2", False),
}


@pytest.mark.parametrize("case", IS_DONE)
def test_what_is_done_is_not_done_again(tmp_path: Path, case: str) -> None:
    document, knowledge, expected = IS_DONE[case]
    record = one("a").record
    assert record is not None
    write(tmp_path / "a.db", [Outcome("a", DONE.source, DONE, record)])
    with Store(tmp_path / "a.db") as store:
        store.begin("1.0", knowledge)
        assert store.is_done(document) is expected


@pytest.mark.parametrize("kind", ["broken", "crashed", "slow"])
def test_a_failure_is_done_again(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.db"
    failed = one("a", "鴻海", kind=kind, error="a: why")
    write(path, [failed])
    assert failed.document is not None
    with Store(path) as store:
        store.begin("1.0", "k", ["news"])
        assert not store.is_done(failed.document)
        store.write([one("a", "鴻海")])
        store.finish()
    assert ids(path) == ["a"]
    assert [row[6:9] for row in contents(path)["documents"]] == [("done", None, None)]


def test_the_source_follows_a_document_that_moved(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    write(path, [one("a", source="old/a.txt")])
    with Store(path) as store:
        store.begin("1.0", "k", ["new"])
        assert store.is_done(Document("a", "", "new/a.txt"))
        assert store.gone() == []
    assert read(path)[0].source == "new/a.txt"


NEWS = ["news/a.txt", "news/b.txt", "news/sub/c.txt", "news2/d.txt", "../news/e.txt", "/abs/f.txt", "-", None]
GONE = [
    (["news"], [], ["news/a.txt", "news/b.txt", "news/sub/c.txt"]),
    (["news/"], ["news/a.txt"], ["news/b.txt", "news/sub/c.txt"]),
    (["./news/sub"], [], ["news/sub/c.txt"]),
    (["news/a.txt", "news2"], [], ["news/a.txt", "news2/d.txt"]),
    (["."], [], ["news/a.txt", "news/b.txt", "news/sub/c.txt", "news2/d.txt"]),
    (["/abs"], [], ["/abs/f.txt"]),
    (["../news"], [], ["../news/e.txt"]),
    (["-"], [], []),
    ([], [], []),
]


@pytest.mark.parametrize(("inputs", "seen", "expected"), GONE)
def test_documents_that_are_gone(tmp_path: Path, inputs: list[str], seen: list[str], expected: list[str]) -> None:
    path = tmp_path / "a.db"
    write(path, [one(str(source), source=source) for source in NEWS])
    with Store(path) as store:
        store.begin("1.0", "k", inputs)
        assert all(store.is_done(Document(source, "", source)) for source in seen)
        assert store.gone() == expected
        store.prune(store.gone())
        store.finish()
    assert ids(path) == [str(source) for source in NEWS if source not in expected]
    assert_sound(path)


def test_what_cannot_be_read_now_is_not_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    write(path, [one(source, source=source) for source in NEWS[:3]])
    with Store(path) as store:
        store.begin("1.0", "k", ["news"])
        store.write(
            [one(source, source=source, kind="unreadable", read=False) for source in ("news/sub", "news/b.txt!")]
        )
        assert store.gone() == ["news/a.txt", "news/b.txt"]


def test_an_input_that_can_be_read_now_is_no_failure_any_more(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    failures = ["news/a.txt", "news/sub", "news/c.txt", "other/d.txt"]
    write(path, [one(source, source=source, kind="unreadable", read=False) for source in failures])
    with Store(path) as store:
        store.begin("1.0", "k", ["news"])
        store.write([one("a", source="news/a.txt"), one("sub/b", source="news/sub/b.txt")])
        assert store.gone() == ["news/c.txt"]
        store.finish()
    assert [row[1] for row in contents(path)["documents"]] == ["news/c.txt", "other/d.txt", "a", "sub/b"]


def test_an_unknown_name_may_be_two_things_and_a_known_one_may_change(tmp_path: Path) -> None:
    first, second = one("a"), one("b")
    assert first.record is not None
    assert second.record is not None
    company = first.record.entities[0]
    person = company._replace(type="person", en="Terry", codes={})
    second = replace(second, record=replace(second.record, entities=(person, *second.record.entities[1:])))
    write(tmp_path / "a.db", [first, second])
    assert read(tmp_path / "a.db") == [first.record, second.record]


def test_a_run_that_was_cut_off_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    for knowledge, inputs in (("k", ["x"]), ("k", ["x"]), ("k", ["y"]), ("k2", ["y"]), ("k2", ["y"])):
        with Store(path) as store:
            store.begin("1.0", knowledge, inputs)
    write(path, [one("a")], knowledge="k2", inputs=("y",))
    write(path, [one("b"), one("c", kind="slow", error="")], knowledge="k2", inputs=("y",))
    with StoreReader(path) as reader:
        runs = reader.runs()
    assert [(run.knowledge, run.inputs, run.ended is not None, run.documents, run.failed) for run in runs.values()] == [
        ("k", '["x"]', False, None, None),
        ("k", '["y"]', False, None, None),
        ("k2", '["y"]', True, 1, 0),
        ("k2", '["y"]', True, 1, 1),
    ]


def test_a_write_is_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.db"

    def cut() -> object:
        yield one("b")
        raise KeyboardInterrupt

    with Store(path) as store:
        store.begin("1.0", "k")
        store.write([one("a")])
        with pytest.raises(KeyboardInterrupt):
            store.write(cut())  # type: ignore[arg-type]
        store.write([one("c")])
        store.finish()
    write(tmp_path / "b.db", [one("a"), one("c")], inputs=())
    assert contents(path) == contents(tmp_path / "b.db")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鴻海MOU", "鸿 海 mou"),
        ("ＡＩ晶片", "ai 晶 片"),
        ("𠮷野", "𠮷 野"),
        ("a.b\nc，鴻．海\ue000", "a | b c | 鸿 | 海 |"),
        ("", ""),
    ],
)
def test_words_as_the_index_has_them(text: str, expected: str) -> None:
    assert " ".join(indexed(text).replace(MARK, "|").split()) == expected


def test_a_query_is_all_of_its_words() -> None:
    assert query('Hon 鴻海"東，元') == '"hon" "鸿 海" "东" "元"'
