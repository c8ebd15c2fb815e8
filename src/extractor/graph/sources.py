"""Where the records of a network come from: articles, which are read now, or what an earlier run wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from extractor.choices import require
from extractor.errors import ExtractorError, InputError
from extractor.facts import DIRECTED_ANYWAY
from extractor.inputs import Failure, read_documents
from extractor.records import ENTITY_TYPES, MODALITIES, Entity, Evidence, Mention, Qualifiers, Record, Triple
from extractor.text.decoding import decode, mend_surrogates

if TYPE_CHECKING:
    from extractor import Extractor
    from extractor.knowledge.rules import Relation

STORE = ".db"

_Choice = TypeVar("_Choice", bound=str)


def symmetric(relations: Mapping[str, Relation]) -> frozenset[str]:
    """The ids of the relations whose ties have no direction."""
    return frozenset(i for i, relation in relations.items() if relation.symmetric) - DIRECTED_ANYWAY


def read_records(
    path: str, extractor: Extractor, encoding: str | None = None, notice: Callable[[str], None] = lambda line: None
) -> Iterator[Record | Failure]:
    """The records of `path`, in order; a Failure in the place of each that cannot be had.

    A store gives the records that it holds. A file (or stdin, `-`) that holds records, as `--format jsonl` and `json` write them, gives these; anything else is
    articles, which `extractor` reads. `notice` gets one line for each guess of an encoding.
    """
    if Path(path).suffix.lower() == STORE:
        yield from _read_store(path)
        return
    relations = extractor.rules.relations
    written = _written(path, encoding)
    if written is not None:
        yield from _read_written(written, path, relations)
        return
    for item in read_documents([path], encoding, notice):
        if isinstance(item, Failure):
            yield item
        elif _holds_records(item.text):
            yield from _read_written(item.text, item.source or item.id, relations)
        else:
            try:
                yield extractor.extract(item)
            except ExtractorError as error:
                yield Failure(item.source or item.id, f"{item.source or item.id}: {error}")


def record_from_dict(value: Any, relations: Mapping[str, Relation]) -> Record:
    """The record that `Record.to_dict` made `value` from; InputError, saying what is wrong, where it is no such thing.

    Labels of relations are those of `relations`; one that is not there is named as the line of its triple has it.
    """
    if not isinstance(value, dict):
        raise InputError('not an object: a record is {"id": …, "entities": […], "triples": […]}')
    entities = tuple(_entity(table) for table in _tables(value, "entities"))
    names = {entity.id: entity.en for entity in entities}
    if len(names) < len(entities):
        raise InputError('"entities": an id stands there twice')
    triples = tuple(_triple(table, names, relations) for table in _tables(value, "triples"))
    source, title, date = (_text(value, key, optional=True) or None for key in ("source", "title", "date"))
    return Record(_text(value, "id"), source, title, date, entities, triples)


def _read_store(path: str) -> Iterator[Record]:
    from extractor.store import StoreReader

    with StoreReader(Path(path)) as store:
        yield from store.records()


def _written(path: str, encoding: str | None) -> str | None:
    """The text of a .jsonl file of records; None for anything else, which `read_documents` has the words for."""
    file = Path(path)
    if file.suffix.lower() != ".jsonl":
        return None
    try:
        text = decode(file.read_bytes(), encoding).text
    except (OSError, ValueError, InputError):
        return None
    return text if _holds_records(text) else None


def _holds_records(text: str) -> bool:
    """Whether a text begins with a record: the first of JSON Lines, or of an array with one a line."""
    head = text.lstrip().removeprefix("[").lstrip()
    line = head.partition("\n")[0].rstrip().removesuffix("]").rstrip().removesuffix(",")
    if not line.startswith("{"):
        return False
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "entities" in value and "triples" in value


def _read_written(text: str, source: str, relations: Mapping[str, Relation]) -> Iterator[Record | Failure]:
    """The records of JSON Lines, or of an array; a wrong line is a Failure that names it."""
    if text.lstrip().startswith("["):
        try:
            values = list(enumerate(json.loads(text), 1))
        except (ValueError, RecursionError) as error:
            yield Failure(source, f"{source}: not JSON: {error}")
            return
        for number, value in values:
            try:
                yield record_from_dict(value, relations)
            except InputError as error:
                yield Failure(source, f"{source}: record {number}: {error}")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield record_from_dict(json.loads(line), relations)
        except InputError as error:
            yield Failure(source, f"{source}:{number}: {error}")
        except (ValueError, RecursionError) as error:
            yield Failure(source, f"{source}:{number}: not JSON: {error}")


def _entity(table: dict[str, Any]) -> Entity:
    mentions = tuple(
        Mention(_number(m, "start"), _number(m, "end"), _text(m, "text")) for m in _tables(table, "mentions")
    )
    codes = {key: _text(table["codes"], key) for key in _table(table, "codes")}
    type_, name = _choice(table, "type", ENTITY_TYPES), _text(table, "name")
    return Entity(_text(table, "id"), type_, name, _text(table, "en"), bool(table.get("known", True)), codes, mentions)


def _triple(table: dict[str, Any], names: Mapping[str, str], relations: Mapping[str, Relation]) -> Triple:
    subject, relation_id, object_ = (_text(table, key) for key in ("subject", "relation", "object"))
    for end in (subject, object_):
        if end not in names:
            raise InputError(f"a triple's {end!r} is none of the record's entities")
    relation = relations.get(relation_id)
    if relation is not None:
        labels = relation.en, relation.zh
    else:
        before, after = f"{names[subject]}–", f"–{names[object_]}"
        line = _text(table, "text", optional=True)
        told = line.removeprefix(before).removesuffix(after)
        labels = (told,) * 2 if f"{before}{told}{after}" == line else (relation_id,) * 2
    evidence = tuple(
        Evidence(
            *(_number(v, "start"), _number(v, "end"), _text(v, "text"), _text(v, "rule", optional=True)),
            _choice(v, "modality", MODALITIES),
        )
        for v in _tables(table, "evidence")
    )
    if not evidence:
        raise InputError('"evidence" is empty: a triple has a place that states it')
    return Triple(
        *(subject, relation_id, object_, *labels, _choice(table, "modality", MODALITIES)),
        *(_text(table, "trigger", optional=True), _qualifiers(table), bool(table.get("inferred", False)), evidence),
    )


def _qualifiers(table: dict[str, Any]) -> Qualifiers:
    given = _table(table, "qualifiers")
    kept: dict[str, Any] = {}
    for key in Qualifiers.__annotations__:
        if key not in given:
            continue
        value = given[key]
        kept[key] = value if key == "amount_value" and type(value) in (int, float) else _text(given, key)
    return cast(Qualifiers, kept)


def _tables(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items = value.get(key)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise InputError(f'"{key}" is no list of objects')
    return items


def _table(value: dict[str, Any], key: str) -> dict[str, Any]:
    table = value.get(key, {})
    if not isinstance(table, dict):
        raise InputError(f'"{key}" is no object')
    return table


def _text(value: dict[str, Any], key: str, optional: bool = False) -> str:
    text = value.get(key)
    if text is None and optional:
        return ""
    if not isinstance(text, str):
        raise InputError(f'"{key}" is no string' if key in value else f'no "{key}"')
    return mend_surrogates(text)


def _number(value: dict[str, Any], key: str) -> int:
    number = value.get(key)
    if type(number) is not int:
        raise InputError(f'"{key}" is no whole number' if key in value else f'no "{key}"')
    return number


def _choice(value: dict[str, Any], key: str, choices: tuple[_Choice, ...]) -> _Choice:
    try:
        return cast(_Choice, require(_text(value, key), choices, key))
    except ExtractorError as error:
        raise InputError(str(error)) from None
