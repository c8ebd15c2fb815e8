"""What to say to someone who gave a name that is none of the valid ones."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from extractor.errors import ExtractorError


def nearest(value: str, choices: Iterable[str], count: int = 3) -> list[str]:
    """The valid names that are spelled most like `value`, the nearest first; none where nothing is near."""
    by_key = {choice.casefold(): choice for choice in choices}
    return [by_key[key] for key in get_close_matches(value.casefold(), by_key, count, cutoff=0.6)]


def require(value: str, choices: Iterable[str], what: str) -> str:
    """`value`, if it is one of `choices`; ExtractorError naming the nearest, or all where none is near."""
    valid = list(choices)
    if value in valid:
        return value
    near = nearest(value, valid)
    hint = f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(valid)}"
    raise ExtractorError(f"unknown {what} {value!r}: {hint}")
