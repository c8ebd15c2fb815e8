"""The command line: each command stands in its own module and is put together here."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor import __version__
from extractor.cli.batch import batch_command
from extractor.cli.console import Commands
from extractor.cli.dictionary import dictionary_app
from extractor.cli.evaluate import evaluate_command
from extractor.cli.export import export_command
from extractor.cli.extract import extract_command
from extractor.cli.graph import graph_command
from extractor.cli.rules import rules_app
from extractor.cli.view import view_command
from extractor.cli.why import why_command

# Plain help and plain errors: they are read in logs and pipes as well as on a terminal.
app = typer.Typer(
    name="extractor", cls=Commands, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
)
app.command("extract")(extract_command)
app.command("batch")(batch_command)
app.command("export")(export_command)
app.command("why")(why_command)
app.command("evaluate")(evaluate_command)
app.command("graph")(graph_command)
app.command("view")(view_command)
app.add_typer(dictionary_app, name="dictionary")
app.add_typer(rules_app, name="rules")


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
