"""Growth: what longer texts, more texts, more names and more rules cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import peers
from articles import articles
from enlarged import more_names, more_rules
from measuring import Bound, Scale, Timings, interleaved, say, table, timed
from startup import command, process
from texts import Texts, read_all, size, warm

LONGER = 20  # texts that are made longer
# What is asked: times as long as in proportion; times the time of a text; times the start.
IN_PROPORTION, NAMES, RULES, START = 1.1, 1.3, 2.0, 2.5
BEFORE, BEHIND = "before", "behind"
HEADINGS = ("what", "of", "ms before", "ms behind", "times as long")

Read = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Growth:
    """What it takes before and behind something grew, `asked` times as long at most."""

    what: str
    of: str
    before: float
    behind: float
    ratio: float
    asked: float

    @classmethod
    def of_timings(
        cls, what: str, of: str, timings: Timings, asked: float, parts: float = 1, parts_behind: float = 1
    ) -> Growth:
        """Of timings of so many parts before, and so many behind; what counts is one part."""
        before, behind = timings.median(BEFORE) / parts, timings.median(BEHIND) / parts_behind
        return cls(what, of, before, behind, timings.ratio(BEHIND, BEFORE) * parts / parts_behind, asked)


def growth(folder: Path, sets: Sequence[Texts], scale: Scale) -> tuple[str, list[Bound]]:
    """The table of what `scale.times` as much of each costs, and what is asked of it."""
    found = list(_growths(folder, sets, scale))
    rows = [[g.what, g.of, f"{g.before * 1000:,.1f}", f"{g.behind * 1000:,.1f}", f"{g.ratio:.2f}"] for g in found]
    return table(HEADINGS, rows), [Bound(f"time, {g.what}: {g.of}", g.ratio, g.asked) for g in found]


def _growths(folder: Path, sets: Sequence[Texts], scale: Scale) -> Iterator[Growth]:
    from extractor import Extractor

    known = [name for of_one in peers.names().values() for name in of_one]
    say(f"growth: compile {scale.times} times the names and the rules")
    built_in = Extractor()
    count = sum(len(relation.rules) for relation in built_in.rules.relations.values())
    names, rules = f"{len(known):,} names × {scale.times}", f"{count:,} rules × {scale.times}"
    more = more_names(folder / "names", known, (scale.times - 1) * len(known))
    larger = (
        (names, Extractor([more]).extract, NAMES),
        (f"{rules}, in other words", Extractor([more_rules(folder / "other", scale.times - 1, True)]).extract, RULES),
        (
            f"{rules}, in the same words",
            Extractor([more_rules(folder / "same", scale.times - 1, False)]).extract,
            RULES,
        ),
    )
    read = built_in.extract
    for texts in sets:
        say(f"growth: {texts.name}")
        warm(read, texts.texts, scale.warm)
        yield _longer(read, texts, scale)
        yield _more_texts(read, texts, scale)
        for what, read_larger, asked in larger:
            warm(read_larger, texts.texts, scale.warm)
            timings = _timings(read, texts.texts, read_larger, texts.texts, scale.rounds)
            yield Growth.of_timings(what, texts.name, timings, asked, len(texts.texts), len(texts.texts))
    say("growth: start-up")
    article, program = next(articles(1))["text"].encode("utf-8"), command(folder)
    tasks = {
        BEFORE: process(program, article),
        BEHIND: process([*program, "--dictionary", str(more)], article),
    }
    yield Growth.of_timings(names, "one article, warm cache", interleaved(tasks, scale.rounds), START)


def _longer(read: Read, texts: Texts, scale: Scale) -> Growth:
    """A text, and the same `times` over in one document."""
    times, short = scale.times, texts.texts[:LONGER]
    timings = _timings(read, short * times, read, [text * times for text in short], scale.rounds)
    asked = IN_PROPORTION * times
    return Growth.of_timings(f"a text × {times}", texts.name, timings, asked, times * len(short), len(short))


def _more_texts(read: Read, texts: Texts, scale: Scale) -> Growth:
    """A part of the texts, and all of them; the part as long as if all texts were of one length."""
    times = scale.times
    few = texts.texts[::times]
    timings = _timings(read, few, read, texts.texts, scale.rounds)
    parts = times * sum(map(size, few)) / texts.size
    return Growth.of_timings(f"documents × {times}", texts.name, timings, IN_PROPORTION * times, parts)


def _timings(read: Read, texts: Sequence[str], read_behind: Read, texts_behind: Sequence[str], rounds: int) -> Timings:
    before, behind = (lambda: read_all(read, texts)), (lambda: read_all(read_behind, texts_behind))
    return interleaved({BEFORE: timed(before), BEHIND: timed(behind)}, rounds)
