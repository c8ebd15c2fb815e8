"""Dates: what counts as one, and which day, month, quarter or year it is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.dates import DATE, document_date, iso_date
from extractor.text.folding import fold

THURSDAY = date(2025, 11, 6)

# What is written, what it is on 6 November 2025, and what where the day is not known.
CASES = [
    ("2025年11月6日", "2025-11-06", "2025-11-06"),
    ("2025年11月", "2025-11", "2025-11"),
    ("2019年", "2019", "2019"),
    ("113年", "2024", "2024"),
    ("113年5月", "2024-05", "2024-05"),
    ("民國99年", "2010", "2010"),
    ("114年第4季", "2025-Q4", "2025-Q4"),
    ("今（2024）年", "2024", "2024"),
    ("今（114）年5月", "2025-05", "2025-05"),
    ("去年", "2024", None),
    ("前年", "2023", None),
    ("後年", "2027", None),
    ("去年4月", "2024-04", None),
    ("今年第三季", "2025-Q3", None),
    ("明年元旦", "2026-01-01", None),
    ("明年元月", "2026-01", None),
    ("明年底", "2026", None),
    ("明年上半年", "2026", None),
    ("今年春天", "2025", None),
    ("昨", "2025-11-05", None),
    ("昨日", "2025-11-05", None),
    ("昨晚", "2025-11-05", None),
    ("今天", "2025-11-06", None),
    ("明日", "2025-11-07", None),
    ("昨（5）日", "2025-11-05", None),
    ("昨（30）日", "2025-10-30", None),
    ("11月6日", "2025-11-06", None),
    ("１０月中旬", "2025-10", None),
    ("十二月", "2025-12", None),
    ("1月15日", None, None),
    ("7月底", "2025-07", None),
    ("6月31日", None, None),
    ("2023年2月29日", None, None),
    ("28日", "2025-10-28", None),
    ("5日", "2025-11-05", None),
    ("20日", None, None),
    ("上月", "2025-10", None),
    ("上個月", "2025-10", None),
    ("上月28日", "2025-10-28", None),
    ("下月底", "2025-12", None),
    ("上週", "2025-W44", None),
    ("上週末", "2025-W44", None),
    ("下週一", "2025-11-10", None),
    ("週三", "2025-11-05", None),
    ("週五", None, None),
    ("本季", "2025-Q4", None),
    ("上季", "2025-Q3", None),
    ("第1季", None, None),
    ("年底", "2025", None),
    ("年底前", "2025", None),
    ("月底", "2025-11", None),
    ("三年前", "2022", None),
    ("5年前", "2020", None),
    ("3個月前", "2025-08", None),
    ("兩天後", "2025-11-08", None),
    ("十年前", None, None),
    ("半個月後", None, None),
    ("當天", None, None),
    ("隔年", None, None),
]


@pytest.mark.parametrize(("written", "known", "unknown"), CASES, ids=[case[0] for case in CASES])
def test_dates(written, known, unknown):
    key = fold(f"鴻海{written}與東元結盟。")
    match = DATE.search(key)
    assert match and match[0] == fold(written)
    assert iso_date(match[0], THURSDAY) == known
    assert iso_date(match[0], None) == unknown


NONE = [
    *("為期27年的合約", "合作逾60年", "成立滿113年", "長達120年", "初期產能", "當初反對到底", "1億5,000萬日圓", "迄今"),
    *("今後", "週刊", "後來居上", "月初步", "第六日月潭", "明天鋼鐵"[2:], "今年來"[:1]),
]


@pytest.mark.parametrize("text", NONE)
def test_no_dates(text):
    assert not DATE.search(fold(text))


def test_a_word_after_the_weekday_is_none_of_it():
    assert DATE.search(fold("立法院上週三讀通過"))[0] == "上周"


@pytest.mark.parametrize(
    ("written", "day", "iso"),
    [
        ("12月25日", date(2026, 1, 10), "2025-12-25"),
        ("1月2日", date(2025, 12, 30), "2026-01-02"),
        ("第4季", date(2026, 1, 10), "2025-Q4"),
        ("12月", date(2025, 2, 1), "2024-12"),
        ("昨(31)日", date(2026, 1, 1), "2025-12-31"),
        ("昨日", date(2024, 3, 1), "2024-02-29"),
        ("上月", date(2026, 1, 31), "2025-12"),
        ("上上月31日", date(2025, 11, 6), None),
        ("上周", date(2026, 1, 7), "2026-W01"),
        ("下季", date(2025, 11, 6), "2026-Q1"),
    ],
)
def test_over_the_turn_of_the_year(written, day, iso):
    assert iso_date(written, day) == iso


ISO = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|Q[1-4]|W\d\d))?")


@given(
    st.text("0123456789今明去前后年上下本月周日季第三四初底昨()民国半天个元旦十", max_size=14),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_whatever_is_written_is_a_date_or_none(text, day):
    for match in DATE.finditer(text):
        iso = iso_date(match[0], day)
        assert iso is None or ISO.fullmatch(iso)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_in_full_is_itself(day):
    assert iso_date(f"{day.year}年{day.month}月{day.day}日", None) == day.isoformat()


@pytest.mark.parametrize(
    ("given_date", "text", "expected"),
    [
        ("2025-11-06", "", THURSDAY),
        ("2025-11-06T08:00:00+08:00", "", THURSDAY),
        ("2025/11/6 08:00", "", THURSDAY),
        ("20251106", "", THURSDAY),
        ("2025年11月6日", "", THURSDAY),
        ("2025-13-06", "", None),
        ("昨天", "2025/11/06", None),
        (None, "2025/11/06 08:00\n鴻海與東元結盟。", THURSDAY),
        (None, "鴻海結盟\n發布時間:2025-11-06\n鴻海與東元結盟。", THURSDAY),
        (None, "鴻海於2025年11月6日與東元結盟。", None),
        (None, "鴻海與東元結盟。" * 100 + "\n2025/11/06", None),
    ],
)
def test_the_day_of_a_document(given_date, text, expected):
    assert document_date(given_date, text) == expected
