"""Plain text and Markdown: a document a file."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from extractor.text.decoding import mend_surrogates

# `---`, lines that YAML could be made of, `---` or `...`; anything else between two rules is part of the article.
_FRONT = re.compile(
    r"""---[ \t]*+\r?\n
        (?P<body>(?:(?: [\w.-]++[ \t]*+:(?:[ \t][^\r\n]*+)?  # a key
                     | [ \t]++[^\r\n]*+                      # the value of the key above
                     | -[ \t][^\r\n]*+                       # or an item of its list
                     | \#[^\r\n]*+ | )\r?\n)*?)
        (?:---|\.\.\.)[ \t]*+(?:\r?\n|\Z)""",
    re.VERBOSE,
)
_KEY = re.compile(r"^(?P<key>title|date)[ \t]*:[ \t]+(?P<value>[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(r"""(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^']|'')*)')[ \t]*(?:#.*)?""")
_COMMENT = re.compile(r"(?:^|[ \t])#")
_SEEN = re.compile(r"\S")
_STRUCTURE = ("[", "{", "|", ">", "&", "*", "!", "%", "@", "`")  # what begins a value that is no plain string in YAML


class Article(NamedTuple):
    """What a file says: its text, and its title and its date where it has them."""

    text: str
    title: str | None = None
    date: str | None = None


def split_front_matter(text: str) -> Article:
    """A Markdown text with the title and the date of the YAML block at its beginning, as they are written there.

    The block becomes spaces, its line ends stay: tags and links are not read for facts, and every place in the text is
    still the place in the file.
    """
    front = _FRONT.match(text)
    if not front or ":" not in front["body"]:
        return Article(text)
    found = {key["key"].lower(): _plain(key["value"].strip()) for key in reversed(list(_KEY.finditer(front["body"])))}
    blank = _SEEN.sub(" ", front[0])
    return Article(blank + text[front.end() :], found.get("title"), found.get("date"))


def _plain(value: str) -> str | None:
    """The string that a value of YAML stands for; None for an empty one and for lists, blocks and the like."""
    quoted = _QUOTED.fullmatch(value)
    if quoted:
        single = quoted["single"]
        return (_unescaped(quoted["double"]) if single is None else single.replace("''", "'")).strip() or None
    if value.startswith(_STRUCTURE):
        return None
    return _COMMENT.split(value)[0].strip() or None


def _unescaped(value: str) -> str:
    try:
        return mend_surrogates(json.loads(f'"{value}"'))  # YAML has JSON's escapes, and some that nobody writes
    except ValueError:
        return value
