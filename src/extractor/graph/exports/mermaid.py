"""Mermaid, as GitHub, GitLab and many wikis draw it in a page."""

from __future__ import annotations

import re

from extractor.graph.exports.drawing import COLOURS, INK, shown, tie_label
from extractor.graph.network import Network

MOST = 500  # ties: Mermaid draws no diagram that has more

_SHAPES = {
    "company": ("[", "]"),
    "person": ("([", "])"),
    "policy": ("[[", "]]"),
    "organization": ("(", ")"),
    "place": ("{{", "}}"),
}
# Letters, digits and these are plain everywhere in Mermaid; the rest of ASCII would mean something somewhere.
_SPECIAL = re.compile(r"[\x21-\x7e](?<![A-Za-z0-9.,_-])")


def mermaid(network: Network, lang: str) -> str:
    """The network as a flowchart, names and relations in `lang`: planned and rumoured ties dashed, denied ones crossed."""
    lines = ["flowchart LR"]
    if note := network.note(lang):
        lines = ["---", f'title: "{note}"', "---", *lines]
    names = {node.id: f"n{number}" for number, node in enumerate(network.nodes)}
    for node in network.nodes:
        opened, closed = _SHAPES[node.type]
        lines.append(f"  {names[node.id]}{opened}{_quoted(node.label(lang))}{closed}:::{node.type}")
    styles: dict[str, list[str]] = {}
    for number, tie in enumerate(network.ties):
        line = "-.-" if tie.modality in ("planned", "rumoured") else "---"
        head = "x" if tie.modality == "denied" else "" if tie.symmetric else ">"
        # `-->`, `--x`, `---`; dashed `-.->`, `-.-`.
        arrow = line if not head else f"-.-{head}" if "." in line else f"--{head}"
        lines.append(f"  {names[tie.subject]} {arrow}|{_quoted(tie_label(tie, lang))}| {names[tie.object]}")
        if tie.modality != "asserted":
            styles.setdefault(INK[tie.modality], []).append(str(number))
    lines += (f"  linkStyle {','.join(numbers)} stroke:{colour}" for colour, numbers in styles.items())
    used = {node.type for node in network.nodes}
    lines += (f"  classDef {t} fill:{colour},stroke:#666,color:#111" for t, colour in COLOURS.items() if t in used)
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """`text` in quotes, every character that Mermaid or HTML could take for more than itself as its number."""
    return '"' + _SPECIAL.sub(lambda found: f"#{ord(found[0])};", shown(text)) + '"'
