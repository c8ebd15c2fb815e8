"""Names that no dictionary has, found by what stands around them; their ids begin with a question mark.

People beside titles (社長漆間啟, 漆間啟董事長), before what only people do, and before their names in Latin letters; firms
before a stock code, behind a word for a kind of firm or a country, or with a firm's suffix; bodies with a body's suffix;
laws in 《》 and programmes in 「」.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from extractor.knowledge.cues import Titles
from extractor.knowledge.lexicon import Lexicon
from extractor.linking import Known, Linked
from extractor.support import Beside
from extractor.taught import occurrences
from extractor.text.vocabulary import Vocabulary
from extractor.unknown.bodies import Bodies
from extractor.unknown.clues import Clues
from extractor.unknown.edges import Edges, Found
from extractor.unknown.firms import SHARES, Firms
from extractor.unknown.foreign import REIGNS
from extractor.unknown.people import People
from extractor.unknown.places import Places

Finder = Callable[..., Iterator[Found]]


class UnknownNames:
    """Finds names by their surroundings; made once for a lexicon, which says what is never a name, and the cues."""

    def __init__(
        self, lexicon: Lexicon, words: Vocabulary, titles: Titles, beside: Beside, cues: dict[str, Any]
    ) -> None:
        self._lexicon, self._words = lexicon, words
        table = cues["unknown"]
        edges = Edges(words, titles, table)
        places = Places(edges, cues)
        bodies, firms, people = Bodies(edges, cues), Firms(edges, beside, cues), People(edges, titles, cues)
        of_firm, of_body, of_place, of_person = (table[name] for name in ("firms", "bodies", "places", "people"))
        longer = (bodies.longer, of_body["of_bodies"], of_body["branches"], ["党"], of_body["of_countries"])
        # Each with the groups of words that it looks for names at; where none of them stands it has nothing to find.
        finders: tuple[tuple[Finder, *tuple[Iterable[str], ...]], ...] = (
            (bodies.quoted, "《「『"),
            (bodies.laws, of_body["unquoted_laws"]),
            (firms.coded, "("),
            (people.with_latin_names, "(", "·", REIGNS),
            (people.with_titles, titles.by_key, of_person["before"]),
            longer,
            (bodies.of_places, [*of_body["organizations"], *of_body["of_places"]], of_body["parties"]),
            (places.parks, of_place["parks"]),
            (places.towns, of_place["towns"]),
            (firms.latin,),
            (firms.suffixed, of_firm["trades"], of_firm["legal"], of_firm["telling"]),
            (firms.bought, SHARES, of_firm["owners"]),
            (bodies.suffixed, of_body["organizations"]),
            longer,
            (people.who_act,),
        )
        groups: dict[tuple[str, ...], int] = {}
        self._finders = [
            (finder, [groups.setdefault(tuple(group), len(groups)) for group in looked_for])
            for finder, *looked_for in finders
        ]
        self._clues = Clues(groups)

    def find(self, key: str, text: str, linked: Linked) -> None:
        """Add to `linked` the names in the folded text `key` of `text` that it does not have yet."""
        stand = self._clues.find(key)
        any_found = False
        for finder, groups in self._finders:
            if groups and stand.keys().isdisjoint(groups):
                continue
            found: dict[str, Known] = {}
            for start, end, type_ in finder(key, text, linked, *[stand.get(group, []) for group in groups]):
                name = text[start:end]
                if self._lexicon.ignores(key[start:end], type_):
                    continue
                thing = Known(f"?{name}", type_, name, name, None)
                if linked.cover(start, end, thing):
                    found[name] = linked.things[thing.id]
            # Every other place of a name found once.
            for thing in found.values():
                any_found = True
                for start, end in occurrences(thing.name, key, text, self._words, linked):
                    linked.add(start, end, thing)
        if any_found:
            linked.sort()
