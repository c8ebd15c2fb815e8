"""Patterns: the language of rules, as regular expressions over skeletons.

A pattern is an ordinary regular expression with 甲 and 乙 as slots, 動 for the trigger words of a frame, … for a gap inside
a clause that crosses no company, person or organization, ‥ for one that crosses no 與, 向 or the like either, ～ for a gap
inside a sentence that crosses anything; all are at most 40 characters, and unbounded repeats are refused, so that no text
makes a rule's work explode. `\\甲` is the letter.
"""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]

from extractor.errors import ExtractorError
from extractor.knowledge.needs import Need, needs
from extractor.skeleton import CLAUSE_MARKS, NAMES, slot_class
from extractor.text.folding import fold

GAP = f"[^{NAMES}{CLAUSE_MARKS}]{{0,40}}?"
# Words that hold a 與, 向 or the like, and are none.
_WHOLE = (
    "共同|一同|陪同|会同|相同|同意|同时|同步|同样|同年|同日|同月|合同|对外|对此|针对|向外|由于|自由|和平|参与|给予|方向"
)
BARE_GAP = f"(?:{_WHOLE}|[^与和跟同向对给把被由{NAMES}{CLAUSE_MARKS}]){{0,40}}?"
_KINDS_OF_FIRM = "车厂|厂商|业者|大厂|品牌|客户|同业|商社|新创|龙头|药厂|车企"
WIDE_GAP = "[^。!?\n]{0,40}?"
_GAPS = {GAP, BARE_GAP, WIDE_GAP}
_MOST_NEEDS = 3  # of a pattern: the most telling ones; further ones hardly ever keep it from being tried


class PatternError(ExtractorError):
    """A pattern that cannot be taken; without its place."""


def compile_pattern(
    pattern: str, trigger: str | None, subjects: frozenset[str], objects: frozenset[str], agents: bool
) -> tuple[str, tuple[Need, ...]]:
    """The regular expression of a pattern, its slots the groups s and o, its trigger the group t; and what it needs.

    trigger: the words of 動 as an expression. subjects, objects: the types that the slots take; agents: whether a person
    may stand for a firm. Raises PatternError.
    """
    text = fold(pattern).replace("(?p<t>", "(?P<t>")  # a pattern may name its trigger itself
    if re.search(r"(?<!\\)[*+]|\{\d*,\}", text.replace("…", "").replace("~", "")):
        raise PatternError(f"pattern {pattern!r} repeats without bound; write {{0,10}} instead of * or +")
    pieces = re.split(r"(\\[甲乙动…‥~]|甲|乙|动|…|‥|~)", text)
    ends = {spoken: _classes((subjects, objects), agents, spoken) for spoken in (False, True)}
    expanded = []
    named = None if trigger or "(?P<t>" in text else _trigger_pieces(pieces)
    for place, piece in enumerate(pieces):
        if named and place == named[0]:
            expanded.append("(?P<t>")
        if piece.startswith("\\") and len(piece) == 2:
            expanded.append(re.escape(piece[1]))
        elif piece == "动" and trigger:
            expanded.append(trigger)
        else:
            # Behind a gap that crosses clauses stands a name, no unspoken subject.
            left, right = ends[place > 0 and "~" in pieces[place - 2 : place]]
            known = {
                # A slot with a list comma behind it is the front of a list that goes on with words that are no names.
                "甲": f"(?P<s>{left})(?!、)",
                "乙": f"(?P<o>{right})",
                "…": GAP,
                "‥": BARE_GAP,
                "~": WIDE_GAP,
            }
            expanded.append(known.get(piece, piece))
        if named and place == named[1]:
            expanded.append(")")
    source = "".join(expanded)
    try:
        parsed = _parser.parse(source)
    except re.error as error:
        raise PatternError(f"pattern {pattern!r}: {error.msg} (at character {error.pos})") from None
    if "(?P<s>" not in source:
        raise PatternError(f"pattern {pattern!r} has no 甲")
    needed = needs(parsed)
    if not needed:
        raise PatternError(f"pattern {pattern!r} needs at least one word that always stands in it")
    return source, tuple(needed[:_MOST_NEEDS])


def _trigger_pieces(pieces: list[str]) -> tuple[int, int] | None:
    """The first and the last piece of what is the trigger of a pattern without 動: its most telling words, the later ones
    among equals. Pieces that a bracket ties together are one."""
    best, place, first, depth = (0, 0), None, 0, 0
    for number, piece in enumerate(pieces):
        if not depth:
            first = number
        depth += len(re.findall(r"(?<!\\)\(", piece)) - len(re.findall(r"(?<!\\)\)", piece))
        words = "".join({"…": GAP, "‥": BARE_GAP, "~": WIDE_GAP}.get(p, p) for p in pieces[first : number + 1])
        if depth or not words or words[0] in "?{" or {"甲", "乙"} & set(pieces[first : number + 1]) or words in _GAPS:
            continue
        needed = needs(_parser.parse(words))
        if needed and (telling := (min(map(len, needed[0].words)), number)) > best:
            best, place = telling, (first, number)
    return place


def _classes(types_of_ends: tuple[frozenset[str], frozenset[str]], agents: bool, spoken: bool) -> tuple[str, str]:
    """The character classes of the slots, or of the spoken ones alone; where people act for firms, a person fits wherever
    a firm does."""
    sides = []
    for types in types_of_ends:
        wide = types | {"person"} if agents and types & {"company", "organization"} else types
        classes = "".join(slot_class(t, carried=not spoken) for t in sorted(wide - {"place"}))
        place = slot_class("place", carried=not spoken)
        # A country right before a Latin name that is no slot (日本Eisai), or before 業者, is where that one is from.
        country = f"[{place}](?![a-z]|{_KINDS_OF_FIRM})"
        sides.append(f"(?:[{classes}]|{country})" if "place" in wide and classes else f"[{classes or place}]")
    return sides[0], sides[1]
