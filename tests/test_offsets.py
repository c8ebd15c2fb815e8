"""`text[start:end]` is the mention and the evidence, whatever stands in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from extractor import Extractor
from extractor.records import Record

GOLD = sorted((Path(__file__).resolve().parents[2] / "shared" / "gold").glob("*/*.txt"))

# Sentences and the ids that each must give, whatever stands around it.
KNOWN = [
    ("廣達收購緯創。", {"quanta", "wistron"}),
    ("广达收购纬创。", {"quanta", "wistron"}),
    ("鴻海董事長劉揚偉表示，已與三菱電機簽署合作備忘錄。", {"hon-hai", "liu-young-way", "mitsubishi-electric"}),
    ("鸿海董事长刘扬伟表示，已与三菱电机签署合作备忘录。", {"hon-hai", "liu-young-way", "mitsubishi-electric"}),
    ("Ｍｉｃｒｏｓｏｆｔ投資OpenAI。", {"microsoft", "openai"}),
    ("「聯發科」控告《華碩》侵權！", {"mediatek", "asus"}),
]

NOISE = st.text(
    st.one_of(
        st.sampled_from(
            "😀👨‍👩‍👧🇹🇼𠮷𪚥\u0301\u200b\ufe0f\u2028\x85\ufeff\x00\t \u3000％（）「」、，。！ＡＢ１２𝔸ﬃ㈱㍿\ue000\uf8ff"
        ),
        st.characters(exclude_categories=("Cs",), min_codepoint=0x1F300),
    ),
    max_size=12,
)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\n\u3000\u3000"])
TEXTS = st.lists(st.tuples(NOISE, NEWLINES, st.sampled_from(KNOWN), NEWLINES), min_size=1, max_size=5)


def spans_are_exact(text: str, record: Record) -> None:
    taken: list[tuple[int, int]] = []
    for entity in record.entities:
        for mention in entity.mentions:
            assert 0 <= mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.text
            taken.append((mention.start, mention.end))
    taken.sort()
    assert all(end <= start for (_, end), (start, _) in zip(taken, taken[1:], strict=False))
    ids = [entity.id for entity in record.entities]
    assert len(ids) == len(set(ids))
    for triple in record.triples:
        assert {triple.subject, triple.object} <= set(ids)
        assert triple.evidence
        for evidence in triple.evidence:
            assert 0 <= evidence.start < evidence.end <= len(text)
            assert text[evidence.start : evidence.end] == evidence.text


@settings(max_examples=80, deadline=None)
@given(TEXTS, NOISE)
def test_noise_between_sentences(
    extractor: Extractor, parts: list[tuple[str, str, tuple[str, set[str]], str]], tail: str
) -> None:
    text = "".join(f"{noise}{before}{sentence}{after}" for noise, before, (sentence, _), after in parts) + tail
    record = extractor.extract(text)
    spans_are_exact(text, record)
    expected = set().union(*(ids for _, _, (_, ids), _ in parts))
    assert expected <= {entity.id for entity in record.entities}


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(KNOWN), st.lists(st.tuples(st.integers(0, 30), NOISE), min_size=1, max_size=4))
def test_noise_inside_sentences(
    extractor: Extractor, known: tuple[str, set[str]], noise: list[tuple[int, str]]
) -> None:
    text = known[0]
    for place, piece in noise:
        text = text[:place] + piece + text[place:]
    spans_are_exact(text, extractor.extract(text))


def test_spans_in_a_text_of_many_parts(extractor: Extractor) -> None:
    text = "😀\r\n" + "".join(f"{sentence}{'話' * 300}。\r\n" for sentence, _ in KNOWN * 25)
    record = extractor.extract(text)
    spans_are_exact(text, record)
    quanta = next(entity for entity in record.entities if entity.id == "quanta")
    assert len(quanta.mentions) == 50
    assert quanta.mentions[-1].start > 40_000


@pytest.mark.skipif(not GOLD, reason="no shared folder beside the repository")
@pytest.mark.parametrize("path", GOLD, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_articles_in_both_scripts(extractor: Extractor, path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    record = extractor.extract(text)
    spans_are_exact(text, record)
    assert record.entities
    simplified = OpenCC("t2s").convert(text)
    spans_are_exact(simplified, extractor.extract(simplified))
