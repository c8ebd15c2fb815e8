"""`extractor dictionary check`: what is wrong in a dictionary folder, with the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import ERROR, OK, data_output, say
from extractor.cli.dictionary.output import AsJson, show_json
from extractor.knowledge import builtin_folder
from extractor.knowledge.folders import folders_in_force
from extractor.writers.base import one_line


def check_command(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="DIR", show_default=False, help="Dictionary folders; none: all that are in force."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings count as errors, and the rules of the built-in data hold.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Find what is wrong or undecided in dictionary folders.

    The exit status is 1 when there are errors. A folder is read after all that are in force, as with `--dictionary`, and compared with them.
    """
    return check_folders(folders or [], strict, as_json)


def check_folders(folders: Sequence[Path], strict: bool, as_json: bool) -> int:
    """Prints one finding a line, and on stderr how many there are; returns the exit status."""
    from extractor.curation.check import check

    wanted = {folder.resolve() for folder in folders}
    others = [folder for folder in folders if folder.resolve() != builtin_folder().resolve()]
    in_force = [folder.path for folder in folders_in_force(others)]
    checked = [path for path in in_force if not wanted or path.resolve() in wanted]
    findings = check(in_force, checked, strict)
    errors = sum(finding.error or strict for finding in findings)
    if as_json:
        show_json([asdict(finding) | {"error": finding.error or strict} for finding in findings])
    else:
        data_output().writelines(f"{one_line(str(finding))}\n" for finding in findings)
    if any(finding.kind == "wrong-line" for finding in findings):
        say("names, codes and references are compared when no line is wrong: correct those and check again")
    say(f"{', '.join(map(str, checked))}: errors {errors}, warnings {len(findings) - errors}")
    return ERROR if errors else OK
