"""HTML: the article of a page, without what stands around it, by trafilatura."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import Any

from extractor.errors import ExtractorError, InputError
from extractor.inputs.texts import Article
from extractor.text.decoding import Decoded, decode

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096  # bytes; a page says what it is written in within the first 1024, or a little later
# Characters: less counts as no article, and all of the page is taken. A Chinese one says as much as three Latin letters.
_SHORT = 50


def decode_page(data: bytes, encoding: str | None = None) -> Decoded:
    """`data` as text; what the page says of its encoding is believed where it is not UTF-8."""
    declared = _DECLARED.search(data[:_HEAD])
    if encoding is None and declared and not _is_utf8(data):
        with suppress(ExtractorError):
            return decode(data, declared[1].decode("ascii", "replace"))
    return decode(data, encoding)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def find_article(page: str) -> Article:
    """The article of a page with its title and its date (YYYY-MM-DD). A page without any text is an empty one.

    Places count in the text that is returned. InputError where there is no article, or no trafilatura.
    """
    if not page.strip():
        return Article(page)
    extract, options = _trafilatura()
    try:
        found = extract(page, **options)
    except (
        Exception
    ) as error:  # the parser of another project over any bytes: whatever it raises is this page's failure
        raise InputError(f"cannot be read as HTML: {type(error).__name__}: {' '.join(str(error).split())}") from None
    if found is None or not (found.text or "").strip():
        raise InputError("no article found in this page")
    return Article(found.text, found.title or None, found.date or None)


@cache
def _trafilatura() -> tuple[Any, dict[str, Any]]:
    """Its function and how it is called."""
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import use_config
    except ImportError as error:
        raise InputError(f"to read HTML, run: pip install 'extractor[html]' ({error})") from None
    import logging

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # or their warnings would go to stderr
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORT))
    return bare_extraction, {
        "include_comments": False,
        "favor_precision": True,
        "with_metadata": True,
        # The day of the first edition, and none that merely stands somewhere in the text.
        "date_extraction_params": {"original_date": True, "extensive_search": False},
        "config": config,
    }
