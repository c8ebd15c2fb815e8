"""`extractor dictionary suggest`: the names that no dictionary has, listed, or reviewed one by one on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import ERROR, OK, PARTIAL, UsageError, complain, on_terminal
from extractor.cli.dictionary.output import AsJson, show_json, show_rows
from extractor.cli.dictionary.own import Own, open_curator
from extractor.cli.options import Encoding, check_encoding
from extractor.cli.run import inputs, load_extractor
from extractor.inputs import Failure

HEADINGS = ("name", "type", "documents", "mentions", "evidence", "possible duplicates")

SUFFIXES = ("company_suffixes", "organization_suffixes", "policy_suffixes")


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
    """List the names in articles that no dictionary has; on a terminal review them one by one."""
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
    from extractor.curation.suggest import Collector

    curator = open_curator(dictionary)
    extractor = load_extractor([curator.target] if curator.target.is_dir() else [], True)
    collector, done, failed = Collector(extractor, curator.known), 0, 0
    for item in inputs(paths, encoding):
        if isinstance(item, Failure):
            complain(item.message)
            failed += 1
        else:
            collector.add(item)
            done += 1
    suffixes = [s for kind in SUFFIXES for s in extractor.cues["unknown"][kind]]
    found = collector.suggestions(suffixes, at_least, limit)
    if as_json:
        show_json([suggestion.to_dict() for suggestion in found])
    elif on_terminal(sys.stdin) and on_terminal(sys.stdout):
        from extractor.cli.dictionary.review import review

        review(found, curator)
    else:
        show_rows(
            HEADINGS,
            [
                (
                    s.name,
                    s.type,
                    s.documents,
                    s.mentions,
                    list(map(str, s.evidence)),
                    [f"{d.name} ({d.entry.type} {d.entry.id}): {d.why}" for d in s.duplicates],
                )
                for s in found
            ],
        )
    if not failed:
        return OK
    return PARTIAL if done else ERROR
