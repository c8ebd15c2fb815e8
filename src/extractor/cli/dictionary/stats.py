"""`extractor dictionary stats`: how much the dictionaries hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from extractor.cli.console import OK, data_output, on_terminal
from extractor.cli.dictionary.output import AsJson, show_json, show_rows
from extractor.cli.options import Dictionaries, NoBuiltin
from extractor.knowledge.folders import folders_in_force


def stats_command(dictionary: Dictionaries = None, no_builtin: NoBuiltin = False, as_json: AsJson = False) -> int:
    """Count what the dictionaries in force hold, by type and by file; in a pipe one count a line."""
    return stats(dictionary or [], not no_builtin, as_json)


def stats(dictionaries: Sequence[Path], builtin: bool, as_json: bool) -> int:
    """Prints the counts; returns the exit status."""
    from extractor.curation.stats import statistics

    data = asdict(statistics([folder.path for folder in folders_in_force(dictionaries, builtin)]))
    if as_json:
        show_json(data)
        return OK
    _show("type", data["types"])
    _show("file", data["files"])
    _show("market", {market: {"codes": count} for market, count in data["markets"].items()})
    _show("country", {country: {"companies": count} for country, count in data["countries"].items()})
    return OK


def _show(heading: str, counts: dict[str, dict[str, int]]) -> None:
    """A row for each thing counted where a terminal has room, else one count a line: heading, name, measure, number."""
    if on_terminal(data_output()):
        measures = [measure.replace("_", " ") for measure in next(iter(counts.values()), {})]
        show_rows((heading, *measures), [(name, *of.values()) for name, of in counts.items()])
    else:
        show_rows((), [(heading, name, measure, n) for name, of in counts.items() for measure, n in of.items()])
