"""The folders of these tests are in memory: a store waits for the disk at each of its ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made import in_memory


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with in_memory() as folder:
        yield Path(folder)
