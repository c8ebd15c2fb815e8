"""One store added to another."""

from __future__ import annotations

from itertools import islice

from extractor.errors import ExtractorError
from extractor.store.reading import StoreReader
from extractor.store.selection import Selection
from extractor.store.writing import Store

_AT_ONCE = 500  # documents in one transaction


def merge(source: StoreReader, target: Store, wanted: Selection | None = None) -> list[str]:
    """Adds what is wanted of `source` to `target`, behind what is there; gives the ids that both had, and not alike.

    Of these the later run's stays. What conditions were put to counts as done by no run: a batch run does it again.
    """
    if source.path.samefile(target.path):
        raise ExtractorError(f"{target.path}: a store cannot be added to itself; give another file for --output")
    wanted = wanted or Selection()
    runs = source.runs()
    if not wanted.is_all:
        runs = {key: run._replace(knowledge="") for key, run in runs.items()}
    items = ((runs[key], outcome) for key, outcome in source.outcomes(wanted))
    both: list[str] = []
    while chunk := list(islice(items, _AT_ONCE)):
        both += target.merge(chunk)
    target.finish()
    return both
