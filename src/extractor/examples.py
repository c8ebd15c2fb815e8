"""Examples: the sentences that rules carry, run, and the rules that none of them reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from extractor.knowledge.rules import Relation, Rule
from extractor.pipeline import Extractor
from extractor.why import ids_of_name


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How an example of a relation came out: the lines it must give and those it gave, ``鴻海-mou-東元``."""

    relation: str
    where: str
    ok: bool
    text: str
    expected: list[str]
    found: list[str]


def run_examples(extractor: Extractor, relation_id: str | None = None) -> list[ExampleResult]:
    """Run the examples that rules carry: all, or those of one relation."""
    relations = extractor.rules.relations
    chosen = [relations[relation_id]] if relation_id else list(relations.values())
    return [_run(extractor, relation, example) for relation in chosen for example in _all(relation)]


def _all(relation: Relation) -> Iterator[tuple[str, list[str], str]]:
    for example in relation.examples:
        yield example.text, list(example.expected), example.where


def _run(extractor: Extractor, relation: Relation, example: tuple[str, list[str], str]) -> ExampleResult:
    text, expected, where = example
    record = extractor.extract(text)
    ids = _ids_of(extractor, text)
    wanted, readable = set(), []
    for line in expected:
        triple, _, mark = line.partition(" [")
        subject, _, object_ = triple.partition(f"-{relation.id}-")
        ends = (ids(subject), ids(object_))
        ends = (min(ends), max(ends)) if relation.symmetric else ends
        wanted.add((*ends, mark.rstrip("]") or "asserted"))
        readable.append(line)
    found, lines = set(), []
    for triple_ in record.triples:
        if triple_.relation == relation.id:
            ends = (triple_.subject, triple_.object)
            ends = (min(ends), max(ends)) if relation.symmetric else ends
            found.add((*ends, triple_.modality))
            names = [record.entity(i).name for i in (triple_.subject, triple_.object)]
            mark = "" if triple_.modality == "asserted" else f" [{triple_.modality}]"
            lines.append(f"{names[0]}-{relation.id}-{names[1]}{mark}")
    return ExampleResult(relation.id, where, wanted == found, text, readable, lines)


def _ids_of(extractor: Extractor, text: str) -> Callable[[str], str]:
    """A function from a name of a text, as an example writes it, to the id it is linked to."""
    linked = [reading.linked for reading in extractor.readings(text)]

    def ids(name: str) -> str:
        found = sorted(set().union(*(ids_of_name(part, text, name) for part in linked)))
        return found[0] if found else f"?{name}"

    return ids


def unfired(extractor: Extractor, texts: Iterable[str], relation_id: str | None = None) -> list[Rule]:
    """The rules, of all relations or of one, that read nothing in any example nor in any of `texts`."""
    relations = extractor.rules.relations
    chosen = [relations[relation_id]] if relation_id else list(relations.values())
    examples = (example.text for relation in relations.values() for example in relation.examples)
    fired = {
        statement.rule.id
        for text in chain(examples, texts)
        for reading in extractor.readings(text)
        for statement, *_ in reading.statements
    }
    return [rule for relation in chosen for rule in relation.rules if rule.id not in fired]
