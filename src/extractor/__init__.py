"""Reads Traditional-Chinese business and policy news and prints the relations that it states.

from extractor import Extractor
record = Extractor().extract("鴻海與三菱電機簽署MOU。")
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Document", "Extractor", "Record", "__version__"]

if TYPE_CHECKING:
    from extractor.pipeline import Extractor
    from extractor.records import Document, Record


def __getattr__(name: str) -> Any:
    """Load the pipeline when it is first asked for: `extractor --help` needs none of it."""
    if name == "Extractor":
        from extractor.pipeline import Extractor

        return Extractor
    if name in {"Document", "Record"}:
        from extractor import records

        return getattr(records, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
