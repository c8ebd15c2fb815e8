"""From the paths that a user gives to documents: files, folders and stdin, each with its identity."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from extractor.choices import nearest
from extractor.errors import ExtractorError, InputError
from extractor.records import Document
from extractor.text.decoding import decode, find_encoding, mend_surrogates

ENDINGS = (".txt", ".md", ".jsonl", ".csv")  # what is read of a folder; a file given by itself may end in anything

_CELL_LIMIT = 2**31 - 1  # characters; the csv module's own limit of 131,072 is less than a long article
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no document. `source` is its path; `message` one complete line to print, place included."""

    source: str
    message: str


def read_documents(
    paths: Iterable[str | Path],
    encoding: str | None = None,
    notice: Callable[[str], None] = lambda line: None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Failure]:
    """The documents at `paths`, in order, as they are read; a Failure in the place of each that cannot be.

    `-` is stdin (`stdin`, or the process's own). `notice` gets one line for each guess of an encoding and each folder
    with nothing in it. Raises ExtractorError at once where `encoding` is none that exists.
    """
    if encoding is not None:
        find_encoding(encoding)
    return _unique(item for path in paths for item in _read_path(str(path), encoding, notice, stdin))


def _unique(items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    """The same with the ids made unique: a second `a` becomes `a~2`."""
    seen: dict[str, int] = {}  # id -> how many have asked for it
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        name = item.id
        while name in seen:
            seen[item.id] += 1
            name = f"{item.id}~{seen[item.id]}"
        seen[name] = 1
        yield item if name == item.id else replace(item, id=name)


def _read_path(
    path: str, encoding: str | None, notice: Callable[[str], None], stdin: BinaryIO | None
) -> Iterator[Document | Failure]:
    if path == "-":
        yield from _read_file(path, "stdin", "stdin", lambda: _read_stdin(stdin), encoding, notice)
        return
    given = Path(path)
    if not given.is_dir():
        stem = given.stem or given.name
        yield from _read_file(path, path, stem, lambda: _read_bytes(given), encoding, notice)
        return
    empty = True
    for found in _walk(given):
        empty = False
        if isinstance(found, Failure):
            yield found
            continue
        source, stem = (given / found).as_posix(), found.with_suffix("").as_posix()
        # The default binds this turn's path.
        yield from _read_file(source, source, stem, lambda found=found: _read_bytes(given / found), encoding, notice)  # type: ignore[misc]
    if empty:
        notice(f"{_shown(path)}: no {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]} file in this folder")


def _read_file(
    source: str,
    shown: str,
    stem: str,
    load: Callable[[], bytes],
    encoding: str | None,
    notice: Callable[[str], None],
) -> Iterator[Document | Failure]:
    """The documents of one file; `shown` is its name in messages, `stem` what their ids are made from."""
    source, shown, stem = _shown(source), _shown(shown), _shown(stem)
    try:
        decoded = decode(load(), encoding)
    except InputError as error:
        yield Failure(source, f"{shown}: {error}")
        return
    if decoded.guessed:
        notice(f"{shown}: read as {decoded.encoding}, which is a guess; --encoding NAME overrules it")
    ending = Path(source).suffix.lower()
    if ending == ".jsonl":
        yield from _read_json_lines(decoded.text, source, stem)
    elif ending == ".csv":
        yield from _read_csv(decoded.text, source, stem)
    else:
        yield Document(stem, decoded.text, source)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"no such file{_near_file(path)}") from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _near_file(path: Path) -> str:
    try:
        near = nearest(path.name, (p.name for p in path.parent.iterdir() if not p.name.startswith(".")), 1)
    except OSError:
        return ""
    return f"; did you mean {_shown((path.parent / near[0]).as_posix())}?" if near else ""


def _read_stdin(stdin: BinaryIO | None) -> bytes:
    if stdin is None and sys.stdin is None:
        raise InputError("is closed; give a file, or pipe a text in")
    try:
        return (stdin or sys.stdin.buffer).read()
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _walk(folder: Path) -> list[Path | Failure]:
    """The files in `folder` that hold documents, relative to it, sorted; hidden ones are left out."""
    found: list[Path] = []
    failures: list[Path | Failure] = []

    def unreadable(error: OSError) -> None:
        name = _shown(str(error.filename))
        failures.append(Failure(name, f"{name}: cannot be read: {error.strerror}"))

    entered: set[tuple[int, int]] = set()  # a folder that links lead to again is read once: no loop, no double
    for top, folders, files in os.walk(folder, onerror=unreadable, followlinks=True):
        here = Path(top)
        place = here.stat()
        if (place.st_dev, place.st_ino) in entered:
            folders.clear()
            continue
        entered.add((place.st_dev, place.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = here / name
            # A pipe or a device would be waited for; a broken link stays, to be told.
            if not name.startswith(".") and path.suffix.lower() in ENDINGS and (path.is_file() or not path.exists()):
                found.append(path.relative_to(folder))
    return [*failures, *sorted(found, key=lambda path: path.as_posix())]


def _read_json_lines(text: str, source: str, stem: str) -> Iterator[Document | Failure]:
    # Not splitlines: U+2028 and the like may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _from_json(line, source, f"{stem}-{number}")
        except _LineError as error:
            yield Failure(source, f"{source}:{number}:{error.column}: {error}")


class _LineError(ExtractorError):
    def __init__(self, reason: str, column: int = 1) -> None:
        super().__init__(reason)
        self.column = column


def _from_json(line: str, source: str, default_id: str) -> Document:
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise _LineError(f"not JSON: {error.msg}", error.colno) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, a thousand nested lists
        raise _LineError("not JSON that can be read: a number too long or lists nested too deep") from None
    if not isinstance(value, dict):
        raise _LineError('not an object: a line is {"id": …, "text": …}')
    if not isinstance(value.get("text"), str):
        what = '"text" is not a string' if "text" in value else f'no "text" (found: {_names(value)})'
        raise _LineError(what)
    return Document(
        _string(value, "id") or default_id,
        mend_surrogates(value["text"]),
        source,
        _string(value, "title"),
        _string(value, "date"),
    )


def _string(value: dict[str, Any], key: str) -> str | None:
    """A string or a whole number as a string; None where there is none."""
    item = value.get(key)
    if item is None or item == "":
        return None
    if isinstance(item, bool) or not isinstance(item, str | int):
        raise _LineError(f'"{key}" is not a string')
    return mend_surrogates(str(item))


def _read_csv(text: str, source: str, stem: str) -> Iterator[Document | Failure]:
    csv.field_size_limit(_CELL_LIMIT)
    # strict: without it a quote that is never closed swallows the rest of the file in silence.
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: dict[str, int] | None = None
    while True:
        line = rows.line_num + 1  # where the row begins; a quoted cell may reach over several lines
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(source, f"{source}:{line}:1: not CSV: {error}")
            continue
        if not row:
            continue
        if columns is None:
            names = [name.strip().casefold() for name in row]
            columns = {name: place for place, name in reversed(list(enumerate(names)))}
            if "text" not in columns:
                yield Failure(source, f"{source}:{line}:1: no column text (found: {_names(row)})")
                return
        elif len(row) <= columns["text"]:
            yield Failure(
                source, f"{source}:{line}:1: no cell for column text ({columns['text'] + 1}), the row ends before"
            )
        else:
            cells = {name: row[place] for name, place in columns.items() if place < len(row)}
            identity, title, date = (cells.get(name, "").strip() or None for name in ("id", "title", "date"))
            yield Document(identity or f"{stem}-{line}", cells["text"], source, title, date)


def _names(found: Iterable[str], most: int = 20) -> str:
    names = [" ".join(_shown(name).split())[:40] for name in found]
    return ", ".join(names[:most]) + (", …" if len(names) > most else "") if names else "none"


def _shown(path: str) -> str:
    """A path fit for output: bytes of a file's name that are no text became lone surrogates, which UTF-8 refuses."""
    return mend_surrogates(path)
