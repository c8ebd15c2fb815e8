"""From inputs to written records: what `extract` and `batch` do alike."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from extractor.cli.console import ERROR, OK, PARTIAL, complain, data_output, say
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.inputs import Failure, read_documents
from extractor.knowledge.folders import user_folders
from extractor.records import Document
from extractor.writers import Writer

if TYPE_CHECKING:
    from extractor import Extractor


@dataclass(slots=True)
class Tally:
    """How many documents were done, how many triples they gave, and how many inputs failed."""

    documents: int = 0
    triples: int = 0
    failed: int = 0

    @property
    def status(self) -> int:
        """The exit status: `ERROR` when every input failed, `PARTIAL` when some did."""
        if not self.failed:
            return OK
        return PARTIAL if self.documents else ERROR


def load_extractor(dictionaries: Sequence[Path], builtin: bool) -> Extractor:
    """The pipeline with the user's dictionary folders, these the last; KnowledgeError when one of them is wrong.

    Lines that are taken, but should be looked at, are told on stderr.
    """
    from extractor import Extractor  # it takes a while to load, and a usage error must not wait for it

    extractor = Extractor([folder.path for folder in user_folders(dictionaries)], builtin)
    say(*(f"warning: {warning}" for warning in extractor.warnings))
    return extractor


def inputs(paths: Sequence[str], encoding: str | None, output: Path | None = None) -> Iterator[Document | Failure]:
    """The documents of `paths`, stdin where there are none; guesses and notices are told on stderr.

    `output`, which an earlier run may have left in a folder that is read, is no input.
    """
    for item in read_documents(list(paths) or ["-"], encoding, notice=say):
        if output is None or item.source is None or Path(item.source).resolve() != output.resolve():
            yield item


def write_records(extractor: Extractor, items: Iterable[Document | Failure], keep: Filter, writer: Writer) -> Tally:
    """Extracts every document and writes what `keep` leaves of its record; an input that fails is told on stderr."""
    tally = Tally()
    for item in items:
        if isinstance(item, Failure):
            tally.failed += 1
            complain(item.message)
            continue
        try:
            record = keep.apply(extractor.extract(item))
        except ExtractorError as error:
            tally.failed += 1
            complain(f"{item.source or item.id}: {error}")
            continue
        writer.write(record)
        tally.documents += 1
        tally.triples += len(record.triples)
    writer.close()
    return tally


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
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        draft.chmod(_mode(target))
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    # A temporary file is for its owner alone; the finished one gets what the old one had, or a new file's usual mode.
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
