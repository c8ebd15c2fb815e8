"""Texts to measure on: generated ones, the same at every run, and whatever lies at a path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from math import ceil
from pathlib import Path

from articles import GENERAL, articles

SEED = 7
GENERAL_ASKED, DENSE_ASKED = 8.0, 2.5  # times jieba's speed
_A_TIME = 50  # articles made at once


@dataclass(frozen=True)
class Texts:
    """Texts under a name. `asked`: the times of jieba's speed that are asked of the whole pipeline on such texts."""

    name: str
    texts: list[str]
    asked: float | None = None

    @cached_property
    def size(self) -> int:
        """Bytes of UTF-8."""
        return sum(map(size, self.texts))


def general(wanted: int) -> Texts:
    """Articles without the paragraphs that name firms, `wanted` bytes of them."""
    # The title and the paragraph behind it are about firms in any article.
    rests = ("\n\n".join(text.split("\n\n")[2:]) for text in _generated(1.0))
    return Texts("general text", _upto(filter(None, rests), wanted), GENERAL_ASKED)


def dense(wanted: int) -> Texts:
    """Articles in which every paragraph is about firms, `wanted` bytes of them."""
    return Texts("dense news", _upto(_generated(0.0), wanted), DENSE_ASKED)


def news(wanted: int) -> Texts:
    """Articles with as many general paragraphs as the papers', `wanted` bytes of them."""
    return Texts("news", _upto(_generated(GENERAL), wanted))


def given(path: Path, wanted: int, asked: float | None = None) -> Texts:
    """What lies at a path, `wanted` bytes of it: the lines of a .txt file, else the documents of a file or a folder."""
    if path.suffix == ".txt":
        lines = path.read_text("utf-8").split("\n")
        return Texts(path.name, _upto(filter(str.strip, lines), wanted), asked)
    return Texts(path.name, _upto(_documents(path), wanted), asked)


def size(text: str) -> int:
    """The bytes of a text in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def read_all(read: Callable[[str], object], texts: Sequence[str]) -> None:
    """Let `read` read every text."""
    for text in texts:
        read(text)


def warm(read: Callable[[str], object], texts: Sequence[str], wanted: int) -> None:
    """Let `read` read `wanted` code points at least, the same texts again and again."""
    for _ in range(ceil(wanted / sum(map(len, texts)))):
        read_all(read, texts)


def _documents(path: Path) -> Iterator[str]:
    from extractor.inputs import Failure, read_documents

    return (item.text for item in read_documents([path]) if not isinstance(item, Failure))


def _generated(share: float) -> Iterator[str]:
    """Articles without end; `share` of their paragraphs are general."""
    return (a["text"] for first in count(0, _A_TIME) for a in articles(_A_TIME, SEED, share, first))


def _upto(texts: Iterable[str], wanted: int) -> list[str]:
    """The first of the texts, until they have `wanted` bytes together, or all."""
    taken: list[str] = []
    total = 0
    for text in texts:
        taken.append(text)
        total += size(text)
        if total >= wanted:
            break
    return taken
