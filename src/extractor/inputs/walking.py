"""Which files of a folder hold documents, in which order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from extractor.errors import ExtractorError
from extractor.inputs.failures import Failure, shown
from extractor.text.decoding import mend_surrogates

ENDINGS = (".txt", ".md", ".html", ".htm", ".jsonl", ".csv")  # of a folder's files; each may have PACKED behind it
PACKED = ".gz"
_READ = (*ENDINGS, *(ending + PACKED for ending in ENDINGS))


def split_name(path: PurePath) -> tuple[str, str, bool]:
    """A path without its endings, with `/` between its parts; its ending, in small letters; whether it is packed."""
    packed = path.suffix.lower() == PACKED
    if packed:
        path = path.with_suffix("")
    return path.with_suffix("").as_posix(), path.suffix.lower(), packed


def matcher(pattern: str | None) -> Callable[[str], bool]:
    """Whether a path, relative to the folder and with `/`, matches `pattern`; every one does where that is None.

    Without a `/` the pattern is held against the name, at any depth; with one against the whole path, part by part:
    `2025/*.txt`. `**` stands for any number of folders, a `/` at the end for all that is in the folder. ExtractorError
    where it is empty.
    """
    if pattern is None:
        return lambda path: True
    if not pattern:
        raise ExtractorError("an empty pattern matches nothing; give one like *.txt or 2025/*.txt")
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    if "/" not in pattern:
        parts.insert(0, "**")
    elif pattern.endswith("/"):
        parts.append("**")
    return lambda path: _match(path.split("/"), parts)


def _match(path: list[str], pattern: list[str]) -> bool:
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(_match(path[skipped:], pattern[1:]) for skipped in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and _match(path[1:], pattern[1:])


def walk(folder: Path, glob: str | None = None) -> Iterator[PurePath | Failure]:
    """The files in `folder` that hold documents, relative to it, sorted by their whole path; a Failure in the place of
    each folder that cannot be read.

    Hidden ones are left out. A folder that links lead to again is read once, under the path that sorts first: no loop,
    no double. Only the names in the folders that lead to the file at hand are in memory.
    """
    matches = matcher(glob)
    entered: set[tuple[int, int]] = set()
    reading = [("", [""])]  # the folders that lead to the file at hand, each with the names in it still to come
    while reading:
        place, names = reading[-1]
        if not names:
            reading.pop()
            continue
        path = place + names.pop()
        if path and not path.endswith("/"):
            if matches(path):
                yield PurePath(path)
            continue
        here = folder / path
        try:
            identity = here.stat()
            if (identity.st_dev, identity.st_ino) not in entered:
                entered.add((identity.st_dev, identity.st_ino))
                reading.append((path, _names(here)))
        except OSError as error:
            name = here.as_posix()
            yield Failure(mend_surrogates(name), f"{shown(name)}: cannot be read: {error.strerror}")


def _names(folder: Path) -> list[str]:
    """The names in `folder` that count, a folder's with a `/` at its end, the last first.

    With the `/` they sort as the paths of all that is in those folders do: `a.txt` before `a/b.txt` before `a0.txt`.
    """
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                names.append(entry.name + "/")
            elif entry.name.lower().endswith(_READ) and _may_be_read(entry):
                names.append(entry.name)
    return sorted(names, reverse=True)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _may_be_read(entry: os.DirEntry[str]) -> bool:
    # A pipe or a device would be waited for; a broken link stays, to be told.
    try:
        return entry.is_file() or not Path(entry.path).exists()
    except OSError:
        return True
