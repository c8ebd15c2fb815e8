"""From inputs to written records: what `extract` and `batch` do alike."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TextIO

from extractor.batch.tally import Tally
from extractor.cli.console import ERROR, OK, PARTIAL, choose, complain, data_output, say
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.inputs import Failure
from extractor.knowledge.folders import user_folders
from extractor.records import Document
from extractor.writers import Writer

if TYPE_CHECKING:
    from extractor import Extractor

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what a disk says that takes no more


class Few:
    """Tells the first lines and counts the others."""

    def __init__(self, tell: Callable[[str], None], most: int) -> None:
        self._tell, self._most = tell, most
        self.told = self.more = 0

    def __call__(self, line: str) -> None:
        if self.told < self._most:
            self.told += 1
            self._tell(line)
        else:
            self.more += 1


def load_extractor(dictionaries: Sequence[Path], builtin: bool) -> Extractor:
    """The pipeline with the user's dictionary folders, these the last; KnowledgeError when one of them is wrong.

    Lines that are taken, but should be looked at, are told on stderr.
    """
    from extractor import Extractor  # it takes a while to load, and a usage error must not wait for it

    extractor = Extractor([folder.path for folder in user_folders(dictionaries)], builtin)
    say(*(f"warning: {warning}" for warning in extractor.warnings))
    return extractor


def check_relations(keep: Filter, extractor: Extractor) -> None:
    """A UsageError with the nearest valid name where `keep` asks for a relation that there is none of."""
    for relation in sorted(keep.relations):
        choose("relation", relation, extractor.rules.relations)


def inputs(
    paths: Sequence[str],
    encoding: str | None = None,
    output: Path | None = None,
    notice: Callable[[str], None] = say,
    glob: str | None = None,
) -> Iterator[Document | Failure]:
    """The documents of `paths`, stdin where there are none; guesses and the like are told to `notice`.

    `output`, which an earlier run may have left in a folder that is read, is no input. `glob` picks files of folders.
    """
    from extractor.inputs import read_documents

    for item in read_documents(list(paths) or ["-"], encoding, notice, glob=glob):
        if output is None or item.source is None or not _is_same(item.source, output):
            yield item


def _is_same(source: str, output: Path) -> bool:
    # The name first: resolving asks the file system, for each document.
    return PurePath(source).name == output.name and Path(source).resolve() == output.resolve()


def write_records(extractor: Extractor, items: Iterable[Document | Failure], keep: Filter, writer: Writer) -> Tally:
    """Extracts every document and writes what `keep` leaves of its record; an input that fails is told on stderr."""
    tally = Tally()
    for item in items:
        if isinstance(item, Failure):
            tally.add(0, "unreadable")
            complain(item.message)
            continue
        try:
            record = keep.apply(extractor.extract(item))
        except ExtractorError as error:
            tally.add(0, "broken")
            complain(f"{item.source or item.id}: {error}")
            continue
        writer.write(record)
        tally.add(len(record.triples), None)
    writer.close()
    return tally


def status(tally: Tally) -> int:
    """The exit status: `ERROR` when every input failed, `PARTIAL` when some did."""
    if not tally.failed:
        return OK
    return ERROR if tally.nothing_done else PARTIAL


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A stream to write the file `path` (None: stdout) as UTF-8 with "\\n".

    The file appears whole when the block ends, and is left as it was when the block raises.
    """
    if path is None:
        yield data_output()
        return
    target = path.resolve()
    if target.exists() and not target.is_file():
        if target.is_dir():
            raise ExtractorError(f"{path}: is a folder; give a file for --output")
        # A device or a named pipe is written to, never replaced.
        with target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        return
    if not target.parent.is_dir():
        raise ExtractorError(f"{path}: its folder {target.parent} does not exist; make it first")
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise ExtractorError(f"{path}: cannot be written: {error.strerror}") from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        draft.chmod(_mode(target))
        draft.replace(target)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in _FULL:
            raise ExtractorError(f"{path}: {error.strerror}; nothing was written") from None
        raise


def _mode(target: Path) -> int:
    # A temporary file is for its owner alone; the finished one gets what the old one had, or a new file's usual mode.
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
