"""`extractor dictionary suggest`: the names that no dictionary has, listed, or reviewed one by one on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import ERROR, OK, PARTIAL, UsageError, complain, on_terminal
from extractor.cli.dictionary.output import AsJson, Value, show_json, show_rows
from extractor.cli.dictionary.own import Own, open_curator
from extractor.cli.options import Encoding, check_encoding
from extractor.cli.run import inputs, load_extractor
from extractor.errors import ExtractorError
from extractor.inputs import Failure

if TYPE_CHECKING:
    from extractor.curation.lookalikes import Lookalike
    from extractor.curation.suggest import Suggestion

HEADINGS = ("name", "type", "documents", "mentions", "evidence", "possible duplicates")


def suggest_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", show_default=False, help="Files and folders; `-` or nothing on a pipe: stdin."),
    ] = None,
    at_least: Annotated[
        int, typer.Option("--at-least", metavar="N", min=1, help="Only names that at least N documents hold.")
    ] = 1,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most N names, those of most documents.")
    ] = None,
    as_json: AsJson = False,
    encoding: Encoding = None,
    dictionary: Own = None,
) -> int:
    """List names that no dictionary has, or review them.

    On a terminal it asks about one after the other, and writes the answers into a dictionary of your own.
    """
    if not paths and on_terminal(sys.stdin):
        raise UsageError("nothing to read: give a PATH, or pipe a text in")
    check_encoding(encoding)
    return suggest(
        paths or [], at_least=at_least, limit=limit, as_json=as_json, encoding=encoding, dictionary=dictionary
    )


def suggest(
    paths: Sequence[str],
    *,
    at_least: int,
    limit: int | None,
    as_json: bool,
    encoding: str | None,
    dictionary: Path | None,
) -> int:
    """Prints the suggestions of the documents at `paths`, or asks about each; returns the exit status."""
    from extractor.curation.lookalikes import Lookalikes
    from extractor.curation.suggest import Collector

    curator = open_curator(dictionary)
    extractor = load_extractor([curator.target] if curator.target.is_dir() else [], True)
    collector, done, failed = Collector(extractor, curator.known), 0, 0
    for item in inputs(paths, encoding):
        if isinstance(item, Failure):
            complain(item.message)
            failed += 1
            continue
        try:
            collector.add(item)
            done += 1
        except ExtractorError as error:
            complain(f"{item.source or item.id}: {error}")
            failed += 1
    found = collector.suggestions(at_least, limit)
    lookalikes = Lookalikes(curator.known)
    if as_json:
        show_json([s.to_dict(lookalikes.of(s.name, s.type)) for s in found])
    elif on_terminal(sys.stdin) and on_terminal(sys.stdout):
        from extractor.cli.dictionary.review import Review

        Review(curator, lookalikes).run(found)
    else:
        show_rows(HEADINGS, [_cells(s, lookalikes.of(s.name, s.type)) for s in found])
    if not failed:
        return OK
    return PARTIAL if done else ERROR


def _cells(suggestion: Suggestion, duplicates: Sequence[Lookalike]) -> list[Value]:
    evidence = list(map(str, suggestion.evidence))
    like = [f"{d.name} ({d.entry.type} {d.entry.id}): {d.why}" for d in duplicates]
    return [suggestion.name, suggestion.type, suggestion.documents, suggestion.mentions, evidence, like]
