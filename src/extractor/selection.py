"""Selection: which sentences of a text must be read to find all that it states.

A sentence can state something only with the words of a rule, a post beside a person, a word of owners beside firms, or
names of firms that tell of each other by themselves. To know what it leaves out, all before it must be read; others need
no reading.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from extractor.discourse import Resolver
from extractor.linking import Link, Linked
from extractor.modality import ModalityReader
from extractor.namesakes import is_bare
from extractor.owners import OWNING
from extractor.prefilter import Outlook
from extractor.relations import Matcher
from extractor.skeleton import FIRM_TYPES
from extractor.text.expressions import Expression

_JOIN = Expression("[、与和跟暨同及]")
_FAR = 40  # code points; what is folded away between the names of a list, a post or a bracket, is not that long


class Sentence(NamedTuple):
    """A sentence that names something: its places in the text, the links in it, and how many titles."""

    start: int
    end: int
    links: Sequence[Link]
    titles: int


def with_links(sentences: Iterable[tuple[int, int]], links: Sequence[Link], titles: Sequence[int]) -> list[Sentence]:
    """The sentences that have links inside; a link that goes over an end belongs to none. All in the order of the text.

    `titles`: where titles begin.
    """
    found, first = [], 0
    for start, end in sentences if links else ():
        last = first
        while last < len(links) and links[last].start < end:
            last += 1
        if last > first and (inside := [k for k in links[first:last] if k.start >= start and k.end <= end]):
            before = bisect_left(titles, start)
            found.append(Sentence(start, end, inside, bisect_left(titles, end, before) - before))
        first = last
    return found


class Selector:
    """Tells which sentences can state something; made once."""

    def __init__(self, matcher: Matcher, resolver: Resolver, modality: ModalityReader) -> None:
        self._matcher, self._resolver, self._modality = matcher, resolver, modality

    def choose(self, key: str, sentences: Sequence[Sentence], linked: Linked) -> list[int]:
        """The numbers of the sentences that need to be read, in their order.

        They are those that can state something, with one behind that may take it back; and where one of these goes on from
        what was said before, all before it.
        """
        if len(linked.things) < 2:
            return []
        references = self._resolver.references(key)
        everywhere = frozenset(thing.type for thing in linked.things.values())
        # Whom people act for, a sentence need not name.
        acting = {"person"} if any(_tells_of_post(sentence) for sentence in sentences) else set()
        bare = {i for i, thing in linked.things.items() if thing.type in FIRM_TYPES and is_bare(thing)}
        chosen: set[int] = set()
        for number in range(len(sentences) - 1, -1, -1):
            sentence = sentences[number]
            if not _tells(key, sentence, bare) and not self._matcher.tells(
                key, self._outlook(key, sentence, references, everywhere, acting)
            ):
                continue
            telling = [number]
            if number + 1 < len(sentences) and self._takes_back(key, sentences[number + 1]):
                telling.append(number + 1)
            chosen.update(telling)
            if leaning := [n for n in telling if self._goes_on(key, sentences[n], references)]:
                chosen.update(range(leaning[-1]))
                break
        return sorted(chosen)

    def _outlook(
        self, key: str, sentence: Sentence, references: list[int], everywhere: frozenset[str], acting: set[str]
    ) -> Outlook:
        """What may become of a sentence; `references`: where words stand by which one takes up names of others."""
        start, end, links, _ = sentence
        refers = _has_any(references, sentence)
        goes_on = refers or self._resolver.opens(key, start, end)
        types: frozenset[str] = frozenset(link.type for link in links)
        if goes_on or types & acting:
            types = everywhere
        elif len({link.id for link in links}) < 2:
            types = frozenset()  # one thing, and no other is taken up
        several = goes_on or any(map(partial(_listed, key), links, links[1:]))
        return Outlook(start, end, types, links, several, refers or _has_posts(sentence))

    def _goes_on(self, key: str, sentence: Sentence, references: list[int]) -> bool:
        """Whether what a sentence states may depend on those before it: on their subjects, and whose the posts are."""
        if _has_any(references, sentence) or _has_posts(sentence):
            return True
        return self._resolver.opens(key, sentence.start, sentence.end)

    def _takes_back(self, key: str, sentence: Sentence) -> bool:
        return self._modality.takes_back(key[sentence.start : sentence.end])


def _listed(key: str, link: Link, following: Link) -> bool:
    """Whether two names may come to stand in one list."""
    if link.end == following.start:
        return True
    near = following.start - link.end <= _FAR or "(" in key[link.end : following.start]
    return near and _JOIN.search(key, link.end, following.start) is not None


def _tells(key: str, sentence: Sentence, bare: set[str]) -> bool:
    """Whether a sentence can state something without the words of a rule."""
    if _tells_of_post(sentence):
        return True
    firms = {link.id for link in sentence.links if link.type in FIRM_TYPES}
    if len(firms) < 2:
        return False
    return len(bare & firms) > 1 or OWNING.search(key, sentence.start, sentence.end) is not None


def _has_posts(sentence: Sentence) -> bool:
    """Whether titles of a sentence may be somebody's, or share a verb."""
    return sentence.titles > 1 or _tells_of_post(sentence)


def _tells_of_post(sentence: Sentence) -> bool:
    return sentence.titles > 0 and any(link.type == "person" for link in sentence.links)


def _has_any(places: list[int], sentence: Sentence) -> bool:
    """Whether one of some places, in their order, is in a sentence."""
    first = bisect_left(places, sentence.start)
    return first < len(places) and places[first] < sentence.end
