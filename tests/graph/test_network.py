"""The network that records make: one node a thing, one tie a fact, the last word over all documents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from networks import SYMMETRIC, entity, record, records, triple

from extractor.graph import Network
from extractor.records import Record

# the articles as (day, modality) in their order, and the last word
LAST_WORDS = [
    ([(None, "rumoured"), (None, "planned")], "planned"),
    ([(None, "asserted"), (None, "rumoured")], "asserted"),
    ([(None, "denied"), (None, "asserted")], "denied"),
    ([(None, "ended"), (None, "denied")], "denied"),
    ([(None, "denied"), (None, "ended")], "ended"),
    ([("2025-11-06", "denied"), ("2025-11-20", "asserted")], "asserted"),
    ([("2025-11-20", "asserted"), ("2025-11-06", "denied")], "asserted"),
    ([("2025-11-06", "asserted"), ("2025-11-06", "denied")], "denied"),
    ([("2025-11-06", "asserted"), ("2025-11-20", "ended")], "ended"),
    ([("2025-11-06", "asserted"), ("2025-11-20", "rumoured")], "asserted"),
    ([("2025/11/20", "asserted"), ("2025-11-06T08:00:00", "ended")], "asserted"),
    ([(None, "ended"), ("2025-11-06", "asserted")], "asserted"),
    ([("someday", "ended"), ("2025-11-06", "asserted")], "asserted"),
]


@pytest.mark.parametrize(("told", "expected"), LAST_WORDS)
def test_the_last_word_over_documents(told, expected):
    made = [record(f"a{n}", triple("甲", "acquires", "乙", word), date=day) for n, (day, word) in enumerate(told)]
    (tie,) = Network.of(made).ties
    assert (tie.modality, tie.weight, len(tie.evidence)) == (expected, len(told), len(told))
    assert [proof.modality for proof in tie.evidence] == [word for _, word in told]


def test_qualifiers_go_with_the_last_word_and_stay_with_their_evidence():
    planned = record("a", triple("甲", "acquires", "乙", "planned", {"amount": "1億元"}))
    asserted = record("b", triple("甲", "acquires", "乙", qualifiers={"amount": "2億元"}))
    (tie,) = Network.of([asserted, planned]).ties
    assert tie.qualifiers == {"amount": "2億元"}
    assert [proof.qualifiers["amount"] for proof in tie.evidence] == ["2億元", "1億元"]


def test_only_what_every_document_infers_is_inferred():
    guessed, plain = (triple("甲", "acquires", "乙", inferred=inferred) for inferred in (True, False))
    assert Network.of([record("a", guessed)]).ties[0].inferred
    assert not Network.of([record("a", guessed), record("b", plain)]).ties[0].inferred


def test_a_symmetric_fact_is_one_tie_in_either_direction():
    made = [
        record("a", triple("甲", "mou", "乙"), triple("甲", "acquires", "乙")),
        record("b", triple("乙", "mou", "甲"), triple("乙", "acquires", "甲")),
    ]
    network = Network.of(made, SYMMETRIC)
    assert [(tie.key, tie.symmetric, tie.weight) for tie in network.ties] == [
        (("甲", "mou", "乙"), True, 2),
        (("甲", "acquires", "乙"), False, 1),
        (("乙", "acquires", "甲"), False, 1),
    ]
    assert network.degrees == {"甲": 3, "乙": 3}


def test_a_second_article_of_an_id_is_another_article():
    network = Network.of([record("a", triple("甲", "acquires", "乙")) for _ in range(3)])
    assert [article.id for article in network.articles] == ["a", "a~2", "a~3"]
    assert network.ties[0].documents == ("a", "a~2", "a~3")
    assert [place.document for place in network.node("甲").mentions] == ["a", "a~2", "a~3"]


def test_an_unknown_name_is_one_node_for_each_type():
    def met(identity: str, type_: str) -> Record:
        return Record(
            identity, None, None, None, (entity("?甲", type_, known=False), entity("乙")), (triple("?甲", "mou", "乙"),)
        )

    network = Network.of([met("a", "company"), met("b", "person"), met("c", "company")])
    assert [(node.id, node.type, len(node.mentions)) for node in network.nodes] == [
        ("?甲", "company", 2),
        ("乙", "company", 3),
        ("?甲~person", "person", 1),
    ]
    assert [(tie.id, tie.weight) for tie in network.ties] == [("?甲/mou/乙", 2), ("?甲~person/mou/乙", 1)]


def test_a_cut_keeps_the_strongest_and_tells_of_it():
    made = [
        record("a", triple("甲", "acquires", "乙"), triple("乙", "acquires", "丙"), also=("戊",)),
        record("b", triple("乙", "acquires", "丙"), triple("丁", "acquires", "丙")),
    ]
    network = Network.of(made)
    assert (len(network.nodes), len(network.ties), network.note(), network.note("zh")) == (5, 3, "", "")
    assert [node.id for node in network.tied().nodes] == ["甲", "乙", "丙", "丁"]
    cut = network.tied().strongest(1)
    assert ([tie.key for tie in cut.ties], [node.id for node in cut.nodes]) == (
        [("乙", "acquires", "丙")],
        ["乙", "丙"],
    )
    assert cut.note() == "only the strongest 1 of 3 ties are shown, and 2 of 4 names"
    assert cut.note("zh") == "只顯示最強的 1 條關係（共 3 條）與 2 個名稱（共 4 個）"
    assert network.strongest(3) is network


def test_only_some_modalities_is_no_cut():
    network = Network.of([record("a", triple("甲", "acquires", "乙"), triple("乙", "acquires", "丙", "denied"))])
    only = network.only(["denied"])
    assert ([tie.subject for tie in only.ties], only.note(), network.only([]) is network) == (["乙"], "", True)


@settings(deadline=None)
@given(records())
def test_nothing_is_lost(made):
    network = Network.of(made, SYMMETRIC)
    assert len(network.articles) == len(made)
    assert sum(len(tie.evidence) for tie in network.ties) == sum(len(t.evidence) for r in made for t in r.triples)
    assert sum(len(node.mentions) for node in network.nodes) == sum(len(e.mentions) for r in made for e in r.entities)
    ids = {node.id for node in network.nodes}
    assert len(ids) == len(network.nodes) == len({(e.id, e.type) for r in made for e in r.entities})
    assert {end for tie in network.ties for end in (tie.subject, tie.object)} <= ids
    assert len({tie.id for tie in network.ties}) == len(network.ties)
    assert Network.of(made, SYMMETRIC) == network
