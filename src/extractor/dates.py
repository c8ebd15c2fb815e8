"""Dates: where a text names one, and which day, month, quarter or year it is, counted from the document's own date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from extractor.numerals import NUMBER, value
from extractor.text.expressions import Expression

_OFFSET = {"前": -2, "去": -1, "昨": -1, "上": -1, "上上": -2, "今": 0, "本": 0, "这": 0, "明": 1, "下": 1, "后": 2}
_WEEKDAYS = "一二三四五六日"
_NEAR = 60  # days: a month without a year may be one of another year that lies this close
_NEAR_DAY = 10  # days: so close lies a day without a month

_BRACKET = r"\((?P<told>\d{2,4})\)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|[元一二三四五六七八九十]|十[一二])月(?!份的)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])日(?!圆|元)"
_PART = r"(?:上旬|中旬|下旬|初(?![期步次])|底)"
_QUARTER = r"(?:第(?P<quarter>[1-4一二三四])季|q(?P<q>[1-4]))"
_IN_YEAR = rf"(?:{_MONTH}(?:{_DAY}|{_PART})?|{_QUARTER}|(?P<newyear>元旦)|[上下]半年|年?[底末]|年?初(?![期步次])|[春夏秋冬][天季])"
_NUMBER_YEAR = r"(?:(?:公元|西元)?(?P<year>(?:19|20)\d\d)|民国(?P<roc>\d{2,3})|(?P<plain>1[0-2]\d))年(?![期来多间])"
# 113年 is a year of the Republic, 逾113年 is none.
_YEAR = rf"(?:(?<![\d.,逾近约满达第长期])(?:{_NUMBER_YEAR})|(?P<relative>[今明去前后])(?:{_BRACKET})?年(?![来度]|以来))"


def _year(match: re.Match[str], anchor: date | None) -> str | None:
    told = match["told"]
    if match["year"]:
        year = int(match["year"])
    elif number := match["roc"] or match["plain"]:
        year = int(number) + 1911
    elif told:
        year = int(told) + (1911 if len(told) < 4 else 0)
    elif anchor:
        year = anchor.year + _OFFSET[match["relative"]]
    else:
        return None
    if quarter := match["quarter"] or match["q"]:
        return f"{year}-Q{_small(quarter)}"
    if match["newyear"]:
        return f"{year}-01-01"
    return _iso(year, match["month"], match["day"])


def _relative_month(match: re.Match[str], anchor: date | None) -> str | None:
    if not anchor:
        return None
    year, month = _months(anchor, _OFFSET[match["relative"]])
    return _iso(year, str(month), match["day"])


def _month(match: re.Match[str], anchor: date | None) -> str | None:
    """The nearest such month or day, where it is near or in the document's own year."""
    if not anchor:
        return None
    iso = [_iso(year, match["month"], match["day"]) for year in range(anchor.year - 1, anchor.year + 2)]
    return _nearest([(i, date.fromisoformat(i if match["day"] else f"{i}-15")) for i in iso if i], anchor)


def _quarter(match: re.Match[str], anchor: date | None) -> str | None:
    if not anchor:
        return None
    quarter = _small(match["quarter"] or match["q"])
    years = range(anchor.year - 1, anchor.year + 2)
    return _nearest([(f"{year}-Q{quarter}", date(year, 3 * quarter - 1, 15)) for year in years], anchor)


def _relative_quarter(match: re.Match[str], anchor: date | None) -> str | None:
    if not anchor:
        return None
    year, month = _months(anchor, 3 * _OFFSET[match["relative"]])
    return f"{year}-Q{(month + 2) // 3}"


def _relative_day(match: re.Match[str], anchor: date | None) -> str | None:
    if not anchor:
        return None
    if not match["told"]:
        return (anchor + timedelta(_OFFSET[match["relative"]])).isoformat()
    # 昨(30)日 of an article that came out later: the last such day, for 明(1)日 the next one.
    step = 1 if match["relative"] in "明后" else -1
    days = (anchor + timedelta(step * n) for n in range(31))
    return next((day.isoformat() for day in days if day.day == int(match["told"])), None)


def _week(match: re.Match[str], anchor: date | None) -> str | None:
    if not anchor:
        return None
    monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * _OFFSET[match["relative"]])
    if match["weekday"] in (None, "末"):
        year, week, _ = monday.isocalendar()
        return f"{year}-W{week:02}"
    return (monday + timedelta(_WEEKDAYS.index(match["weekday"].replace("天", "日")))).isoformat()


def _weekday(match: re.Match[str], anchor: date | None) -> str | None:
    """A day of this week that has come."""
    if not anchor:
        return None
    back = anchor.weekday() - _WEEKDAYS.index(match["weekday"].replace("天", "日"))
    return (anchor - timedelta(back)).isoformat() if back >= 0 else None


def _ago(match: re.Match[str], anchor: date | None) -> str | None:
    number = value(match["number"])
    # Round numbers are not meant to the year.
    if not anchor or number is None or number != int(number) or not 0 < number < 10:
        return None
    count = int(number) * (-1 if match["way"] == "前" else 1)
    if match["unit"] == "年":
        return str(anchor.year + count)
    if match["unit"] == "个月":
        year, month = _months(anchor, count)
        return _iso(year, str(month), None)
    return (anchor + timedelta(count)).isoformat() if match["unit"] in "天日" else None


def _day(match: re.Match[str], anchor: date | None) -> str | None:
    """The nearest such day, where it is near; else the one of this month, if it has come."""
    if not anchor:
        return None
    found = []
    for months in (-1, 0, 1):
        year, month = _months(anchor, months)
        if iso := _iso(year, str(month), match["day"]):
            found.append((abs(date.fromisoformat(iso) - anchor).days, months, iso))
    distance, months, iso = min(found)
    if distance <= _NEAR_DAY:
        return iso
    return next((iso for _, months, iso in found if months == 0 and iso <= anchor.isoformat()), None)


def _part(match: re.Match[str], anchor: date | None) -> str | None:
    """年底, 下半年 and 月底 are known as far as the year or the month of the document."""
    if not anchor:
        return None
    return anchor.isoformat()[:7] if match[0].startswith("月") else str(anchor.year)


def _told_elsewhere(match: re.Match[str], anchor: date | None) -> str | None:
    return None


# Each form with what reads it; where two begin at the same place the first is taken.
_FORMS: tuple[tuple[str, Callable[[re.Match[str], date | None], str | None]], ...] = (
    (rf"{_YEAR}(?:{_IN_YEAR})?", _year),
    (rf"(?P<number>数|(?<![\d.]){NUMBER})(?P<unit>年|个月|个?周|天|日)(?P<way>前|后)(?!进)", _ago),
    (rf"(?P<relative>上上|[上下本这])个?月(?:{_DAY}|{_PART})?", _relative_month),
    (rf"(?<![\d.个]){_MONTH}(?:{_DAY}|{_PART})?", _month),
    (rf"{_QUARTER}", _quarter),
    (r"(?P<relative>[上本下])季(?![节度后])", _relative_quarter),
    (r"(?P<relative>[昨今明前后])(?:\((?P<told>\d{1,2})日?\)日?|[日天晚](?!后))", _relative_day),
    (r"(?P<relative>昨|(?<![至如迄当现])今(?=宣|公告|举|召|签|与|在|正式|将))(?P<told>)(?![是非])", _relative_day),
    (r"(?P<relative>[上本这下])个?(?:周|星期|礼拜)(?P<weekday>(?!三读)[一二三四五六日天末])?(?!刊|年|转|边)", _week),
    (r"(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?!刊|年|边)", _weekday),
    (rf"(?<![\d.第]){_DAY}", _day),
    (r"(?<![今去明前年])(?:[上下]半年|年底|年初(?![期步次])|月[底初](?![期步次]))", _part),
    (r"[当同]一?[天日](?![午])|当晚|[同隔翌次][年日]|隔天|前一[天日晚年]", _told_elsewhere),
)
_READERS = [(Expression(source), read) for source, read in _FORMS]
# 年底前, but 今年前三季.
DATE = Expression(
    r"(?=[\d零〇一二三四五六七八九两十百千半数元公西民今明去前后上下本这第q昨周星礼年月当同隔翌次])"  # how they all begin
    "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", source) for source, _ in _FORMS) + ")(?:(?<=底)前)?(?:元旦)?"
)


_TELLING = Expression("[年月季周星礼日天晚昨今q(]")  # a date holds one of these characters


def dates(key: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the stretch start:end of a folded text names dates."""
    return [m.span() for m in DATE.finditer(key, start, end)] if _TELLING.search(key, start, end) else []


def iso_date(written: str, anchor: date | None) -> str | None:
    """A date of folded text as ISO 8601 has it, as far as it is known: 2025-11-06, 2025-11, 2025-W45, 2025 or 2025-Q3.

    `anchor` is the day on which the document speaks. None where the date cannot be known.
    """
    written = written.removesuffix("前") if written.endswith("底前") else written
    for pattern, read in _READERS:
        if match := pattern.fullmatch(written):
            try:
                return read(match, anchor)
            except (ValueError, OverflowError):  # beyond the calendar
                return None
    return None


_STAMP = Expression(r"(?<!\d)((?:19|20)\d\d)[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)")
_DATELINE = re.compile(r"^[^\n。]{0,20}?((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.MULTILINE)
HEAD = 300  # code points in which a page tells when it came out


def document_date(given: str | None, key: str) -> date | None:
    """The day of a document: the date it was given with, or one in figures (2025/11/06) in the first lines of its folded text."""
    match = _STAMP.search(given) if given else _DATELINE.search(key, 0, HEAD)
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def _iso(year: int, month: str | None, day: str | None) -> str | None:
    if not month:
        return f"{year:04}"
    number = _small(month)
    if not day:
        return f"{year:04}-{number:02}"
    return date(year, number, int(day)).isoformat() if int(day) <= monthrange(year, number)[1] else None


def _small(numeral: str) -> int:
    return 1 if numeral == "元" else int(value(numeral) or 0)


def _months(anchor: date, months: int) -> tuple[int, int]:
    """The year and the month that lie so many months from a day."""
    count = anchor.year * 12 + anchor.month - 1 + months
    return count // 12, count % 12 + 1


def _nearest(found: list[tuple[str, date]], anchor: date) -> str | None:
    if not found:
        return None
    iso, day = min(found, key=lambda item: abs(item[1] - anchor))
    return iso if abs((day - anchor).days) <= _NEAR or day.year == anchor.year else None
