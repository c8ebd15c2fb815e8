"""Needs: what stands in every match of a pattern, so that a rule is tried only where all of it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any, NamedTuple

STOPS = ",;。"  # what a gap inside a clause does not cross
_STOPS = frozenset(map(ord, STOPS))
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
_WIDTHLESS = (sre.ASSERT, sre.ASSERT_NOT, sre.AT)
_ALL_BUT = (sre.CATEGORY_NOT_DIGIT, sre.CATEGORY_NOT_SPACE, sre.CATEGORY_NOT_WORD)


class Need(NamedTuple):
    """Every match holds one of `words`, with at least so many slots before and behind it and no stop between them."""

    words: tuple[str, ...]
    before: int
    behind: int


def needs(parsed: Any) -> list[Need]:
    """What every match of a parsed expression needs, the most telling first."""
    slots = {group for name, group in parsed.state.groupdict.items() if name in ("s", "o")}
    return sorted(_Walk(slots).needs(parsed, 0, 0), key=_telling, reverse=True)


def _telling(need: Need) -> tuple[int, int]:
    return min(map(len, need.words)), -len(need.words)


class _Walk:
    """A walk through a parsed expression; `slots`: the groups that are slots."""

    def __init__(self, slots: set[int]) -> None:
        self._slots = slots

    def needs(self, parsed: Iterable[Any], before: int, behind: int) -> Iterator[Need]:
        """The needs of a sequence that has so many slots on either side."""
        items = list(parsed)
        place = 0
        while place < len(items):
            end = place + 1
            while _is_letter(items[place]) and end < len(items) and _is_letter(items[end]):
                end += 1
            left = self._reach(items[:place][::-1], before)
            right = self._reach(items[end:], behind)
            if _is_letter(items[place]):
                yield _need({"".join(chr(letter) for _, letter in items[place:end])}, left, right)
            else:
                yield from self._inside(items[place], left, right)
            place = end

    def _inside(self, item: Any, before: int, behind: int) -> Iterator[Need]:
        code, argument = item
        if code is sre.SUBPATTERN:
            yield from self.needs(argument[3], before, behind)
        elif code is sre.BRANCH:
            branches = [list(self.needs(branch, before, behind)) for branch in argument[1]]
            if all(branches):
                yield _of_branches([max(branch, key=_telling) for branch in branches])
                if any(len(branch) > 1 for branch in branches):
                    # 建立…聯盟: the first word of a branch with a gap says less than the last.
                    yield _of_branches([branch[-1] for branch in branches])
        elif code in _REPEATS and argument[0] > 0:
            yield from self.needs(argument[2], *((0, 0) if _crosses(item) else (before, behind)))
        elif code is sre.IN and all(kind is sre.LITERAL for kind, _ in argument):
            yield _need({chr(letter) for _, letter in argument}, before, behind)

    def _reach(self, items: list[Any], beyond: int) -> int:
        """How many slots stand among items and `beyond` them, as far as the first that may match a stop."""
        count = 0
        for item in items:
            if _crosses(item):
                return count
            count += self._count(item)
        return count + beyond

    def _count(self, item: Any) -> int:
        """How many slots an item matches at least."""
        code, argument = item
        if code is sre.SUBPATTERN:
            return 1 if argument[0] in self._slots else sum(map(self._count, argument[3]))
        if code is sre.BRANCH:
            return min(sum(map(self._count, branch)) for branch in argument[1])
        return argument[0] * sum(map(self._count, argument[2])) if code in _REPEATS else 0


def _of_branches(needs: list[Need]) -> Need:
    """The need that one of several is filled."""
    words = {word for need in needs for word in need.words}
    return _need(words, min(need.before for need in needs), min(need.behind for need in needs))


def _need(words: set[str], before: int, behind: int) -> Need:
    stopped = any(stop in word for word in words for stop in STOPS)
    # A word that holds another one adds nothing.
    least = sorted(word for word in words if not any(other in word and other != word for other in words))
    return Need(tuple(least), *((0, 0) if stopped else (before, behind)))


def _is_letter(item: Any) -> bool:
    return item[0] is sre.LITERAL and item[1] != ord("\n")


def _crosses(item: Any) -> bool:
    """Whether an item may match a stop."""
    code, argument = item
    if code is sre.LITERAL:
        return argument in _STOPS
    if code is sre.IN:
        listed = argument[1:] if (others := argument[0][0] is sre.NEGATE) else argument
        return any(others != any(_holds(kind, what, stop) for kind, what in listed) for stop in _STOPS)
    if code is sre.SUBPATTERN:
        return any(map(_crosses, argument[3]))
    if code is sre.BRANCH:
        return any(_crosses(part) for branch in argument[1] for part in branch)
    if code in _REPEATS:
        return any(map(_crosses, argument[2]))
    return code not in _WIDTHLESS


def _holds(kind: Any, what: Any, stop: int) -> bool:
    """Whether an entry of a character class takes in a stop."""
    if kind is sre.RANGE:
        return bool(what[0] <= stop <= what[1])
    return what in _ALL_BUT if kind is sre.CATEGORY else bool(what == stop)
