"""The network as one HTML file that works from disk: drawn, searched and filtered in the browser, every tie with its evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Any

from extractor.graph.html import self_contained
from extractor.graph.network import Network, Node, Place, Proof, Tie
from extractor.text.folding import fold

MOST_TIES = 10_000  # what a browser still opens at once; of more, the strongest
MOST_EVIDENCE = 50  # places of one tie; the page tells how many there are
MOST_ARTICLES = 200  # that mention one node; likewise
_LIBRARIES = ("cytoscape", "d3-dispatch", "d3-quadtree", "d3-timer", "d3-force")
_SCRIPTS = (*(f"vendor/{library}.min.js" for library in _LIBRARIES), "drawing.js")


def graph_page(network: Network, *, title: str, lang: str = "en", views: Mapping[str, str] | None = None) -> str:
    """The page of `network`, its names first in `lang` ("en" or "zh").

    views: by the id of an article, the address of its own page (`view_page`) relative to this one, to link to.
    """
    network = network.strongest(MOST_TIES)
    return self_contained("graph", title, lang, _data(network, title, lang, views or {}), _SCRIPTS)


def _data(network: Network, title: str, lang: str, views: Mapping[str, str]) -> dict[str, Any]:
    articles = {article.id: number for number, article in enumerate(network.articles)}
    nodes = {node.id: number for number, node in enumerate(network.nodes)}
    relations = {tie.relation: (tie.label_en, tie.label_zh) for tie in network.ties}
    order = {relation: number for number, relation in enumerate(relations)}
    places = _places(network.nodes)
    ties = sorted(network.ties, key=lambda tie: (-tie.weight, -len(tie.evidence)))
    shown_nodes = [_node(node, articles) for node in network.nodes]
    return {
        "title": title,
        "lang": lang,
        "note": {"en": network.note("en"), "zh": network.note("zh")},
        "articles": [{"id": a.id, "title": a.title, "date": a.date, "view": views.get(a.id)} for a in network.articles],
        "relations": [{"id": relation, "en": en, "zh": zh} for relation, (en, zh) in relations.items()],
        "nodes": shown_nodes,
        "ties": [
            {
                "id": tie.id,
                "subject": nodes[tie.subject],
                "relation": order[tie.relation],
                "object": nodes[tie.object],
                "symmetric": tie.symmetric,
                "modality": tie.modality,
                "inferred": tie.inferred,
                "qualifiers": {k: v for k, v in tie.qualifiers.items() if k in ("date", "amount", "title")},
                "weight": tie.weight,
                "dates": sorted({proof.date for proof in tie.evidence if proof.date}),
                "places": len(tie.evidence),
                "evidence": [_evidence(proof, tie, articles, places) for proof in tie.evidence[:MOST_EVIDENCE]],
            }
            for tie in ties
        ],
        "variants": _variants({character for node in shown_nodes for key in node["keys"] for character in key}),
    }


def _node(node: Node, articles: Mapping[str, int]) -> dict[str, Any]:
    forms = Counter(place.text for place in node.mentions)
    counts = Counter(articles[place.document] for place in node.mentions)
    first: dict[int, int] = {}
    for place in node.mentions:
        first.setdefault(articles[place.document], place.start)
    return {
        "id": node.id,
        "type": node.type,
        "name": node.name,
        "en": node.en,
        "known": node.known,
        "codes": node.codes,
        "keys": list(dict.fromkeys(fold(form) for form in (node.name, node.en, *node.codes.values(), *forms))),
        "forms": forms.most_common(),
        "articles": len(counts),
        "mentions": [
            {"article": article, "count": count, "at": first[article]}
            for article, count in islice(counts.items(), MOST_ARTICLES)
        ],
    }


def _places(nodes: Iterable[Node]) -> Mapping[tuple[str, str], list[Place]]:
    """The places of each node in each article, by both ids."""
    places: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for node in nodes:
        for place in node.mentions:
            places[node.id, place.document].append(place)
    return places


def _evidence(
    proof: Proof, tie: Tie, articles: Mapping[str, int], places: Mapping[tuple[str, str], list[Place]]
) -> dict[str, Any]:
    marks = [
        (place.start - proof.start, place.end - proof.start, role)
        for role, node in (("subject", tie.subject), ("object", tie.object))
        for place in places.get((node, proof.document), ())
        if proof.start <= place.start and place.end <= proof.end
    ]
    return {
        "article": articles[proof.document],
        "at": proof.start,
        "modality": proof.modality,
        "rule": proof.rule,
        "parts": marked(proof.text, marks, tie.trigger),
    }


def marked(text: str, marks: Iterable[tuple[int, int, str]], trigger: str) -> list[tuple[str, str]]:
    """`text` in parts, each with its role: "subject", "object", "trigger" (the first place of it outside the names) or "".

    marks: start, end and role of names, in code points of `text`; of two that overlap the first counts.
    """
    taken: list[tuple[int, int, str]] = []
    for start, end, role in sorted(marks):
        if not taken or taken[-1][1] <= start:
            taken.append((start, end, role))
    at = find_trigger(text, trigger, taken)
    if at >= 0:
        taken.append((at, at + len(trigger), "trigger"))
    parts, done = [], 0
    for start, end, role in sorted(taken):
        parts += [(text[done:start], ""), (text[start:end], role)]
        done = end
    return [part for part in [*parts, (text[done:], "")] if part[0]]


def find_trigger(text: str, trigger: str, names: Collection[tuple[int, int, str]]) -> int:
    """Where `trigger` first stands in `text` outside of `names` (start, end, role); -1 where it does not."""
    at = text.find(trigger) if trigger else -1
    while at >= 0 and any(start < at + len(trigger) and at < end for start, end, _ in names):
        at = text.find(trigger, at + 1)
    return at


def _variants(used: set[str]) -> dict[str, str]:
    """What the browser needs to fold what is typed: characters, and in the same order the key of each.

    Only those whose key stands in a name: any other finds nothing, folded or not.
    """
    plane = "".join(map(chr, (*range(0x20, 0xD800), *range(0xF900, 0x10000))))
    pairs = [(c, k) for c, k in zip(plane, fold(plane), strict=True) if c != k and k in used]
    return {"from": "".join(c for c, _ in pairs), "to": "".join(k for _, k in pairs)}
