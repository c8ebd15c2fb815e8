"""What became of one input of a run over many: its record, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from extractor.records import Document, Record

# unreadable: the input gave no document. broken: the document could not be extracted. crashed: its worker process died.
# slow: it took longer than the time limit.
FailureKind = Literal["unreadable", "broken", "crashed", "slow"]
FAILURE_KINDS: tuple[FailureKind, ...] = ("unreadable", "broken", "crashed", "slow")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One input's end: a `record` where it was done, a `kind` and an `error` (one complete line, place included) where not.

    id: the document's, or the source of an input that gave no document. document: None for such an input.
    """

    id: str
    source: str | None
    document: Document | None
    record: Record | None = None
    kind: FailureKind | None = None
    error: str | None = None


def digest(document: Document) -> str:
    """A hash of what a document says (text, title, date), whatever its id and its source: 32 hexadecimal digits."""
    parts = (document.text, document.title or "", document.date or "")
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
