"""The way of a text through the program; the stages stand here in the order of the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.knowledge import builtin_folder
from extractor.knowledge.cues import load_cues, load_titles
from extractor.knowledge.dictionary import load_dictionaries
from extractor.knowledge.lexicon import Lexicon, read_words
from extractor.linking import Linked, Linker
from extractor.mentions import sound_hits
from extractor.records import Document, Entity, Mention, Record
from extractor.text.folding import fold
from extractor.unknown import UnknownNames


class Extractor:
    def __init__(self, dictionaries: Sequence[Path] = (), builtin: bool = True) -> None:
        folder = builtin_folder()
        folders = [folder] * builtin + [Path(d) for d in dictionaries]
        self.lexicon = Lexicon(load_dictionaries(folders), read_words(folder / "words.txt"))
        self.titles = load_titles(folder / "titles.toml")
        self.cues = load_cues(folder / "cues.toml")
        self._linker = Linker(self.lexicon, self.titles, self.cues)
        self._unknown = UnknownNames(self.titles, self.cues)

    def extract(self, text: str | Document) -> Record:
        document = Document("text", text) if isinstance(text, str) else text
        key = fold(document.text)
        linked = self.link(key, document.text)
        by_id: dict[str, list[Mention]] = {}
        for link in linked.links:
            by_id.setdefault(link.id, []).append(Mention(link.start, link.end, document.text[link.start : link.end]))
        entities = tuple(
            Entity(i, linked.things[i].type, linked.things[i].name, linked.things[i].en, linked.things[i].entry is not None,
                   linked.things[i].entry.codes if linked.things[i].entry else {}, tuple(m)) for i, m in by_id.items())
        return Record(document.id, document.source, document.title, document.date, entities, ())

    def link(self, key: str, text: str) -> Linked:
        hits, refused = sound_hits(key, text, self.lexicon)
        linked = self._linker.link(key, hits)
        linked.refusals += refused
        self._unknown.find(key, text, linked)
        self._linker.learn(key, linked)
        return linked
