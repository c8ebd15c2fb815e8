"""DOT, as Graphviz draws it: ``dot -Tsvg network.dot -o network.svg``."""

from __future__ import annotations

from extractor.graph.exports.attributes import plain_id
from extractor.graph.exports.drawing import COLOURS, INK, shown, tie_label
from extractor.graph.network import Network, Tie

_STYLES = {"asserted": "solid", "planned": "dashed", "rumoured": "dotted", "denied": "dashed", "ended": "solid"}


def dot(network: Network, lang: str) -> str:
    """The network as a digraph, names and relations in `lang`; the first evidence of a tie is its tooltip in SVG."""
    lines = [
        "digraph network {",
        '  graph [charset="UTF-8", rankdir=LR, overlap=false, splines=true];',
        '  node [shape=box, style="rounded,filled", fontname="sans-serif"];',
        '  edge [fontname="sans-serif", fontsize=10];',
    ]
    if note := network.note(lang):
        lines.append(f"  label={_quoted(note)}; labelloc=t;")
    for node in network.nodes:
        drawn = f"label={_quoted(node.label(lang))}, fillcolor={_quoted(COLOURS[node.type])}"
        lines.append(f"  {_id(node.id)} [{drawn}, tooltip={_quoted(f'{node.name} / {node.en} ({node.type})')}];")
    lines += (f"  {_id(tie.subject)} -> {_id(tie.object)} [{_drawn(tie, lang)}];" for tie in network.ties)
    return "\n".join([*lines, "}"]) + "\n"


def _drawn(tie: Tie, lang: str) -> str:
    drawn = f"label={_quoted(tie_label(tie, lang))}, style={_STYLES[tie.modality]}, color={_quoted(INK[tie.modality])}"
    direction = ", dir=none" if tie.symmetric else ""
    return f"{drawn}{direction}, tooltip={_quoted(tie.evidence[0].text)}"


def _quoted(text: str) -> str:
    # Graphviz takes `\N` in a label for the node's name, and `&lt;` for `<`.
    text = shown(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{text}"'


def _id(text: str) -> str:
    # In an id only the quote is special, and a backslash before it.
    return '"' + plain_id(text).replace("\\", "%5C").replace('"', '\\"') + '"'
