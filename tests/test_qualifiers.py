"""Which date, amount and title belong to a statement."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import Extractor
from extractor.errors import KnowledgeError
from extractor.records import Document
from helpers import write_folder

WRITTEN = ("date", "amount", "title")


def qualifiers(extractor: Extractor, text: str, relation: str, date: str | None = None) -> list[dict[str, Any]]:
    record = extractor.extract(Document("a", text, date=date))
    return [dict(t.qualifiers) for t in record.triples if t.relation == relation]


# A text, the relation, and the date or the amount that goes with it ("": none).
DATES = [
    ("鴻海昨日與東元簽署MOU。", "mou", "昨日"),
    ("昨（5）日晚間，鴻海與東元簽署MOU。", "mou", "昨（5）日"),
    ("鴻海今年5月與東元簽署MOU，後年量產。", "mou", "今年5月"),
    ("2023年，鴻海與和碩合計砸下3億元，買下東元。", "acquires", "2023年"),
    ("鴻海與東元昨晚公告，雙方以換股方式結盟。", "share_swap", "昨晚"),
    ("鴻海昨表示，與東元的合作順利。", "partnership", ""),
    ("鴻海昨日宣布，將與東元簽署MOU。", "mou", ""),
    ("廣達上月買下新廠，鴻海與東元簽署MOU。", "mou", ""),
    ("鴻海將收購東元，預計明年第1季完成交割。", "acquires", "明年第1季"),
    ("鴻海與東元的合併案，已在今年2月破局。", "merger", "今年2月"),
    ("鴻海將於明年收購東元。", "acquires", "明年"),
    ("鴻海與東元簽署為期27年的供應合約。", "contract", ""),
    ("鴻海昨日指出，子公司東元營運穩健。", "subsidiary_of", ""),
]
AMOUNTS = [
    ("鴻海以3億元收購東元。", "acquires", "3億元"),
    ("鴻海將以3億元買下東元八成股權。", "acquires", "3億元"),
    ("鴻海買下東元八成股權。", "acquires", "八成"),
    ("鴻海砸下3億元，買下東元。", "acquires", "3億元"),
    ("鴻海與東元簽訂合約，金額86億元。", "contract", "86億元"),
    ("鴻海與東元簽訂合約，今年營收86億元。", "contract", ""),
    ("鴻海對東元的持股由六成提高到七成五。", "increases_stake", "七成五"),
    ("鴻海加碼東元，持股比率拉高至38%。", "increases_stake", "38%"),
    ("鴻海持有東元10%股權。", "holds_stake", "10%"),
    ("鴻海以3億元買下新廠，與東元簽署MOU。", "mou", ""),
    ("鴻海以每股120萬元收購東元。", "acquires", ""),
]


@pytest.mark.parametrize(("text", "relation", "date"), DATES, ids=[case[0] for case in DATES])
def test_dates(extractor, text, relation, date):
    found = qualifiers(extractor, text, relation)
    assert found
    assert [q.get("date", "") for q in found] == [date] * len(found)


@pytest.mark.parametrize(("text", "relation", "amount"), AMOUNTS, ids=[case[0] for case in AMOUNTS])
def test_amounts(extractor, text, relation, amount):
    found = qualifiers(extractor, text, relation)
    assert found
    assert [q.get("amount", "") for q in found] == [amount] * len(found)


def test_lists_that_are_distributed(extractor):
    found = qualifiers(extractor, "鴻海與和碩各持有緯創三成與兩成股權。", "holds_stake")
    assert [q["amount"] for q in found] == ["三成", "兩成"]


@pytest.mark.parametrize(
    ("text", "relation", "title"),
    [
        ("鴻海董事長劉揚偉出席。", "chair_of", "董事長"),
        ("劉揚偉曾任東元財務長。", "executive_of", "財務長"),
        ("國合會秘書長黃玉霖出席。", "executive_of", "秘書長"),
        ("國合會祕書長黃玉霖出席。", "executive_of", "祕書長"),
    ],
)
def test_titles_as_written(extractor, text, relation, title):
    assert qualifiers(extractor, text, relation) == [{"title": title}]


def test_members_have_no_title(extractor):
    assert qualifiers(extractor, "國民黨立委賴士葆出席。", "member_of") == [{}]


def test_what_they_come_to(extractor):
    text = "鴻海昨以1.5億美元收購東元。"
    assert qualifiers(extractor, text, "acquires", "2025-11-06") == [
        {"date": "昨", "date_iso": "2025-11-05", "amount": "1.5億美元", "amount_value": 150_000_000, "currency": "USD"}
    ]
    assert qualifiers(extractor, text, "acquires") == [
        {"date": "昨", "amount": "1.5億美元", "amount_value": 150_000_000, "currency": "USD"}
    ]


def test_the_day_stands_at_the_head_of_the_text(extractor):
    assert qualifiers(extractor, "2025/11/06\n鴻海昨日與東元簽署MOU。", "mou") == [
        {"date": "昨日", "date_iso": "2025-11-05"}
    ]


def test_simplified_text(extractor):
    assert qualifiers(extractor, "鸿海去年以3亿元收购东元。", "acquires", "2025-11-06") == [
        {"date": "去年", "date_iso": "2024", "amount": "3亿元"}
    ]


RELATION = """["insures"]
en = "insures"
zh = "承保"
types = "company → company"
{}
frames.transitive = ["承保"]
"""


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("", {"date": "昨日", "amount": "3億元"}),
        ('amounts = ["share", "money"]', {"date": "昨日", "amount": "兩成"}),
        ("amounts = []", {"date": "昨日"}),
        ("dated = false", {"amount": "3億元"}),
    ],
)
def test_a_relation_says_what_it_can_have(tmp_path, keys, expected):
    folder = write_folder(tmp_path, {"relations/insures.toml": RELATION.format(keys)})
    (found,) = qualifiers(Extractor([folder]), "鴻海昨日以3億元承保東元兩成。", "insures")
    assert {name: found[name] for name in WRITTEN if name in found} == expected


def test_unknown_kinds_of_amounts_are_refused(tmp_path):
    folder = write_folder(tmp_path, {"relations/insures.toml": RELATION.format('amounts = ["mony"]')})
    with pytest.raises(
        KnowledgeError, match=r"insures.toml:1: \[insures\] amounts .* should be a list of money, share, goods"
    ):
        Extractor([folder])
