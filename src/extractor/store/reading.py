"""What a store holds, as records again."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from extractor.dates import document_date
from extractor.outcomes import Outcome
from extractor.records import Document, Entity, Evidence, Mention, Record, Triple
from extractor.store.connection import Opened, explained, open_for_reading
from extractor.store.fulltext import query
from extractor.store.rows import SPAN
from extractor.store.runs import Run, all_runs
from extractor.store.selection import Selection
from extractor.text.folding import fold

_AT_ONCE = 200  # documents that are put together at a time

# Each for the documents whose keys are `:keys`, a JSON array in order. CROSS JOIN: the tables are read from left to right.
_OF_DOCUMENTS = "FROM (SELECT value AS wanted FROM json_each(:keys)) CROSS JOIN"
_OF_TRIPLES = f"BETWEEN wanted * {SPAN} AND wanted * {SPAN} + {SPAN - 1}"
_DOCUMENTS = (
    f"SELECT key, id, source, title, date {_OF_DOCUMENTS} documents ON key = wanted WHERE status = 'done' ORDER BY key"
)
_ENTITIES = (
    f"SELECT document, key, id, type, name, en, known, codes {_OF_DOCUMENTS} document_entities "
    "ON document = wanted CROSS JOIN entities ON key = entity ORDER BY document, position"
)
_MENTIONS = (
    f'SELECT document, entity, start, "end", text {_OF_DOCUMENTS} mentions ON document = wanted '
    "ORDER BY document, entity, position"
)
_TRIPLES = (
    "SELECT document, triples.key, subjects.id, relations.id, objects.id, relations.en, relations.zh, modality, "
    f"trigger, qualifiers, inferred {_OF_DOCUMENTS} triples ON triples.key {_OF_TRIPLES} "
    "CROSS JOIN entities AS subjects ON subjects.key = subject CROSS JOIN relations ON relations.key = relation "
    "CROSS JOIN entities AS objects ON objects.key = object ORDER BY triples.key"
)
_EVIDENCE = (
    f'SELECT triple, start, "end", text, rule, modality {_OF_DOCUMENTS} evidence ON triple {_OF_TRIPLES} '
    "ORDER BY triple, position"
)


class StoreReader(Opened):
    """A store that is read and never changed; a context manager.

    What it gives is of the moment in which it was opened, whatever a run writes meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_for_reading(path)
        self._connection.create_function("fold", 1, fold, deterministic=True)
        self._connection.create_function("dated", 3, _is_dated, deterministic=True)

    def records(self, wanted: Selection | None = None) -> Iterator[Record]:
        """The records, in the order of the documents: each as it was written, but for what is not wanted of it."""
        return (record for _, record in self._records(wanted or Selection()) if record)

    def outcomes(self, wanted: Selection | None = None) -> Iterator[tuple[int, Outcome]]:
        """The same with their texts, as `Store.write` takes them, each with the key of its run.

        The failures are among them where no condition is given.
        """
        wanted = wanted or Selection()
        for key, record in self._records(wanted, failures=wanted.is_all):
            with explained(self.path):
                id_, source, title, date, text, failure, error, run = self._connection.execute(
                    "SELECT id, source, title, date, text, failure, error, run FROM documents "
                    "LEFT JOIN texts ON document = key WHERE key = ?",
                    (key,),
                ).fetchone()
            document = None if text is None else Document(id_, text, source, title, date)
            yield run, Outcome(id_, source, document, record, failure, error)

    def runs(self) -> dict[int, Run]:
        """The runs by their keys."""
        with explained(self.path):
            return all_runs(self._connection)

    def relations(self) -> list[str]:
        """The relations that there are triples of, by their ids."""
        return [id_ for (id_,) in self._rows("SELECT DISTINCT id FROM relations ORDER BY id")]

    def names_like(self, name: str) -> list[str]:
        """Ids and names of entities that share two characters in a row with `name`; all that are `name`, at least."""
        key = fold(name)
        pieces = json.dumps([key, *(key[place : place + 2] for place in range(len(key) - 1))])
        return sorted(
            {
                form
                for row in self._rows(
                    "SELECT id, name, en FROM entities WHERE EXISTS (SELECT 1 FROM json_each(?) "
                    "WHERE instr(fold(name), value) OR instr(fold(en), value) OR instr(fold(entities.id), value))",
                    (pieces,),
                )
                for form in row
            }
        )

    def unindexed(self) -> int:
        """How many documents a search does not find yet: a run goes on, or was ended before it was done."""
        return int(next(self._rows("SELECT count(*) FROM unindexed"))[0])

    def undated(self) -> int:
        """How many documents have no date, or none that can be read."""
        return int(
            next(self._rows("SELECT count(*) FROM documents WHERE status = 'done' AND NOT dated(date, '', '~')"))[0]
        )

    def _records(self, wanted: Selection, failures: bool = False) -> Iterator[tuple[int, Record | None]]:
        """Each wanted record with the key of its document; with `failures` these too, without a record."""
        select, values = ("SELECT key FROM documents ORDER BY key", {}) if failures else wanted.documents()
        keys = self._rows(select, values)
        while chunk := [key for (key,) in islice(keys, _AT_ONCE)]:
            with explained(self.path):
                records = self._load(chunk, wanted.evidence)
            for key in chunk:
                record = records.get(key)
                kept = wanted.apply(record) if record else None
                if kept or failures:
                    yield key, kept

    def _load(self, keys: list[int], evidence: str | None) -> dict[int, Record]:
        """The records of documents; with `evidence` only the triples that have these words in theirs."""
        documents = self._wanted(_DOCUMENTS, keys)
        mentions: dict[tuple[int, int], list[Mention]] = defaultdict(list)
        for document, entity, *mention in self._wanted(_MENTIONS, keys):
            mentions[document, entity].append(Mention(*mention))
        entities: dict[int, list[Entity]] = defaultdict(list)
        for document, key, id_, type_, name, en, known, codes in self._wanted(_ENTITIES, keys):
            found = tuple(mentions.get((document, key), ()))
            entities[document].append(Entity(id_, type_, name, en, bool(known), json.loads(codes), found))
        pieces: dict[int, list[Evidence]] = defaultdict(list)
        for triple, *piece in self._wanted(_EVIDENCE, keys):
            pieces[triple].append(Evidence(*piece))
        asked = None if evidence is None else self._stated_with(evidence, keys)
        triples: dict[int, list[Triple]] = defaultdict(list)
        for document, key, *words, qualifiers, inferred in self._wanted(_TRIPLES, keys):
            if asked is None or key in asked:
                words += (json.loads(qualifiers), bool(inferred), tuple(pieces.get(key, ())))
                triples[document].append(Triple(*words))
        return {
            key: Record(id_, source, title, date, tuple(entities.get(key, ())), tuple(triples.get(key, ())))
            for key, id_, source, title, date in documents
        }

    def _wanted(self, select: str, keys: list[int]) -> sqlite3.Cursor:
        return self._connection.execute(select, {"keys": json.dumps(keys)})

    def _stated_with(self, words: str, keys: list[int]) -> set[int]:
        found = self._connection.execute(
            "SELECT rowid FROM triples_fts WHERE triples_fts MATCH ? AND rowid BETWEEN ? AND ?",
            (query(words), keys[0] * SPAN, keys[-1] * SPAN + SPAN - 1),
        )
        return {key for (key,) in found}

    def _rows(self, select: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        with explained(self.path):
            yield from self._connection.execute(select, values)


def _is_dated(given: str | None, since: str, until: str) -> bool:
    day = document_date(given, "")
    return day is not None and since <= day.isoformat() <= until
