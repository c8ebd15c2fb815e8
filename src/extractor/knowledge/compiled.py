"""Knowledge, compiled: dictionaries, rules, titles and cues, read and checked once and then opened from the cache.

The compiled files are named by a hash of all that they are made from, so that a changed line is a new compilation.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.cache import Store, open_bytes, read, settled_key, stored
from extractor.errors import KnowledgeError
from extractor.knowledge import builtin_folder
from extractor.knowledge.cues import Title, Titles, load_cues, load_titles
from extractor.knowledge.dictionary import dictionary_files, load_dictionaries, without_collector
from extractor.knowledge.lexicon import Lexicon, compile_lexicon
from extractor.knowledge.needs import Need
from extractor.knowledge.rules import Example, Relation, Rule, RuleBook, load_rules, rule_files
from extractor.text.codes import VERSION, encode, pack, unpack
from extractor.text.folding import table_key

_FILES = ("frames.toml", "titles.toml", "cues.toml", "modality.toml")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that the stages read. `warnings` tells of lines that were taken, but should be looked at."""

    lexicon: Lexicon
    rules: RuleBook
    titles: Titles
    cues: dict[str, Any]
    modality: dict[str, Any]
    warnings: list[str]


def load_knowledge(given: Sequence[Path] = (), builtin: bool = True) -> Knowledge:
    """The built-in knowledge and that of the folders `given`; without `builtin` its names stay out.

    Raises KnowledgeError with every wrong line of names and rules.
    """
    names, rules = _folders(given, builtin)
    stores: list[Store] = []
    problems: list[str] = []
    # Two stores: a changed name leaves the rules compiled. The wrong lines of both are told at once.
    for kind, key, build in (
        ("names", _names_key(names), partial(_compile_names, names)),
        ("rules", _rules_key(rules), partial(_compile_rules, rules)),
    ):
        try:
            stores.append(stored(kind, key, build))
        except KnowledgeError as error:
            problems += error.problems
    if problems:
        raise KnowledgeError(problems)
    names_store, rules_store = stores
    with without_collector():
        data = json.loads(read(rules_store, "rules.json"))
        codes = memoryview(open_bytes(rules_store, "codes")).cast("I")
        relations = {name: _relation(table, codes) for name, table in data["relations"].items()}
        titles = Titles(
            {key: Title(name, to, tuple(of), *more) for key, (name, to, of, *more) in data["titles"].items()}
        )
    warnings = json.loads(read(names_store, "warnings.json"))
    return Knowledge(Lexicon(names_store), RuleBook(relations), titles, data["cues"], data["modality"], warnings)


def knowledge_key(given: Sequence[Path] = (), builtin: bool = True) -> str:
    """A hash of what decides what a document gives: this program's version, names, rules and cues: 32 hexadecimal digits.

    Where the folders lie does not count: a copy of them on another machine has the same key.
    """
    names, rules = _folders(given, builtin)
    digest = blake2b(__version__.encode("utf-8"), digest_size=16)
    files = [(file.name, file) for file in (builtin_folder() / name for name in _FILES)]
    # Of the same folder, names and rules are told apart by their endings; a folder's place in the order counts.
    files += [(f"{i}/{file.name}", file) for i, folder in enumerate(names) for file in dictionary_files(folder)]
    files += [(f"{i}/{file.name}", file) for i, folder in enumerate(rules) for file in rule_files(folder)]
    for name, file in files:
        content = file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def _folders(given: Sequence[Path], builtin: bool) -> tuple[list[Path], list[Path]]:
    """The folders that names, and those that rules are read from."""
    return [*([builtin_folder()] if builtin else []), *given], [builtin_folder(), *given]


def _names_key(folders: list[Path]) -> str:
    """A hash of every file that the compiled names are made from, this program's own among them."""
    sources = [file for folder in folders for file in dictionary_files(folder)]
    # Which of the folders is missing is told when they are read.
    places = [(str(folder), folder.is_dir()) for folder in folders]
    return settled_key(*sources, *_modules(), folding=table_key(), folders=places)


def _rules_key(folders: list[Path]) -> str:
    """A hash of every file that the compiled rules, titles and cues are made from, this program's own among them."""
    sources = [file for folder in folders for file in rule_files(folder)]
    return settled_key(
        *sources, *(builtin_folder() / file for file in _FILES), *_modules(), folding=table_key(), codes=VERSION
    )


def _modules() -> list[Path]:
    """The modules that make what is compiled."""
    package = Path(__file__).resolve().parent
    return [
        *sorted(package.glob("*.py")),
        *(package.parent / name for name in ("skeleton.py", "amounts.py", "text/codes.py")),
    ]


def _compile_names(folders: list[Path]) -> dict[str, bytes]:
    dictionary = load_dictionaries(folders)
    with without_collector():
        return compile_lexicon(dictionary) | {"warnings.json": _json(dictionary.warnings)}


def _compile_rules(folders: list[Path]) -> dict[str, bytes]:
    folder = builtin_folder()
    book = load_rules(folder / "frames.toml", folders)
    codes = array("I")
    data = {
        "relations": {name: _table(relation, codes) for name, relation in book.relations.items()},
        "titles": {key: astuple(title) for key, title in load_titles(folder / "titles.toml").by_key.items()},
        "cues": load_cues(folder / "cues.toml"),
        "modality": load_cues(folder / "modality.toml"),
    }
    return {"rules.json": _json(data), "codes": codes.tobytes()}


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, default=sorted).encode("utf-8")


def _table(relation: Relation, codes: array[int]) -> dict[str, Any]:
    """A relation as data; the code of each rule is put behind `codes`."""
    rows = []
    for rule in relation.rules:
        code = pack(encode(rule.source), codes)
        rows.append((rule.id, rule.pattern, rule.source, rule.needs, rule.where, rule.agents, code))
    return asdict(replace(relation, rules=[])) | {"rules": rows}


def _relation(table: dict[str, Any], codes: memoryview[int]) -> Relation:
    table["subjects"], table["objects"] = frozenset(table["subjects"]), frozenset(table["objects"])
    table["pseudo"], table["amounts"] = tuple(table["pseudo"]), tuple(table["amounts"])
    table["rules"] = [_rule(codes, *row) for row in table["rules"]]
    table["examples"] = [Example(**example | {"expected": tuple(example["expected"])}) for example in table["examples"]]
    return Relation(**table)


def _rule(
    codes: memoryview[int],
    id_: str,
    pattern: str,
    source: str,
    needs: list[Any],
    where: str,
    agents: bool,
    code: list[Any],
) -> Rule:
    told = tuple(Need(tuple(words), before, behind) for words, before, behind in needs)
    return Rule(id_, pattern, source, told, where, agents, unpack(code, codes))
