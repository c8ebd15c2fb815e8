"""Words: jieba's segmentation, asked only where the edge of a name is in doubt.

A tokenizer of our own, so that jieba's global dictionary stays as it is for whoever else uses it in this process.
"""

from __future__ import annotations

import logging
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any


def cut(key: str) -> list[tuple[int, int]]:
    """The (start, end) of each word of a folded text, by jieba's dictionary without its hidden Markov model."""
    return [(start, end) for _, start, end in _tokenizer().tokenize(key, HMM=False)]


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.default_logger.setLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    # By default jieba reads its model from the temporary folder that everybody on the machine can write to.
    tokenizer.tmp_dir = _cache_folder()
    tokenizer.initialize()
    return tokenizer


def _cache_folder() -> str:
    """A folder that only this user writes to; a fresh one where the usual place cannot be made."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base, "extractor")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid():
            return str(folder)
    except (OSError, AttributeError):
        pass
    return tempfile.mkdtemp(prefix="extractor-")
