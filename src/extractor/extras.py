"""Libraries that come with an extra of the package: loaded where they are needed, and named where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from extractor.errors import ExtractorError


def library(name: str, extra: str) -> Any:
    """The module `name`; ExtractorError, telling how to get it with the extra `extra`, where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise ExtractorError(
            f"{name} is not installed, and this needs it; run: pip install 'extractor[{extra}]'"
        ) from None
