"""A dictionary file that is edited and stays its owner's: comments, order, line ends and byte order mark as they were."""

from __future__ import annotations

import csv
import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import ExtractorError, KnowledgeError

_MARK = "\ufeff"
SEPARATED = frozenset(("aliases", "weak_aliases", "codes", "support", "posts"))  # cells of several, `|` between them


@dataclass(slots=True)
class _Line:
    """A record of the file as it is written, its line end with it; `cells` is None for a comment or a blank line."""

    text: str
    cells: list[str] | None = None


class EditedFile:
    """One CSV file of a dictionary folder. Nothing is written before `save`.

    `columns` are those that a row may have, `start` those of a new file, `comment` the line above its header.
    Raises KnowledgeError, ``file:line: reason``, where the file that is there cannot be read.
    """

    def __init__(self, path: Path, columns: Sequence[str], start: Sequence[str], comment: str) -> None:
        self.path, self._columns = path, columns
        data = path.read_bytes() if path.exists() else b""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise KnowledgeError([f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8"]) from None
        self._mark = _MARK if text.startswith(_MARK) else ""
        text = text.removeprefix(_MARK)
        self._end = "\r\n" if "\r\n" in text else "\n"
        self.header: list[str] = []
        self._lines: list[_Line] = []
        self._read(text)
        if not self.header:
            if not text.strip():
                self._lines = [_Line(f"# {comment}{self._end}")]
            self.header = list(start)
            self._header_line = self._append(_Line(self._text(self.header)))
        self._by_id = (
            {self._cell(line, "id"): line for line in self._lines if line.cells} if "id" in self.header else {}
        )

    def __contains__(self, id_: str) -> bool:
        return id_ in self._by_id

    def add(self, row: Mapping[str, str]) -> None:
        """Puts a row, as {column: cell}, at the end; columns that the header lacks are added to it."""
        self._widen(column for column, cell in row.items() if cell)
        cells = [row.get(column, "") for column in self.header]
        line = self._append(_Line(self._text(cells), cells))
        if row.get("id"):
            self._by_id[row["id"]] = line

    def join(self, row: Mapping[str, str]) -> None:
        """Adds to the row of the same id what it lacks: further names and codes, and cells that are empty there."""
        self._widen(column for column, cell in row.items() if cell)
        line = self._by_id[row["id"]]
        cells = [*(line.cells or ()), *[""] * len(self.header)][: len(self.header)]
        for place, column in enumerate(self.header):
            new = row.get(column, "")
            if new and column in SEPARATED:
                cells[place] = "|".join(dict.fromkeys(filter(None, [*cells[place].split("|"), *new.split("|")])))
            elif new and not cells[place].strip():
                cells[place] = new
        line.cells, line.text = cells, self._text(cells)

    def put(self, row: Mapping[str, str]) -> None:
        """Adds the row, or joins it to the row of its id."""
        (self.join if row.get("id", "") in self else self.add)(row)

    def where(self, id_: str = "") -> str:
        """``file:line`` of the row of this id, or of the last line."""
        wanted = self._by_id.get(id_, self._lines[-1])
        line = 0
        for record in self._lines:
            if record is wanted:
                break
            line += record.text.count("\n")
        return f"{self.path}:{line + 1}"

    def save(self) -> None:
        """Writes the file, whole or not at all; its folder is made when it is missing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, (self._mark + "".join(line.text for line in self._lines)).encode("utf-8"))

    def _read(self, text: str) -> None:
        lines = [line + "\n" for line in text.split("\n")]
        lines[-1] = lines[-1][:-1]  # what is behind the last line end: a line without one, or nothing
        lines = lines if lines[-1] else lines[:-1]
        first = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
        self._lines = [_Line(line) for line in lines[:first]]
        reader = csv.reader(iter(lines[first:]), strict=True)
        done = first
        try:
            for cells in reader:
                line = _Line("".join(lines[done : first + reader.line_num]))
                done = first + reader.line_num
                if not self.header:
                    self.header, self._header_line = [cell.strip() for cell in cells], line
                elif cells and not cells[0].startswith("#") and (len(cells) > 1 or cells[0].strip()):
                    line.cells = cells
                self._lines.append(line)
        except csv.Error as error:
            raise KnowledgeError([f"{self.path}:{first + reader.line_num}: {error}"]) from None

    def _widen(self, columns: Iterable[str]) -> None:
        """Adds to the header the columns that it lacks, in their usual order behind the others, and pads the rows."""
        missing = {column for column in columns if column not in self.header}
        if not missing:
            return
        new = [column for column in self._columns if column in missing]
        for line in self._lines:
            if line is self._header_line or line.cells is not None:
                body = line.text.rstrip("\r\n")
                padding = "".join(f",{column}" for column in new) if line is self._header_line else "," * len(new)
                line.text = body + padding + line.text[len(body) :]
                if line.cells is not None:
                    line.cells += [""] * len(new)
        self.header += new

    def _append(self, line: _Line) -> _Line:
        if self._lines and not self._lines[-1].text.endswith("\n"):
            self._lines[-1].text += self._end
        self._lines.append(line)
        return line

    def _text(self, cells: Sequence[str]) -> str:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator=self._end).writerow(cells)
        return buffer.getvalue()

    def _cell(self, line: _Line, column: str) -> str:
        place = self.header.index(column)
        return line.cells[place].strip() if line.cells and place < len(line.cells) else ""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Makes the folder where it is missing, and waits until no other command writes into it."""
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":  # which has no such lock; writing takes a moment, so that a collision is unlikely
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network drives have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole or as it was before; what a link leads to is written, not the link."""
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise ExtractorError(f"{path}: {error.strerror}; nothing was written") from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        draft.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_mask())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
