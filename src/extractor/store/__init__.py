"""The store: one SQLite file that holds what batch runs gave, and that answers questions.

`Store` writes (and reads), `StoreReader` reads a file that it never changes, also while a run writes into it. Both raise
ExtractorError, one line with the path in it, for a file that is no store, a full disk, a target that is read-only.
"""

from __future__ import annotations

from extractor.store.reading import StoreReader
from extractor.store.writing import Store

__all__ = ["Store", "StoreReader"]
