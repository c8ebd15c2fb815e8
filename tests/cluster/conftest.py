"""A cluster of two worker processes for all of these tests; without the extra `cluster` there are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import SMALL, write_folder

MISSING = "needs the extra `cluster`"
pytest.importorskip("distributed", reason=MISSING)
pytest.importorskip("pyarrow", reason=MISSING)


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two workers."""
    from extractor.cluster.scheduler import LOCAL, connect

    with connect(LOCAL, 2) as client:
        yield client.scheduler.address


@pytest.fixture(scope="session")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twenty names."""
    return write_folder(tmp_path_factory.mktemp("dictionary"), SMALL)
