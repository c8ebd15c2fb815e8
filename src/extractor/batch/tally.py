"""What a run came to, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.outcomes import FailureKind


@dataclass(slots=True)
class Tally:
    """How many documents were done and how many triples they gave, what failed, and what an earlier run had done."""

    documents: int = 0
    triples: int = 0
    skipped: int = 0
    failures: Counter[FailureKind] = field(default_factory=Counter)
    interrupted: bool = False

    def add(self, triples: int, failure: FailureKind | None) -> None:
        """Counts a document, or an input that failed."""
        if failure is None:
            self.documents += 1
            self.triples += triples
        else:
            self.failures[failure] += 1

    @property
    def failed(self) -> int:
        """How many inputs failed."""
        return self.failures.total()

    @property
    def seen(self) -> int:
        """How many inputs there were so far."""
        return self.documents + self.skipped + self.failed

    @property
    def nothing_done(self) -> bool:
        """Whether every input failed."""
        return bool(self.failed) and self.failed == self.seen

    def __str__(self) -> str:
        """``documents 2, triples 2, failed 1 (slow 1), skipped 3``."""
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.failures.items()))
        failed = f"failed {self.failed}" + (f" ({kinds})" if kinds else "")
        skipped = f", skipped {self.skipped}" if self.skipped else ""
        return f"documents {self.documents}, triples {self.triples}, {failed}{skipped}"
