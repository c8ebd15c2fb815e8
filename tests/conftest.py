"""What the tests share: one extractor with the built-in knowledge, and a small one that knows twenty names."""

from __future__ import annotations

import pytest

from extractor import Extractor
from helpers import SMALL, write_folder


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    return Extractor([write_folder(tmp_path_factory.mktemp("small"), SMALL)], builtin=False)
