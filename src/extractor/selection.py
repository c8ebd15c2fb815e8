"""Selection: how far a text must be read to find all that it states.

A sentence can state something only with the words of a rule, a post beside a person, a word of owners beside firms, or
names of firms that tell of each other by themselves. To know what it leaves out, all before it must be read; what stands
behind the last such sentence needs no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

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

    def __init__(self, titles: Titles, matcher: Matcher) -> None:
        self._titles, self._matcher = titles, matcher

    def needed(self, key: str, sentences: Sequence[Sentence], linked: Linked) -> int:
        """How many of the sentences, counted from the first, need to be read: to the last that can state something, and the
        one behind it, which may take that back.
        """
        if len(linked.things) < 2:
            return 0
        types = {thing.type for thing in linked.things.values()}
        telling = self._matcher.telling(key, [(s.start, s.end) for s in sentences], types)
        bare = {i for i, thing in linked.things.items() if thing.type in _FIRMS and is_bare(thing)}
        posts = sorted(self._titles.find(key)) if "person" in types else []
        for number in range(len(sentences) - 1, -1, -1):
            if telling[number] or _tells(key, sentences[number], posts, bare if len(bare) > 1 else set()):
                return number + 2
        return 0


def _tells(key: str, sentence: Sentence, posts: list[int], bare: set[str]) -> bool:
    """Whether a sentence can state something without the words of a rule."""
    types = [link.type for link in sentence.links]
    if posts and "person" in types and any(sentence.start <= place < sentence.end for place in posts):
        return True
    firms = [link.id for link in sentence.links if link.type in _FIRMS]
    if len(firms) < 2:
        return False
    return len(bare.intersection(firms)) > 1 or _OWNER.search(key, sentence.start, sentence.end) is not None
