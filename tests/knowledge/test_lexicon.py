"""The lexicon's automaton against a matcher that anyone can check by eye, and the edges of Latin names."""

from __future__ import annotations

from typing import Any

import pytest
from ahocorasick_rs import AhoCorasick
from hypothesis import given
from hypothesis import strategies as st

from extractor.knowledge.dictionary import Dictionary, Entry, Ignored
from extractor.knowledge.lexicon import WALKED, Lexicon
from extractor.text.folding import fold


def entry(name: str, *others: str, id_: str = "", weak: tuple[str, ...] = (), type_: str = "company") -> Entry:
    return Entry(id_ or name, type_, name, "", (name, *others), weak, {}, {}, "test:1")  # type: ignore[arg-type]


def lexicon(*entries: Entry, ignored: tuple[Ignored, ...] = ()) -> Lexicon:
    return Lexicon.of(Dictionary({e.id: e for e in entries}, list(ignored)))


def found(lexicon: Lexicon, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in lexicon.find(fold(text), text)]


def naive(names: set[str], text: str) -> list[tuple[int, int]]:
    """Leftmost first, longest first, no overlaps."""
    spans, place = [], 0
    while place < len(text):
        here = [len(name) for name in names if text.startswith(name, place)]
        if here:
            spans.append((place, place + max(here)))
        place += max(here, default=1)
    return spans


HAN = "鴻海科"  # few, so that names are often beginnings of other names


@given(st.sets(st.text(HAN, min_size=1, max_size=4), max_size=12), st.text(HAN + "。", max_size=40))
def test_the_automaton_finds_what_a_naive_matcher_finds(names: set[str], text: str) -> None:
    hits = lexicon(*map(entry, names)).find(fold(text), text)
    assert [(hit.start, hit.end) for hit in hits] == naive(names, text)
    assert all(hit.key == fold(text[hit.start : hit.end]) for hit in hits)


@given(st.sets(st.text(HAN, min_size=1, max_size=4), min_size=1, max_size=8), st.data())
def test_every_name_is_found_where_it_stands_alone(names: set[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(names)))
    assert found(lexicon(*map(entry, names)), f"，{name}，") == [name]


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["Arm"], "Arm與ARM、arm", ["Arm"]),  # short: as it is written
        (["ONE"], "one of ONE's ships", ["ONE"]),
        (["Nissan"], "NISSAN、nissan、Nissan", ["NISSAN", "nissan", "Nissan"]),  # long: in any case
        (["Intel"], "Intelligence, wIntel, Intel2, Intel", ["Intel"]),
        (["Intel"], "英特爾Intel公司", ["Intel"]),
        (["3M"], "13M、3M、3MB", ["3M"]),
        (["LG新能源"], "與LG新能源", ["LG新能源"]),
        (["LG新能源"], "與XLG新能源", []),
        (["聯合報Plus"], "聯合報Plus與聯合報Plusses", ["聯合報Plus"]),
        (["Nestlé"], "NESTLÉ", ["NESTLÉ"]),
        (["Ｉntel"], "Intel Ｉｎｔｅｌ", ["Intel", "Ｉｎｔｅｌ"]),
        (["Ａrm"], "Arm Ａｒｍ arm", ["Arm", "Ａｒｍ"]),
        (["Air", "Air Asia"], "Air Asia", ["Air Asia"]),
        (["鴻海"], "鸿海與鴻海", ["鸿海", "鴻海"]),
        (["漆間啓"], "漆間啟", ["漆間啟"]),
    ],
)
def test_edges_and_case(names: list[str], text: str, expected: list[str]) -> None:
    assert found(lexicon(*map(entry, names)), text) == expected


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["Apple", "Apple Inc"], "Apple Incubator", ["Apple"]),
        (["Hua Hin", "Hin Leong"], "xHua Hin Leong", ["Hin Leong"]),
    ],
)
def test_a_piece_of_a_word_hides_no_name(names: list[str], text: str, expected: list[str]) -> None:
    found_by = lexicon(*map(entry, names))
    assert found(found_by, text) == expected
    assert [fold(text)[start:end] for start, end in found_by.scan(fold(text))] == [fold(name) for name in expected]


MIXED = "鴻海ab "


@given(st.sets(st.text(MIXED, min_size=1, max_size=5), max_size=14), st.text(MIXED + "。", max_size=60))
def test_the_automaton_finds_what_the_trie_finds(names: set[str], text: str) -> None:
    both = lexicon(*map(entry, names))
    assert list(both.scan(text)) == list(both.walk(text, 0, len(text)))


def test_much_text_is_left_to_the_automaton_which_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Any] = []

    def counted(*arguments: Any, **options: Any) -> AhoCorasick:
        built.append(arguments)
        return AhoCorasick(*arguments, **options)

    monkeypatch.setattr("extractor.knowledge.lexicon.AhoCorasick", counted)
    names = lexicon(entry("鴻海"))
    text = "鴻海。" * 1000
    counts = [(len(found(names, text)), len(built)) for _ in range(WALKED // len(text) + 3)]
    assert counts[0] == (1000, 0)
    assert counts[-1] == (1000, 1)


def test_one_name_of_two_things_has_two_candidates() -> None:
    two = lexicon(entry("三菱", id_="a"), entry("三菱電機", id_="b", weak=("三菱",)))
    (hit,) = two.find(fold("三菱"), "三菱")
    assert {(c.entry.id, c.weak) for c in hit.candidates} == {("a", False), ("b", True)}


def test_two_writings_of_one_name_are_one_candidate() -> None:
    (hit,) = lexicon(entry("漆間啟", "漆間啓")).find(fold("漆間啓"), "漆間啓")
    assert len(hit.candidates) == 1


@pytest.mark.parametrize(
    ("ignored", "text", "expected"),
    [
        (Ignored("統一", "", "", "t:1"), "統一與統一發票", []),
        (Ignored("統一", "company", "", "t:1"), "統一", []),
        (Ignored("統一", "person", "", "t:1"), "統一", ["統一"]),
        (Ignored("統一", "", "統一發票", "t:1"), "統一與統一發票", ["統一"]),
    ],
)
def test_what_is_ignored(ignored: Ignored, text: str, expected: list[str]) -> None:
    assert found(lexicon(entry("統一"), ignored=(ignored,)), text) == expected


def test_contexts_hold_inside_a_refused_hit() -> None:
    both = lexicon(entry("中統"), entry("統一"), ignored=(Ignored("統一", "", "統一發票", "t:1"),))
    text = "其中統一發票"
    assert [h.key for h in both.find_inside(text, text, 2, 3)] == []


def test_an_ignored_name_hides_no_name_inside_it() -> None:
    both = lexicon(entry("統一超商"), entry("統一"), ignored=(Ignored("統一超商", "", "", "t:1"),))
    assert found(both, "買統一超商") == ["統一"]


@given(
    st.sets(st.text(HAN, min_size=1, max_size=3), min_size=1, max_size=6),
    st.sets(st.text(HAN, min_size=2, max_size=5), max_size=4),
    st.text(HAN + "。", max_size=40),
)
def test_names_and_contexts_of_any_kind_give_hits_in_order(names: set[str], contexts: set[str], text: str) -> None:
    ignored = tuple(Ignored(min(names), "", context, "t:1") for context in sorted(contexts))
    hits = lexicon(*map(entry, sorted(names)), ignored=ignored).find(text, text)
    assert all(hit.key in names and text[hit.start : hit.end] == hit.key for hit in hits)
    assert all(first.end <= second.start for first, second in zip(hits, hits[1:], strict=False))


def test_an_empty_lexicon_finds_nothing() -> None:
    assert found(lexicon(), "鴻海與東元") == []


def test_an_empty_lexicon_finds_nothing_in_a_text_with_a_nul() -> None:
    assert found(lexicon(), "鴻海\0東元") == []
