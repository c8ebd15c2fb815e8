"""Selection: how far a text must be read to find all that it states.

A sentence can state something only with the words of a rule, a post beside a person, a word of owners beside firms, or
names of firms that tell of each other by themselves. To know what it leaves out, all before it must be read; what stands
behind the last such sentence needs no reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.discourse import Resolver
from extractor.knowledge.cues import Titles
from extractor.linking import Link, Linked
from extractor.namesakes import is_bare
from extractor.relations import Matcher

_FIRMS = ("company", "organization")
_OWNER = re.compile("公司|集团|企业|事业|旗下|所属|麾下|辖下")  # what every owner's word ends in


class Sentence(NamedTuple):
    """A sentence that names something: its places in the text, and the links in it."""

    start: int
    end: int
    links: Sequence[Link]


def with_links(sentences: Iterable[tuple[int, int]], links: Sequence[Link]) -> list[Sentence]:
    """The sentences that have links inside; a link that goes over an end belongs to none. Both in the order of the text."""
    found, first = [], 0
    for start, end in sentences:
        last = first
        while last < len(links) and links[last].start < end:
            last += 1
        if inside := [link for link in links[first:last] if link.start >= start and link.end <= end]:
            found.append(Sentence(start, end, inside))
        first = last
    return found


class Selector:
    """Tells which sentences can state something; made once."""

    def __init__(self, titles: Titles, matcher: Matcher, resolver: Resolver) -> None:
        self._titles, self._matcher, self._resolver = titles, matcher, resolver

    def needed(self, key: str, sentences: Sequence[Sentence], linked: Linked) -> int:
        """How many of the sentences, counted from the first, need to be read: to the last that can state something, and the
        one behind it, which may take that back.
        """
        if len(linked.things) < 2:
            return 0
        everywhere = frozenset(thing.type for thing in linked.things.values())
        references = self._resolver.references(key)
        types = [self._types(key, sentence, references, everywhere) for sentence in sentences]
        telling = self._matcher.telling(key, [(s.start, s.end) for s in sentences], types)
        bare = {i for i, thing in linked.things.items() if thing.type in _FIRMS and is_bare(thing)}
        posts = sorted(self._titles.find(key)) if "person" in everywhere else []
        for number in range(len(sentences) - 1, -1, -1):
            if telling[number] or _tells(key, sentences[number], posts, bare):
                return number + 2
        return 0

    def _types(self, key: str, sentence: Sentence, references: list[int], everywhere: frozenset[str]) -> frozenset[str]:
        """The types of the things that a sentence can tie; none where it names one thing and takes up no other."""
        if _has_any(references, sentence) or self._resolver.opens(key, sentence.start, sentence.end):
            return everywhere
        if len({link.id for link in sentence.links}) < 2:
            return frozenset()
        types = frozenset(link.type for link in sentence.links)
        return everywhere if "person" in types else types  # people may act for whom the sentence does not name


def _tells(key: str, sentence: Sentence, posts: list[int], bare: set[str]) -> bool:
    """Whether a sentence can state something without the words of a rule."""
    if _has_any(posts, sentence) and any(link.type == "person" for link in sentence.links):
        return True
    firms = {link.id for link in sentence.links if link.type in _FIRMS}
    if len(firms) < 2:
        return False
    return len(bare & firms) > 1 or _OWNER.search(key, sentence.start, sentence.end) is not None


def _has_any(places: list[int], sentence: Sentence) -> bool:
    """Whether one of some places, in their order, is in a sentence."""
    first = bisect_left(places, sentence.start)
    return first < len(places) and places[first] < sentence.end
