"""`extractor dictionary where`: which files are in force, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.cli.console import OK, say
from extractor.cli.dictionary.output import AsJson, records, show_json, show_rows
from extractor.cli.options import Dictionaries, NoBuiltin
from extractor.knowledge import builtin_folder
from extractor.knowledge.folders import Folder, configuration_folder, folders_in_force

HEADINGS = ("order", "origin", "kind", "rows", "file")


def where_command(dictionary: Dictionaries = None, no_builtin: NoBuiltin = False, as_json: AsJson = False) -> int:
    """List the files in force, in the order of reading."""
    return where(dictionary or [], not no_builtin, as_json)


def where(dictionaries: Sequence[Path], builtin: bool, as_json: bool) -> int:
    """Prints one file a line; returns the exit status. A file with wrong lines is listed with those that can be read."""
    from extractor.curation.tables import read_tables, relation_files

    found: list[tuple[str, str, int, str]] = []
    # The built-in relations stay when the built-in names are left out.
    for folder in [Folder(builtin_folder(), "built-in"), *folders_in_force(dictionaries, False)]:
        if builtin or folder.origin != "built-in":
            found += [(folder.origin, t.kind, len(t.rows), str(t.path)) for t in read_tables(folder.path)]
        found += [(folder.origin, "relations", count, str(path)) for path, count in relation_files(folder.path)]
    rows = [(number, *row) for number, row in enumerate(found, 1)]
    show_json(records(HEADINGS, rows)) if as_json else show_rows(HEADINGS, rows)
    own = configuration_folder()
    if not own.is_dir():
        say(f"{own}: not there yet; dictionary files in it are read by every command")
    return OK
