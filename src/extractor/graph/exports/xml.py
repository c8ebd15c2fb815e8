"""GraphML and GEXF, as Gephi, yEd, Cytoscape and networkx read them."""

from __future__ import annotations

import io
import re
from typing import Any

from extractor.extras import library
from extractor.graph.exports.attributes import Value, node_attributes, plain_id, tie_attributes, xml_text
from extractor.graph.network import Network


def graphml(network: Network, lang: str) -> str:
    """The network as GraphML: a directed multigraph, an edge a tie."""
    stream = io.BytesIO()
    # The writer that is always there: the one of lxml, where that is installed, writes other bytes.
    library("networkx", "graph").write_graphml_xml(_graph(network, lang), stream, edge_id_from_attribute="id")
    return _ended(stream.getvalue().decode("utf-8"))


def gexf(network: Network, lang: str) -> str:
    """The network as GEXF 1.2: a directed multigraph, an edge a tie."""
    stream = io.BytesIO()
    library("networkx", "graph").write_gexf(_graph(network, lang), stream)
    # networkx writes the day on which it runs: the same network would not give the same file.
    return _ended(re.sub(r' lastmodifieddate="[^"]*"', "", stream.getvalue().decode("utf-8"), count=1))


def _graph(network: Network, lang: str) -> Any:
    graph = library("networkx", "graph").MultiDiGraph()
    if note := network.note(lang):
        graph.graph["name"] = note
    for node in network.nodes:
        graph.add_node(plain_id(node.id), **_clean(node_attributes(node, network.degrees[node.id], lang)))
    for tie in network.ties:
        attributes = _clean(tie_attributes(tie, lang))
        graph.add_edge(plain_id(tie.subject), plain_id(tie.object), id=plain_id(tie.id), **attributes)
    return graph


def _clean(attributes: dict[str, Value]) -> dict[str, Value]:
    return {key: xml_text(value) if isinstance(value, str) else value for key, value in attributes.items()}


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
