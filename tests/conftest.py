"""What the tests share: one extractor with the built-in knowledge, and a small one that knows twenty names."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from extractor import Extractor
from helpers import SMALL, write_folder


@pytest.fixture(scope="session", autouse=True)
def _no_configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither the tests nor the commands that they run read the dictionaries of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        home = str(tmp_path_factory.mktemp("configuration"))
        for variable in ("XDG_CONFIG_HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
            patch.setitem(os.environ, variable, home)
        patch.delenv("EXTRACTOR_DICTIONARY", raising=False)
        yield


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    return Extractor([write_folder(tmp_path_factory.mktemp("small"), SMALL)], builtin=False)
