"""`extractor view`: one article as a page for the browser, and beside it, where asked for, its network's page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from extractor.cli.console import OK, UsageError, choose, say
from extractor.cli.options import Dictionaries, Encoding, Lang, NoBuiltin, check_encoding
from extractor.cli.run import inputs, load_extractor, open_output
from extractor.errors import ExtractorError
from extractor.inputs import Failure
from extractor.records import Document
from extractor.writers import LANGUAGES

ENDING = ".html"


def view_command(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", show_default=False, help="A file with one article; `-`: stdin.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write: .html.", show_default=False)],
    graph: Annotated[
        Path | None,
        typer.Option(
            "--graph", help="Write the article's network to this page too: .html; the two link to each other."
        ),
    ] = None,
    lang: Lang = "en",
    dictionary: Dictionaries = None,
    no_builtin: NoBuiltin = False,
    encoding: Encoding = None,
) -> int:
    """Write an article as a page: every name coloured in place, the triples beside it, each lighting up its words."""
    choose("language", lang, LANGUAGES)
    for page in (output, graph):
        if page is not None and page.suffix.lower() != ENDING:
            raise UsageError(f"{page}: a page ends in {ENDING}; name it {page.with_suffix(ENDING)}")
    if graph is not None and graph.resolve() == output.resolve():
        raise UsageError(f"--graph {graph}: is the file of --output; the network's page needs one of its own")
    check_encoding(encoding)
    return view(
        article, output, graph, lang=lang, dictionaries=dictionary or [], builtin=not no_builtin, encoding=encoding
    )


def view(
    article: str,
    output: Path,
    graph: Path | None,
    *,
    lang: str,
    dictionaries: Sequence[Path],
    builtin: bool,
    encoding: str | None,
) -> int:
    """Writes the page of `article` to `output`, and its network's to `graph` unless None; returns the exit status.

    Raises KnowledgeError before the article is read, and ExtractorError where it cannot be, or is more than one.
    """
    from extractor.graph.network import Network
    from extractor.graph.page import graph_page
    from extractor.graph.sources import symmetric
    from extractor.graph.view import view_page

    loaded = load_extractor(dictionaries, builtin)
    document = _one_document(article, encoding)
    record = loaded.extract(document)
    title, directionless = document.title or document.id, symmetric(loaded.rules.relations)
    with open_output(output) as stream:
        link = None if graph is None else _address(graph, output)
        stream.write(view_page(document, record, title=title, lang=lang, symmetric=directionless, graph=link))
    if graph is not None:
        network = Network.of([record], directionless)
        with open_output(graph) as stream:
            views = {record.id: _address(output, graph)}
            stream.write(graph_page(network, title=title, lang=lang, views=views))
    say(f"{output}: names {len(record.entities)}, triples {len(record.triples)}")
    return OK


def _one_document(article: str, encoding: str | None) -> Document:
    if Path(article).is_dir():
        raise ExtractorError(f"{article}: is a folder; give one article, or draw the folder with `extractor graph`")
    items = list(inputs([article], encoding))
    for item in items:
        if isinstance(item, Failure):
            raise ExtractorError(item.message)
    documents = [item for item in items if isinstance(item, Document)]
    if len(documents) != 1:
        raise ExtractorError(
            f"{article}: holds {len(documents)} articles; give a file with one, or draw them with `extractor graph`"
        )
    return documents[0]


def _address(page: Path, seen_from: Path) -> str:
    """The address of `page` in a link on the page `seen_from`; "./" keeps a colon in a name from being read as a scheme."""
    try:
        return "./" + quote(Path(os.path.relpath(page.resolve(), seen_from.resolve().parent)).as_posix())
    except ValueError:  # another drive
        return page.resolve().as_uri()
