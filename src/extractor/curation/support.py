"""What can support a weak name, told from its entry alone."""

from __future__ import annotations

from collections.abc import Container

from extractor.knowledge.dictionary import SUPPORT, Entry
from extractor.records import EntityType
from extractor.text.folding import fold

PLURALS: dict[EntityType, str] = {
    "company": "firms",
    "person": "people",
    "policy": "policies",
    "organization": "organizations",
    "place": "places",
}
TAIWAN = ("twse", "tpex")  # the markets whose codes stand in brackets behind a firm's name


def market_key(market: str) -> str:
    """The market, one for both of `TAIWAN`: a firm keeps its number when it moves from one of them to the other."""
    return "taiwan" if market in TAIWAN else market


def supports(entry: Entry, name: str) -> list[str]:
    """What can support a weak name of `entry`, in words; nothing where the name can never count."""
    codes = [f"{market}:{code}" for market, code in entry.codes.items() if market in TAIWAN]
    if len(name) == 1:
        if entry.type == "place":
            return ["another country beside it (台美), or a verb of travel before it (訪台)"]
        return [f"{codes[0]} in brackets behind it"] if codes else []
    kinds = entry.own["support"].split("|") if entry.own.get("support") else SUPPORT
    found = []
    if "document" in kinds:
        sure = [*entry.names[:1], *codes, *dict.fromkeys(body for _, body, _ in posts_of(entry))]
        if entry.type == "organization" and entry.own.get("country"):
            sure.append(entry.own["country"])
        found += [f"{' or '.join(sure)} in the same document"] * bool(sure)
        if within := entry.own.get("within"):
            found.append(f"{within} in the same document, and this name where places stand")
    if "beside" in kinds and entry.type != "place":
        found.append(f"a title or another word beside it that {PLURALS[entry.type]} have")
    if "list" in kinds:
        found.append(f"a list with sure names of {PLURALS[entry.type]}")
    if "trade" in kinds and entry.own.get("trade"):
        found.append(f"sure names of firms of its trade, {entry.own['trade']}, nearby")
    return found


def remark(entry: Entry, name: str, common: Container[str]) -> str:
    """What somebody who just gave `entry` this name should know of where it counts; "" where it simply counts."""
    if name in entry.weak:
        if found := supports(entry, name):
            return f"{name} is weak, it counts only with support: {', or '.join(found)}"
        return f"{name} is weak, and nothing can ever support it: give a longer name or a stock code"
    if fold(name) in common:
        return f"{name} is an ordinary word and counts wherever it stands; as a weak name only with support"
    return ""


def posts_of(entry: Entry) -> list[tuple[str, str, str]]:
    """The posts of a person as (title, id of the body, as-of date); what is not written is empty."""
    posts = entry.own["posts"].split("|") if entry.own.get("posts") else []
    parts = [[*post.split(":", 2), "", ""] for post in posts]
    return [(title, body, date) for title, body, date, *_ in parts]
