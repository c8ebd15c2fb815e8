"""Words: jieba's segmentation, asked only where the edge of a name is in doubt.

A tokenizer of our own, so that jieba's global dictionary stays as it is for whoever else uses it in this process.
"""

from __future__ import annotations

import logging
import tempfile
from functools import cache
from typing import Any

from extractor.cache import cache_folder


def cut(key: str) -> list[tuple[int, int]]:
    """The (start, end) of each word of a folded text, by jieba's dictionary without its hidden Markov model."""
    return [(start, end) for _, start, end in _tokenizer().tokenize(key, HMM=False)]


@cache
def _tokenizer() -> Any:
    import jieba

    # It logs a traceback where it cannot keep its own cache; it works all the same.
    jieba.default_logger.setLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="extractor-") as temporary:
        # By default jieba reads its model from the temporary folder that everybody on the machine can write to.
        tokenizer.tmp_dir = str(cache_folder() or temporary)
        tokenizer.initialize()
    return tokenizer
