"""Why: what is said of a triple is enough to read it again, by hand or, here, by the stages alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.folds import fold_names
from extractor.knowledge.rules import RuleBook
from extractor.linking import Link
from extractor.modality import Mark, decide
from extractor.namesakes import Namesakes
from extractor.owners import fold_owners
from extractor.records import EntityType, Record
from extractor.relations import Matcher
from extractor.skeleton import Skeleton, Slot, build
from extractor.text.folding import fold
from extractor.why import explain
from test_goals import SHARED
from test_pipeline import cases

_NAME = re.compile("{(?:(?P<words>[^{}＝]*)(?P<instead>＝))?(?P<names>[^{}＝]*)}")
_SAID = re.compile(r" \((?:written|named at) .*\)$")
_RANK = {"ended": 0, "denied": 0, "asserted": 1, "planned": 2, "rumoured": 3}


@dataclass
class Place:
    """What is said of one place of a triple, a field a line."""

    said: dict[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> list[Mark]:
        """The marks, read back."""
        words = self.said["marks"].rpartition(" → ")[0]
        found = re.findall(r"(\S+) \((\w+)(?:, at \d+–\d+)?\)", words)
        return [Mark(category, word) for word, category in found]

    @property
    def modality(self) -> str:
        """What the marks are said to make of the place."""
        return self.said["marks"].rpartition(" → ")[2]


def told(lines: list[str]) -> Iterator[tuple[str, list[Place]]]:
    """The triples of an explanation, each with its places."""
    triple, places = "", []
    for line in lines:
        if not line.startswith(" "):
            if triple:
                yield triple, places
            triple, places = line, []
            continue
        name, _, value = line.strip().partition(" ")
        if name == "text":
            places.append(Place())
        places[-1].said[name] = value.strip()
    if triple:
        yield triple, places


class Replay:
    """Reads places again from what is said of them, and the names of the document alone."""

    def __init__(self, extractor: Extractor, record: Record, text: str) -> None:
        self.extractor, self.text = extractor, text
        self.mentions = sorted(
            ((e.id, m) for e in record.entities for m in e.mentions), key=lambda found: found[1].start
        )
        self.ids = {entity.name: entity.id for entity in reversed(record.entities)}
        self.types: dict[str, EntityType] = {entity.id: entity.type for entity in record.entities}

    def ends(self, place: Place) -> set[frozenset[str]]:
        """The pairs that the rule of a place ties in its clause."""
        relation, _, number = place.said["rule"].partition(":")[0].partition("/")
        return {
            "title": self.title,
            "owner": self.owner,
            "name": self.name,
        }.get(number, self.rule)(place, relation)

    def rule(self, place: Place, relation_id: str) -> set[frozenset[str]]:
        """The rule alone, on the clause alone; whoever acts for a firm is said beside 甲 and 乙."""
        number = place.said["rule"].partition(":")[0]
        relation = self.extractor.rules.relations[relation_id]
        relation = replace(relation, rules=[rule for rule in relation.rules if rule.id == number])
        acts_for = {}
        for end in (place.said["甲"], place.said["乙"]):
            person, acting, firm = end.partition(", who acts for ")
            if acting:
                acts_for[self.id(person)] = self.id(firm)
        skeleton = self.skeleton(place.said["clause"])
        found = Matcher(RuleBook({relation_id: relation})).match(skeleton, self.types.__getitem__, acts_for)
        trigger = fold(_NAME.sub(" ", place.said["trigger"]))
        return {
            frozenset((s.subject, s.object))
            for s in found
            if self.words(skeleton, s.trigger).strip() == trigger.strip() and s.rule.id == number
        }

    def title(self, place: Place, relation: str) -> set[frozenset[str]]:
        """The post alone: its relation to a body of that type, or that of a division's head."""
        holder, body = self.id(place.said["甲"]), self.id(place.said["乙"])
        title = self.extractor.titles.by_key[fold(place.said["trigger"])]
        ties = relation in (title.relation_to(self.types[body]), "executive_of")
        return {frozenset((holder, body))} if ties else set()

    def owner(self, place: Place, relation: str) -> set[frozenset[str]]:
        """The stretch of text alone, in which 甲 and 乙 are known."""
        start, end = map(int, place.said["text"].partition(": ")[0].split("–"))
        links = [
            Link(m.start - start, m.end - start, i, self.types[i]) for i, m in self.mentions if start <= m.start < end
        ]
        skeleton = build(fold(self.text[start:end]), 0, end - start, links)
        fold_names(skeleton)
        fold_owners(skeleton)
        return {frozenset((role.holder, role.body)) for role in skeleton.roles if role.relation == relation}

    def name(self, place: Place, relation: str) -> set[frozenset[str]]:
        """The two names alone."""
        one, other = (_SAID.sub("", place.said[end]) for end in "甲乙")
        tie = Namesakes(self.extractor.cues, self.extractor.rules.relations).tie(one, other)
        return {frozenset((self.ids[one], self.ids[other]))} if tie and tie[0] == relation else set()

    def id(self, said: str) -> str:
        """The id of a party, whatever is said beside its name."""
        return self.ids[_SAID.sub("", said)]

    def skeleton(self, clause: str) -> Skeleton:
        """The skeleton that a clause shows: names, words that stand for one, subjects left unspoken."""
        text, links, slots, carried, place = "", [], [], [], 0
        for match in _NAME.finditer(clause):
            text += clause[place : match.start()]
            place = match.end()
            members = tuple(self.ids[name] for name in match["names"].split("＋"))
            type_ = self.types[members[0]]
            if match["instead"] and not match["words"]:
                carried.append((len(text), Slot(type_, members, True)))
                continue
            shown = match["words"] or "名" * 2
            links.append(Link(len(text), len(text) + len(shown), members[0], type_))
            slots.append(Slot(type_, members, bool(match["instead"])))
            text += shown
        text += clause[place:]
        skeleton = build(fold(text), 0, len(text), links)
        for slot, character in zip(slots, [c for c in skeleton.text if c in skeleton.slots], strict=True):
            skeleton.slots[character] = slot
        for start, slot in reversed(carried):
            cell = next((i for i, span in enumerate(skeleton.spans) if span[0] >= start), len(skeleton.text))
            skeleton.carry(slot, cell)
        return skeleton

    @staticmethod
    def words(skeleton: Skeleton, cells: tuple[int, int]) -> str:
        """The words of cells, names aside."""
        return "".join(" " if character in skeleton.slots else character for character in skeleton.text[slice(*cells)])


def check(extractor: Extractor, text: str) -> int:
    """Replay every place of every triple; how many there were."""
    record, replayed = extractor.extract(text), 0
    explained = list(told(explain(extractor, text))) if record.triples else []
    assert len(explained) == len(record.triples)
    replay = Replay(extractor, record, text)
    for (line, places), triple in zip(explained, record.triples, strict=True):
        assert line == record.line(triple) + (" (inferred)" if triple.inferred else "")
        assert len(places) == len(triple.evidence)
        for place, evidence in zip(places, triple.evidence, strict=True):
            assert place.said["rule"].startswith(f"{evidence.rule}: ")
            assert {triple.subject, triple.object} in replay.ends(place), (line, place.said)
            assert decide([Mark("ended", "") if m.category == "former" else m for m in place.marks]) == place.modality
            replayed += 1
        last = min(places, key=lambda p: (_RANK[p.modality], -int(p.said["text"].partition("–")[0])))
        assert last.modality == triple.modality
    return replayed


@pytest.mark.parametrize(("text", "triples"), [c.values for c in cases() if not c.marks], ids=lambda v: str(v)[:20])
def test_what_is_said_of_a_triple_reads_it_again(extractor: Extractor, text: str, triples: list[str]) -> None:
    assert check(extractor, text) >= len(triples)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared folder beside the repository")
@pytest.mark.parametrize("folder", ["seed", "dev"])
def test_every_triple_of_the_gold_articles(extractor: Extractor, folder: str) -> None:
    paths: list[Path] = sorted((SHARED / "gold" / folder).glob("*.txt"))
    assert sum(check(extractor, path.read_text("utf-8")) for path in paths) > len(paths)
