"""From the paths that a user gives to documents: files, folders and stdin, each with its identity.

`walking` finds the files of a folder, `opening` gives their bytes, unpacked, and one module a format reads them:
`texts`, `pages` (HTML), `json_lines`, `csv_`. JSON Lines and CSV are read in pieces, whatever the file's size.
"""

from typing import TYPE_CHECKING, Any

from extractor.inputs.failures import Failure
from extractor.inputs.walking import ENDINGS

__all__ = ["ENDINGS", "Failure", "read_documents", "read_source"]

if TYPE_CHECKING:
    from extractor.inputs.documents import read_documents, read_source


def __getattr__(name: str) -> Any:
    """Load the readers when something is read: `extractor --help` needs none of them."""
    if name in {"read_documents", "read_source"}:
        from extractor.inputs import documents

        return getattr(documents, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
