"""Reading: every source in the way of its ending, in order, and no id twice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path, PurePath
from typing import BinaryIO

from extractor.errors import InputError
from extractor.inputs.csv_ import read_csv
from extractor.inputs.failures import LARGEST, Failure, failure, shown
from extractor.inputs.json_lines import is_record, read_json_lines
from extractor.inputs.lines import Lines
from extractor.inputs.opening import Source, open_found, open_given, open_stdin
from extractor.inputs.pages import decode_page, find_article
from extractor.inputs.texts import Article, split_front_matter
from extractor.inputs.walking import ENDINGS, matcher, walk
from extractor.records import Document
from extractor.text.decoding import Decoded, decode, find_encoding
from extractor.text.pieces import GUESSED, decode_pieces

Notice = Callable[[str], None]


def read_documents(
    paths: Iterable[str | Path],
    encoding: str | None = None,
    notice: Notice = lambda line: None,
    stdin: BinaryIO | None = None,
    glob: str | None = None,
) -> Iterator[Document | Failure]:
    """The documents at `paths`, in order, as they are read; a Failure in the place of each that cannot be.

    `-` is stdin (`stdin`, or the process's own). `glob` picks among the files of folders (`walking.matcher`). `notice`
    gets one line for each guess of an encoding, each file with damaged bytes and each folder with nothing in it. Raises
    ExtractorError at once where `encoding` is none that exists or `glob` is empty.

    In memory are one document, the names in one folder and some 100 bytes for each id that was given.
    """
    if encoding is not None:
        find_encoding(encoding)
    matcher(glob)
    return _unique(item for path in paths for item in _read_path(str(path), encoding, notice, stdin, glob))


def read_source(
    source: Source, encoding: str | None = None, notice: Notice = lambda line: None
) -> Iterator[Document | Failure]:
    """The documents of one source, or its Failure; ids are unique in it only where its records' own are."""
    tell = lambda line: notice(f"{source.name}: {line}")  # noqa: E731
    try:
        if source.ending == ".jsonl":
            yield from read_json_lines(Lines(decode_pieces(source.chunks(), encoding, tell), "\n"), source)
        elif source.ending == ".csv":
            yield from read_csv(Lines(decode_pieces(source.chunks(), encoding, tell), ""), source)
        elif source.path == "-":
            yield from _read_stdin(source, Lines(decode_pieces(source.chunks(), encoding, tell), "\n"))
        else:
            yield _read_whole(source, encoding, tell)
    except InputError as error:
        yield failure(source.path, source.name, error)


def _read_path(
    path: str, encoding: str | None, notice: Notice, stdin: BinaryIO | None, glob: str | None
) -> Iterator[Document | Failure]:
    if path == "-":
        yield from read_source(Source("-", "stdin", "stdin", "", False, partial(open_stdin, stdin)), encoding, notice)
        return
    given = Path(path)
    if not os.path.isdir(path):  # noqa: PTH112 - which, unlike Path's, is False where permission is missing
        yield from read_source(Source.named(path, PurePath(given.name), partial(open_given, given)), encoding, notice)
        return
    empty = True
    for found in walk(given, glob):
        empty = False
        if isinstance(found, Failure):
            yield found
            continue
        file = given / found
        yield from read_source(Source.named(file.as_posix(), found, partial(open_found, file)), encoding, notice)
    if empty:
        what = f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]} file in this folder"
        notice(f"{shown(path)}: no {what}" + ("" if glob is None else f" matches {shown(glob)}"))


def _read_whole(source: Source, encoding: str | None, notice: Notice) -> Document:
    data = source.whole()
    page = source.ending in (".html", ".htm")
    decoded: Decoded = (decode_page if page else decode)(data, encoding)
    if decoded.guessed:
        notice(GUESSED.format(decoded.encoding))
    article = Article(decoded.text)
    if page:
        article = find_article(decoded.text)
    elif source.ending == ".md":
        article = split_front_matter(decoded.text)
    return Document(source.stem, article.text, source.path, article.title, article.date)


def _read_stdin(source: Source, lines: Iterable[str]) -> Iterator[Document | Failure]:
    """JSON Lines where the first line that is not blank is a record of them, otherwise one text."""
    rest = iter(lines)
    begun: list[str] = []
    for line in rest:
        begun.append(line)
        if line.strip():
            break
    if begun and is_record(begun[-1]):
        yield from read_json_lines(chain(begun, rest), source)
        return
    size = 0
    for line in rest:
        begun.append(line)
        size += len(line)
        if size > LARGEST:
            raise InputError(
                f"more than {LARGEST >> 20} Mi characters, too large for one document; cut it into several"
            )
    yield Document(source.stem, "".join(begun), source.path)


def _unique(items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    """The same with the ids made unique: a second `a` becomes `a~2`."""
    # Of each id its hash alone. Two ids of one hash (a chance of 1 : 37,000,000 in a million) cost a needless `~2`.
    given: set[bytes] = set()
    asked: dict[str, int] = {}  # how many have asked for an id, where it is more than one
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        name = item.id
        while (key := blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) in given:
            asked[item.id] = asked.get(item.id, 1) + 1
            name = f"{item.id}~{asked[item.id]}"
        given.add(key)
        yield item if name == item.id else replace(item, id=name)
