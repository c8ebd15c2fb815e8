"""Folders and files wherever fsspec reaches: a local disk, s3://, hdfs://, memory:// and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from extractor.errors import ExtractorError


def is_url(place: str) -> bool:
    """Whether a place names its file system, as in s3://bucket/news."""
    return "://" in place


@dataclass(frozen=True)
class Folder:
    """The folder at `url`, which may be a local path; opened where it is used, so that it can be sent to a worker."""

    url: str

    @cached_property
    def _where(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        try:
            system, path = url_to_fs(self.url)
        except (ImportError, ValueError) as error:  # the driver of a protocol is not installed; there is none such
            raise ExtractorError(f"{self.url}: {error}") from None
        return system, path.rstrip("/")

    def __getstate__(self) -> dict[str, str]:
        return {"url": self.url}

    def open(self, name: str, mode: str) -> IO[bytes]:
        """A file in it as a stream of bytes."""
        system, path = self._where
        return system.open(f"{path}/{name}", mode)  # type: ignore[no-any-return]

    def make(self) -> None:
        """Makes it where it is missing."""
        system, path = self._where
        system.makedirs(path, exist_ok=True)

    def names(self) -> list[str]:
        """The names in it, sorted, as they are now."""
        system, path = self._where
        system.invalidate_cache(path)
        return sorted(entry.rstrip("/").rsplit("/", 1)[-1] for entry in system.ls(path, detail=False))

    def files(self) -> list[tuple[str, int]] | None:
        """All files under it, by their paths relative to it and their sizes in bytes, sorted; None where it is no folder."""
        system, path = self._where
        system.invalidate_cache(path)
        if not system.isdir(path):
            return None
        found = system.find(path, detail=True)
        return sorted((name.removeprefix(path).lstrip("/"), entry["size"] or 0) for name, entry in found.items())

    def size(self, name: str) -> int | None:
        """The size of a file in bytes; None where there is none."""
        system, path = self._where
        try:
            return int(system.size(f"{path}/{name}") or 0)
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Writes a small file, whole or not at all."""
        draft = f".draft-{name}"
        system, path = self._where
        system.pipe_file(f"{path}/{draft}", content)
        self.move(draft, name)

    def read(self, name: str) -> bytes | None:
        """A small file; None where there is none."""
        system, path = self._where
        try:
            return system.cat_file(f"{path}/{name}")  # type: ignore[no-any-return]
        except FileNotFoundError:
            return None

    def move(self, name: str, other: str) -> None:
        """Gives a file another name in the place of what has that name now."""
        system, path = self._where
        if "file" in _protocols(system):
            Path(f"{path}/{name}").replace(f"{path}/{other}")
            return
        try:
            system.mv(f"{path}/{name}", f"{path}/{other}")
        except FileExistsError:  # HDFS moves onto nothing
            system.rm_file(f"{path}/{other}")
            system.mv(f"{path}/{name}", f"{path}/{other}")

    def remove(self, name: str) -> None:
        """Removes a file."""
        system, path = self._where
        system.rm_file(f"{path}/{name}")


def _protocols(system: Any) -> tuple[str, ...]:
    return (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)
