"""Names that may be another way to write a known one: a suffix more, one character other, a long piece in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractor.curation.known import Known
from extractor.knowledge.dictionary import Entry
from extractor.records import EntityType
from extractor.text.folding import fold

MOST = 5  # are told of one name
_PIECE = 3  # code points that two names share at least
_COMMON = 40  # names; a piece that more of them hold (委員會) tells nothing
_LATIN_SUFFIX = re.compile(
    r"(?:[ ,.]+(?:inc|co|ltd|limited|corp|corporation|company|group|holdings?|llc|plc|kk|ag|sa)\.?)+$"
)
_LATIN = re.compile(r"[A-Za-z\uff21-\uff5a]")
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_BODIES = ("company", "organization")
# What the names of firms, bodies and laws end in and short forms leave out; the longest first.
_SUFFIXES = tuple(
    sorted(
        fold("""股份有限公司 有限公司 控股公司 公司 集團 控股 金控 投控 科技 電子 電腦 資訊 數位 軟體 半導體 光電 精密 電機 電通 通訊
        網路 工業 實業 企業 國際 建設 營造 能源 生技 生醫 生物科技 製藥 藥廠 醫材 銀行 商銀 證券 投信 投顧 創投 資本 人壽 產險 航空
        海運 鋼鐵 化學 化工 食品 重工 汽車 會計師事務所 法律事務所 委員會 協會 公會 學會 總會 聯合會 聯盟 基金會 研究院 研究所
        研究中心 商會 工會 大學 法案 條例 法 草案 方案 計畫 計劃 協定 協議 公約 條約""").split(),
        key=lambda suffix: (-len(suffix), suffix),
    )
)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A known thing that a name may stand for, which of its names is like it, and why."""

    entry: Entry
    name: str
    why: str


class Lookalikes:
    """Finds among all names of `known` those that are like a given one."""

    def __init__(self, known: Known) -> None:
        self._cores: dict[str, list[tuple[Entry, str]]] = {}
        self._letters: dict[str, list[tuple[Entry, str]]] = {}
        self._pieces: dict[str, list[str]] = {}
        self._deletions: dict[str, list[str]] = {}
        for entry in known.entries.values():
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Takes in the names of one more entry."""
        for name in (*entry.names, *entry.weak):
            core = _core(name)
            if core not in self._cores:
                self._cores[core] = []
                for piece in _pieces(core):
                    self._pieces.setdefault(piece, []).append(core)
                for shorter in _deletions(core):
                    self._deletions.setdefault(shorter, []).append(core)
            self._cores[core].append((entry, name))
            if letters := _letters(name):
                self._letters.setdefault(letters, []).append((entry, name))

    def of(self, name: str, type_: EntityType) -> list[Lookalike]:
        """The known things that `name` may stand for, one name of each, the likeliest first, at most `MOST`."""
        found: dict[str, Lookalike] = {}
        for entry, other, why in self._all(name, type_):
            if entry.type == type_ or {entry.type, type_} <= set(_BODIES):
                found.setdefault(entry.id, Lookalike(entry, other, why))
        return list(found.values())[:MOST]

    def _all(self, name: str, type_: EntityType) -> Iterator[tuple[Entry, str, str]]:
        core = _core(name)
        for entry, other in self._cores.get(core, ()):
            yield entry, other, "the same but for the suffix"
        for entry, other in self._letters.get(_letters(name), ()):
            yield entry, other, "the same Latin letters"
        for other_core in self._sharing(core):
            for entry, other in self._cores[other_core]:
                yield entry, other, "a long piece in common"
        # Of people's names of three characters, any two with one surname and one character in common would be alike.
        if len(core) > (3 if type_ == "person" else 2):
            for other_core in self._one_off(core):
                for entry, other in self._cores[other_core]:
                    yield entry, other, "one character differs"

    def _sharing(self, core: str) -> list[str]:
        """The cores that have at least two thirds of the shorter one in common, the most first."""
        shared = {}
        for piece in _pieces(core):
            others = self._pieces.get(piece, ())
            for other in others if len(others) <= _COMMON else ():
                if other not in shared and other != core:
                    size = SequenceMatcher(None, core, other, autojunk=False).find_longest_match().size
                    shared[other] = size if 3 * size >= 2 * min(len(core), len(other)) else 0
        return sorted((other for other, size in shared.items() if size), key=lambda other: (-shared[other], other))

    def _one_off(self, core: str) -> list[str]:
        """The cores from which one character put in, left out or replaced leads to this one."""
        near = {other for shorter in _deletions(core) for other in self._deletions.get(shorter, ())}
        near |= {shorter for shorter in _deletions(core) if shorter in self._cores} | {*self._deletions.get(core, ())}
        return sorted(other for other in near if other != core and _differ_by_one(core, other))


def _core(name: str) -> str:
    """The folded name without its suffixes, at least two characters of it."""
    core = fold(name).strip()
    while True:
        shorter = _LATIN_SUFFIX.sub("", core) if core[-1:].isascii() else core
        if shorter.endswith(_SUFFIXES):
            shorter = shorter.removesuffix(next((s for s in _SUFFIXES if shorter.endswith(s)), ""))
        if shorter == core or len(shorter) < 2:
            return core
        core = shorter


def _letters(name: str) -> str:
    """The Latin letters and digits of a name that has at least three of them, and a letter."""
    if not _LATIN.search(name):
        return ""
    letters = _NO_LETTERS.sub("", _LATIN_SUFFIX.sub("", fold(name)))
    return letters if len(letters) >= 3 and not letters.isdecimal() else ""


def _pieces(core: str) -> Iterator[str]:
    # Latin names share pieces by accident; for them the letters are compared as a whole.
    for start in range(len(core) - _PIECE + 1):
        piece = core[start : start + _PIECE]
        if not piece.isascii():
            yield piece


def _deletions(core: str) -> Iterator[str]:
    if 3 <= len(core) <= 12 and not core.isascii():
        for place in range(len(core)):
            yield core[:place] + core[place + 1 :]


def _differ_by_one(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return abs(len(one) - len(other)) == 1
