"""Folding: one key for every way to write the same characters, of the same length as the text.

Texts and dictionary names are compared by their keys; what is printed is always cut from the text itself. The table
maps single code points to single code points, so every offset into the key is an offset into the text. It is made from
OpenCC's `t2s` one character at a time (OpenCC itself looks at neighbours: a name would get other keys in other company).
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from extractor.cache import read, source_key, stored
from extractor.text.expressions import Expression

REPLACEMENT = "\ufffd"

# Variants that OpenCC keeps apart and the press mixes, as pairs (variant, kept).
LOOK_ALIKES = "祕秘 畫画 劃画 划画 裡里 峯峰 羣群 綫线 巿市 佔占 凖准 恆恒 敎教 啓启 産产 爲为 衞卫 鈎钩 銹锈 粧妆 牀床 双双 讬托 託托"

_DOT = Expression(r"(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])")

HAN_RANGES = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
PRIVATE_RANGES = ((0xE000, 0xF8FF),)
_SURROGATES = (0xD800, 0xDFFF)


def fold(text: str) -> str:
    """The key of `text`: Simplified, half-width, lower case, look-alikes unified; as many code points as `text`.

    The dots inside foreign names (‧ ・ • ．) become one; a full-width ． only between Chinese characters, where it is no decimal.
    Private-use code points, which the pipeline uses for its own marks, and lone surrogates become U+FFFD.
    """
    key = text.translate(_table())
    return _DOT.sub("·", key) if "." in key else key


@cache
def _table() -> str:
    """The key of each code point, in their order: no other mapping is as quick to translate with, or to open."""
    store = stored("folding", table_key(), lambda: {"table": _compile().encode("utf-32-le")})
    return read(store, "table").decode("utf-32-le")


def _compile() -> str:
    pairs = _pairs()
    # A simplified form beyond the basic plane (煇 → 𪸩) is one that nobody writes: it gets the key of the other.
    table = {code: key if key <= "\uffff" else code for code, key in pairs}
    table.update((key, code) for code, key in pairs if key > "\uffff")
    table.update((pair[0], pair[1]) for pair in LOOK_ALIKES.split())
    for number in (*range(0x41, 0x5B), *range(0xC0, 0x180), *range(0x391, 0x3AA), *range(0x410, 0x430)):
        lower = chr(number).lower()
        if len(lower) == 1 and lower != chr(number):
            table[chr(number)] = lower
    for number in range(0xFF01, 0xFF5F):  # full-width forms of ASCII
        table[chr(number)] = chr(number - 0xFEE0).lower()
    table.update(dict.fromkeys("‧・•･", "·") | dict.fromkeys("\u3000\xa0", " "))
    for low, high in (*PRIVATE_RANGES, _SURROGATES):
        table.update((chr(number), REPLACEMENT) for number in range(low, high + 1))
    # 薴 → 苧 → 苎: the key of a key is the key itself.
    keys = {character: table.get(key, key) for character, key in table.items()}
    return "".join(keys.get(character, character) for character in map(chr, range(HAN_RANGES[-1][1] + 1)))


def table_key() -> str:
    """What the table depends on: this file, and OpenCC as it is installed, whose own version takes longer to ask for."""
    found = find_spec("opencc")
    origin = Path(found.origin) if found and found.origin else None
    return source_key(Path(__file__), opencc=(str(origin), origin.stat().st_mtime_ns if origin else 0))


def _pairs() -> list[tuple[str, str]]:
    """The Han characters that OpenCC simplifies, each with what it makes of it."""
    from opencc import OpenCC  # only where the cache does not have the pairs: it takes longer than all else here

    han = [chr(c) for low, high in HAN_RANGES for c in range(low, high + 1)]
    simplified = OpenCC("t2s").convert("\n".join(han)).split("\n")
    return [(t, s) for t, s in zip(han, simplified, strict=True) if s != t and len(s) == 1]
