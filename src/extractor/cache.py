"""The cache: files that can be made anew at any time, in a folder that only this user can write to."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

KEPT = 4  # stores of one kind: each set of dictionaries has its own, and what is used no more goes away in time
_SIZES = "sizes.json"

# Files by name: the folder that holds them, or their bytes where no folder can.
Store = Path | Mapping[str, bytes]


def cache_folder() -> Path | None:
    """The program's cache folder, made where it is missing; None where there is none that only this user can write to."""
    folder = user_cache_path("extractor")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    # What is read from the cache is trusted; a folder of somebody else, or one that a group writes to, is not.
    private = os.name == "nt" or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
    return folder if private else None


def stored(kind: str, key: str, build: Callable[[], Mapping[str, bytes]]) -> Store:
    """The files that `build` makes, built once for each `key`, which must tell all that they depend on.

    They are written whole or not at all, so that any number of processes may ask at once. Where they cannot be kept they
    are given as bytes.
    """
    cache = cache_folder()
    if cache is None:
        return build()
    place = cache / f"{kind}-{key}"
    if _complete(place):
        return place
    files = build()
    try:
        _write(place, files)
        _prune(cache, kind)
    except OSError:
        return files
    return place if _complete(place) else files


def read(store: Store, name: str) -> bytes:
    """A file of a store."""
    return (store / name).read_bytes() if isinstance(store, Path) else store[name]


def open_trie(trie: Any, store: Store, name: str) -> Any:
    """A file of a store as the marisa trie `trie`, mapped into memory where it is a file."""
    return trie.mmap(str(store / name)) if isinstance(store, Path) else trie.frombytes(store[name])


def _complete(place: Path) -> bool:
    """Whether a store has all its files in their full sizes: a disk that was full, or a crash, may have left less."""
    try:
        sizes = json.loads((place / _SIZES).read_bytes())
        return all((place / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


def _write(place: Path, files: Mapping[str, bytes]) -> None:
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=place.parent))
    try:
        for name, content in files.items():
            (draft / name).write_bytes(content)
        (draft / _SIZES).write_text(json.dumps({name: len(content) for name, content in files.items()}), "utf-8")
        if place.exists() and not _complete(place):
            shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        # Another process may have been quicker; its files are the same.
        if not _complete(place):
            raise


def _prune(cache: Path, kind: str) -> None:
    stores = sorted(cache.glob(f"{kind}-*"), key=lambda place: place.stat().st_mtime, reverse=True)
    for place in stores[KEPT:]:
        shutil.rmtree(place, ignore_errors=True)
