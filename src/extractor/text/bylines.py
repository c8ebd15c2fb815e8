"""Bylines: who wrote an article and where, which is nothing that the article says."""

from __future__ import annotations

from extractor.text.expressions import Expression

_REPORTED = ("报导", "报道")  # every byline ends in one
_BYLINE = Expression(
    r"[〔【\[(](?:[^〕】\])\n]{0,12})(?:记者|编译|特派员|中心|特约)[^〕】\])\n]{0,30}(?:报导|报道)[〕】\])]"
    r"|(?:^|(?<=\n))[^\n。,]{0,6}(?:记者|编译|特派员)[^\n。,]{0,20}/[^\n。,]{0,10}(?:报导|报道)"
)


def blank_bylines(key: str, text: str) -> tuple[str, str]:
    """The folded text `key` and its `text` with spaces in the place of bylines; as many code points."""
    if any(word in key for word in _REPORTED):
        for byline in _BYLINE.finditer(key):
            start, end = byline.span()
            blank = " " * (end - start)
            key, text = key[:start] + blank + key[end:], text[:start] + blank + text[end:]
    return key, text
