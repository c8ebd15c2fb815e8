"""The dictionary that the commands write into: the folder given, else the one in the user's configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.errors import ExtractorError
from extractor.knowledge.folders import configuration_folder, folders_in_force

if TYPE_CHECKING:
    from extractor.curation.curator import Curator
    from extractor.knowledge.dictionary import Entry, Ignored

Own = Annotated[
    Path | None,
    typer.Option(
        "--dictionary", help="The folder to write into, made when it is missing. Default: your configuration folder's."
    ),
]


def open_curator(dictionary: Path | None) -> Curator:
    """The curator of this folder, or of the configuration folder; knows all that is in force.

    KnowledgeError lists wrong lines of what is there, ExtractorError says where a file stands in the folder's place.
    """
    from extractor.curation.curator import Curator

    target = configuration_folder() if dictionary is None else dictionary
    if target.exists() and not target.is_dir():
        raise ExtractorError(f"{target}: is a file; give a folder with --dictionary")
    given = [target] if dictionary is not None and target.is_dir() else []
    return Curator([folder.path for folder in folders_in_force(given)], target)


def told(written: Entry) -> str:
    """One line that says what was written and where."""
    names = (*written.names, *written.weak, *(f"-{name}" for name in written.dropped))
    codes = [f"{market}:{number}" for market, number in written.codes.items()]
    what = "added" if written.name else "added to"
    return f"{what} {written.type} {written.id}: {'|'.join([*names, *codes])} ({written.where})"


def told_ignored(written: Ignored) -> str:
    """One line that says what was written and where."""
    kind = f" as a {written.type}" if written.type else ""
    inside = f" inside {written.context}" if written.context else ""
    return f"ignored{kind}{inside}: {written.name} ({written.where})"
