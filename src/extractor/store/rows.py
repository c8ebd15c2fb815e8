"""The rows of one document: a record taken apart, with the keys of what documents share."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from extractor.records import Entity, Record

SPAN = 1 << 24  # a document's triples have the keys from document * SPAN on

_HELD = 20_000  # entities whose keys are remembered; more would make memory grow with the number of documents

_encode = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make one for each call


class Keys:
    """The keys of entities and relations: those in the store, or the next free ones, in the order in which they are asked for.

    Good for as long as nobody else writes: `forget` after another process did, or after a transaction was undone.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._entities: dict[tuple[object, ...], int] = {}
        self._relations: dict[tuple[str, str, str], int] = {}

    def forget(self) -> None:
        self._entities.clear()
        self._relations.clear()

    def entity(self, entity: Entity) -> int:
        same = (entity.id, entity.type, entity.name, entity.en, entity.known)
        form = (*same, *entity.codes.items())
        key = self._entities.get(form)
        if key is None:
            if len(self._entities) >= _HELD:
                self._entities.clear()
            row = (*same, to_json(entity.codes))
            key = self._entities[form] = self._find("entities", ("id", "type", "name", "en", "known", "codes"), row)
        return key

    def relation(self, id_: str, en: str, zh: str) -> int:
        form = (id_, en, zh)
        key = self._relations.get(form)
        if key is None:
            key = self._relations[form] = self._find("relations", ("id", "en", "zh"), form)
        return key

    def _find(self, table: str, columns: tuple[str, ...], form: tuple[str | int, ...]) -> int:
        same = " AND ".join(f"{column} = ?" for column in columns)
        found = self._connection.execute(f"SELECT key FROM {table} WHERE {same}", form).fetchone()
        if found:
            return int(found[0])
        key = next_key(self._connection, table)
        self._connection.execute(f"INSERT INTO {table} VALUES (?{', ?' * len(columns)})", (key, *form))
        return key


def next_key(connection: sqlite3.Connection, table: str) -> int:
    """The key behind the last one of a table."""
    (last,) = connection.execute(f"SELECT max(key) FROM {table}").fetchone()
    return (last or 0) + 1


def insert_record(connection: sqlite3.Connection, document: int, record: Record, keys: Keys) -> None:
    """Puts the entities and the triples of a record under the key of its document."""
    entities = {entity.id: keys.entity(entity) for entity in record.entities}
    connection.executemany(
        "INSERT INTO document_entities VALUES (?, ?, ?)",
        [(document, key, position) for position, key in enumerate(entities.values())],
    )
    connection.executemany(
        "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?)",
        [
            (document, entities[entity.id], position, mention.start, mention.end, mention.text)
            for entity in record.entities
            for position, mention in enumerate(entity.mentions)
        ],
    )
    first = document * SPAN
    connection.executemany(
        "INSERT INTO triples VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(key, document, entities[triple.subject]),
                *(keys.relation(triple.relation, triple.label_en, triple.label_zh), entities[triple.object]),
                *(triple.modality, int(triple.inferred), triple.trigger, to_json(triple.qualifiers)),
            )
            for key, triple in enumerate(record.triples, first)
        ],
    )
    connection.executemany(
        "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (key, position, piece.start, piece.end, piece.text, piece.rule, piece.modality)
            for key, triple in enumerate(record.triples, first)
            for position, piece in enumerate(triple.evidence)
        ],
    )


def delete_record(connection: sqlite3.Connection, document: int) -> None:
    """Removes what a document gave; its own row stays. What nothing points to any more is for the end of the run."""
    triples = (document * SPAN, document * SPAN + SPAN - 1)
    connection.execute("DELETE FROM evidence WHERE triple BETWEEN ? AND ?", triples)
    connection.execute("DELETE FROM triples WHERE key BETWEEN ? AND ?", triples)
    for table in ("mentions", "document_entities", "texts", "unindexed"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def to_json(value: Mapping[str, object]) -> str:
    """A small mapping as JSON, in its own order."""
    return _encode(value) if value else "{}"
