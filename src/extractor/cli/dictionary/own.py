"""The dictionary that the commands write into: the folder given, else the one in the user's configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.errors import ExtractorError
from extractor.knowledge.folders import configuration_folder, folders_in_force

if TYPE_CHECKING:
    from extractor.curation.curator import Curator
    from extractor.curation.known import Known
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


def told(written: Entry, known: Known) -> list[str]:
    """Lines that say what was written and where, and which of its names count only with support, or too often."""
    from extractor.curation.support import remark
    from extractor.text.vocabulary import vocabulary

    names = (*written.names, *written.weak, *(f"-{name}" for name in written.dropped))
    codes = [f"{market}:{number}" for market, number in written.codes.items()]
    what = "added" if written.name else "added to"
    entry, common = known.entries[written.id], vocabulary().common
    remarks = [remark(entry, name, common) for name in (*written.names, *written.weak)]
    return [
        f"{what} {written.type} {written.id}: {'|'.join([*names, *codes])} ({written.where})",
        *(f"  {line}" for line in remarks if line),
    ]


def told_ignored(written: Ignored, known: Known) -> str:
    """One line that says what was written and where, and what the name was until now."""
    kind = f" as a {written.type}" if written.type else ""
    inside = f" inside {written.context}" if written.context else ""
    was = [f"{e.type} {e.id}" for e in known.named(written.name) if written.type in ("", e.type)]
    until_now = f"; until now a name of {', '.join(was)}" if was and not inside else ""
    return f"ignored{kind}{inside}: {written.name} ({written.where}){until_now}"
