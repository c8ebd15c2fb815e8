"""The network that the records of many documents make together: everything that draws or exports one looks at this.

All places (`start`, `end`) count code points of the document's text as it was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from extractor.dates import document_date
from extractor.facts import RANK
from extractor.records import Entity, EntityType, Modality, Qualifiers, Record, Triple

# Of a fact that several documents tell, the firm words count before the others, and a later day's before an earlier's.
_FIRM: tuple[Modality, ...] = ("asserted", "denied", "ended")


@dataclass(frozen=True, slots=True)
class Article:
    """A document that the network was read from. `id` is unique in the network, `date` its day (2025-11-06) if known."""

    id: str
    source: str | None
    title: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article (`document` is its id) that names a node."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A real-world thing and every place that names it. `known` is False for a name that no dictionary has."""

    id: str
    type: EntityType
    name: str
    en: str
    known: bool
    codes: dict[str, str]
    mentions: tuple[Place, ...]

    def label(self, lang: str) -> str:
        """The name in `lang` ("en" or "zh")."""
        return self.en if lang == "en" else self.name


@dataclass(frozen=True, slots=True)
class Proof:
    """A stretch of an article that states a tie: the rule that read it, how certain this place makes it, the article's
    day if known, and what the article tells with the fact (`qualifiers`, one for all its places).
    """

    document: str
    date: str | None
    start: int
    end: int
    text: str
    rule: str
    modality: Modality
    qualifiers: Qualifiers


@dataclass(frozen=True, slots=True)
class Tie:
    """One fact over all documents: `subject` and `object` are the ids of nodes, `relation` is that of a relation.

    modality, trigger, qualifiers: those of the last word (see `Network`). inferred: every document had to infer it.
    symmetric: the fact is the same in either direction. evidence: in the order of the documents, and of each one's text.
    """

    subject: str
    relation: str
    object: str
    label_en: str
    label_zh: str
    symmetric: bool
    modality: Modality
    trigger: str
    qualifiers: Qualifiers
    inferred: bool
    evidence: tuple[Proof, ...]

    @property
    def id(self) -> str:
        """Stable, and unique in a network: ``hon-hai/mou/teco``."""
        return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in self.key)

    @property
    def key(self) -> tuple[str, str, str]:
        """Subject, relation and object: what tells a tie from the others."""
        return self.subject, self.relation, self.object

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the articles that state it, each once, in order."""
        return tuple(dict.fromkeys(proof.document for proof in self.evidence))

    @property
    def weight(self) -> int:
        """Its strength: how many articles state it."""
        return len(self.documents)

    def label(self, lang: str) -> str:
        """The relation's label in `lang` ("en" or "zh")."""
        return self.label_en if lang == "en" else self.label_zh


@dataclass(frozen=True)
class Network:
    """Nodes and ties, each in the order in which the documents first tell of it; the same records give the same network.

    A tie's modality is the last word over its documents: an article that asserts, denies or ends the fact counts before
    one that plans or rumours it, and among these the later day (articles without one count as the oldest); on one day
    ended or denied before asserted before planned before rumoured, the later article first among equals.

    all_nodes, all_ties: how many there were before `strongest` cut the network; the same as are there where nothing
    was cut. What shows a network shows `note` too.
    """

    articles: tuple[Article, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    all_nodes: int
    all_ties: int

    @classmethod
    def of(cls, records: Iterable[Record], symmetric: Collection[str] = ()) -> Network:
        """The network of `records`, taken in their order; `symmetric` names the relations that have no direction.

        A second record of an id that was there becomes an article of its own (`a`, then `a~2`). Names are one node
        where id and type are the same; an id that comes with a second type is a second node (`?甲`, `?甲~person`).
        """
        builder = _Builder(symmetric)
        for record in records:
            builder.add(record)
        return builder.network()

    @cached_property
    def _by_id(self) -> Mapping[str, Node]:
        return {node.id: node for node in self.nodes}

    def node(self, node_id: str) -> Node:
        """The node with this id; KeyError where there is none."""
        return self._by_id[node_id]

    @cached_property
    def degrees(self) -> Mapping[str, int]:
        """How many ties each node has, by its id; 0 for one that is only mentioned."""
        ends = Counter(end for tie in self.ties for end in {tie.subject, tie.object})
        return {node.id: ends[node.id] for node in self.nodes}

    def only(self, modalities: Collection[str]) -> Network:
        """The network without the ties of other modalities (their last words); itself where `modalities` is empty."""
        if not modalities:
            return self
        ties = tuple(tie for tie in self.ties if tie.modality in modalities)
        return Network(self.articles, self.nodes, ties, len(self.nodes), len(ties))

    def tied(self) -> Network:
        """The network without the nodes that no tie holds."""
        nodes = tuple(node for node in self.nodes if self.degrees[node.id])
        return replace(self, nodes=nodes, all_nodes=self.all_nodes - len(self.nodes) + len(nodes))

    def strongest(self, most: int) -> Network:
        """The `most` strongest ties and the nodes that they hold; itself where it has no more ties.

        Stronger is what more articles state, then what more places state, then what ties better-tied nodes.
        """
        if len(self.ties) <= most:
            return self
        degrees = self.degrees

        def strength(tie: Tie) -> tuple[int, int, int]:
            return -tie.weight, -len(tie.evidence), -degrees[tie.subject] - degrees[tie.object]

        kept = {tie.key for tie in sorted(self.ties, key=strength)[:most]}
        ties = tuple(tie for tie in self.ties if tie.key in kept)
        held = {end for tie in ties for end in (tie.subject, tie.object)}
        return replace(self, nodes=tuple(n for n in self.nodes if n.id in held), ties=ties)

    def note(self, lang: str = "en") -> str:
        """What was cut, as one line in `lang` ("en" or "zh"); "" where nothing was."""
        if len(self.ties) == self.all_ties:
            return ""
        shown = len(self.ties), self.all_ties, len(self.nodes), self.all_nodes
        if lang == "zh":
            return "只顯示最強的 {:,} 條關係（共 {:,} 條）與 {:,} 個名稱（共 {:,} 個）".format(*shown)
        return "only the strongest {:,} of {:,} ties are shown, and {:,} of {:,} names".format(*shown)


@dataclass(slots=True)
class _Told:
    """What one article says of a tie."""

    triple: Triple
    article: Article
    order: int

    def firmness(self) -> tuple[bool, str, int, int]:
        """The greatest is the last word: on one day as within a document, the later document first among equals."""
        modality = self.triple.modality
        return modality in _FIRM, self.article.date or "", -RANK[modality], self.order


@dataclass(slots=True)
class _Builder:
    symmetric: Collection[str]
    articles: dict[str, Article] = field(default_factory=dict)
    things: dict[str, Entity] = field(default_factory=dict)
    ids: dict[tuple[str, EntityType], str] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    told: dict[tuple[str, str, str], list[_Told]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        article = self._article(record)
        here = {entity.id: self._node(entity, article.id) for entity in record.entities}
        for triple in record.triples:
            key = here[triple.subject], triple.relation, here[triple.object]
            turned = key[2], key[1], key[0]
            if triple.relation in self.symmetric and turned in self.told:
                key = turned
            self.told.setdefault(key, []).append(_Told(triple, article, len(self.articles)))

    def _article(self, record: Record) -> Article:
        name, count = record.id, 1
        while name in self.articles:
            count += 1
            name = f"{record.id}~{count}"
        day = document_date(record.date, "")
        self.articles[name] = Article(name, record.source, record.title, day.isoformat() if day else None)
        return self.articles[name]

    def _node(self, entity: Entity, document: str) -> str:
        node_id = self.ids.get((entity.id, entity.type))
        if node_id is None:
            node_id = entity.id if entity.id not in self.things else f"{entity.id}~{entity.type}"
            self.ids[entity.id, entity.type] = node_id
            self.things[node_id] = entity
        places = self.places.setdefault(node_id, [])
        places += (Place(document, m.start, m.end, m.text) for m in entity.mentions)
        return node_id

    def network(self) -> Network:
        nodes = tuple(
            Node(i, e.type, e.name, e.en, e.known, e.codes, tuple(self.places[i])) for i, e in self.things.items()
        )
        ties = tuple(self._tie(key, told) for key, told in self.told.items())
        return Network(tuple(self.articles.values()), nodes, ties, len(nodes), len(ties))

    def _tie(self, key: tuple[str, str, str], told: list[_Told]) -> Tie:
        last = max(told, key=_Told.firmness).triple
        subject, relation, object_ = key
        evidence = tuple(
            Proof(t.article.id, t.article.date, v.start, v.end, v.text, v.rule, v.modality, t.triple.qualifiers)
            for t in told
            for v in t.triple.evidence
        )
        return Tie(
            *(subject, relation, object_, last.label_en, last.label_zh, relation in self.symmetric),
            *(last.modality, last.trigger, last.qualifiers, all(t.triple.inferred for t in told), evidence),
        )
