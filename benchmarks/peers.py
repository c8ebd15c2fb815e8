"""What the program is compared with: tools that do a part of its work, on the same texts with the same names."""

from __future__ import annotations

import logging
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any

# What reads one text.
Reader = Callable[[str], object]
# The names of each thing, by its id.
Names = Mapping[str, Iterable[str]]


def names() -> dict[str, tuple[str, ...]]:
    """All names of the built-in dictionaries, by what they name."""
    from extractor.knowledge import builtin_folder
    from extractor.knowledge.dictionary import load_dictionaries

    entries = load_dictionaries([builtin_folder()]).entries.values()
    return {entry.id: (*entry.names, *entry.weak) for entry in entries}


def jieba_cut() -> Reader:
    """jieba's words, with its hidden Markov model."""
    tokenizer = _tokenizer()
    return lambda text: deque(tokenizer.cut(text), 0)


def jieba_tags() -> Reader:
    """jieba's words with their parts of speech; its dictionary is Simplified, so the text is folded first."""
    from jieba import posseg

    from extractor.text.folding import fold

    tokenizer = posseg.POSTokenizer(_tokenizer())
    return lambda text: deque(tokenizer.cut(fold(text)), 0)


def opencc() -> Reader:
    """OpenCC, from Traditional to Simplified."""
    from opencc import OpenCC

    convert: Reader = OpenCC("t2s").convert
    return convert


def automaton(known: Names) -> Reader:
    """The bare automaton over folded names; it reads folded texts."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    from extractor.text.folding import fold

    keys = sorted({fold(name) for of_one in known.values() for name in of_one})
    find: Reader = AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes
    return find


def flashtext(known: Names) -> Reader | None:
    """FlashText's names; None where it is not installed."""
    if not find_spec("flashtext"):
        return None
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for thing, of_one in known.items():
        for name in of_one:
            processor.add_keyword(name, thing)
    return lambda text: processor.extract_keywords(text, span_info=True)


def harvesttext(known: Names) -> Reader | None:
    """HarvestText's linked names; None where it is not installed."""
    if not find_spec("harvesttext"):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from harvesttext import HarvestText
    _quiet()
    linker = HarvestText()
    linker.add_entities({thing: set(of_one) for thing, of_one in known.items()})
    linker.prepare()
    link: Reader = linker.entity_linking
    return link


@cache
def _tokenizer() -> Any:
    """One for both, of our own: HarvestText adds words to jieba's global one."""
    import jieba

    _quiet()
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def _quiet() -> None:
    """jieba tells on stderr that it is ready."""
    logging.getLogger("jieba").setLevel(logging.CRITICAL)
