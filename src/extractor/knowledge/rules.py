"""Relation rules: TOML tables, checked line by line, as relations with their patterns and examples."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from extractor.amounts import KINDS
from extractor.choices import nearest
from extractor.errors import KnowledgeError
from extractor.knowledge.cues import load_toml
from extractor.knowledge.needs import Need
from extractor.knowledge.patterns import GAP, PatternError, compile_pattern
from extractor.records import ENTITY_TYPES
from extractor.text.codes import Code, decode
from extractor.text.folding import fold

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

    `needs`: what every match holds, the most telling first; the rule is tried only where all of it stands. `code`: what
    `regex` is made of, where it was compiled before.
    """

    id: str
    pattern: str
    source: str
    needs: tuple[Need, ...]
    where: str
    agents: bool = True
    code: Code | None = field(default=None, repr=False, compare=False)

    @property
    def literals(self) -> tuple[str, ...]:
        """The most telling strings of which every match holds one."""
        return self.needs[0].words

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return decode(self.source, self.code) if self.code else re.compile(self.source)


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
                except (_RuleError, PatternError) as wrong:
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
        source, needs = compile_pattern(text, trigger, relation.subjects, relation.objects, agents)
        relation.rules.append(Rule(f"{name}/{number}", text, source, needs, where, agents))
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
