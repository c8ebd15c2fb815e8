"""What the extractor knows: dictionaries of names, relation rules, cues; all of it data under `dictionaries/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def builtin_folder() -> Path:
    """The built-in dictionaries: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "dictionaries"
    return inside if inside.is_dir() else package.parent.parent / "dictionaries"
