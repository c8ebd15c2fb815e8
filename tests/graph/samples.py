"""An article of invented sentences about real firms, and one that tries to be more than text."""

from __future__ import annotations

from extractor.records import Document, Entity, Evidence, Mention, Record, Triple

NEWS = """鴻海牽手三菱電機

鴻海（2317）昨日宣布，與三菱電機簽署MOU，共同研究𠮷祥工廠。鴻海董事長劉揚偉出席簽約儀式。

廣達擬收購緯創的伺服器部門。仁寶否認與英業達合併。市場盛傳，光寶科有意收購群光。

聯發科供應台達電晶片。聯發科並於11月6日控告高通，求償12億元。
"""

# Each of these would do harm, or disturb the page, where text is taken for something else.
TRICKS = (
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "]]><!--<img src=x onerror=\"document.title='owned'\">",
    "\"quotes\" 'and' `these` ${document.title='owned'} &amp; &lt;b&gt;",
    "javascript:document.title='owned'",
    "\u202eright to left\u202c \u200f\u2067mark",
    "\\u003c/script\\u003e \u2028 \u0000 \U00020bb7",
)


def hostile() -> tuple[Document, Record]:
    """An article whose names, title, trigger and evidence are `TRICKS`, one tie from each to the next."""
    text = "".join(f"{trick}收購" for trick in TRICKS)
    entities, triples, at, places = [], [], 0, []
    for number, trick in enumerate(TRICKS):
        places.append((at, at + len(trick)))
        mention = Mention(at, at + len(trick), trick)
        entities.append(Entity(f"?{trick}", "company", trick, f"{trick} {number}", False, {trick: trick}, (mention,)))
        at += len(trick) + 2
    for number in range(len(TRICKS) - 1):
        start, end = places[number][0], places[number + 1][1]
        evidence = (Evidence(start, end, text[start:end], TRICKS[1], "planned"),)
        ends = entities[number].id, TRICKS[0], entities[number + 1].id
        triples.append(
            Triple(*ends, TRICKS[0], TRICKS[1], "planned", "收購", {"amount": TRICKS[2]}, True, evidence)  # type: ignore[arg-type]
        )
    document = Document(TRICKS[0], text, None, TRICKS[1], TRICKS[0])
    return document, Record(document.id, None, document.title, document.date, tuple(entities), tuple(triples))
