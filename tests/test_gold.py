"""Reading gold: what it gives, and what is said of every mistake in it."""

from __future__ import annotations

import json

import pytest

from extractor.errors import ExtractorError
from extractor.gold import read_gold
from helpers import write_folder

RELATIONS = ("mou", "acquires")
TEXT = "甲辰鋼鐵與乙巳食品簽署備忘錄。"
GOLD = {
    "id": "a1",
    "date": "2025-11-06",
    "entities": [
        {"key": "e1", "type": "company", "names": ["甲辰鋼鐵"], "en": "Alpha Steel"},
        {"key": "e2", "type": "company", "names": ["乙巳食品"]},
    ],
    "triples": [
        {
            "head": "e1",
            "relation": "mou",
            "tail": "e2",
            "modality": "asserted",
            "qualifiers": {},
            "evidence": "簽署備忘錄",
        }
    ],
}


def write(folder, gold, text=TEXT, name="01"):
    content = gold if isinstance(gold, str) else json.dumps(gold, ensure_ascii=False)
    return write_folder(folder, {f"{name}.txt": text, f"{name}.gold.json": content})


def changed(part, number, **fields):
    """The gold with fields of one item replaced (None: taken out)."""
    gold = json.loads(json.dumps(GOLD))
    item = gold[part][number]
    item.update(fields)
    for field in [name for name, value in fields.items() if value is None]:
        del item[field]
    return gold


def test_gold(tmp_path):
    (gold,) = read_gold(write(tmp_path, GOLD), RELATIONS)
    assert (gold.document.text, gold.document.date) == (TEXT, "2025-11-06")
    assert [entity.key for entity in gold.entities] == ["e1", "e2"]
    assert gold.entities[1].names == ("乙巳食品",)
    (triple,) = gold.triples
    assert (triple.head, triple.relation, triple.tail, triple.modality) == ("e1", "mou", "e2", "asserted")
    assert (triple.level, triple.evidence) == (None, "簽署備忘錄")
    assert gold.optional == frozenset()


def test_levels_and_optional_names(tmp_path):
    gold = changed("triples", 0, level="may") | {"optional_entities": [{"names": ["備忘錄", "MOU"]}]}
    (read,) = read_gold(write(tmp_path, gold), RELATIONS)
    assert read.triples[0].level == "may"
    assert read.optional == {"備忘錄", "MOU"}


def test_texts_without_gold_are_told(tmp_path):
    write_folder(write(tmp_path, GOLD), {"02.txt": TEXT, "00.txt": TEXT})
    told: list[str] = []
    assert len(read_gold(tmp_path, RELATIONS, notice=told.append)) == 1
    assert told == [f"{tmp_path}: left out, because there is no gold beside: 00.txt, 02.txt"]


def test_texts_in_another_encoding(tmp_path):
    write(tmp_path, GOLD)
    (tmp_path / "01.txt").write_bytes(TEXT.encode("big5"))
    (gold,) = read_gold(tmp_path, RELATIONS, "big5")
    assert gold.document.text == TEXT


def test_a_byte_order_mark_is_harmless(tmp_path):
    assert read_gold(write(tmp_path, "\ufeff" + json.dumps(GOLD)), RELATIONS)


MISTAKES = {
    "a comma": ('{"entities": [],\n "triples": [}', "01.gold.json:2:14: not JSON: Expecting value"),
    "no object": ("[]", '01.gold.json: not an object: it is {"entities": […], "triples": […]}'),
    "no entities": ({"triples": []}, '01.gold.json: "entities" is no list'),
    "no triples": ({"entities": []}, '01.gold.json: "triples" is no list'),
    "an item": ({"entities": ["甲辰"], "triples": []}, "01.gold.json: entities 1: not an object"),
    "optional names": (
        GOLD | {"optional_entities": [{"name": "備忘錄"}]},
        '01.gold.json: optional_entities 1: "names" is no list of names',
    ),
    "a type": (
        changed("entities", 1, type="compny"),
        "01.gold.json: entities 2: unknown type 'compny': did you mean company?",
    ),
    "no key": (changed("entities", 1, key=None), '01.gold.json: entities 2: no "key"'),
    "a key that is a number": (changed("entities", 1, key=2), '01.gold.json: entities 2: "key" is no text'),
    "no names": (changed("entities", 1, names=[]), '01.gold.json: entities 2: "names" is no list of names'),
    "a doubled key": (
        changed("entities", 1, key="e1"),
        "01.gold.json: entities: key 'e1' stands 2 times; give each its own",
    ),
    "nobody's key": (
        changed("triples", 0, tail="e22"),
        "01.gold.json: triples 1: tail: no entity has the key 'e22'; did you mean e2?",
    ),
    "a relation": (
        changed("triples", 0, relation="aquires"),
        "01.gold.json: triples 1: unknown relation 'aquires': did you mean acquires?",
    ),
    "a modality": (
        changed("triples", 0, modality="rumored"),
        "01.gold.json: triples 1: unknown modality 'rumored': did you mean rumoured?",
    ),
    "no modality": (changed("triples", 0, modality=None), '01.gold.json: triples 1: no "modality"'),
    "a level": (
        changed("triples", 0, level="perhaps"),
        "01.gold.json: triples 1: unknown level 'perhaps': choose from must, should, may",
    ),
}


@pytest.mark.parametrize(("gold", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(tmp_path, gold, expected):
    with pytest.raises(ExtractorError) as error:
        read_gold(write(tmp_path, gold), RELATIONS)
    assert expected in str(error.value).splitlines()[0]
    assert str(error.value).startswith(str(tmp_path))


def test_all_mistakes_of_all_files_are_told(tmp_path):
    write(tmp_path, changed("triples", 0, relation="acquire", tail="e3"))
    write(tmp_path, "{", name="02")
    write_folder(tmp_path, {"03.gold.json": json.dumps(GOLD)})
    with pytest.raises(ExtractorError) as error:
        read_gold(tmp_path, RELATIONS)
    first, second, third = str(error.value).splitlines()
    assert "01.gold.json: triples 1: tail: no entity" in first
    assert "02.gold.json:1:2: not JSON" in second
    assert third.endswith("03.gold.json: no 03.txt beside it; add the text")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("none", "no such folder"),
        ("01.txt", "is no folder; give the folder that holds it"),
        (".", "no gold; a text NN.txt"),
    ],
)
def test_no_gold(tmp_path, name, expected):
    write_folder(tmp_path, {"01.txt": TEXT})
    with pytest.raises(ExtractorError, match=expected):
        read_gold(tmp_path / name, RELATIONS)
