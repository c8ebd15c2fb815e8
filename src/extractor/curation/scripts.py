"""Scripts: which characters belong to one script of Chinese alone, and letters that only look like Latin ones.

A character that OpenCC changes is no proof: 台, 里 and 后 are Traditional characters too, and 乾 is a Simplified one. So a
character counts as Simplified only where Big5 does not have it among the frequent ones, and as Traditional only where
GB 2312 does not have it.
"""

from __future__ import annotations

import re
from functools import cache

# Taiwanese names hold them though OpenCC has other Traditional forms for them and Big5 has them, if at all, as rare ones.
ALSO_TRADITIONAL = "万恒庄涂熏沄厘凄栖炖蚝赶双冲咏叙烟献悦黄琼淀洼瓮党羡"
# Cyrillic and Greek letters, each of the form of a Latin one.
LOOK_ALIKES = "АВЕЗКМНОРСТУХаеорсухіІјЈѕЅԁɡΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι"

_BIG5_FREQUENT = (0xA440, 0xC67E)
_LOOK_ALIKE = re.compile(f"[{LOOK_ALIKES}]")
_OTHER_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u3400-\u9fff]")


def mixed_scripts(name: str) -> tuple[str, str] | None:
    """A Simplified and a Traditional character of a name that mixes them; None for a name in one script."""
    simplified, traditional = _classes()
    if (one := simplified.search(name)) and (other := traditional.search(name)):
        return one[0], other[0]
    return None


def simplified_in(name: str) -> str:
    """The first character of a name that is Simplified alone, or nothing."""
    found = _classes()[0].search(name)
    return found[0] if found else ""


def look_alike_in(name: str) -> str:
    """A letter that only looks Latin, in a name that has Latin letters or Chinese characters besides; or nothing."""
    found = _LOOK_ALIKE.search(name)
    return found[0] if found and _OTHER_LETTER.search(name) else ""


@cache
def _classes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns that match a character of the one and of the other script alone."""
    from opencc import OpenCC

    in_gb = [chr(c) for c in range(0x4E00, 0xA000) if _encoded(chr(c), "gb2312")]
    in_big5 = [chr(c) for c in range(0x4E00, 0xA000) if _encoded(chr(c), "cp950")]
    to_traditional = OpenCC("s2t").convert("\n".join(in_gb)).split("\n")
    to_simplified = OpenCC("t2s").convert("\n".join(in_big5)).split("\n")
    low, high = _BIG5_FREQUENT
    simplified = [
        s
        for s, t in zip(in_gb, to_traditional, strict=True)
        if s != t and not low <= _encoded(s, "cp950") <= high and s not in ALSO_TRADITIONAL
    ]
    traditional = [t for t, s in zip(in_big5, to_simplified, strict=True) if s != t and not _encoded(t, "gb2312")]
    return re.compile(f"[{''.join(simplified)}]"), re.compile(f"[{''.join(traditional)}]")


def _encoded(character: str, encoding: str) -> int:
    """The code of a character in an encoding, 0 where it has none."""
    return int.from_bytes(character.encode(encoding, "ignore"))
