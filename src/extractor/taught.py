"""Names that a document itself gives to what it names: 「以下簡稱沅聖」, 恩智浦（NXP）, 鴻華 after 鴻華先進."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from extractor.knowledge.lexicon import CASE_MATTERS, Lexicon, whole
from extractor.linking import Link, Linked
from extractor.text.expressions import Expression
from extractor.text.folding import fold
from extractor.text.vocabulary import Vocabulary

_LATIN_BRACKET = Expression(r"[(（]([A-Za-z\u00c0-\u024f][\w\u00c0-\u024f .,&'’\-]{1,44})[)）]")
_OPENING = ' ,，(（「『"“、'
_HAN = Expression(r"[\u3400-\u9fff]+")
_SHORTENED = ("company",)
_end = attrgetter("end")


class TaughtNames:
    """Finds such names, and links them wherever they stand; made once for a lexicon, the vocabulary and the cues."""

    def __init__(self, lexicon: Lexicon, words: Vocabulary, cues: dict[str, Any]) -> None:
        self._lexicon, self._words = lexicon, words
        table = cues["same_document"]
        self._no_name = frozenset(table["no_name"])
        self._standing = frozenset(word for group in cues["anaphora"].values() for word in group)
        called: list[str] = table["called"]
        # 簡稱 stands wherever 以下簡稱 does.
        self._calling = [word for word in called if not any(other in word for other in called if other != word)]
        any_called = "|".join(map(re.escape, called))
        self._called = Expression(
            rf"[(,]?(?:{any_called})(?:为|「|『|\"|“)*([^「」『』()\"“”,。、;:]{{1,12}})(?:」|』|\"|”|\))*"
        )

    def find(self, key: str, text: str, linked: Linked) -> None:
        """Add the names that `text`, whose key is `key`, gives to what is linked in it."""
        count = len(linked.links)
        names: dict[str, Link] = {}
        if any(word in key for word in self._calling):
            names.update(self._called_names(key, text, linked))
        if "(" in key:
            for latin, link in self._bracketed(text, linked):
                names.setdefault(latin, link)
        for name, link in names.items():
            self._link(name, link, key, text, linked)
        for name, link in self._shortened(key, linked):
            self._link(name, link, key, text, linked)
        if len(linked.links) > count:
            linked.sort()

    def _link(self, name: str, link: Link, key: str, text: str, linked: Linked) -> None:
        """Link every free place of `name` to what `link` names."""
        thing = linked.things[link.id]
        for start, end in occurrences(name, key, text, self._words, linked):
            linked.add(start, end, thing)

    def _called_names(self, key: str, text: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """「以下簡稱X」 and （下稱X）: X and the link that stands closest before it."""
        for match in self._called.finditer(key):
            start, end = match.span(1)
            before = bisect_right(linked.links, match.start(), key=_end) - 1
            if before < 0:
                continue
            link = linked.links[before]
            name = key[start:end].strip()
            # 推出新製程，簡稱N2: what stands between the name and 簡稱 is what is called so.
            beside = not key[link.end : match.start()].strip(_OPENING)
            if beside and len(name) > 1 and name not in self._words.common and name not in self._standing:
                yield text[start:end].strip(), link

    def _bracketed(self, text: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """恩智浦（NXP）: the Latin name in brackets and the link right before it."""
        for match in _LATIN_BRACKET.finditer(text):
            if linked.ends_at(match.start()) and fold(name := match[1].strip()) not in self._no_name:
                yield name, linked.links[bisect_left(linked.links, match.start(), key=_end)]

    def _shortened(self, key: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """鴻華 after 鴻華先進: the first two characters of a longer name, where they name nothing else."""
        named: dict[tuple[str, str], Link] = {}
        for link in linked.links:
            if link.type in _SHORTENED and link.end - link.start >= 4:
                named.setdefault((link.id, key[link.start : link.end]), link)
        first: dict[str, Link] = {}
        shared = set()
        for (id_, name), link in named.items():
            if _HAN.fullmatch(name) and first.setdefault(name[:2], link).id != id_:
                shared.add(name[:2])
        for short, link in first.items():
            if short in shared:
                continue
            word = bool(self._words.tag(short)) if link.id.startswith("?") else short in self._words.common
            if not word and all(c.weak for c in self._lexicon.candidates(short)):
                yield short, link


def occurrences(name: str, key: str, text: str, words: Vocabulary, linked: Linked) -> Iterator[tuple[int, int]]:
    """Where a name stands free in `text`, whose key is `key`, as a whole word; a short Latin one only as it is written."""
    folded = fold(name)
    size = len(folded)
    short = size == 2 and not folded.isascii()
    as_written = len(name) <= CASE_MATTERS and name.isascii()
    end = 0
    while (start := key.find(folded, end)) >= 0:
        end = start + size
        if not linked.free(start, end) or not whole(key, start, end):
            continue
        if short and (words.straddles(key, start) or words.straddles(key, end)):
            continue
        if not as_written or text[start:end] == name:
            yield start, end
