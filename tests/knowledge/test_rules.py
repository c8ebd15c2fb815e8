"""Relation rules: the examples that they carry, every kind of wrong table, and relations that a user adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from known_failures import KNOWN_FAILURES

from extractor import Extractor
from extractor.errors import KnowledgeError
from extractor.examples import ExampleResult, run_examples
from extractor.knowledge import builtin_folder
from extractor.knowledge.rules import RuleBook, load_rules
from extractor.text.folding import fold
from helpers import SMALL, facts, write_folder

FRAMES = builtin_folder() / "frames.toml"
BUILTIN = load_rules(FRAMES, [builtin_folder()])
HEAD = '["rents"]\nen = "rents from"\nzh = "承租"\ntypes = "company → company"\n'


def examples() -> list[Any]:
    found = []
    for relation in BUILTIN.relations.values():
        for number, example in enumerate(relation.examples):
            reason = KNOWN_FAILURES.get((relation.id, example.text))
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            found.append(pytest.param(relation.id, number, marks=marks, id=f"{relation.id}-{number + 1}"))
    return found


@pytest.fixture(scope="module")
def results(extractor: Extractor) -> dict[str, list[ExampleResult]]:
    """What became of the examples of each relation."""
    return {relation_id: run_examples(extractor, relation_id) for relation_id in extractor.rules.relations}


@pytest.mark.parametrize(("relation_id", "number"), examples())
def test_an_example_holds(results: dict[str, list[ExampleResult]], relation_id: str, number: int) -> None:
    result = results[relation_id][number]
    assert result.text == BUILTIN.relations[relation_id].examples[number].text
    assert result.ok, f"{result.where}: {result.text} must give {result.expected}, gave {result.found}"


def test_the_known_failures_are_examples() -> None:
    assert KNOWN_FAILURES.keys() <= {(r.id, e.text) for r in BUILTIN.relations.values() for e in r.examples}


def test_an_example_that_does_not_hold_is_told(tmp_path: Path) -> None:
    table = (
        HEAD
        + 'frames.transitive = ["包租"]\nexamples = ["甲辰包租乙巳。 => 乙巳-rents-甲辰", "甲辰包租乙巳。 => 甲辰-rents-乙巳"]\n'
    )
    extractor = Extractor([write_folder(tmp_path, {**SMALL, "relations/rents.toml": table})], builtin=False)
    wrong, right = run_examples(extractor, "rents")
    assert (wrong.ok, right.ok) == (False, True)
    assert wrong.found == ["甲辰鋼鐵-rents-乙巳食品"]
    assert wrong.where.startswith(f"{tmp_path / 'relations' / 'rents.toml'}:")


@pytest.mark.parametrize("relation_id", sorted(BUILTIN.relations))
def test_a_relation_has_labels_rules_and_examples_for_and_against(relation_id: str) -> None:
    relation = BUILTIN.relations[relation_id]
    assert relation.en
    assert relation.zh
    assert relation.rules or not relation.examples
    assert all(rule.literals for rule in relation.rules)
    assert not relation.examples or {bool(e.expected) for e in relation.examples} == {True, False}


def load(folder: Path, toml: str) -> RuleBook:
    return load_rules(FRAMES, [write_folder(folder, {"relations/mine.toml": toml})])


WRONG = [
    pytest.param(HEAD + 'trigger = ["包租"]\n', ["unknown key 'trigger'", "the keys are en, zh"], id="unknown key"),
    pytest.param(HEAD + "exampels = []\n", ["unknown key 'exampels'", "did you mean 'examples'?"], id="nearest key"),
    pytest.param(
        HEAD + 'frames.mutal = ["包租"]\n', ["unknown frame 'mutal'", "did you mean 'mutual'?"], id="unknown frame"
    ),
    pytest.param(
        HEAD + 'frames.mutual = "包租"\n', ["frames.mutual must be a list of words"], id="triggers as a string"
    ),
    pytest.param(
        HEAD.replace("→ company", "→ compny"), ["unknown type 'compny'", "did you mean 'company'?"], id="type"
    ),
    pytest.param(HEAD.replace("→", "to"), ["'company to company'", "company = company"], id="types without an arrow"),
    pytest.param(HEAD.replace('zh = "承租"\n', ""), ["zh is missing"], id="no label"),
    pytest.param(HEAD + 'say = ["甲.*包租乙"]\n', ["'甲.*包租乙'", "without bound", "{0,10}"], id="star"),
    pytest.param(HEAD + 'say = ["甲包+租乙"]\n', ["without bound"], id="plus"),
    pytest.param(HEAD + 'say = ["甲.{3,}包租乙"]\n', ["without bound"], id="open braces"),
    pytest.param(HEAD + 'say = ["包租乙"]\n', ["'包租乙'", "has no 甲"], id="no subject"),
    pytest.param(HEAD + 'say = ["甲(包租乙"]\n', ["'甲(包租乙'", "unterminated"], id="bad expression"),
    pytest.param(HEAD + 'say = ["甲…乙"]\n', ["'甲…乙'", "at least one word"], id="no literal"),
    pytest.param(HEAD + 'say = ["甲(?:包租)?乙"]\n', ["at least one word"], id="only an optional literal"),
    pytest.param(
        HEAD + 'examples = ["甲辰包租乙巳。"]\n', ["example '甲辰包租乙巳。' has no =>"], id="example without an arrow"
    ),
]


@pytest.mark.parametrize(("toml", "reasons"), WRONG)
def test_a_wrong_table_is_named(tmp_path: Path, toml: str, reasons: list[str]) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path, "# mine\n\n" + toml)
    (problem,) = caught.value.problems
    assert problem.startswith(f"{tmp_path / 'relations' / 'mine.toml'}:3: [rents] ")
    for reason in reasons:
        assert reason in problem
    assert "\n" not in problem


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path, '["rents"]\nen = rents\n')
    (problem,) = caught.value.problems
    assert problem.startswith(f"{tmp_path / 'relations' / 'mine.toml'}:2:6: ")


def test_every_wrong_table_is_listed(tmp_path: Path) -> None:
    tables = HEAD + 'say = ["乙"]\n' + HEAD.replace("rents", "lets", 1) + "frame = 1\n" + "top = 1\n"
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path, tables)
    assert [problem.split("] ")[0].split(": [")[1] for problem in caught.value.problems] == ["rents", "lets"]


def test_wrong_rules_keep_an_extractor_from_being_made(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"relations/mine.toml": HEAD + 'say = ["甲…乙"]\n'})
    with pytest.raises(KnowledgeError, match="mine.toml:1: .rents. "):
        Extractor([folder], builtin=False)


def test_a_user_adds_a_relation_and_words_to_a_built_in_one(tmp_path: Path) -> None:
    table = HEAD + 'frames.transitive = ["包租"]\n\n["acquires"]\nsay = ["甲…把乙歸戶"]\n'
    extractor = Extractor([write_folder(tmp_path, {**SMALL, "relations/mine.toml": table})], builtin=False)
    record = extractor.extract("甲辰包租乙巳。丙午把丁未歸戶。甲辰也收購丁未。")
    assert facts(record) == ["丙午銀行-acquires-丁未汽車", "甲辰鋼鐵-acquires-丁未汽車", "甲辰鋼鐵-rents-乙巳食品"]
    assert record.line(record.triples[0]) == "Alpha Steel–rents from–Beta Foods"
    assert record.line(record.triples[0], "zh") == "甲辰鋼鐵–承租–乙巳食品"


def test_the_same_text_states_nothing_without_the_users_relation(small: Extractor) -> None:
    assert facts(small.extract("甲辰包租乙巳。丙午把丁未歸戶。")) == []


def test_a_slots_letter_can_be_meant(tmp_path: Path) -> None:
    book = load(tmp_path, HEAD + "say = ['甲\\甲級包租乙']\n")
    (rule,) = book.relations["rents"].rules
    slots = "\ue000\ue001\ue002"  # three firms in a skeleton
    assert rule.regex.fullmatch(f"{slots[0]}{fold('甲級包租')}{slots[1]}")
    assert not rule.regex.search(f"{slots[0]}{slots[2]}{fold('級包租')}{slots[1]}")


def test_the_trigger_is_the_most_telling_words_gaps_and_all(tmp_path: Path) -> None:
    book = load(tmp_path, HEAD + 'say = ["甲…(?:與|和)…乙…(?:包租|組成…團隊)", "甲…(?P<t>包租|承租)～出租的乙"]\n')
    first, second = book.relations["rents"].rules
    for rule, text, trigger in (
        (first, "A與B組成設計團隊", "組成設計團隊"),
        (second, "A包租鎮上出租的B", "包租"),
    ):
        match = rule.regex.search(fold(text).replace("a", "\ue000").replace("b", "\ue001"))
        assert match
        assert match["t"] == fold(trigger)


def test_a_gap_over_clauses_ends_at_a_name_that_is_spoken(tmp_path: Path) -> None:
    (rule,) = load(tmp_path, HEAD + 'say = ["甲…包租～乙"]\n').relations["rents"].rules
    one, carried, other = "\ue000\ue200\ue001"
    match = rule.regex.search(f"{one}{fold('包租')},{carried}{fold('再找')}{other}")
    assert match
    assert match["o"] == other


@pytest.mark.parametrize("text", ["同意包租", "將包租", "共同包租"])
def test_words_that_hold_a_with_or_to_end_no_gap(tmp_path: Path, text: str) -> None:
    (rule,) = load(tmp_path, HEAD.replace("→", "=") + 'say = ["甲‥包租"]\n').relations["rents"].rules
    assert rule.regex.search("\ue000" + fold(text))
    assert not rule.regex.search("\ue000" + fold("與同業包租"))
