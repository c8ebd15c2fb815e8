"""What a worker process gives back for a document."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Generic, TypeVar

from extractor.errors import ExtractorError
from extractor.inputs import Failure
from extractor.outcomes import FailureKind, Outcome
from extractor.records import Document, Record

T = TypeVar("T")

# What a worker makes of a document, and how many triples that has.
Work = Callable[[Document], tuple[T, int]]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What became of a document: the `value` that was made of it, or the `kind` of failure and its reason, one line."""

    document: Document
    value: T | None = None
    triples: int = 0
    kind: FailureKind | None = None
    reason: str = ""

    @property
    def error(self) -> str:
        """The complete line to print of a failure: where, and why."""
        source, id_ = self.document.source, self.document.id
        if source is None:
            return f"{id_}: {self.reason}"
        # Of a file that holds many documents the one is named.
        one = PurePath(source).stem == PurePath(id_).name
        return f"{source}: {self.reason}" if one else f"{source}: document {id_}: {self.reason}"


def answer(work: Work[T], document: Document) -> bytes:
    """What became of a document, as it travels: without the document, which the other end has."""
    try:
        value, triples = work(document)
        return _packed(value, triples)
    except MemoryError:
        return failed("crashed", "not enough memory")
    except ExtractorError as error:
        return failed("broken", str(error))
    except Exception as error:  # whatever it is, it must not end a run of a million
        what = " ".join(f"{type(error).__name__}: {error}".split())
        return failed("broken", f"a fault of this program, please report it: {what}")


def failed(kind: FailureKind, reason: str) -> bytes:
    """A failure, as it travels."""
    return _packed(None, 0, kind, reason)


def arrived(document: Document, data: bytes) -> Answer[T]:
    """The answer to `document` that travelled as `data`."""
    return Answer(document, *pickle.loads(data))


def outcome(result: Answer[Record] | Failure) -> Outcome:
    """What became of one input of a run: of a document, or of a source that gave none."""
    if isinstance(result, Failure):
        return Outcome(result.id, result.source, None, kind="unreadable", error=result.message)
    document = result.document
    error = result.error if result.kind else None
    return Outcome(document.id, document.source, document, result.value, result.kind, error)


def _packed(*parts: object) -> bytes:
    return pickle.dumps(parts, pickle.HIGHEST_PROTOCOL)
