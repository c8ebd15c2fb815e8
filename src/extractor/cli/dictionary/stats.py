"""`extractor dictionary stats`: how much the dictionaries hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from extractor.cli.console import OK, data_output, on_terminal
from extractor.cli.dictionary.output import AsJson, show_json, show_rows
from extractor.cli.options import Dictionaries, NoBuiltin
from extractor.knowledge.folders import folders_in_force


def stats_command(dictionary: Dictionaries = None, no_builtin: NoBuiltin = False, as_json: AsJson = False) -> int:
    """Count what there is by type, file, market and country."""
    return stats(dictionary or [], not no_builtin, as_json)


def stats(dictionaries: Sequence[Path], builtin: bool, as_json: bool) -> int:
    """Prints the counts; returns the exit status."""
    from extractor.curation.stats import Counts, statistics

    data = asdict(statistics([folder.path for folder in folders_in_force(dictionaries, builtin)]))
    if as_json:
        show_json(data)
        return OK
    counted = {
        "type": data["types"],
        "file": data["files"],
        "market": {market: {"codes": count} for market, count in data["markets"].items()},
        "country": {country: {"rows": count} for country, count in data["countries"].items()},
    }
    measures = [field.name for field in fields(Counts)]
    if on_terminal(data_output()):
        for kind, counts in counted.items():
            there = [measure for measure in measures if any(measure in of for of in counts.values())]
            rows = [(name, *(of[measure] for measure in there)) for name, of in counts.items()]
            show_rows((kind, *(measure.replace("_", " ") for measure in there)), rows)
    else:
        # One table, so that a program can read it as such; what is not counted of a kind stays empty.
        every = [(kind, name, of) for kind, counts in counted.items() for name, of in counts.items()]
        show_rows((), [("kind", "name", *measures)])
        show_rows((), [(kind, name, *(of.get(measure, "") for measure in measures)) for kind, name, of in every])
    return OK
