"""Words are jieba's own, whatever the text."""

from __future__ import annotations

import logging
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.folding import fold
from extractor.text.words import cut

TEXTS = [
    "",
    "鴻海與三菱電機簽署合作備忘錄，雙方將在AI伺服器與電動車領域攜手。",
    "美國商務部長雷蒙多12日表示，算力成長超出市場預期。",
    "台積電（2330）今天股價上漲3.5%，創下歷史新高，市值達1,000億美元。",
    "C++、T恤、B超、3M與AT&T、e-mail：foo_bar@example.com.tw #1 -5 a.b",
    "第一行\r\n第二行\n第三行\r\r\n  全形　空白\t跳格",
    "統一發票與統一企業，全世界的全國電子",
    "中华人民共和国全国人民代表大会常务委员会",
    "𠮷野家與㐂字、龘靐齉",
]
# Text of news in pieces that stand next to each other in any order.
PIECES = [
    *"的了與在是一不國中上長部成公司A1 .，。",
    "鴻海",
    "合作",
    "備忘錄",
    "電動車",
    "美國",
    "商務部",
    "收購",
    "發表",
    "x86",
]


@pytest.fixture(scope="module")
def jiebas(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """jieba itself."""
    import jieba

    jieba.default_logger.setLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    return lambda text: [(start, end) for _, start, end in tokenizer.tokenize(text, HMM=False)]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_jiebas(jiebas: Any, text: str) -> None:
    assert cut(text) == jiebas(text)
    assert cut(fold(text)) == jiebas(fold(text))


@given(text=st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_gives_jiebas_words(jiebas: Any, text: str) -> None:
    assert cut(text) == jiebas(text)


def test_windows_of_news_give_jiebas_words(jiebas: Any, examples: list[str]) -> None:
    chosen = random.Random(7)
    for text in map(fold, examples):
        for _ in range(20):
            start = chosen.randrange(len(text))
            window = text[start : start + chosen.randrange(80)]
            assert cut(window) == jiebas(window)


@pytest.fixture(scope="module")
def examples() -> list[str]:
    """The sentences that stand beside the rules as examples."""
    from extractor.knowledge.compiled import load_knowledge

    return [e.text for relation in load_knowledge().rules.relations.values() for e in relation.examples if e.text]


def test_every_word_of_the_dictionary_is_found(jiebas: Any) -> None:
    from extractor.text.vocabulary import _source

    lines = Path(_source()).read_text("utf-8").splitlines()
    for words in (lines[place : place + 30] for place in range(0, len(lines), 900)):
        text = "".join(line.split(" ")[0] for line in words)
        assert cut(text) == jiebas(text)
