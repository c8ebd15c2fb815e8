"""`extractor dictionary`: what the dictionaries hold, whether they are sound, and where they come from."""

from __future__ import annotations

import typer

from extractor.cli.dictionary.add import add_command
from extractor.cli.dictionary.check import check_command
from extractor.cli.dictionary.ignore import ignore_command
from extractor.cli.dictionary.import_ import import_command
from extractor.cli.dictionary.lookup import lookup_command
from extractor.cli.dictionary.stats import stats_command
from extractor.cli.dictionary.suggest import suggest_command
from extractor.cli.dictionary.where import where_command

dictionary_app = typer.Typer(no_args_is_help=True, help="Look up, check and change the dictionaries of names.")
dictionary_app.command("check")(check_command)
dictionary_app.command("lookup")(lookup_command)
dictionary_app.command("stats")(stats_command)
dictionary_app.command("where")(where_command)
dictionary_app.command("add")(add_command)
dictionary_app.command("ignore")(ignore_command)
dictionary_app.command("suggest")(suggest_command)
dictionary_app.command("import")(import_command)
