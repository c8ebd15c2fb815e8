"""The network in the formats of other tools: one module a format, each a function from a network to the file's text."""

from __future__ import annotations

from collections.abc import Callable

from extractor.choices import require
from extractor.extras import library
from extractor.graph.exports.dot import dot
from extractor.graph.exports.mermaid import MOST as _MERMAID_MOST
from extractor.graph.exports.mermaid import mermaid
from extractor.graph.exports.neo4j import neo4j
from extractor.graph.exports.turtle import turtle
from extractor.graph.exports.xml import gexf, graphml
from extractor.graph.network import Network

__all__ = ["ENDINGS", "MOST", "export", "neo4j", "require_library"]

_EXPORTS: dict[str, Callable[[Network, str], str]] = {
    ".graphml": graphml,
    ".gexf": gexf,
    ".ttl": turtle,
    ".mmd": mermaid,
    ".dot": dot,
}

ENDINGS = tuple(_EXPORTS)
MOST = {".mmd": _MERMAID_MOST}  # the ties that a format's own tool takes, where it has a limit

_LIBRARIES = {".graphml": "networkx", ".gexf": "networkx", ".ttl": "rdflib"}


def export(network: Network, ending: str, lang: str = "en") -> str:
    """`network` as the text of a file that ends in `ending`; what it shows first is labelled in `lang` ("en" or "zh").

    The same network gives the same text. ExtractorError where there is no such format, or its library is missing.
    """
    return _EXPORTS[require(ending, ENDINGS, "ending")](network, lang)


def require_library(ending: str) -> None:
    """ExtractorError, telling how to get it, where the library that writes `ending` is missing."""
    if ending in _LIBRARIES:
        library(_LIBRARIES[ending], "graph")
