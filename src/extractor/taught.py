"""Names that a document itself gives to what it names: 「以下簡稱沅聖」, 恩智浦（NXP）, 鴻華 after 鴻華先進."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from extractor.knowledge.lexicon import Lexicon
from extractor.linking import Link, Linked
from extractor.text.vocabulary import Vocabulary

_LATIN_BRACKET = re.compile(r"\(([A-Za-z\u00c0-\u024f][\w\u00c0-\u024f .,&'’\-]{1,44})\)")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SHORTENED = ("company",)


class TaughtNames:
    """Finds such names, and links them wherever they stand; made once for a lexicon, the vocabulary and the cues."""

    def __init__(self, lexicon: Lexicon, words: Vocabulary, cues: dict[str, Any]) -> None:
        self._lexicon, self._words = lexicon, words
        called = "|".join(map(re.escape, cues["same_document"]["called"]))
        self._called = re.compile(
            rf"[(,]?(?:{called})(?:为|「|『|\"|“)*([^「」『』()\"“”,。、;:]{{1,12}})(?:」|』|\"|”|\))*"
        )

    def find(self, key: str, linked: Linked) -> None:
        """Add the names that the folded text `key` gives to what is linked in it."""
        names = dict(self._called_names(key, linked))
        for latin, link in self._bracketed(key, linked):
            names.setdefault(latin, link)
        for name, link in names.items():
            self._add_everywhere(key, name, link, linked)
        for name, link in self._shortened(key, linked):
            self._add_everywhere(key, name, link, linked)
        linked.sort()

    def _called_names(self, key: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """「以下簡稱X」 and （下稱X）: X and the link that stands closest before it."""
        for match in self._called.finditer(key):
            name = match[1].strip()
            before = bisect_right(linked.links, match.start(), key=lambda link: link.end) - 1
            if before >= 0 and len(name) > 1 and match.start() - linked.links[before].end < 30:
                yield name, linked.links[before]

    def _bracketed(self, key: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """恩智浦（NXP）: the Latin name in brackets and the link right before it."""
        ends = {link.end: link for link in linked.links}
        for match in _LATIN_BRACKET.finditer(key):
            link = ends.get(match.start())
            if link:
                yield match[1].strip(), link

    def _shortened(self, key: str, linked: Linked) -> Iterable[tuple[str, Link]]:
        """鴻華 after 鴻華先進: the first two characters of a longer name, where they name nothing else."""
        owners: dict[str, set[str]] = {}
        first: dict[str, Link] = {}
        for link in linked.links:
            name = key[link.start : link.end]
            if link.type in _SHORTENED and len(name) >= 4 and _HAN.fullmatch(name):
                owners.setdefault(name[:2], set()).add(link.id)
                first.setdefault(name[:2], link)
        for short, ids in owners.items():
            candidates = self._lexicon.candidates(short)
            known = not next(iter(ids)).startswith("?")
            word = short in self._words.common if known else bool(self._words.tag(short))
            if len(ids) == 1 and not word and all(c.weak for c in candidates):
                yield short, first[short]

    def _add_everywhere(self, key: str, name: str, link: Link, linked: Linked) -> None:
        """Link every free place of `name` to what `link` names."""
        thing = linked.things[link.id]
        for match in re.finditer(re.escape(name), key):
            start, end = match.span()
            whole = not (name[0].isascii() and (key[start - 1 : start].isalnum() and key[start - 1 : start].isascii()))
            whole = whole and not (name[-1].isascii() and key[end : end + 1].isalnum() and key[end : end + 1].isascii())
            sound = len(name) != 2 or key[start].isascii() or not self._straddled(key, start, end)
            if whole and sound:
                linked.add(start, end, thing)

    def _straddled(self, key: str, start: int, end: int) -> bool:
        return key[start - 1 : start + 1] in self._words.common or key[end - 1 : end + 1] in self._words.common
