"""Names that no dictionary has, found by what stands around them; their ids begin with a question mark.

People beside titles (社長漆間啟, 漆間啟董事長), before what only people do, and before their names in Latin letters; firms
before a stock code, behind a word for a kind of firm or a country, or with a firm's suffix; bodies with a body's suffix;
laws in 《》 and programmes in 「」.
"""

from __future__ import annotations

from typing import Any

from extractor.knowledge.cues import Titles
from extractor.knowledge.lexicon import Lexicon
from extractor.linking import Known, Linked
from extractor.support import Beside
from extractor.taught import occurrences
from extractor.text.vocabulary import Vocabulary
from extractor.unknown.bodies import Bodies
from extractor.unknown.edges import Edges
from extractor.unknown.firms import Firms
from extractor.unknown.people import People
from extractor.unknown.places import Places


class UnknownNames:
    """Finds names by their surroundings; made once for a lexicon, which says what is never a name, and the cues."""

    def __init__(
        self, lexicon: Lexicon, words: Vocabulary, titles: Titles, beside: Beside, cues: dict[str, Any]
    ) -> None:
        self._lexicon, self._words = lexicon, words
        edges = Edges(words, titles, cues["unknown"])
        places = Places(edges, cues)
        bodies, firms, people = Bodies(edges, cues), Firms(edges, beside, cues), People(edges, titles, cues)
        self._finders = (
            bodies.quoted,
            bodies.laws,
            firms.coded,
            people.with_latin_names,
            people.with_titles,
            bodies.longer,
            bodies.of_places,
            places.parks,
            places.towns,
            firms.latin,
            firms.suffixed,
            firms.bought,
            bodies.suffixed,
            bodies.longer,
            people.who_act,
        )

    def find(self, key: str, text: str, linked: Linked) -> None:
        """Add to `linked` the names in the folded text `key` of `text` that it does not have yet."""
        for finder in self._finders:
            found = False
            for start, end, type_ in finder(key, text, linked):
                name = text[start:end]
                if self._lexicon.ignores(key[start:end], type_):
                    continue
                found |= linked.cover(start, end, Known(f"?{name}", type_, name, name, None))
            if found:
                self._repeat(key, text, linked)
        linked.sort()

    def _repeat(self, key: str, text: str, linked: Linked) -> None:
        """Every other place of a name found once."""
        for thing in [t for t in linked.things.values() if t.entry is None]:
            for start, end in occurrences(thing.name, key, text, self._words):
                linked.add(start, end, thing)
