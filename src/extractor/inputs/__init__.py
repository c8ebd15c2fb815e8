"""From the paths that a user gives to documents: files, folders and stdin, each with its identity.

`walking` finds the files of a folder, `opening` gives their bytes, unpacked, and one module a format reads them:
`texts`, `pages` (HTML), `json_lines`, `csv_`. JSON Lines and CSV are read in pieces, whatever the file's size.
"""

from extractor.inputs.documents import read_documents, read_source
from extractor.inputs.failures import Failure
from extractor.inputs.opening import Source
from extractor.inputs.walking import ENDINGS

__all__ = ["ENDINGS", "Failure", "Source", "read_documents", "read_source"]
