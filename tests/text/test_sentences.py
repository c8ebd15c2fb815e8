"""Sentences cover a text in order, without overlaps, and none is too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.folding import fold
from extractor.text.sentences import LONGEST, sentences

PIECES = st.sampled_from(
    ["鴻海", "簽約", "。", "！", "？", "」", "）", "，", "；", "\n", "\r\n", " ", "\u3000", "a", "1.5", "…"]
)
TEXTS = st.one_of(
    st.text(), st.lists(PIECES).map("".join), st.lists(PIECES, max_size=6).map(lambda p: "".join(p) * 900)
)


@given(TEXTS)
def test_spans_are_ordered_disjoint_and_cover_all_that_is_not_blank(text: str) -> None:
    key = fold(text)
    place, skipped = 0, []
    for start, end in sentences(key):
        assert place <= start < end <= len(key)
        assert end - start <= LONGEST
        assert key[start:end].strip()
        skipped.append(key[place:start])
        place = end
    skipped.append(key[place:])
    assert not "".join(skipped).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\r\n ", []),
        ("鴻海簽約。廣達沒有。", ["鴻海簽約。", "廣達沒有。"]),
        ("「鴻海簽約。」他說。", ["「鴻海簽約。」", "他說。"]),
        ("真的嗎？！是。", ["真的嗎？！", "是。"]),
        ("標題\r\n內文，沒有句號", ["標題\r\n", "內文，沒有句號"]),
        ("成長3.5%；衰退", ["成長3.5%；衰退"]),
        ("（已確定！）下一句", ["（已確定！）", "下一句"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(fold(text))] == expected


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("字" * LONGEST, [LONGEST]),
        ("字" * (LONGEST + 1), [LONGEST, 1]),
        ("字" * (LONGEST - 10) + "," + "字" * 20, [LONGEST - 9, 20]),  # rather at a comma
        ("字" * 10 + "," + "字" * LONGEST, [LONGEST, 11]),  # but not so early
    ],
)
def test_a_stretch_without_an_end_is_cut(text: str, lengths: list[int]) -> None:
    assert [end - start for start, end in sentences(text)] == lengths


@pytest.mark.parametrize("text", [" " * (LONGEST + 1), " " * LONGEST + "字", "\t" * 3 * LONGEST + "。"])
def test_no_piece_of_a_long_stretch_is_blank(text: str) -> None:
    assert all(text[start:end].strip() for start, end in sentences(fold(text)))
