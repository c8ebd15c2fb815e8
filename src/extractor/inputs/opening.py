"""From a source to its bytes, unpacked, a chunk at a time."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from extractor.choices import nearest
from extractor.errors import InputError
from extractor.inputs.failures import LARGEST, shown
from extractor.inputs.walking import split_name
from extractor.text.decoding import mend_surrogates

_CHUNK = 2**18  # bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a stream that may hold documents. `path` stands in its records, `name` in messages; `stem` is what ids
    are made from.

    ending: of the name, without `.gz`, in small letters; it decides how the source is read. packed: whether it is
    unpacked first. open: gives its bytes, for the length of a `with`.
    """

    path: str
    name: str
    stem: str
    ending: str
    packed: bool
    open: Callable[[], AbstractContextManager[BinaryIO]]

    @classmethod
    def named(cls, path: str, inside: PurePath, open_: Callable[[], AbstractContextManager[BinaryIO]]) -> Source:
        """The source at `path`; ids are made from `inside`, its path inside the folder that is read, or its name."""
        stem, ending, packed = split_name(inside)
        return cls(mend_surrogates(path), shown(path), mend_surrogates(stem), ending, packed, open_)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, unpacked; InputError where they cannot be read, after those that could."""
        try:
            with self.open() as stream, self._unpacked(stream) as plain:
                # read1, where there is one, gives what there is before it fails, and what has come before all has.
                read = getattr(plain, "read1", plain.read)
                while chunk := read(_CHUNK):
                    yield chunk
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputError(f"cannot be unpacked, is it broken? {error}") from None
        except (OSError, ValueError) as error:
            raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None

    def _unpacked(self, stream: BinaryIO) -> AbstractContextManager[BinaryIO | gzip.GzipFile]:
        return gzip.GzipFile(fileobj=stream) if self.packed else nullcontext(stream)

    def whole(self) -> bytes:
        """All its bytes; InputError where they are too many for one document."""
        parts, size = [], 0
        for chunk in self.chunks():
            parts.append(chunk)
            size += len(chunk)
            if size > LARGEST:
                raise InputError(f"more than {LARGEST >> 20} MiB, too large for one document; cut it into several")
        return b"".join(parts)


def open_given(path: Path) -> BinaryIO:
    """The file that a user named; where there is none the error names the nearest."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise InputError(f"no such file{_near_file(path)}") from None


def open_found(path: Path) -> BinaryIO:
    """A file that was found in a folder."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        what = "a link to a file that does not exist" if path.is_symlink() else "gone since its folder was listed"
        raise InputError(what) from None


def open_stdin(stdin: BinaryIO | None = None) -> AbstractContextManager[BinaryIO]:
    """`stdin`, or the process's own; it stays open."""
    if stdin is None and sys.stdin is None:
        raise InputError("is closed; give a file, or pipe a text in")
    return nullcontext(stdin or sys.stdin.buffer)


def _near_file(path: Path) -> str:
    try:
        near = nearest(path.name, (p.name for p in path.parent.iterdir() if not p.name.startswith(".")), 1)
    except OSError:
        return ""
    return f"; did you mean {shown((path.parent / near[0]).as_posix())}?" if near else ""
