"""`extractor why`: what led to each triple, or kept one from being read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import ERROR, OK, PARTIAL, UsageError, complain, data_output, on_terminal
from extractor.cli.options import Dictionaries, Encoding, NoBuiltin, check_encoding
from extractor.cli.run import inputs, load_extractor
from extractor.inputs import Failure
from extractor.records import Document


def why_command(
    path: Annotated[
        str | None,
        typer.Argument(metavar="PATH", show_default=False, help="A file or a folder; `-` or nothing on a pipe: stdin."),
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help="Explain this text instead of a file.")] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", help="Two names: what each candidate rule lacked between them."),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="One name: what found it or refused it.")] = None,
    dictionary: Dictionaries = None,
    no_builtin: NoBuiltin = False,
    encoding: Encoding = None,
) -> int:
    """Explain each triple: its rule, clause and marks; or a pair of names, or one name."""
    if path is not None and text is not None:
        raise UsageError("give a PATH or --text, not both")
    if between and name is not None:
        raise UsageError("give --between or --name, not both")
    if path is None and text is None and on_terminal(sys.stdin):
        raise UsageError("nothing to explain: give a PATH, `-` or --text")
    check_encoding(encoding)
    return why(path, text, between, name, dictionaries=dictionary or [], builtin=not no_builtin, encoding=encoding)


def why(
    path: str | None,
    text: str | None,
    between: tuple[str, str] | None,
    name: str | None,
    *,
    dictionaries: Sequence[Path],
    builtin: bool,
    encoding: str | None,
) -> int:
    """Prints the explanations of `text`, or of the documents of `path` (None: stdin); returns the exit status."""
    from extractor.why import explain, explain_between, explain_name

    extractor = load_extractor(dictionaries, builtin)
    out = data_output()
    documents, failed = _documents(path, text, encoding)
    for document in documents:
        if between:
            lines = explain_between(extractor, document.text, *between)
        elif name is not None:
            lines = explain_name(extractor, document.text, name)
        else:
            lines = explain(extractor, document.text)
        if len(documents) > 1:
            lines = [f"# {document.id}", *lines]
        out.writelines(f"{line}\n" for line in lines)
    if not failed:
        return OK
    return PARTIAL if documents else ERROR


def _documents(path: str | None, text: str | None, encoding: str | None) -> tuple[list[Document], int]:
    # The documents to explain and how many inputs failed; each failure is told on stderr.
    if text is not None:
        return [Document("text", text)], 0
    items = list(inputs([] if path is None else [path], encoding))
    failures = [item for item in items if isinstance(item, Failure)]
    for failure in failures:
        complain(failure.message)
    return [item for item in items if isinstance(item, Document)], len(failures)
