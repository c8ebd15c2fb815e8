"""Records for a network: read from articles, or from what an earlier run wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
from networks import EXAMPLES, record, triple

from extractor import Extractor, Record
from extractor.errors import ExtractorError, InputError
from extractor.graph.sources import read_records, record_from_dict, symmetric
from extractor.inputs import Failure
from extractor.outcomes import Outcome
from extractor.records import Document
from extractor.store import Store
from extractor.writers.jsonlines import to_json


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> list[Record]:
    """The records of the examples."""
    return [item for item in read_records(str(EXAMPLES), extractor) if isinstance(item, Record)]


def test_articles_are_read(read):
    assert [made.id for made in read] == ["README", "chip-week", "smart-factory"]
    assert any(triple.relation == "mou" for made in read for triple in made.triples)


@pytest.mark.parametrize("name", ["records.jsonl", "records.JSONL", "records.json", "array.json", "records.txt"])
def test_what_was_written_is_read_back_the_same(read, extractor, tmp_path, name):
    lines = [to_json(made.to_dict()) for made in read]
    text = "[\n" + ",\n".join(lines) + "\n]\n" if name == "array.json" else "\n".join(["", *lines, ""])
    (tmp_path / name).write_text(text, "utf-8")
    assert list(read_records(str(tmp_path / name), extractor)) == read


def test_articles_in_json_lines_stay_articles(extractor, tmp_path):
    lines = [
        {"id": "a", "text": "鴻海與東元簽署MOU。", "entities": []},
        {"id": "b", "text": '{"entities": [], "triples": []'},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    first, second = read_records(str(tmp_path / "a.jsonl"), extractor)
    assert [t.relation for t in first.triples] == ["mou"]
    assert (second.id, second.triples) == ("b", ())


def test_a_relation_that_is_not_there_is_named_as_its_line_has_it(extractor):
    value = record("a", triple("甲", "frobs", "乙")).to_dict()
    value["triples"][0]["text"] = "甲–frobs well–乙"
    (made,) = record_from_dict(value, extractor.rules.relations).triples
    assert (made.relation, made.label_en, made.label_zh) == ("frobs", "frobs well", "frobs well")
    value["triples"][0]["text"] = "something else"
    assert record_from_dict(value, {}).triples[0].label_en == "frobs"


def wrong(**changes: Any) -> dict[str, Any]:
    """A record with one thing changed: `triples__0__modality="x"`; None takes it away."""
    value = record("a", triple("甲", "acquires", "乙")).to_dict()
    for path, change in changes.items():
        inside: Any = value
        *steps, last = path.split("__")
        for step in steps:
            inside = inside[int(step) if step.isdigit() else step]
        if change is None:
            del inside[last]
        else:
            inside[last] = change
    return value


WRONG = [
    ([], "not an object"),
    (wrong(id=None), 'no "id"'),
    (wrong(id=7), '"id" is no string'),
    (wrong(entities={}), '"entities" is no list of objects'),
    (wrong(entities=[1]), '"entities" is no list of objects'),
    (wrong(entities__0__type="compny"), "unknown type 'compny': did you mean company?"),
    (wrong(entities__0__mentions__0__start="0"), '"start" is no whole number'),
    (wrong(entities__0__mentions__0__start=True), '"start" is no whole number'),
    (wrong(entities__0__codes=[]), '"codes" is no object'),
    (wrong(entities__1__id="甲"), "an id stands there twice"),
    (wrong(triples__0__subject="丙"), "a triple's '丙' is none of the record's entities"),
    (wrong(triples__0__modality="planed"), "unknown modality 'planed': did you mean planned?"),
    (wrong(triples__0__evidence=[]), '"evidence" is empty'),
    (wrong(triples__0__evidence__0__end=None), 'no "end"'),
    (wrong(triples__0__qualifiers={"amount": 3}), '"amount" is no string'),
]


@pytest.mark.parametrize(("value", "expected"), WRONG, ids=[expected for _, expected in WRONG])
def test_what_is_no_record_is_told(value, expected, extractor, tmp_path):
    with pytest.raises(InputError) as raised:
        record_from_dict(value, extractor.rules.relations)
    assert expected in str(raised.value)
    assert "\n" not in str(raised.value)
    good = to_json(wrong())
    path = tmp_path / "records.jsonl"
    path.write_text(f"{good}\n{json.dumps(value)}\nno JSON\n{good}\n", "utf-8")
    first, second, third, fourth = read_records(str(path), extractor)
    assert isinstance(first, Record)
    assert first == fourth
    assert isinstance(second, Failure)
    assert second.message.startswith(f"{path}:2: ")
    assert expected in second.message
    assert third == Failure(str(path), f"{path}:3: not JSON: Expecting value: line 1 column 1 (char 0)")


def test_lone_surrogates_and_unknown_keys_do_no_harm(extractor):
    value = wrong(entities__0__name="甲\ud800", triples__0__qualifiers={"amount_value": 2.5, "mood": "gay"}, extra=1)
    made = record_from_dict(value, extractor.rules.relations)
    assert (made.entities[0].name, made.triples[0].qualifiers) == ("甲\ufffd", {"amount_value": 2.5})


def test_what_cannot_be_read_is_a_failure(extractor, tmp_path):
    for name in ("none.txt", "none.jsonl"):
        (failure,) = read_records(str(tmp_path / name), extractor)
        assert failure.message == f"{tmp_path / name}: no such file"
    (tmp_path / "a.json").write_text('[\n{"id": "a", "entities": [], "triples": []},\n', "utf-8")
    (failure,) = read_records(str(tmp_path / "a.json"), extractor)
    assert failure.message.startswith(f"{tmp_path / 'a.json'}: not JSON: ")


def test_a_quarrel_has_a_direction(extractor):
    relations = extractor.rules.relations
    assert relations["dispute"].symmetric
    found = symmetric(relations)
    assert "mou" in found
    assert not found & {"dispute", "acquires"}


def test_a_store_gives_its_records(read, extractor, tmp_path):
    texts = {path.stem: path.read_text("utf-8") for path in EXAMPLES.iterdir() if path.suffix in (".md", ".txt")}
    with Store(tmp_path / "a.db") as store:
        store.begin("test", "test", ["examples"])
        documents = [Document(made.id, texts[made.id], made.source) for made in read]
        store.write([Outcome(d.id, d.source, d, made) for d, made in zip(documents, read, strict=True)])
        store.finish()
    assert list(read_records(str(tmp_path / "a.db"), extractor)) == read


def test_what_is_no_store_is_told(extractor, tmp_path):
    (tmp_path / "a.db").write_text("鴻海與東元簽署MOU。", "utf-8")
    with pytest.raises(ExtractorError, match="is no store"):
        list(read_records(str(tmp_path / "a.db"), extractor))
