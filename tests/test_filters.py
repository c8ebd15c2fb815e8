"""Filters, on a record that has one of everything."""

from datetime import date

import pytest

from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.records import Entity, Evidence, Mention, Modality, Record, Triple


def entity(name: str, type_: str) -> Entity:
    return Entity(name, type_, name, name, True, {}, (Mention(0, 1, name),))  # type: ignore[arg-type]


def triple(
    subject: str, relation: str, object_: str, modality: Modality = "asserted", inferred: bool = False
) -> Triple:
    evidence = (Evidence(0, 1, "文", f"{relation}/1", modality),)
    return Triple(subject, relation, object_, relation, relation, modality, "", {}, inferred, evidence)


RECORD = Record(
    "r",
    None,
    None,
    None,
    (entity("仁寶", "company"), entity("和碩", "company"), entity("童子賢", "person"), entity("越南", "place")),
    (
        triple("仁寶", "acquires", "和碩", "denied"),
        triple("童子賢", "chair_of", "和碩"),
        triple("仁寶", "builds_in", "越南", "planned", inferred=True),
    ),
)


@pytest.mark.parametrize(
    ("wanted", "relations", "entities"),
    [
        (Filter(), "acquires chair_of builds_in", "仁寶 和碩 童子賢 越南"),
        (Filter(relations=["acquires", "builds_in"]), "acquires builds_in", "仁寶 和碩 童子賢 越南"),
        (Filter(relations=["no_such"]), "", "仁寶 和碩 童子賢 越南"),
        (Filter(modalities=["asserted", "planned"]), "chair_of builds_in", "仁寶 和碩 童子賢 越南"),
        (Filter(inferred=False), "acquires chair_of", "仁寶 和碩 童子賢 越南"),
        (Filter(types=["person"]), "chair_of", "和碩 童子賢"),
        (Filter(types=["place", "person"]), "chair_of builds_in", "仁寶 和碩 童子賢 越南"),
        (Filter(types=["policy"]), "", ""),
        (Filter(types=["place"], inferred=False), "", "越南"),
        (Filter(relations=["acquires"], modalities=["asserted"]), "", "仁寶 和碩 童子賢 越南"),
        (Filter(types=["person"], entities_only=True), "", "童子賢"),
        (Filter(relations=["acquires"], entities_only=True), "", "仁寶 和碩 童子賢 越南"),
        (Filter(entities=["和碩"]), "acquires chair_of", "仁寶 和碩 童子賢 越南"),
        (Filter(entities=["和硕"], relations=["acquires"]), "acquires", "仁寶 和碩 童子賢 越南"),
        (Filter(entities=["越南", "童子賢"]), "chair_of builds_in", "仁寶 和碩 童子賢 越南"),
        (Filter(entities=["越"]), "", "仁寶 和碩 童子賢 越南"),
        (Filter(entities=["和碩"], types=["person"]), "chair_of", "和碩 童子賢"),
        (Filter(entities=["和碩"], types=["company"], entities_only=True), "", "和碩"),
    ],
)
def test_apply(wanted: Filter, relations: str, entities: str) -> None:
    kept = wanted.apply(RECORD)
    assert [t.relation for t in kept.triples] == relations.split()
    assert [e.name for e in kept.entities] == entities.split()
    assert len([kept.line(t) for t in kept.triples]) == len(kept.triples)  # both ends are still there


@pytest.mark.parametrize(
    ("given", "since", "until", "expected"),
    [
        (None, None, None, True),
        (None, date(2025, 1, 1), None, False),
        ("昨天", None, date(2025, 1, 1), False),
        ("2025-11-06", date(2025, 11, 6), date(2025, 11, 6), True),
        ("2025/11/06 23:59", date(2025, 11, 7), None, False),
        ("2025-11-06", None, date(2025, 11, 5), False),
    ],
)
def test_in_time(given: str | None, since: date | None, until: date | None, expected: bool) -> None:
    assert Filter(since=since, until=until).in_time(given) is expected


def test_a_dropped_entity_is_gone() -> None:
    RECORD.entity("越南")
    with pytest.raises(KeyError):
        Filter(types=["person"]).apply(RECORD).entity("越南")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("types", "compny", "unknown type 'compny': did you mean company?"),
        ("modalities", "rumored", "unknown modality 'rumored': did you mean rumoured?"),
        ("types", "zzz", "unknown type 'zzz': choose from company, person, policy, organization, place"),
    ],
)
def test_unknown_choices(field: str, value: str, message: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        Filter(**{field: [value]})  # type: ignore[arg-type]
    assert str(caught.value) == message
