"""Facts: the statements of a document as triples, each once, with all its evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from extractor.dates import HEAD, document_date
from extractor.knowledge.cues import Titles
from extractor.knowledge.rules import RuleBook
from extractor.linking import Known
from extractor.qualifiers import Qualifier
from extractor.records import Document, Entity, Evidence, Mention, Modality, Qualifiers, Record, Triple
from extractor.relations import Statement
from extractor.skeleton import Role, Skeleton
from extractor.text.folding import fold

if TYPE_CHECKING:
    from extractor.pipeline import Reading

# The document's last word: of several modalities the first of these, the later clause first among equals.
RANK: dict[Modality, int] = {"ended": 0, "denied": 0, "asserted": 1, "planned": 2, "rumoured": 3}
# One deal is told by the most telling relation that its words state.
_MORE_TELLING = {"partnership": ("mou", "contract", "alliance", "share_swap")}
# A quarrel may stand in both directions: two suits are two facts.
DIRECTED_ANYWAY = {"dispute"}


class Facts:
    """Collects what the readings of a document state, and makes its record."""

    def __init__(self, document: Document, book: RuleBook, titles: Titles) -> None:
        self._document, self._book = document, book
        self._qualifier = Qualifier(titles, self._day)
        self._things: dict[str, Known] = {}
        self._mentions: dict[str, list[Mention]] = {}
        self._facts: dict[tuple[str, str, str], list[_Found]] = {}

    def _day(self) -> date | None:
        """The day on which the document speaks."""
        return document_date(self._document.date, fold(self._document.text[:HEAD]))

    def add(self, reading: Reading) -> None:
        """Take in the links, posts and statements of a reading."""
        text = self._document.text
        for link in reading.linked.links:
            start, end, entity_id = link.start, link.end, link.id
            if (mentions := self._mentions.get(entity_id)) is None:
                self._things[entity_id] = reading.linked.things[entity_id]
                mentions = self._mentions[entity_id] = []
            mentions.append(Mention(start, end, text[start:end]))
        offset = reading.linked.offset
        part = text[offset : offset + len(reading.key)]
        for role in reading.roles:
            if role.relation in self._book.relations:
                evidence = evidence_of_role(role, offset, text)
                qualifiers: Qualifiers = {}
                # Legislators are members of their parties, and hold no post there.
                if role.post and self._book.relations[role.relation].subjects == {"person"}:
                    qualifiers["title"] = _as_written(role.word, reading.key, part, role.start, role.end)
                found = _Found(evidence, role.word, qualifiers, role.inferred)
                self._facts.setdefault((role.holder, role.relation, role.body), []).append(found)
        for statement, skeleton, modality, _ in reading.statements:
            if modality is None:
                continue
            evidence = evidence_of_statement(statement, skeleton, modality, text)
            start, end = evidence.start, evidence.end
            carried = any(first == last for first, last in skeleton.spans[slice(*statement.cells)])
            trigger = skeleton.spans[slice(*statement.trigger)]
            word = text[trigger[0][0] : trigger[-1][1]] if trigger else ""
            first, last = (trigger[0][0], trigger[-1][1]) if trigger else (start, end)
            qualifiers = self._qualifier.read(
                reading.key,
                part,
                (start - offset, end - offset),
                (first - offset, last - offset),
                statement.relation,
                carried=carried,
                listed=_listed(statement, skeleton),
            )
            found = _Found(evidence, word, qualifiers, statement.inferred)
            self._facts.setdefault(self._fact(statement.subject, statement.relation.id, statement.object), []).append(
                found
            )

    def _fact(self, subject: str, relation: str, object_: str) -> tuple[str, str, str]:
        """The key of a fact; of a symmetric one the direction that is there already."""
        turned = (object_, relation, subject)
        symmetric = self._book.relations[relation].symmetric and relation not in DIRECTED_ANYWAY
        return turned if symmetric and turned in self._facts else (subject, relation, object_)

    def record(self) -> Record:
        """Everything added so far as a record."""
        entities = tuple(self._entity(self._things[i], mentions) for i, mentions in self._mentions.items())
        triples = [
            self._triple(fact, found)
            for fact, all_found in self._facts.items()
            if (found := self._own(fact, all_found))
        ]
        triples.sort(key=lambda t: (t.evidence[0].start, t.evidence[0].end, t.relation, t.subject, t.object))
        d = self._document
        return Record(d.id, d.source, d.title, d.date, entities, tuple(triples))

    def _own(self, fact: tuple[str, str, str], found: list[_Found]) -> list[_Found]:
        """What is found of a fact without the places where a more telling one stands: a memorandum to cooperate is one deal."""
        subject, relation, object_ = fact
        if relation not in _MORE_TELLING:
            return found
        spans = [
            (f.evidence.start, f.evidence.end)
            for telling in _MORE_TELLING[relation]
            for pair in ((subject, telling, object_), (object_, telling, subject))
            for f in self._facts.get(pair, ())
        ]
        return [f for f in found if not any(f.evidence.start < end and start < f.evidence.end for start, end in spans)]

    def _entity(self, thing: Known, mentions: list[Mention]) -> Entity:
        codes = dict(thing.entry.codes) if thing.entry else {}
        return Entity(thing.id, thing.type, thing.name, thing.en, thing.entry is not None, codes, tuple(mentions))

    def _triple(self, fact: tuple[str, str, str], found: list[_Found]) -> Triple:
        subject, relation_id, object_ = fact
        relation = self._book.relations[relation_id]
        if len(found) > 1:
            found.sort(key=lambda f: (f.evidence.start, f.evidence.end))
        word = min(found, key=lambda f: (RANK[f.evidence.modality], -f.evidence.start))
        evidence = tuple(dict.fromkeys([f.evidence for f in found]))
        return Triple(
            subject,
            relation_id,
            object_,
            relation.en,
            relation.zh,
            word.evidence.modality,
            word.trigger,
            word.qualifiers,
            all(f.inferred for f in found),
            evidence,
        )


def evidence_of_statement(statement: Statement, skeleton: Skeleton, modality: Modality, text: str) -> Evidence:
    """The place of a document's `text` where a rule reads a statement."""
    start, end = skeleton.covered(statement.cells)
    return Evidence(start, end, text[start:end], statement.rule.id, modality)


def evidence_of_role(role: Role, offset: int, text: str) -> Evidence:
    """The place of a document's `text` where a post or an owner stands beside a name; `offset`: where the role's part begins."""
    start, end = role.start + offset, role.end + offset
    rule = f"{role.relation}/{'title' if role.post else 'owner'}"
    return Evidence(start, end, text[start:end], rule, "ended" if role.former else "asserted")


class _Found:
    """One place that states a fact."""

    __slots__ = ("evidence", "inferred", "qualifiers", "trigger")

    def __init__(self, evidence: Evidence, trigger: str, qualifiers: Qualifiers, inferred: bool) -> None:
        self.evidence, self.trigger, self.qualifiers, self.inferred = evidence, trigger, qualifiers, inferred


def _listed(statement: Statement, skeleton: Skeleton) -> tuple[int, int] | None:
    """The place of an end of a statement among the members of its slot, and how many these are; None where it stands alone."""
    for slot in skeleton.slots.values():
        if len(slot.members) > 1:
            for end in (statement.object, statement.subject):
                if end in slot.members:
                    return slot.members.index(end), len(slot.members)
    return None


def _as_written(title: str, key: str, text: str, start: int, end: int) -> str:
    """A title as the text from `start` to `end` writes it: 秘書長 or 祕書長."""
    place = key.find(fold(title), start, end)
    return title if place < 0 else text[place : place + len(title)]
