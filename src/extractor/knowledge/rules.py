"""Relation rules: TOML tables turned into regular expressions over skeletons.

A pattern is an ordinary regular expression with 甲 and 乙 as slots, 動 for the trigger words of a frame, … for a gap inside
a clause that crosses no company, person or organization, ‥ for one that crosses no 與, 向 or the like either, ～ for a gap inside a sentence that crosses anything; both are
at most 40 characters, and unbounded repeats are refused, so that no text makes a rule's work explode. `\\甲` is the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from extractor.amounts import KINDS
from extractor.choices import nearest
from extractor.errors import KnowledgeError
from extractor.knowledge.cues import load_toml
from extractor.records import ENTITY_TYPES
from extractor.skeleton import CLAUSE_MARKS, NAMES, slot_class
from extractor.text.folding import fold

GAP = f"[^{NAMES}{CLAUSE_MARKS}]{{0,40}}?"
# Words that hold a 與, 向 or the like, and are none.
_WHOLE = (
    "共同|一同|陪同|会同|相同|同意|同时|同步|同样|同年|同日|同月|合同|对外|对此|针对|向外|由于|自由|和平|参与|给予|方向"
)
BARE_GAP = f"(?:{_WHOLE}|[^与和跟同向对给把被由{NAMES}{CLAUSE_MARKS}]){{0,40}}?"
_KINDS_OF_FIRM = "车厂|厂商|业者|大厂|品牌|客户|同业|商社|新创|龙头|药厂|车企"
SLOTS = {"甲", "乙", "动", "…", "‥", "~"}
WIDE_GAP = "[^。!?\n]{0,40}?"
_GAPS = {GAP, BARE_GAP, WIDE_GAP}
KEYS = ("en", "zh", "types", "agents", "dated", "amounts", "frames", "first", "say", "not", "examples")
_TYPES = re.compile(r"\s*([a-z| ]+?)\s*([→=])\s*([a-z| ]+?)\s*")
_EXAMPLE = re.compile(r"(.*?)\s*=>\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the triples it must give: ``鴻海-mou-東元 [planned]``; none for a negative one."""

    text: str
    expected: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Rule:
    """One pattern of a relation. `id` is ``relation/number``; `where` names the file and the table.

    `literals`: strings of which every match holds one; the rule is tried only where one stands.
    """

    id: str
    pattern: str
    source: str
    literals: tuple[str, ...]
    where: str
    agents: bool = True

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.source)


@dataclass
class Relation:
    """A relation: its labels, the types of its ends, its rules in the order in which they are tried.

    `dated`: whether it happens on a day. `amounts`: the kinds of amounts that go with it, the likelier first.
    """

    id: str
    en: str
    zh: str
    types: str
    subjects: frozenset[str]
    objects: frozenset[str]
    symmetric: bool
    agents: bool
    where: str
    dated: bool = True
    amounts: tuple[str, ...] = tuple(KINDS)
    rules: list[Rule] = field(default_factory=list)
    pseudo: tuple[str, ...] = ()
    examples: list[Example] = field(default_factory=list)

    @property
    def located(self) -> bool:
        """Whether its object can be where something is done: a place, and its subject none."""
        return "place" in self.objects - self.subjects


@dataclass
class RuleBook:
    """All relations in force by id."""

    relations: dict[str, Relation]

    @cached_property
    def by_literal(self) -> dict[str, list[tuple[str, int]]]:
        """For each literal the rules that need it, as (relation id, index among its rules)."""
        index: dict[str, list[tuple[str, int]]] = {}
        for relation in self.relations.values():
            for number, rule in enumerate(relation.rules):
                for literal in rule.literals:
                    index.setdefault(literal, []).append((relation.id, number))
        return index


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a dictionary folder, in the order in which they are read."""
    return sorted((folder / "relations").glob("*.toml"))


def load_rules(frames_file: Path, folders: Iterable[Path]) -> RuleBook:
    """Read `relations/*.toml` of the folders; a later table of the same name adds its rules to the earlier one's."""
    frames = load_toml(frames_file)
    relations: dict[str, Relation] = {}
    problems: list[str] = []
    for folder in folders:
        for path in rule_files(folder):
            try:
                tables = load_toml(path)
            except KnowledgeError as error:
                problems += error.problems
                continue
            lines = _table_lines(path)
            for name, table in tables.items():
                where = f"{path}:{lines.get(name, 1)}"
                try:
                    _add(relations, name, table, frames, where)
                except _RuleError as wrong:
                    problems.append(f"{where}: [{name}] {wrong}")
    if problems:
        raise KnowledgeError(problems)
    return RuleBook(relations)


class _RuleError(Exception):
    """Why a table cannot be taken."""


def _table_lines(path: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if match := re.match(r'\s*\["?([^\]".]+)"?\s*[\].]', line):
            found.setdefault(match[1], number)
    return found


def _add(relations: dict[str, Relation], name: str, table: Any, frames: dict[str, list[str]], where: str) -> None:
    if not isinstance(table, dict):
        raise _RuleError('is no table; a relation is written ["name"] with its keys below')
    for key in table:
        if key not in KEYS:
            raise _RuleError(f"unknown key {key!r}{_near(key, KEYS)}; the keys are {', '.join(KEYS)}")
    relation = relations.get(name)
    if relation is None:
        relation = relations[name] = _new(name, table, where)
    relation.pseudo += tuple(fold(word).replace("…", GAP) for word in table.get("not", ()))
    patterns = list(table.get("first", ()))
    frame_of: dict[Any, str] = {}
    for frame, triggers in table.get("frames", {}).items():
        if frame not in frames:
            raise _RuleError(f"unknown frame {frame!r}{_near(frame, frames)}; the frames are {', '.join(frames)}")
        if not isinstance(triggers, list) or not all(isinstance(t, str) and t for t in triggers):
            raise _RuleError(f"frames.{frame} must be a list of words")
        if triggers:
            words = sorted(dict.fromkeys(map(fold, triggers)), key=lambda w: (-len(w), w))
            trigger = "(?P<t>" + "|".join(w.replace("…", GAP) for w in words) + ")"
            patterns += [(pattern, trigger) for pattern in frames[frame]]
            frame_of.update(((pattern, trigger), frame) for pattern in frames[frame])
    patterns += table.get("say", ())
    for pattern in patterns:
        text, trigger = pattern if isinstance(pattern, tuple) else (pattern, None)
        number = len(relation.rules) + 1
        # What somebody is (the supplier of …) is not said of the firm that he acts for.
        agents = relation.agents and frame_of.get(pattern) != "role"
        source, literals = _compile(text, trigger, relation, agents)
        relation.rules.append(Rule(f"{name}/{number}", text, source, literals, where, agents))
    for example in table.get("examples", ()):
        match = _EXAMPLE.fullmatch(example)
        if not match:
            raise _RuleError(f"example {example!r} has no =>")
        relation.examples.append(Example(match[1], tuple(filter(None, re.split(r"\s*;\s*", match[2]))), where))


def _new(name: str, table: dict[str, Any], where: str) -> Relation:
    for key in ("en", "zh", "types"):
        if not isinstance(table.get(key), str):
            raise _RuleError(f"{key} is missing; a new relation needs en, zh and types")
    match = _TYPES.fullmatch(table["types"])
    if not match:
        raise _RuleError(f"types {table['types']!r} should be like 'company → company' or 'company = company'")
    ends = [frozenset(t.strip() for t in side.split("|")) for side in (match[1], match[3])]
    for type_ in ends[0] | ends[1]:
        if type_ not in ENTITY_TYPES:
            raise _RuleError(
                f"unknown type {type_!r}{_near(type_, ENTITY_TYPES)}; the types are {', '.join(ENTITY_TYPES)}"
            )
    agents = bool(table.get("agents", True))
    symmetric = match[2] == "="
    amounts = table.get("amounts", list(KINDS))
    if not isinstance(amounts, list) or not set(amounts) <= set(KINDS):
        raise _RuleError(f"amounts {amounts!r} should be a list of {', '.join(KINDS)}")
    labels = (table["en"], table["zh"], table["types"])
    dated = bool(table.get("dated", True))
    return Relation(name, *labels, ends[0], ends[1], symmetric, agents, where, dated, tuple(amounts))


def _near(word: str, choices: Iterable[str]) -> str:
    near = nearest(word, choices, 1)
    return f", did you mean {near[0]!r}?" if near else ""


def _compile(pattern: str, trigger: str | None, relation: Relation, agents: bool) -> tuple[str, tuple[str, ...]]:
    """The regular expression of a pattern, its slots the groups s and o, its trigger the group t; and its literals."""
    text = fold(pattern).replace("(?p<t>", "(?P<t>")  # a pattern may name its trigger itself
    if re.search(r"(?<!\\)[*+]|\{\d*,\}", text.replace("…", "").replace("~", "")):
        raise _RuleError(f"pattern {pattern!r} repeats without bound; write {{0,10}} instead of * or +")
    pieces = re.split(r"(\\[甲乙动…‥~]|甲|乙|动|…|‥|~)", text)
    ends = {spoken: _classes(relation, agents, spoken) for spoken in (False, True)}
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
            subjects, objects = ends[place > 0 and "~" in pieces[place - 2 : place]]
            known = {
                # A slot with a list comma behind it is the front of a list that goes on with words that are no names.
                "甲": f"(?P<s>{subjects})(?!、)",
                "乙": f"(?P<o>{objects})",
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
        raise _RuleError(f"pattern {pattern!r}: {error.msg} (at character {error.pos})") from None
    if "(?P<s>" not in source:
        raise _RuleError(f"pattern {pattern!r} has no 甲")
    literals = _required(parsed)
    if not literals:
        raise _RuleError(f"pattern {pattern!r} needs at least one word that always stands in it")
    return source, tuple(sorted(literals))


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
        literals = _required(_parser.parse(words))
        if literals and (min(map(len, literals)), number) > best:
            best, place = (min(map(len, literals)), number), (first, number)
    return place


def _classes(relation: Relation, agents: bool, spoken: bool) -> tuple[str, str]:
    """The character classes of the slots, or of the spoken ones alone; where people act for firms, a person fits wherever
    a firm does."""
    sides = []
    for types in (relation.subjects, relation.objects):
        wide = types | {"person"} if agents and types & {"company", "organization"} else types
        classes = "".join(slot_class(t, carried=not spoken) for t in sorted(wide - {"place"}))
        place = slot_class("place", carried=not spoken)
        # A country right before a Latin name that is no slot (日本Eisai), or before 業者, is where that one is from.
        country = f"[{place}](?![a-z]|{_KINDS_OF_FIRM})"
        sides.append(f"(?:[{classes}]|{country})" if "place" in wide and classes else f"[{classes or place}]")
    return sides[0], sides[1]


def _required(parsed: Any) -> set[str] | None:
    """A set of literal strings of which each match of a parsed expression holds at least one; the most telling such set."""
    best: set[str] | None = None
    run = ""

    def offer(candidate: set[str] | None) -> None:
        nonlocal best
        if candidate and (best is None or _telling(candidate) > _telling(best)):
            best = candidate

    for code, argument in parsed:
        if code is sre.LITERAL and chr(argument) not in "\n":
            run += chr(argument)
            continue
        offer({run} if run else None)
        run = ""
        if code is sre.SUBPATTERN:
            offer(_required(argument[3]))
        elif code is sre.BRANCH:
            branches = [_required(branch) for branch in argument[1]]
            if all(branches):
                offer({literal for branch in branches for literal in branch or ()})
        elif code in (sre.MAX_REPEAT, sre.MIN_REPEAT) and argument[0] > 0:
            offer(_required(argument[2]))
        elif code is sre.IN and all(c is sre.LITERAL for c, _ in argument):
            offer({chr(c) for _, c in argument})
    offer({run} if run else None)
    return best


def _telling(literals: set[str]) -> tuple[int, int]:
    return min(map(len, literals)), -len(literals)
