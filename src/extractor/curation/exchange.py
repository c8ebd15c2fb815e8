"""The exchanges' open data of listed firms: their columns, and what their cells mean once they are cleaned.

TWSE publishes `t187ap03_L.csv`, TPEx `mopsfin_t187ap03_O.csv` and, in its API, the same under English column names.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from extractor.errors import ExtractorError

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("出表日期", "資料日期", "Date"),
    "code": ("公司代號", "代號", "股票代號", "SecuritiesCompanyCode"),
    "full": ("公司名稱", "CompanyName"),
    "short": ("公司簡稱", "CompanyAbbreviation"),
    "en": ("英文簡稱", "Symbol"),
    "trade": ("產業別", "產業別代碼", "SecuritiesIndustryCode"),
    "chair": ("董事長", "Chairman"),
    "manager": ("總經理", "GeneralManager"),
    "market": ("市場", "市場別"),
}
TITLES = {"chair": "董事長", "manager": "總經理"}
MARKETS = {"twse": "twse", "上市": "twse", "tpex": "tpex", "上櫃": "tpex", "otc": "tpex", "興櫃": "tpex"}
# The exchanges' industry codes, in the words of the built-in dictionaries; 91 (depositary receipts) says nothing.
INDUSTRIES: dict[str, str] = dict(
    re.findall(
        r"(\d\d)(\w+)",
        "01水泥 02食品 03塑膠 04紡織 05電機機械 06電器電纜 08玻璃陶瓷 09造紙 10鋼鐵 11橡膠 12汽車 14建材營造 15航運 16觀光餐旅 "
        "17金融保險 18貿易百貨 19綜合 20其他 21化學 22生技醫療 23油電燃氣 24半導體 25電腦及週邊 26光電 27通信網路 28電子零組件 "
        "29電子通路 30資訊服務 31其他電子 32文化創意 33農業科技 34電子商務 35綠能環保 36數位雲端 37運動休閒 38居家生活",
    )
)
_HAN = r"\u3400-\u9fff\U00020000-\U000323af"
_SUFFIX = re.compile(r"\*?-(?:KY創?|創|新|DR)$", re.IGNORECASE)
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}*()])\s+(?=[{_HAN}*()-])")
_FORM = re.compile(r"(?:股份)?有限公司$")
_ABROAD = re.compile(r"^(?:英屬)?[開蓋]曼(?:群島)?商")
_LATIN_FORM = re.compile(r"[ ,.]+(?:Co\.?[ ,]*Ltd|Ltd|Limited|Inc|Incorporated|Corp|Corporation)\.?$", re.IGNORECASE)
_FIRM = re.compile(
    r"公司|集團|基金|財團法人|銀行|投資|\b(?:limited|ltd|co|corp|inc|holdings?|llc|l\.?p|plc)\b", re.IGNORECASE
)
_NOBODY = re.compile(r"[\W_]*|無|缺|懸缺|出缺|從缺|暫缺|不適用|尚未選任|待補|n/?a", re.IGNORECASE)
_REPRESENTATIVE = re.compile(r"代表人:?\s*([^():]+)\)?$")
_ACTING = re.compile(r"(?:暫?代理?|代行)(.*)")
_REMARK = re.compile(r"(.+?)(?:\(([^()]*)\)|((?<=..)(?:代理|暫代)))")
_HAN_NAME = re.compile(rf"[{_HAN}]{{2,5}}|[{_HAN}]{{1,8}}(?:[·‧・][{_HAN}]{{1,8}})+")
_LATIN_NAME = re.compile(r"[A-Z\u00c0-\u024f][\w.'’-]*(?:[ ,]+[A-Z\u00c0-\u024f][\w.'’-]*)+")
_DATE = re.compile(r"(\d{2,4})\D+(\d{1,2})(?:\D.*)?|(\d{2,4})(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has a post in a firm; `former` are names that the person had before."""

    name: str
    title: str
    former: tuple[str, ...] = ()


def plain(cell: str) -> str:
    """A cell without HTML entities, full-width letters and the spaces that pad names (何　鈞)."""
    text = html.unescape(html.unescape(cell)) if "&" in cell else cell
    words = unicodedata.normalize("NFKC", text).split()
    return " ".join(_BETWEEN_HAN.sub("", " ".join(words)).split()) if len(words) > 1 else "".join(words)


def short_names(cell: str) -> list[str]:
    """The names that a listed short name stands for: 矽力, then 矽力-KY and 矽力*-KY as the exchange marks it."""
    listed = plain(cell)
    bare = _SUFFIX.sub("", listed).replace("*", "").strip()
    return list(dict.fromkeys(filter(None, (bare, listed.replace("*", ""), listed))))


def full_names(cell: str) -> list[str]:
    """A registered name without its legal form and remarks (開曼), as dictionaries have it, then as it is registered."""
    name = re.sub(r"\(股\)(?:公司)?", "股份有限公司", plain(cell)).replace("*", "")
    # Brackets at the beginning hold the halves of a character that a computer did not have.
    bare = _LATIN_FORM.sub("", _FORM.sub("", _ABROAD.sub("", re.sub(r"(?<=.)\([^()]*\)", "", name)))).strip()
    return list(dict.fromkeys(filter(None, (bare if "(" not in bare else "", name))))


def english(cell: str) -> str:
    """An English short name as people write it: HON HAI is Hon Hai. A ticker (TCC, S.F.C) is no name: "".

    The exchanges write in capitals what fits into a column; up to four letters are taken for a ticker.
    """
    name = _LATIN_FORM.sub("", _SUFFIX.sub("", plain(cell)).strip(" *-"))
    if not name.isascii() or len(re.sub(r"[^A-Za-z]", "", name)) <= 4:
        return ""
    return capitalized(name)


def capitalized(name: str) -> str:
    """A name in Latin capitals with small letters behind the first of each word; any other as it is."""
    return re.sub(r"[A-Z]+", lambda word: word[0].capitalize(), name) if name.isupper() and name.isascii() else name


def trade(cell: str) -> str:
    """What a firm does, from an industry code or the exchange's word for it (半導體業)."""
    name = plain(cell)
    if name.isdecimal():
        return INDUSTRIES.get(name.zfill(2), "")
    return re.sub(r"(?:工業|設備業|業)$", "", name)


def month(cell: str) -> str:
    """``2024-10`` from 1131021, 113/10/21 or 2024-10-21; "" from an empty cell. ExtractorError where that is no date."""
    text = plain(cell)
    if not text:
        return ""
    match = _DATE.fullmatch(text.replace("年", "/").replace("月", "/").replace("日", ""))
    if match:
        year, number = (int(part) for part in (match[1] or match[3], match[2] or match[4]))
        year += 1911 if year < 1000 else 0
        if 1945 < year < 2100 and 0 < number < 13:
            return f"{year}-{number:02}"
    raise ExtractorError(f"{text!r} is no date; write it like 2024-10-21 or 113/10/21")


class PeopleReader:
    """Reads who stands in a cell. `titles` are all posts, `surnames` those of one character, `compound` of more."""

    def __init__(self, titles: Container[str], surnames: Container[str], compound: Iterable[str]) -> None:
        self._titles, self._surnames, self._compound = titles, surnames, tuple(compound)

    def read(self, cell: str, title: str) -> tuple[list[Person], list[str]]:
        """The holders of the post `title`, and the parts of the cell that name nobody for sure.

        A firm that holds a post stands for nobody but its representative; 總裁: and (代理) before and behind names are
        read, and give the title.
        """
        found, unread = [], []
        for part in _parts(plain(cell)):
            if representative := _REPRESENTATIVE.search(part):
                part = representative[1].strip()
            elif _FIRM.search(part):
                continue
            if _NOBODY.fullmatch(part):
                continue
            if person := self._person(part, title):
                found.append(person)
            else:
                unread.append(part)
        return found, unread

    def _person(self, part: str, title: str) -> Person | None:
        before, colon, name = part.rpartition(":")
        if colon and "(" not in before:
            title = before.strip()
            if title not in self._titles:
                return None
        else:
            name = part
        former: tuple[str, ...] = ()
        if remark := _REMARK.fullmatch(name):
            name, said = remark[1], (remark[2] or remark[3]).strip()
            acting = _ACTING.fullmatch(said)
            if acting and (not acting[1] or acting[1] in self._titles):
                acted = f"代理{acting[1] or title}"
                title = acted if acted in self._titles else acting[1] or title
            elif said in self._titles:
                title = said
            elif said.startswith("原名"):
                former = (said.removeprefix("原名").strip(": "),)
            else:
                return None
        name = re.sub(r"(?:先生|女士)$", "", name.strip())
        return Person(capitalized(name), title, former) if self._is_name(name) else None

    def _is_name(self, name: str) -> bool:
        if _LATIN_NAME.fullmatch(name):
            return True
        if not _HAN_NAME.fullmatch(name):
            return False
        # 曾火冏誌 is 曾炯誌: of a character that a computer did not have, the exchanges write the two halves.
        halves = len(name) == 4 and name[0] in self._surnames and name[1] not in self._surnames
        return name.startswith(self._compound) or not (halves or len(name) == 5)


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    # A comma may stand inside an English firm's name.
    for part in re.split(r"[、;/&\n]|,(?!\s*(?:Ltd|Inc|LLC|Co\b|Corp))", text):
        both = re.fullmatch(rf"([{_HAN}]{{2,4}})及([{_HAN}]{{2,4}})", part.strip())
        parts += both.groups() if both else (part.strip(),)
    return [part for part in parts if part]


def find_columns(header: list[str]) -> dict[str, str]:
    """Which of `COLUMNS` a header has, {what: column}; empty where it is not that of listed firms."""
    there: dict[str, str] = {}
    for what, names in COLUMNS.items():
        if column := next((name for name in names if name in header), None):
            there[what] = column
    return there if {"code", "short"} <= there.keys() or {"code", "full"} <= there.keys() else {}


def find_market(file_name: str, header: list[str], columns: Mapping[str, str]) -> str:
    """The market whose firms a file lists, `twse` or `tpex`; "" where a column says it, or nothing."""
    if "market" in columns:
        return ""
    if columns["code"] == "SecuritiesCompanyCode" or "上櫃日期" in header:
        return "tpex"
    if match := re.search(r"t187ap03_([LOR])", file_name, re.IGNORECASE):
        return "twse" if match[1].upper() == "L" else "tpex"
    return ""
