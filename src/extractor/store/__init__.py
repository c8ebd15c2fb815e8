"""The store: one SQLite file that holds what batch runs gave, and that answers questions.

`Store` writes, `StoreReader` reads what a `Selection` asks for, also from a file that cannot be written and while a run
writes; `merge` adds one store to another. All raise ExtractorError, one line with the path in it, for a file that is no
store, a full disk, a target that is read-only.
"""

from __future__ import annotations

from extractor.store.merging import merge
from extractor.store.reading import StoreReader
from extractor.store.selection import Selection
from extractor.store.writing import Store

__all__ = ["Selection", "Store", "StoreReader", "merge"]
