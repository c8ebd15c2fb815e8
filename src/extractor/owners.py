"""Owners: firms named with the firm that they belong to (鴻海旗下的富智康), folded to the firm that is meant."""

from __future__ import annotations

import re

from extractor.skeleton import CLAUSE_MARKS, FIRMS, STATED, UNNAMED, Role, Skeleton, slot_class
from extractor.text.expressions import Expression

_PLACES = slot_class("place", carried=False)
_NO_VERB = f"[^{STATED}{CLAUSE_MARKS}的与和跟及同由向将把被经让给在对从透过]"
_SHARE = r"(?:百分之百|100%|全资|全额|完全|直接|间接|持股|持有|控股|拥有|所持有|约|逾|近|过半|[\d.]+%|[一二三四五六七八九两]成[一二三四五六七八九]?|之|的)"
_CHILD = "子公司|孙公司|分公司|附属公司|附属企业|转投资公司|转投资事业|关系企业|母公司"
_UNDER = "旗下|所属|麾下|辖下"
_KIN = ("转投资公司", "转投资事业", "关系企业")  # nearer to a firm than others, but not its own
# What stands between 旗下 and the name is a kind of firm: 旗下封測廠, but not 旗下基金買進.
_KIND = rf"(?:的|之)?(?:[{_PLACES}](?:的)?)?(?:{_NO_VERB}{{0,7}}[厂商者司行牌团台业头龙店网场部企])?"
_OWNED = Expression(
    rf"([{FIRMS}])(?P<list>、|及其|与其|暨|以及|及|与|和)?(?:的|之)?(?:另一家|另一|主要|重要|核心|上市|上柜|海外|境外)?"
    rf"(?:{_SHARE}{{0,6}}(?:[{_PLACES}])?(?P<kind>{_NO_VERB}{{0,4}}?)(?P<child>{_CHILD})|(?P<under>{_UNDER}))"
    rf"{_KIND}[「『]?(?P<owned>[{FIRMS}](?:、[{FIRMS}](?!{_KIND}(?:{_CHILD}|{_UNDER})))*)"
)
_GROUP = Expression(rf"([{FIRMS}])(?:集团)?的([{FIRMS}])")
_LISTED = Expression(rf"(?:与|和|及|以及)([{FIRMS}])")
_GONE = Expression("前|原|昔日|过去的")

# 台達電的客戶則收購…: whoever does it, the text does not name.
_UNNAMED = Expression(
    rf"(?:^|(?<=[{CLAUSE_MARKS}]))(?:但|而|另|不过|至于)?([{FIRMS}])(?:的|旗下)?(?:大|最大|主要)?"
    r"(?:客户|供应商|股东|对手|竞争对手|员工|工会|子公司|公司|基金|同业)(?:则|也|都|已|将|昨|今|却|仍|又|拟|曾|正|均|皆|还)"
)
_UNKNOWN = Expression(
    rf"(?:^|(?<=[{CLAUSE_MARKS}由与和被向对跟]))([{FIRMS}])(?:的)?(?:旗下|子公司|孙公司)"
    rf"(?!有|包括|包含|涵盖|计有|共|是|为|的?[{CLAUSE_MARKS}、]|方面|各|皆|都|均|还有|则有|分成|公司|[两三四五六七八九十多])(?:的)?[^{STATED}{CLAUSE_MARKS}]{{2}}"
)


# Without one of these a sentence has none of those above: they are sooner looked for.
_TIE = Expression("公司|企业|事业|旗下|所属|麾下|辖下")
OWNING = Expression(f"{_TIE.pattern}|集团")  # the same, of a text whose names are not slots yet
_TOLD_BY = Expression(
    rf"[{FIRMS}](?:的|旗下)?(?:大|最大|主要)?(?:客户|供应商|股东|对手|竞争对手|员工|工会|子公司|孙公司|公司|基金|同业|旗下)"
)


def fold_owners(skeleton: Skeleton) -> None:
    """Fold 甲旗下的乙, 甲的子公司乙 and 甲集團的乙 to 乙, noting that it belongs to 甲; 甲與子公司乙 to a list of the two.

    Where only 甲的子公司 does something, 甲 is no name of the sentence.
    """
    if not (firms := skeleton.count_firms()):
        return
    if firms > 1:
        if "的" in skeleton.text:
            skeleton.fold(_GROUP, _member_of_group)
        if _TIE.search(skeleton.text):
            _fold_owned(skeleton)
    if _TOLD_BY.search(skeleton.text):
        for pattern in (_UNNAMED, _UNKNOWN):
            for match in pattern.finditer(skeleton.text):
                skeleton.replace(match.start(1), match.end(1), UNNAMED)


def _member_of_group(skeleton: Skeleton, match: re.Match[str]) -> str | None:
    start, end = skeleton.spans[match.start()]
    owner, owned = skeleton.slots[match[1]].members[0], skeleton.slots[match[2]].members[0]
    if owner == owned or not ("集团" in match[0] or skeleton.key[start:end].endswith("集团")):
        return None
    span = (start, skeleton.spans[match.end() - 1][1])
    skeleton.roles.append(Role(owned, "subsidiary_of", owner, "集團", *span, False, False, False, post=False))
    return match[2]


def _fold_owned(skeleton: Skeleton) -> None:
    place = 0
    while match := _OWNED.search(skeleton.text, place):
        place = match.start() + 1
        owner = skeleton.slots[match[1]]
        if len(owner.members) != 1 or (match["list"] and match["under"] not in (None, "旗下")):
            continue
        owned = [skeleton.slots[c] for c in match["owned"] if c in skeleton.slots]
        last = _LISTED.match(skeleton.text, match.end()) if len(owned) > 1 else None
        if last:
            owned.append(skeleton.slots[last[1]])
        span = (skeleton.spans[match.start()][0], skeleton.spans[(last or match).end() - 1][1])
        word = match["child"] or match["under"]
        gone = bool(_GONE.match(match["kind"] or ""))
        for member in (m for slot in owned for m in slot.members):
            if member != owner.members[0] and word not in _KIN:
                ends = (owner.members[0], member) if word == "母公司" else (member, owner.members[0])
                skeleton.roles.append(
                    Role(ends[0], "subsidiary_of", ends[1], word, *span, gone, False, False, post=False)
                )
        if match["list"]:
            # 甲與子公司乙: the words between go, the list is folded with the others.
            for cell in range(match.start("owned") - 1, match.end("list") - 1, -1):
                skeleton.text = skeleton.text[:cell] + skeleton.text[cell + 1 :]
                del skeleton.spans[cell]
        else:
            start = match.start("owned")
            skeleton.replace(match.start(), start + 1, skeleton.text[start])
