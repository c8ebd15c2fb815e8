"""The pair of CSV files that Neo4j imports: ``nodes.csv`` and ``relationships.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from extractor.graph.exports.attributes import Value, evidence_json, plain_id
from extractor.graph.network import Network, Node, Tie
from extractor.writers.base import boolean, one_line

# The header line tells Neo4j the type of each column; `codes` is a list, separated by `;`.
_NODES = ("id:ID", "name", "en", "known:boolean", "codes:string[]", "mentions:int", "articles:int", ":LABEL")
_TIES = (
    *(":START_ID", ":END_ID", "id", "label_en", "label_zh", "modality", "symmetric:boolean", "inferred:boolean"),
    *("articles:int", "trigger", "date", "date_iso", "amount", "amount_value:double", "currency", "title"),
    *("evidence", ":TYPE"),
)


def neo4j(network: Network) -> dict[str, str]:
    """The two files by their names. A node's labels are `Entity` and its type; a relationship's type is the relation's id.

    The evidence is a JSON array in one cell.
    """
    return {
        "nodes.csv": _sheet(_NODES, (_node(node) for node in network.nodes)),
        "relationships.csv": _sheet(_TIES, (_tie(tie) for tie in network.ties)),
    }


def _node(node: Node) -> list[Value]:
    codes = ";".join(f"{market}:{code}".replace(";", ",") for market, code in node.codes.items())
    articles = len({place.document for place in node.mentions})
    labels = f"Entity;{node.type.capitalize()}"
    return [plain_id(node.id), node.name, node.en, boolean(node.known), codes, len(node.mentions), articles, labels]


def _tie(tie: Tie) -> list[Value]:
    q = tie.qualifiers
    # A backslash before a quote ends the cell where Neo4j reads CSV in its older way; JSON has another way to write both.
    evidence = evidence_json(tie).replace("\\\\", "\\u005c").replace('\\"', "\\u0022")
    return [
        *(plain_id(tie.subject), plain_id(tie.object), plain_id(tie.id), tie.label_en, tie.label_zh, tie.modality),
        *(boolean(tie.symmetric), boolean(tie.inferred), tie.weight, tie.trigger),
        *(q.get("date", ""), q.get("date_iso", ""), q.get("amount", ""), q.get("amount_value", "")),
        *(q.get("currency", ""), q.get("title", ""), evidence, tie.relation.upper()),
    ]


def _sheet(header: Iterable[str], rows: Iterable[list[Value]]) -> str:
    stream = io.StringIO(newline="")
    # An empty cell is no property at all.
    sheet = csv.writer(stream, lineterminator="\n")
    sheet.writerow(header)
    # Neo4j reads a line break inside a cell only where it is told to.
    sheet.writerows([one_line(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return stream.getvalue()
