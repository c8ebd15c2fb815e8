"""`extractor graph`: the network of articles as one page for the browser, or in the format of another tool."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.batch.tally import Tally
from extractor.cli.console import UsageError, choose, complain, say
from extractor.cli.options import (
    Dictionaries,
    Encoding,
    Lang,
    Modalities,
    NoBuiltin,
    NoInferred,
    Relations,
    Types,
    check_encoding,
    make_filter,
)
from extractor.cli.run import check_relations, load_extractor, open_output, status
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.inputs import Failure
from extractor.records import Record
from extractor.writers import LANGUAGES

if TYPE_CHECKING:
    from extractor.graph import Network

PAGE, FOLDER = ".html", "/"
ENDINGS = (PAGE, ".graphml", ".gexf", ".ttl", ".mmd", ".dot")


def graph_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="An article, a folder of articles, or records: a .db or .jsonl that batch or extract wrote; `-` is stdin.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help=f"The file to write: {', '.join(ENDINGS)}; or a folder (`neo4j/`) for Neo4j's CSV files.",
            show_default=False,
        ),
    ],
    lang: Lang = "en",
    relation: Relations = None,
    type_: Types = None,
    modality: Modalities = None,
    no_inferred: NoInferred = False,
    most: Annotated[
        int | None, typer.Option("--most", min=1, help="Only this many ties, the strongest; told where they are shown.")
    ] = None,
    untied: Annotated[bool, typer.Option("--untied", help="Keep the names that no tie holds.")] = False,
    dictionary: Dictionaries = None,
    no_builtin: NoBuiltin = False,
    encoding: Encoding = None,
) -> int:
    """Write who is tied to whom as a page for the browser, or for Gephi, Neo4j, RDF stores, wikis and Graphviz."""
    choose("language", lang, LANGUAGES)
    check_encoding(encoding)
    ending = pick_ending(output)
    keep = make_filter(relation, type_, modality, no_inferred, entities_only=False)
    return graph(
        source,
        output,
        ending,
        keep,
        lang=lang,
        most=most,
        untied=untied,
        dictionaries=dictionary or [],
        builtin=not no_builtin,
        encoding=encoding,
    )


def graph(
    source: str,
    output: str,
    ending: str,
    keep: Filter,
    *,
    lang: str,
    most: int | None,
    untied: bool,
    dictionaries: Sequence[Path],
    builtin: bool,
    encoding: str | None,
) -> int:
    """Writes the network of what `source` holds to `output`, as `ending` says; returns the exit status.

    Raises KnowledgeError and what is wrong with the output before anything is read, and ExtractorError, the output left
    as it was, when every input failed.
    """
    # They take a while to load, and neither --help nor a usage error must wait for them.
    from extractor.graph import Network
    from extractor.graph.exports import require_library
    from extractor.graph.sources import read_records, symmetric

    target = Path(output)
    if not target.parent.is_dir():
        raise ExtractorError(f"{output}: its folder {target.parent} does not exist; make it first")
    require_library(ending)
    extractor = load_extractor(dictionaries, builtin)
    check_relations(keep, extractor)
    tally = Tally()
    # The last word on a fact may stand in another article: modalities are asked for when all are there.
    records = _records(read_records(source, extractor, encoding, say), replace(keep, modalities=()), tally)
    whole = Network.of(records, symmetric(extractor.rules.relations)).only(keep.modalities)
    if tally.nothing_done:
        raise ExtractorError(f"{output}: not written, because every input failed")
    network = whole if untied else whole.tied()
    left_out = len(whole.nodes) - len(network.nodes)
    if most := most or _limit(ending):
        network = network.strongest(most)
    _write(network, target, ending, title=Path(source).stem, lang=lang)
    say(f"{output}: articles {tally.documents}, names {len(network.nodes)}, ties {len(network.ties)}")
    if left_out:
        say(f"{output}: names that no tie holds are left out: {left_out}; --untied keeps them")
    if note := network.note():
        say(f"{output}: {note}; --most N shows more or fewer")
    return status(tally)


def pick_ending(output: str) -> str:
    """What decides the format: the ending of a file, or `FOLDER`; a UsageError when there is none such."""
    if output.endswith(("/", os.sep)) or Path(output).is_dir():
        return FOLDER
    ending = Path(output).suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            f"{output}: its ending names no format; use one of {', '.join(ENDINGS)}, or a folder for Neo4j: {output}/"
        )
    return ending


def _records(items: Iterable[Record | Failure], keep: Filter, tally: Tally) -> Iterator[Record]:
    """What `keep` leaves of the records, counted; an input that fails is told on stderr."""
    for item in items:
        if isinstance(item, Failure):
            tally.add(0, "unreadable")
            complain(item.message)
            continue
        tally.add(len(item.triples), None)
        yield keep.apply(item)


def _limit(ending: str) -> int | None:
    """How many ties are drawn unless more are asked for."""
    from extractor.graph.exports import MOST
    from extractor.graph.page import MOST_TIES

    return MOST_TIES if ending == PAGE else MOST.get(ending)


def _write(network: Network, target: Path, ending: str, *, title: str, lang: str) -> None:
    from extractor.graph.exports import export, neo4j
    from extractor.graph.page import graph_page

    if ending == FOLDER:
        target.mkdir(exist_ok=True)
        for name, text in neo4j(network).items():
            with open_output(target / name) as stream:
                stream.write(text)
        return
    page = ending == PAGE
    text = graph_page(network, title=title, lang=lang) if page else export(network, ending, lang)
    with open_output(target) as stream:
        stream.write(text)
