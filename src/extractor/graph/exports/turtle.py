"""RDF as Turtle: the facts as statements with their provenance (PROV-O), and what is asserted also as plain triples."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from extractor import __version__
from extractor.extras import library
from extractor.graph.network import Article, Network, Node, Proof, Tie
from extractor.records import EntityType

BASE = "urn:extractor:"

_TYPES: dict[EntityType, str] = {
    "company": "https://schema.org/Corporation",
    "person": "https://schema.org/Person",
    "organization": "https://schema.org/Organization",
    "place": "https://schema.org/Place",
    "policy": f"{BASE}term:Policy",  # a law, a treaty, a programme: no class of schema.org has them all
}
_PREFIXES = {
    **{name: f"{BASE}{name}:" for name in ("entity", "rel", "tie", "article", "term")},
    "schema": "https://schema.org/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "prov": "http://www.w3.org/ns/prov#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "dcterms": "http://purl.org/dc/terms/",
}


@dataclass(frozen=True, slots=True)
class Mapped:
    """A property of Wikidata or schema.org that says what a relation says: its IRI, whether it goes from the object to
    the subject, and the types of the two with which it fits (none: all).
    """

    iri: str
    turned: bool
    subjects: frozenset[str]
    objects: frozenset[str]

    def fits(self, subject: Node, object_: Node) -> bool:
        """Whether a tie between these two can be said with it."""
        return all(
            not types or node.type in types for node, types in ((subject, self.subjects), (object_, self.objects))
        )


@cache
def mapped_properties() -> dict[str, tuple[Mapped, ...]]:
    """The properties by the id of the relation, as properties.csv has them; none for a relation where nothing fits."""
    lines = files(__package__).joinpath("properties.csv").read_text("utf-8").splitlines()
    found: dict[str, tuple[Mapped, ...]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        known = found.setdefault(row["relation"], ())
        if row["property"]:
            prefix, _, name = row["property"].partition(":")
            subjects, objects = (frozenset(filter(None, row[end].split("|"))) for end in ("subjects", "objects"))
            mapped = Mapped(_PREFIXES[prefix] + name, row["turned"] == "yes", subjects, objects)
            found[row["relation"]] = (*known, mapped)
    return found


def turtle(network: Network, _lang: str) -> str:
    """The network as Turtle; every label stands there in both languages.

    Every tie is an rdf:Statement with its modality, qualifiers and evidence. A tie that is asserted also stands as a
    triple with the relation as its property, and with the properties of Wikidata and schema.org that say the same.
    """
    rdflib = library("rdflib", "graph")
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in {**_PREFIXES, "rdf": str(rdflib.RDF), "rdfs": str(rdflib.RDFS), "xsd": str(rdflib.XSD)}.items():
        graph.bind(prefix, iri)
    for triple in _Statements(rdflib, network).triples():
        graph.add(triple)
    text: str = graph.serialize(format="turtle")
    return text.strip("\n") + "\n"


class _Statements:
    """The RDF triples of a network; none has a blank node, so that every name in the file is stable."""

    def __init__(self, rdflib: Any, network: Network) -> None:
        self._network = network
        self._iri, self._literal = rdflib.URIRef, rdflib.Literal
        self._rdf, self._rdfs, self._xsd = rdflib.RDF, rdflib.RDFS, rdflib.XSD

    def triples(self) -> Iterator[tuple[Any, Any, Any]]:
        agent = self._term("extractor")
        yield agent, self._rdf.type, self._of("prov", "SoftwareAgent")
        yield agent, self._rdfs.label, self._literal(f"extractor {__version__}")
        if note := self._network.note():
            yield agent, self._rdfs.comment, self._literal(note, lang="en")
            yield agent, self._rdfs.comment, self._literal(self._network.note("zh"), lang="zh")
        for article in self._network.articles:
            yield from self._article(article)
        for node in self._network.nodes:
            yield from self._node(node)
        for relation in {tie.relation: tie for tie in self._network.ties}.values():
            yield from self._relation(relation)
        for tie in self._network.ties:
            yield from self._tie(tie)

    def _article(self, article: Article) -> Iterator[tuple[Any, Any, Any]]:
        iri = self._named("article", article.id)
        yield iri, self._rdf.type, self._of("schema", "Article")
        yield iri, self._of("dcterms", "identifier"), self._literal(article.id)
        if article.source is not None:
            yield iri, self._of("dcterms", "source"), self._literal(article.source)
        if article.title is not None:
            yield iri, self._of("dcterms", "title"), self._literal(article.title)
        if article.date is not None:
            yield iri, self._of("dcterms", "date"), self._literal(article.date, datatype=self._xsd.date)

    def _node(self, node: Node) -> Iterator[tuple[Any, Any, Any]]:
        iri = self._named("entity", node.id)
        yield iri, self._rdf.type, self._iri(_TYPES[node.type])
        yield from self._labels(iri, node.en, node.name)
        yield iri, self._of("dcterms", "identifier"), self._literal(node.id)
        yield iri, self._term("known"), self._literal(node.known)
        for market, code in node.codes.items():
            yield iri, self._of("schema", "identifier"), self._literal(f"{market}:{code}")

    def _relation(self, tie: Tie) -> Iterator[tuple[Any, Any, Any]]:
        iri = self._named("rel", tie.relation)
        yield iri, self._rdf.type, self._rdf.Property
        yield from self._labels(iri, tie.label_en, tie.label_zh)
        for mapped in mapped_properties().get(tie.relation, ()):
            yield iri, self._rdfs.seeAlso, self._iri(mapped.iri)

    def _tie(self, tie: Tie) -> Iterator[tuple[Any, Any, Any]]:
        subject, object_ = self._named("entity", tie.subject), self._named("entity", tie.object)
        relation, iri = self._named("rel", tie.relation), self._named("tie", *tie.key)
        if tie.modality == "asserted":
            yield subject, relation, object_
            if tie.symmetric:
                yield object_, relation, subject
            for mapped in mapped_properties().get(tie.relation, ()):
                if mapped.fits(self._network.node(tie.subject), self._network.node(tie.object)):
                    if mapped.turned or tie.symmetric:
                        yield object_, self._iri(mapped.iri), subject
                    if not mapped.turned:
                        yield subject, self._iri(mapped.iri), object_
        yield iri, self._rdf.type, self._rdf.Statement
        yield iri, self._rdf.subject, subject
        yield iri, self._rdf.predicate, relation
        yield iri, self._rdf.object, object_
        yield iri, self._term("modality"), self._term(tie.modality)
        yield iri, self._term("inferred"), self._literal(tie.inferred)
        yield iri, self._term("trigger"), self._literal(tie.trigger)
        yield from self._qualifiers(iri, dict(tie.qualifiers))
        yield iri, self._of("prov", "wasAttributedTo"), self._term("extractor")
        seen: Counter[tuple[str, str]] = Counter()
        for proof in tie.evidence:
            at = f"{proof.start}-{proof.end}"
            seen[proof.document, at] += 1
            count = seen[proof.document, at]  # more than one where two rules read the same place
            place = self._named("tie", *tie.key, proof.document, at if count == 1 else f"{at}~{count}")
            yield iri, self._of("prov", "wasDerivedFrom"), place
            yield from self._proof(place, proof)

    def _proof(self, iri: Any, proof: Proof) -> Iterator[tuple[Any, Any, Any]]:
        yield iri, self._rdf.type, self._of("prov", "Entity")
        yield iri, self._of("prov", "value"), self._literal(proof.text)
        yield iri, self._of("prov", "wasQuotedFrom"), self._named("article", proof.document)
        for name, place in (("beginIndex", proof.start), ("endIndex", proof.end)):
            yield iri, self._of("nif", name), self._literal(str(place), datatype=self._xsd.nonNegativeInteger)
        yield iri, self._term("rule"), self._literal(proof.rule)
        yield iri, self._term("modality"), self._term(proof.modality)
        yield from self._qualifiers(iri, dict(proof.qualifiers))

    def _qualifiers(self, iri: Any, qualifiers: dict[str, object]) -> Iterator[tuple[Any, Any, Any]]:
        for key, value in qualifiers.items():
            yield iri, self._term(key), self._literal(value)

    def _labels(self, iri: Any, en: str, zh: str) -> Iterator[tuple[Any, Any, Any]]:
        yield iri, self._rdfs.label, self._literal(en, lang="en")
        yield iri, self._rdfs.label, self._literal(zh, lang="zh")

    def _of(self, prefix: str, name: str) -> Any:
        return self._iri(_PREFIXES[prefix] + name)

    def _term(self, name: str) -> Any:
        return self._of("term", name)

    def _named(self, prefix: str, *parts: str) -> Any:
        # A dot, not a slash, between the parts: so Turtle can write `tie:hon-hai.mou.teco`, and rdflib writes it fast.
        return self._of(prefix, ".".join(_escaped(part) for part in parts))


def _escaped(text: str) -> str:
    """`text` for an IRI: letters and digits of any script as they are, what else is not plain percent-encoded."""
    return "".join(
        c if c.isalnum() or c in "-_" else quote(c, safe="", errors="replace").replace(".", "%2E") for c in text
    )
