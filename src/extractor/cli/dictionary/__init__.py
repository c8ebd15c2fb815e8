"""`extractor dictionary`: what the dictionaries hold, whether they are sound, and where they come from."""

from __future__ import annotations

import typer

from extractor.cli.deferred import add_deferred

COMMANDS = {
    "check": ("extractor.cli.dictionary.check:check_command", "Find what is wrong or undecided in dictionary folders."),
    "lookup": ("extractor.cli.dictionary.lookup:lookup_command", "Tell everything that a name can be, and why."),
    "stats": ("extractor.cli.dictionary.stats:stats_command", "Count what there is by type, file, market and country."),
    "where": ("extractor.cli.dictionary.where:where_command", "List the files in force, in the order of reading."),
    "add": ("extractor.cli.dictionary.add:add_command", "Add a thing to a dictionary of your own."),
    "ignore": ("extractor.cli.dictionary.ignore:ignore_command", "Say what is no name, in a dictionary of your own."),
    "suggest": (
        "extractor.cli.dictionary.suggest:suggest_command",
        "List names that no dictionary has, or review them.",
    ),
    "import": ("extractor.cli.dictionary.import_:import_command", "Add others' lists to a dictionary of your own."),
}

dictionary_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Look up, check and change the dictionaries of names.",
)
add_deferred(dictionary_app, COMMANDS)
