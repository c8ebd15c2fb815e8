"""The way of a text through the program; the stages stand here in the order of the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.discourse import Discourse, Resolver
from extractor.facts import Facts
from extractor.folds import fold_lists, fold_names
from extractor.knowledge.compiled import load_knowledge
from extractor.linking import Linked, Linker
from extractor.mentions import sound_hits
from extractor.modality import Mark, ModalityReader
from extractor.namesakes import Namesakes
from extractor.owners import fold_owners
from extractor.records import Document, EntityType, Modality, Record
from extractor.relations import Matcher, Statement
from extractor.selection import Selector, Sentence, with_links
from extractor.skeleton import Role, Skeleton, build
from extractor.standing import Standing
from extractor.support import Beside
from extractor.taught import TaughtNames
from extractor.text.bylines import blank_bylines
from extractor.text.expressions import keep
from extractor.text.folding import fold
from extractor.text.sentences import sentences
from extractor.text.vocabulary import vocabulary
from extractor.titles import TitleFolder
from extractor.unknown import UnknownNames

_MINISTRIES = ("部", "國務院", "行政院")  # how the names of bodies end whose heads act for the state
PART = 20_000  # code points; a longer document is read in parts that end at sentences, so that cost grows with length


@dataclass(slots=True)
class Reading:
    """What was understood of one part of a document, stage by stage; places count code points of the document."""

    key: str
    linked: Linked
    skeletons: list[Skeleton] = field(default_factory=list)
    acts_for: dict[str, str] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    statements: list[tuple[Statement, Skeleton, Modality | None, list[Mark]]] = field(default_factory=list)

    def type_of(self, entity_id: str) -> EntityType:
        """The type of a linked thing."""
        return self.linked.things[entity_id].type

    def name_of(self, entity_id: str) -> str:
        """The name of a linked thing."""
        return self.linked.things[entity_id].name


class Extractor:
    """Reads documents with the built-in dictionaries and rules and those of the folders given; reusable, keeps no state.

    Raises KnowledgeError, listing every wrong line, where a dictionary or a rule cannot be taken.
    """

    def __init__(self, dictionaries: Sequence[Path] = (), builtin: bool = True) -> None:
        knowledge = load_knowledge([Path(d) for d in dictionaries], builtin)
        self.lexicon, self.titles, self.cues = knowledge.lexicon, knowledge.titles, knowledge.cues
        self.rules, self.warnings = knowledge.rules, knowledge.warnings
        self._words = words = vocabulary()
        self._beside = Beside(self.titles, self.cues)
        self.matcher = Matcher(self.rules)
        self._linker = Linker(self.lexicon, words.common, self.titles, self._beside, self.cues)
        self._unknown = UnknownNames(self.lexicon, words, self.titles, self._beside, self.cues)
        self._taught = TaughtNames(self.lexicon, words, self.cues)
        self._title_folder = TitleFolder(self.titles, self.cues)
        self._standing = Standing(words, self.cues)
        self._resolver = Resolver(self.cues)
        self._modality = ModalityReader(knowledge.modality)
        self._namesakes = Namesakes(self.cues, self.rules.relations)
        self._selector = Selector(self.matcher, self._resolver, self._modality)
        keep()

    def extract(self, text: str | Document) -> Record:
        """The record of a text: its entities and the triples that it states."""
        document = Document("text", text) if isinstance(text, str) else text
        return self.record(document, self.readings(document.text, whole=False))

    def record(self, document: Document, readings: Iterable[Reading]) -> Record:
        """The record of a document that was read."""
        facts = Facts(document, self.rules, self.titles)
        for reading in readings:
            facts.add(reading)
        return facts.record()

    def readings(self, text: str, whole: bool = True) -> Iterator[Reading]:
        """What is understood of a text, stage by stage, in parts of about 20,000 code points; without `whole` no skeletons of
        sentences that state nothing and decide nothing that others state.

        What a part says for its names (a stock code, 以下簡稱) counts in that part.
        """
        key, text = blank_bylines(fold(text), text)
        for start, end in _parts(key):
            yield self._read(key, text, start, end, whole)

    def _read(self, key: str, text: str, start: int, end: int, whole: bool) -> Reading:
        part = key[start:end]
        reading = Reading(part, self._link(part, text[start:end]))
        found = with_links(sentences(part), reading.linked.links, sorted(self.titles.find(part)))
        chosen = list(range(len(found))) if whole else self._selector.choose(part, found, reading.linked)
        self._skeletons(reading, [found[number] for number in chosen])
        self._relations(reading, chosen)
        reading.linked.shift(start)
        for skeleton in reading.skeletons:
            skeleton.shift(start)
        return reading

    def _link(self, key: str, text: str) -> Linked:
        hits, refused = sound_hits(key, text, self.lexicon, self._words.common, self._beside)
        linked = self._linker.link(key, hits)
        linked.refusals += refused
        self._unknown.find(key, text, linked)
        self._taught.find(key, text, linked)
        return linked

    def _skeletons(self, reading: Reading, chosen: Iterable[Sentence]) -> None:
        topic = None
        for start, end, links, titles in chosen:
            skeleton = build(reading.key, start, end, links)
            fold_names(skeleton)
            fold_owners(skeleton)
            topic = self._title_folder.fold(
                skeleton, topic, reading.type_of, reading.name_of, reading.linked.post, titles > 0
            )
            fold_lists(skeleton)
            self._standing.read(skeleton)
            reading.skeletons.append(skeleton)
            for role in skeleton.roles:
                reading.roles.append(role)
                if role.acts and not role.former and (body := _acts_for(role, reading)):
                    reading.acts_for.setdefault(role.holder, body)

    def _relations(self, reading: Reading, numbers: list[int]) -> None:
        state = Discourse()
        for skeleton in reading.skeletons:
            self._resolver.resolve(skeleton, state, reading.acts_for)
        texts = {number: skeleton.text for number, skeleton in zip(numbers, reading.skeletons, strict=True)}
        for number, skeleton in zip(numbers, reading.skeletons, strict=True):
            for statement in self.matcher.match(skeleton, reading.type_of, reading.acts_for):
                modality, marks = self._modality.read(skeleton, *statement.trigger, texts.get(number + 1, ""))
                reading.statements.append((statement, skeleton, modality, marks))
        tied = {frozenset((s.subject, s.object)) for s, *_ in reading.statements}
        for skeleton in reading.skeletons:
            for statement in self._namesakes.statements(skeleton, reading.linked.things, tied):
                reading.statements.append((statement, skeleton, "asserted", []))


def _acts_for(role: Role, reading: Reading) -> str | None:
    """Whom the holder of a post acts for: the body; a minister for the state, where the text names it; a head of state himself."""
    things = reading.linked.things
    body = things[role.body]
    if body.type == "place":
        return None if role.relation in ("president_of", "premier_of") else role.body
    if body.entry and body.name.endswith(_MINISTRIES):
        state = things.get(body.entry.own.get("country", ""))
        if state and state.type == "place":
            return state.id
    return role.body


def _parts(key: str) -> Iterator[tuple[int, int]]:
    """The text in stretches of about `PART` code points that end where sentences do."""
    start = 0
    for _, end in sentences(key) if len(key) > PART else ():
        if end - start >= PART:
            yield start, end
            start = end
    if start < len(key):
        yield start, len(key)
