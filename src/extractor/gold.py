"""Gold: articles with the entities and the triples that people read in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractor.choices import nearest, require
from extractor.errors import ExtractorError
from extractor.inputs import Failure, read_documents
from extractor.records import ENTITY_TYPES, MODALITIES, Document

ENDING = ".gold.json"
LEVELS = ("must", "should", "may")


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity and all the forms in which the text has it; `key` is its name inside the file."""

    key: str
    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldTriple:
    """A fact; its ends are keys. `level`: must, should, may (counts neither for nor against), or None."""

    head: str
    relation: str
    tail: str
    modality: str
    level: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A document with what it says. `optional`: names of entities that count neither for nor against."""

    document: Document
    entities: tuple[GoldEntity, ...]
    triples: tuple[GoldTriple, ...]
    optional: frozenset[str]


def read_gold(
    folder: Path,
    relations: Collection[str],
    encoding: str | None = None,
    notice: Callable[[str], None] = lambda line: None,
) -> list[Gold]:
    """The gold of a folder, ``NN.txt`` beside ``NN.gold.json``, sorted by name; texts are read in `encoding`.

    `notice` gets one line for each guess of an encoding, and one for the texts that have no gold. Raises
    ExtractorError, one line for each mistake in any of the files.
    """
    if not folder.is_dir():
        found = "is no folder; give the folder that holds it" if folder.exists() else "no such folder"
        raise ExtractorError(f"{folder}: {found}")
    names = sorted(path.name.removesuffix(ENDING) for path in folder.glob(f"*{ENDING}"))
    if not names:
        raise ExtractorError(f"{folder}: no gold; a text NN.txt has its gold beside it in NN{ENDING}")
    bare = sorted(path.name for path in folder.glob("*.txt") if path.stem not in names)
    if bare:
        notice(f"{folder}: left out, because there is no gold beside: {', '.join(bare)}")
    gold, problems = [], []
    for name in names:
        path = folder / f"{name}{ENDING}"
        try:
            document = _document(folder / f"{name}.txt", path, encoding, notice)
            gold.append(_gold(_load(path), document, path, relations))
        except ExtractorError as error:
            problems.append(str(error))
    if problems:
        raise ExtractorError("\n".join(problems))
    return gold


def _document(text: Path, path: Path, encoding: str | None, notice: Callable[[str], None]) -> Document:
    if not text.is_file():
        raise ExtractorError(f"{path}: no {text.name} beside it; add the text")
    document = next(read_documents([text], encoding, notice))
    if isinstance(document, Failure):
        raise ExtractorError(document.message)
    return document


def _load(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ExtractorError(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from None
    except UnicodeDecodeError as error:
        raise ExtractorError(f"{path}: not UTF-8: byte {error.start}; save it as UTF-8") from None
    except (ValueError, RecursionError):
        raise ExtractorError(f"{path}: not JSON that can be read: a number too long or lists too deep") from None
    except OSError as error:
        raise ExtractorError(f"{path}: cannot be read: {error.strerror or error}") from None
    if not isinstance(value, dict):
        raise ExtractorError(f'{path}: not an object: it is {{"entities": […], "triples": […]}}')
    return value


def _gold(value: dict[str, Any], document: Document, path: Path, relations: Collection[str]) -> Gold:
    problems: list[str] = []

    def collect(what: str, read: Callable[[dict[str, Any]], Any], name: str | None = None) -> Iterator[Any]:
        """What `read` makes of each item of a list; the places where it cannot are noted."""
        items = value.get(name or what, [] if name else None)
        if not isinstance(items, list):
            problems.append(f'{path}: "{what}" is no list')
            return
        for number, item in enumerate(items, 1):
            try:
                if not isinstance(item, dict):
                    raise ExtractorError("not an object")
                yield read(item)
            except ExtractorError as error:
                problems.append(f"{path}: {what} {number}: {error}")

    entities = tuple(collect("entities", _entity))
    keys = Counter(entity.key for entity in entities)
    problems += [
        f"{path}: entities: key {key!r} stands {n} times; give each its own" for key, n in keys.items() if n > 1
    ]
    triples = tuple(collect("triples", lambda item: _triple(item, keys, relations)))
    optional = frozenset(n for names in collect("optional_entities", _names, "optional_entities") for n in names)
    if problems:
        raise ExtractorError("\n".join(problems))
    # The article's own date, where the gold tells it, helps to read 昨日.
    date = value.get("date")
    return Gold(replace(document, date=date if isinstance(date, str) else None), entities, triples, optional)


def _entity(item: dict[str, Any]) -> GoldEntity:
    return GoldEntity(_string(item, "key"), require(_string(item, "type"), ENTITY_TYPES, "type"), _names(item))


def _names(item: dict[str, Any]) -> tuple[str, ...]:
    names = item.get("names")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
        raise ExtractorError('"names" is no list of names')
    return tuple(names)


def _triple(item: dict[str, Any], keys: Collection[str], relations: Collection[str]) -> GoldTriple:
    ends = []
    for end in ("head", "tail"):
        ends.append(key := _string(item, end))
        if key not in keys:
            near = nearest(key, keys, 1)
            raise ExtractorError(
                f"{end}: no entity has the key {key!r}" + (f"; did you mean {near[0]}?" if near else "")
            )
    level = item.get("level")
    if level is not None:
        require(level, LEVELS, "level")
    relation = require(_string(item, "relation"), relations, "relation")
    modality = require(_string(item, "modality"), MODALITIES, "modality")
    evidence = item.get("evidence")
    return GoldTriple(ends[0], relation, ends[1], modality, level, evidence if isinstance(evidence, str) else "")


def _string(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value:
        raise ExtractorError(f'"{key}" is no text' if key in item else f'no "{key}"')
    return value
