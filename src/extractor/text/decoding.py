"""From bytes to text: a byte order mark decides, then strict UTF-8, then how common the characters would be."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from encodings.aliases import aliases
from functools import lru_cache
from typing import NamedTuple

from extractor.choices import nearest
from extractor.errors import ExtractorError, InputError
from extractor.text.expressions import Expression

# UTF-32 before UTF-16: the mark of utf-16-le is the beginning of utf-32-le's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# UTF-8 is among them for a file with a damaged byte. On a tie the earlier one wins.
_CANDIDATES = ("utf-8", "cp950", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be")
# What people call "Big5" or "GBK" is in practice the larger set (the web's encoding standard reads them so too).
_WIDER = {"big5": "cp950", "gb2312": "gb18030", "gbk": "gb18030"}
# Python's codecs from bytes to bytes or from one notation to another: no file is written in them.
_NO_TEXT = frozenset(
    (
        "base64",
        "bz2",
        "hex",
        "idna",
        "punycode",
        "quopri",
        "raw-unicode-escape",
        "rot-13",
        "undefined",
        "unicode-escape",
    )
    + ("uu", "zlib")
)
_SUGGESTED = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp950", "big5", "big5hkscs", "gb18030", "gbk", "gb2312")

# The most frequent Chinese characters of general and business prose, in Traditional and then in Simplified writing.
_COMMON = frozenset(
    "國年在為一中大是人和有於了以地後成時學民會不日之主與政上軍部發行月南多西個其而到來法區世方東分自出北對生他這及家"
    "戰用公經由被也最代作同立建要並市文等動開名高都利教期海本第外內長此因所統重位過下現度使共可機前進美業新力得特三產"
    "稱當理定化加全元聯將次合工入間體通制電面事種能山平十路權總二相性界數兩議任天量明設基原員式道達領約關者心從里院始金"
    "或灣水改布起就我說沒還很她你們億股董企簽購併營投資商廠司億萬報導示表今去想看好點只然實向子無意手又情什麼把身回如四五"
    "车国为于后时学会与军发个来区东对这战经并动开内长统过现机进业产称当联将间体种权总数两议设员达领约关从里湾说没还们亿签"
    "购营资商厂万报导实点么无"
)
# Level 1 of Big5 and of GB 2312 hold the characters of everyday writing: (encoding, first and last lead byte).
_EVERYDAY = (("big5", 0xA4, 0xC6), ("gb2312", 0xB0, 0xD7))

SAMPLE = 200_000  # bytes that are judged; the whole is decoded once, by the winner
_PLAUSIBLE = 0.5  # mean weight: everyday characters alone make 1, a wrong reading or no text at all about 0 or less
_SURROGATE = Expression("[\ud800-\udfff]")
_NON_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROL = Expression("[\x00-\x07\x0e-\x19\x1c-\x1f\x7f]")

_NO_FIT = "not text: no encoding tried fits (UTF-8, UTF-16, Big5, GB 18030); if it is, give --encoding NAME"
NOT_IN = "not text in {}: {}; without --encoding it is guessed"
CONTROLS = "not text: full of control characters"


class Decoded(NamedTuple):
    """A text as read (line ends untouched, byte order mark gone), its encoding, and whether that is a guess."""

    text: str
    encoding: str
    guessed: bool


def find_encoding(name: str) -> str:
    """The codec that `name` stands for; ExtractorError with the nearest valid names where there is none."""
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        codec = ""
    if not codec or codec in _NO_TEXT:
        known = {alias.replace("_", "-") for alias, codec in aliases.items() if not codec.endswith(("_codec", "_13"))}
        near = nearest(name.replace("_", "-"), _SUGGESTED, 2) or nearest(name.replace("_", "-"), known)
        hint = f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(_SUGGESTED)}"
        raise ExtractorError(f"unknown encoding {name!r}: {hint}")
    return _WIDER.get(codec, codec)


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """`data` as text. InputError where it is no text, ExtractorError where `encoding` is none that exists."""
    if encoding is not None:
        return _decode_as(data, find_encoding(encoding))
    for mark, name in MARKS:
        if data.startswith(mark):
            return Decoded(
                _checked(mend_surrogates(_lenient(data.removeprefix(mark), name.removesuffix("-sig")))), name, False
            )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    # Latin text in UTF-16 without a mark is valid UTF-8 too, with a NUL in every other place.
    return Decoded(text, "utf-8", False) if is_text(text) else _guess(data)


def mend_surrogates(text: str) -> str:
    """`text` without surrogates: a pair becomes its character, a lone one U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decode_as(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeError as error:
        place = f"byte {error.start} is not {encoding}" if isinstance(error, UnicodeDecodeError) else str(error)
        raise InputError(NOT_IN.format(encoding, place)) from None
    text = mend_surrogates(text.removeprefix("\ufeff"))
    if not is_text(text):
        raise InputError(NOT_IN.format(encoding, "full of control characters"))
    return Decoded(text, encoding, False)


def _lenient(data: bytes, encoding: str) -> str:
    """Surrogates are kept for mending; where bytes are damaged beyond that, each gives a U+FFFD."""
    try:
        return data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")


def _guess(data: bytes) -> Decoded:
    encoding = guess_encoding(data)
    text = mend_surrogates(_lenient(data, encoding))
    if not is_text(text):
        raise InputError(_NO_FIT)
    return Decoded(text, encoding, True)


def guess_encoding(data: bytes, whole: bool = True) -> str:
    """The encoding that makes the most of `data`, which is the beginning of more where it is not `whole`."""
    first = _NON_ASCII.search(data)
    # From the first byte that is not ASCII, since what is before tells nothing; even, for UTF-16's sake.
    start = first.start() & ~1 if first else 0
    sample = data[start : start + SAMPLE]
    whole = whole and start + SAMPLE >= len(data)
    weights = [(_weigh(_sample_text(sample, name, whole)), -rank) for rank, name in enumerate(_CANDIDATES)]
    weight, rank = max(weights)
    if weight < _PLAUSIBLE:
        raise InputError(_NO_FIT)
    return _CANDIDATES[-rank]


def _sample_text(sample: bytes, encoding: str, whole: bool) -> str:
    # The sample's end may cut a character: only a decoder that may be continued does not count that as damage.
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample, final=whole)


def _weigh(text: str) -> float:
    """The mean weight of the characters that are not ASCII (of all, where every one is ASCII)."""
    counts = Counter(text)
    judged = {
        char: n for char, n in counts.items() if not (char.isascii() and (char.isprintable() or char in "\t\n\r"))
    }
    if not judged:
        return 1.0 if text else 0.0
    return sum(_weight(char) * n for char, n in judged.items()) / sum(judged.values())


@lru_cache(maxsize=65_536)
def _weight(char: str) -> int:
    if char in _COMMON:
        return 3
    if "\u2010" <= char <= "\u2027" or "\u3000" <= char <= "\u3011" or "\uff01" <= char <= "\uff5e":
        return 1  # punctuation and full-width forms
    for encoding, low, high in _EVERYDAY:
        encoded = char.encode(encoding, "ignore")
        if len(encoded) == 2 and low <= encoded[0] <= high:
            return 1
    # Control, private use, unassigned and U+FFFD: hardly ever in a text that was read rightly.
    return 0 if char != "\ufffd" and (char.isprintable() or char.isspace()) else -3


def is_text(text: str) -> bool:
    """False where more than one character in fifty is a control character."""
    return sum(1 for _ in _CONTROL.finditer(text)) * 50 <= len(text)


def _checked(text: str) -> str:
    if not is_text(text):
        raise InputError(CONTROLS)
    return text
