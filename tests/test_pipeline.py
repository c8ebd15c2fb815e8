"""Whole texts: what they state, that nothing depends on what was read before, and what jieba is there for."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor
from extractor.records import Document, Record
from helpers import SMALL, facts, write_folder

CASES = Path(__file__).parent / "cases"


def cases() -> list[Any]:
    """One parameter a case; a case that is known to fail must fail."""
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["cases"], 1):
            marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
            found.append(pytest.param(case["text"], case["triples"], marks=marks, id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize(("text", "triples"), cases())
def test_what_a_text_states(extractor: Extractor, text: str, triples: list[str]) -> None:
    assert facts(extractor.extract(text)) == sorted(triples)


def as_json(record: Record) -> bytes:
    return json.dumps(record.to_dict(), ensure_ascii=False).encode("utf-8")


DOCUMENTS = [
    Document("one", "鴻海董事長劉揚偉昨天宣布，與三菱電機簽署備忘錄。該公司也投資東元。"),
    Document("two", "社長漆間啓表示，三菱電機擬收購東元。雙方簽署備忘錄。"),
    Document("three", "該公司表示，雙方簽署備忘錄。廣達收購緯創。"),
]


def test_the_order_of_documents_changes_nothing(extractor: Extractor) -> None:
    expected = {document.id: as_json(extractor.extract(document)) for document in DOCUMENTS}
    assert len(set(expected.values())) == len(DOCUMENTS)
    for order in permutations(DOCUMENTS):
        assert {document.id: as_json(extractor.extract(document)) for document in order} == expected


def test_another_process_prints_the_same_bytes(small: Extractor, tmp_path: Path) -> None:
    """Whatever the seed of Python's hashes, sets and their order do not show."""
    write_folder(tmp_path, SMALL)
    text = "甲辰董事長歐陽子涵表示，甲辰、乙巳與丙午簽署備忘錄，甲辰也擬收購丁未，並在南埠設廠。"
    program = (
        "import json, sys, pathlib; from extractor import Extractor;"
        "e = Extractor([pathlib.Path(sys.argv[1])], builtin=False);"
        "sys.stdout.buffer.write(json.dumps(e.extract(sys.argv[2]).to_dict(), ensure_ascii=False).encode('utf-8'))"
    )
    expected = as_json(small.extract(text))
    command = [sys.executable, "-W", "ignore", "-X", "utf8", "-c", program, str(tmp_path), text]
    environment = {"PYTHONHASHSEED": "1", "HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert done.stdout == expected


def test_a_text_and_a_document_are_read_alike(extractor: Extractor) -> None:
    document = DOCUMENTS[0]
    by_text, by_document = extractor.extract(document.text), extractor.extract(document)
    assert (by_text.entities, by_text.triples) == (by_document.entities, by_document.triples)
    assert (by_document.id, by_text.source) == ("one", None)


def test_two_scripts_state_the_same(extractor: Extractor) -> None:
    traditional = extractor.extract("鴻海董事長劉揚偉昨天宣布，與三菱電機簽署備忘錄。")
    simplified = extractor.extract("鸿海董事长刘扬伟昨天宣布，与三菱电机签署备忘录。")
    assert facts(traditional) == facts(simplified) != []
    assert [e.id for e in traditional.entities] == [e.id for e in simplified.entities]


# Names that common words make where they meet: the text and the name that is none there.
STRADDLED = [
    ("景氣成長榮景可期。", "長榮"),
    ("他和碩士生一同研究。", "和碩"),
    ("股東元氣大傷。", "東元"),
    ("價格上漲聯強調。", "聯強"),
    ("他強調友達成協議。", "友達"),
    ("他從中鋼琴演奏。", "中鋼"),
]


@pytest.mark.parametrize(("text", "name"), STRADDLED)
def test_jieba_decides_where_a_name_is_a_piece_of_two_words(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, text: str, name: str
) -> None:
    def names() -> list[str]:
        return [mention.text for entity in extractor.extract(text).entities for mention in entity.mentions]

    assert name not in names()
    # A segmentation that no word crosses: without jieba's word on it the wrong hit stays.
    monkeypatch.setattr("extractor.mentions.cut", lambda key: [(i, i + 1) for i in range(len(key))])
    assert name in names()


@pytest.mark.parametrize("name", ["長榮", "和碩", "東元", "聯強", "友達", "中鋼"])
def test_the_same_names_are_found_where_they_are_names(extractor: Extractor, name: str) -> None:
    record = extractor.extract(f"{name}今天公布財報，{name}股價上漲。")
    assert name in [mention.text for entity in record.entities for mention in entity.mentions]


def test_jiebas_own_tokenizer_is_left_alone(extractor: Extractor) -> None:
    import jieba

    before = jieba.dt.initialized
    assert facts(extractor.extract("他和碩士生一同研究。廣達收購緯創。")) == ["廣達-acquires-緯創"]
    assert jieba.dt.initialized is before is False
    assert jieba.dt.tmp_dir is None
    assert not jieba.dt.user_word_tag_tab
