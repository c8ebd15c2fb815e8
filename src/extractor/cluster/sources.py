"""What a job reads: the files of a folder, wherever it is, cut into parts of about the same size."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO, cast

from extractor.cluster.files import Folder, is_url
from extractor.cluster.spans import Span, SpanStream
from extractor.errors import InputError
from extractor.inputs import ENDINGS, Failure
from extractor.inputs.opening import Source, open_found
from extractor.inputs.walking import PACKED, matcher, walk

_READ = tuple(ending + packed for ending in ENDINGS for packed in ("", PACKED))
_UNPACKED = 4  # times the size of a packed file, about


@dataclass(frozen=True, slots=True)
class Input:
    """A file of `folder`, or a span of a large one. `path` stands in its records, `inside` is relative to the folder.

    size: bytes.
    """

    folder: Folder
    inside: str
    path: str
    size: int
    span: Span | None = None

    def source(self) -> Source:
        """What the readers of the formats read."""
        return Source.named(self.path, PurePosixPath(self.inside), self.open)

    def open(self) -> BinaryIO:
        """Its bytes."""
        if is_url(self.folder.url):
            stream = cast(BinaryIO, self.folder.open(self.inside, "rb"))
        else:
            stream = open_found(Path(self.folder.url) / self.inside)
        return stream if self.span is None else cast(BinaryIO, SpanStream(stream, self.span))


Item = Input | Failure


def find_inputs(source: str, glob: str | None = None) -> list[Item]:
    """The files that hold documents in the folder `source`, sorted by their paths, or the one file that it is.

    A Failure in the place of each folder that cannot be read; InputError where `source` is not there.
    """
    return list(_find_remote(source, glob) if is_url(source) else _find_local(source, glob))


def cut(items: Iterable[Item], size: int) -> list[list[Item]]:
    """The items in their order, in parts of about `size` bytes each; JSON Lines longer than that in spans."""
    parts: list[list[Item]] = []
    part: list[Item] = []
    filled = 0
    for item in _spans(items, size):
        part.append(item)
        filled += _weight(item)
        if filled >= size:
            parts.append(part)
            part, filled = [], 0
    return [*parts, part] if part else parts


def _spans(items: Iterable[Item], size: int) -> Iterator[Item]:
    for item in items:
        if not isinstance(item, Input) or item.size < 2 * size or not _has_lines(item):
            yield item
            continue
        count = item.size // size
        bounds = [item.size * n // count for n in range(count + 1)]
        for start, end in pairwise(bounds):
            yield replace(item, size=end - start, span=Span(start, end))


def _has_lines(item: Input) -> bool:
    """Whether a file holds a record a line, and a byte 10 ends a line in it, as in all encodings but UTF-16 and UTF-32."""
    if not item.inside.lower().endswith(".jsonl"):
        return False
    try:
        with item.open() as stream:
            head = stream.read(4096)
    except (OSError, InputError):
        return False  # it is told where the file is read
    return b"\0" not in head


def _weight(item: Item) -> int:
    if isinstance(item, Failure):
        return 0
    return item.size * _UNPACKED if item.inside.lower().endswith(PACKED) else item.size


def _find_local(source: str, glob: str | None) -> Iterator[Item]:
    given = Path(source)
    # Workers have working directories of their own.
    absolute = Path(os.path.abspath(given))  # noqa: PTH100  # what a link is called is its name in the records
    if not given.exists():
        raise InputError(f"{source}: no such file or folder")
    if not given.is_dir():
        yield Input(Folder(str(absolute.parent)), absolute.name, source, given.stat().st_size)
        return
    matcher(glob)
    folder = Folder(str(absolute))
    for found in walk(given, glob):
        if isinstance(found, Failure):
            yield found
            continue
        path = given / found
        try:
            size = path.stat().st_size
        except OSError:
            size = 0  # why it cannot be read is told where it is
        yield Input(folder, found.as_posix(), path.as_posix(), size)


def _find_remote(source: str, glob: str | None) -> Iterator[Item]:
    matches = matcher(glob)
    url = source.rstrip("/")
    found = Folder(url).files()
    if found is None:
        folder, _, name = url.rpartition("/")
        size = Folder(folder).size(name)
        if size is None:
            raise InputError(f"{source}: no such file or folder")
        yield Input(Folder(folder), name, url, size)
        return
    for inside, size in found:
        parts = PurePath(inside).parts
        if inside.lower().endswith(_READ) and matches(inside) and not any(part.startswith(".") for part in parts):
            yield Input(Folder(url), inside, f"{url}/{inside}", size)
