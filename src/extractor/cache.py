"""The cache: files that can be made anew at any time, in a folder that only this user can write to."""

from __future__ import annotations

import json
import mmap
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

KEPT = 4  # stores of one kind that stay however long they are not used: each set of dictionaries has its own
HOUR = 60 * 60  # seconds; what was used later stays: another process may be about to open it
SETTLED = 2 * 10**9  # nanoseconds; a file changed later may change again and bear the same time
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
        with suppress(OSError):
            os.utime(place)  # the time of its last use
        return place
    files = build()
    try:
        _write(place, files)
        _prune(cache, kind)
    except OSError:
        return files
    return place if _complete(place) else files


def source_key(*paths: Path, **more: object) -> str:
    """A hash of the contents of source files, and of what else a store depends on; a file that cannot be read is empty."""
    digest = blake2b(repr(sorted(more.items())).encode("utf-8", "surrogateescape"), digest_size=16)
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        digest.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def settled_key(*paths: Path, **more: object) -> str:
    """The `source_key`, kept for as long as the files are the same by their sizes and times, which are quicker to ask for."""
    states: list[tuple[object, ...]] = []
    newest = 0
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            states.append((str(path),))
            continue
        times = (status.st_mtime_ns, status.st_ctime_ns)
        states.append((str(path), status.st_size, status.st_ino, *times))
        newest = max(newest, *times)
    if newest > time.time_ns() - SETTLED:
        return source_key(*paths, **more)

    def build() -> dict[str, bytes]:
        return {"key.txt": source_key(*paths, **more).encode("ascii")}

    return read(stored("sources", source_key(states=states, **more), build), "key.txt").decode("ascii")


def read(store: Store, name: str) -> bytes:
    """A file of a store."""
    return (store / name).read_bytes() if isinstance(store, Path) else store[name]


def open_bytes(store: Store, name: str) -> bytes | mmap.mmap:
    """A file of a store, mapped into memory where it is a file: what is not read costs nothing."""
    if not isinstance(store, Path):
        return store[name]
    with (store / name).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


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
        sizes = json.dumps({name: len(content) for name, content in files.items()}).encode("utf-8")
        for name, content in {**files, _SIZES: sizes}.items():
            with (draft / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # a power loss must not leave a store of the right sizes and no contents
        if place.exists() and not _complete(place):
            shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        # Another process may have been quicker; its files are the same.
        if not _complete(place):
            raise


def _prune(cache: Path, kind: str) -> None:
    """Remove what was not used for an hour, but for the stores used last; and drafts that a killed process left."""
    old = time.time() - HOUR
    stores = sorted(cache.glob(f"{kind}-*"), key=_last_use, reverse=True)
    for place in (*stores[KEPT:], *cache.glob(".draft-*")):
        if _last_use(place) < old:
            shutil.rmtree(place, ignore_errors=True)


def _last_use(place: Path) -> float:
    """When a store was used last; now, where another process has just moved it."""
    try:
        return place.stat().st_mtime
    except OSError:
        return time.time()
