"""What a store holds, as records again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from extractor.filters import Filter
from extractor.outcomes import Outcome
from extractor.records import Record


class StoreReader:
    """A store that is read and never changed; a context manager.

    What it gives is of one moment, whatever a run writes meanwhile.
    """

    def __init__(self, path: Path) -> None:
        raise NotImplementedError

    def records(self, keep: Filter = Filter(), match: str | None = None) -> Iterator[Record]:  # noqa: B008
        """The records, in the order of the documents, each as it was written but for what `keep` takes away."""
        raise NotImplementedError

    def outcomes(self, keep: Filter = Filter(), match: str | None = None) -> Iterator[Outcome]:  # noqa: B008
        """The same with their documents and, where nothing is asked for, the failures: what `Store.write` takes."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; what was not committed is as if it had never been."""
        raise NotImplementedError
