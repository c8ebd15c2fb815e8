"""The command line: each command stands in its own module, which is loaded when the command is asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor import __version__
from extractor.cli.console import Commands
from extractor.cli.deferred import add_deferred

# Where each command stands, and what the help of all says of it.
COMMANDS = {
    "extract": ("extractor.cli.extract:extract_command", "Print the relation triples of articles."),
    "batch": (
        "extractor.cli.batch:batch_command",
        "Write the triples of a folder of articles into a store (.db) or into one file.",
    ),
    "export": ("extractor.cli.export:export_command", "Write what a store holds into a file of any form."),
    "why": (
        "extractor.cli.why:why_command",
        "Explain each triple: its rule, clause and marks; or a pair of names, or one name.",
    ),
    "evaluate": (
        "extractor.cli.evaluate:evaluate_command",
        "Compare what is extracted with gold: precision, recall, F1. A table on a terminal, JSON in a pipe.",
    ),
    "graph": (
        "extractor.cli.graph:graph_command",
        "Write who is tied to whom as a page for the browser, or for Gephi, Neo4j, RDF stores, wikis and Graphviz.",
    ),
    "view": (
        "extractor.cli.view:view_command",
        "Write an article as a page: every name coloured in place, the triples beside it, each lighting up its words.",
    ),
    "dictionary": (
        "extractor.cli.dictionary:dictionary_app",
        "Look up, check and change the dictionaries of names.",
    ),
    "rules": ("extractor.cli.rules:rules_app", "List, show and test the relations and their rules."),
}

# Plain help and plain errors: they are read in logs and pipes as well as on a terminal.
app = typer.Typer(
    name="extractor", cls=Commands, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
)
add_deferred(app, COMMANDS)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"extractor {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Reads Traditional-Chinese business and policy news and prints the relations that it states.

    `extractor [PATH]...` is short for `extractor extract [PATH]...`.
    """


def main() -> None:
    """The console command: runs `sys.argv` and exits with the command's status."""
    app(prog_name="extractor")
