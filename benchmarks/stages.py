"""Time by stage of the pipeline: the functions of `STAGES` are watched while texts are read.

A stage's time is its own, without that of the stages that it calls, so that all of them and the rest make the whole.
"""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from measuring import MB, Scale, table
from texts import Texts, read_all, warm

# What each stage is called, and the function where it is looked up when it is called; in the order of pipeline.py.
STAGES = {
    "fold": "extractor.pipeline:fold",
    "bylines": "extractor.pipeline:blank_bylines",
    "names of the dictionaries": "extractor.knowledge.lexicon:Lexicon.find",
    "their edges": "extractor.pipeline:sound_hits",
    "words, where an edge is in doubt": "extractor.mentions:cut",
    "linking": "extractor.linking:Linker.link",
    "unknown names": "extractor.unknown:UnknownNames.find",
    "taught names": "extractor.taught:TaughtNames.find",
    "sentences": "extractor.pipeline:sentences",
    "selection": "extractor.selection:Selector.choose",
    "skeletons": "extractor.pipeline:build",
    "names folded": "extractor.pipeline:fold_names",
    "owners folded": "extractor.pipeline:fold_owners",
    "titles folded": "extractor.titles:TitleFolder.fold",
    "lists folded": "extractor.pipeline:fold_lists",
    "slots that take no part": "extractor.standing:Standing.read",
    "anaphora": "extractor.discourse:Resolver.resolve",
    "rules": "extractor.relations:Matcher.match",
    "modality": "extractor.modality:ModalityReader.read",
    "namesakes": "extractor.namesakes:Namesakes.statements",
    "facts": "extractor.facts:Facts.add",
    "dates and amounts": "extractor.qualifiers:Qualifier.read",
    "record": "extractor.facts:Facts.record",
    "as plain data": "extractor.records:Record.to_dict",
    "as JSON": "extractor.writers.jsonlines:to_json",
}
REST = "between the stages"
SHOWN = 25  # functions of a profile
_PACKAGES = ("site-packages", "src")  # what a path in a profile is shortened to


def stages(sets: Sequence[Texts], scale: Scale) -> str:
    """The table of the time that each stage takes of a document, and of all of it."""
    columns = [_shares(texts, scale) for texts in sets]
    rows = [[stage, *(cell for column in columns for cell in column[stage])] for stage in (*STAGES, REST)]
    whole = ["all", *(cell for column in columns for cell in column["all"])]
    headings = [f"{texts.name}: {what}" for texts in sets for what in ("calls", "µs", "share")]
    return table(("a document", *headings), [*rows, whole])


def functions(sets: Sequence[Texts], scale: Scale) -> str:
    """Tables of the functions that take most time of their own, one for each set of texts."""
    return "\n\n".join(f"{texts.name}, a document:\n\n{_functions(texts, scale)}" for texts in sets)


def located(path: str) -> tuple[Any, str]:
    """Where the function of a stage is kept: its module or class, and its name there. AttributeError: it is not there."""
    module, _, names = path.partition(":")
    owner: Any = import_module(module)
    *classes, name = names.split(".")
    for class_ in classes:
        owner = getattr(owner, class_)
    getattr(owner, name)
    return owner, name


class Clock:
    """How often each stage was called, and its own seconds."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def running(self, stage: str) -> Iterator[None]:
        """The stage runs; what called it waits."""
        self.enter(stage)
        try:
            yield
        finally:
            self.leave()

    def enter(self, stage: str) -> None:
        """A stage begins."""
        now = perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._open.append(stage)
        self._since = now

    def leave(self) -> None:
        """The stage that began last is over."""
        now = perf_counter()
        self.seconds[self._open.pop()] += now - self._since
        self._since = now

    def watch(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, watched as a stage; what it yields counts when it is asked for."""

        @wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            self.calls[stage] += 1
            self.enter(stage)
            try:
                result = function(*arguments, **named)
            finally:
                self.leave()
            return self._watch_items(stage, result) if isinstance(result, Iterator) else result

        return watched

    def _watch_items(self, stage: str, items: Iterator[Any]) -> Iterator[Any]:
        while True:
            self.enter(stage)
            try:
                item = next(items)
            except StopIteration:
                return
            finally:
                self.leave()
            yield item


@contextmanager
def watched() -> Iterator[Clock]:
    """All stages watched by a clock; an extractor must be made inside, for it may keep the functions."""
    clock = Clock()
    kept = []
    for stage, path in STAGES.items():
        owner, name = located(path)
        kept.append((owner, name, getattr(owner, name)))
        setattr(owner, name, clock.watch(stage, getattr(owner, name)))
    try:
        yield clock
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def _shares(texts: Texts, scale: Scale) -> dict[str, tuple[str, str, str]]:
    with watched() as clock:
        read = _reader(texts, scale)
        clock.calls.clear()
        clock.seconds.clear()
        for _ in range(scale.rounds):
            with clock.running(REST):
                read()
    documents = scale.rounds * len(texts.texts)
    whole = sum(clock.seconds.values())
    return {
        stage: (f"{clock.calls[stage] / documents:,.1f}", *_cells(clock.seconds[stage], documents, whole))
        for stage in STAGES
    } | {
        REST: ("", *_cells(clock.seconds[REST], documents, whole)),
        "all": ("", *_cells(whole, documents, whole)),
    }


def _cells(seconds: float, documents: int, whole: float) -> tuple[str, str]:
    return f"{seconds / documents * MB:,.0f}", f"{seconds / whole:.1%}"


def _reader(texts: Texts, scale: Scale) -> Callable[[], None]:
    """What reads the texts and makes JSON of their records, with an extractor of its own that is warm."""
    from extractor import Extractor
    from extractor.writers import jsonlines

    extractor = Extractor()

    def read(text: str) -> None:
        jsonlines.to_json(extractor.extract(text).to_dict())

    warm(read, texts.texts, scale.warm)
    return partial(read_all, read, texts.texts)


def _functions(texts: Texts, scale: Scale) -> str:
    read = _reader(texts, scale)
    profile = cProfile.Profile()
    profile.runcall(read)
    found: dict[tuple[str, int, str], Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    slowest = sorted(found.items(), key=lambda item: -item[1][2])[:SHOWN]
    documents = len(texts.texts)
    rows = [
        [
            _place(*place),
            f"{calls / documents:,.1f}",
            f"{own / documents * MB:,.0f}",
            f"{whole / documents * MB:,.0f}",
        ]
        for place, (_, calls, own, whole, _) in slowest
    ]
    return table(("function", "calls", "own µs, profiled", "µs with what it calls"), rows)


def _place(file: str, line: int, name: str) -> str:
    name = name.strip("<>").replace("|", "\\|")
    if not line:
        return f"`{name}`"
    parts = Path(file).parts
    begins = max((parts.index(part) + 1 for part in _PACKAGES if part in parts), default=len(parts) - 1)
    return f"`{'/'.join(parts[begins:])}:{line} {name}`"
