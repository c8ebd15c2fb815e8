"""Throughput: how many megabytes of text the pipeline reads in a second on one core, beside other tools."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import partial

import peers
from measuring import MB, Bound, Scale, interleaved, say, table, timed
from texts import Texts, read_all, warm

CUT, TAGS, RECORDS = "jieba.cut, with HMM", "fold, then jieba.posseg", "**the pipeline: text to record**"
SCAN = "the automaton alone, on folded text"
MISSING = "not installed"


def throughput(sets: Sequence[Texts], scale: Scale) -> tuple[str, list[Bound]]:
    """The table of the megabytes a second of each, and what is asked of the pipeline."""
    readers = _readers()
    columns, bounds = {}, []
    for texts in sets:
        columns[texts.name], times = _measured(readers, texts, scale)
        if texts.asked:
            bounds.append(Bound(f"pipeline to {CUT}, {texts.name}", times, texts.asked, at_most=False))
    gc.unfreeze()
    headings = [f"{name}: {what}" for name in columns for what in ("MB/s", "× jieba.cut")]
    rows = [[name, *(cell for column in columns.values() for cell in column[name])] for name in readers]
    sizes = [[t.name, f"{len(t.texts):,}", f"{t.size / MB:.2f}", f"{sum(map(len, t.texts)):,}"] for t in sets]
    about = table(("texts", "documents", "MB", "code points"), sizes)
    return f"{about}\n\n{table(('on one core', *headings), rows)}", bounds


def _readers() -> dict[str, peers.Reader | None]:
    """What is measured, by name."""
    from extractor.text.folding import fold
    from extractor.writers.jsonlines import to_json

    say("throughput: make the peers")
    known = peers.names()
    others: dict[str, peers.Reader | None] = {
        CUT: peers.jieba_cut(),
        TAGS: peers.jieba_tags(),
        "OpenCC, t2s": peers.opencc(),
        f"FlashText, {sum(map(len, known.values())):,} names": peers.flashtext(known),
        "HarvestText, linking the same": peers.harvesttext(known),
    }
    scan = peers.automaton(known)
    # Their objects are many: the collector of garbage is not to look through them while the pipeline runs.
    gc.collect()
    gc.freeze()
    from extractor import Extractor

    extractor = Extractor()

    def line(text: str) -> str:
        return to_json(extractor.extract(text).to_dict())

    return others | {
        SCAN: scan,
        "our fold": fold,
        RECORDS: extractor.extract,
        "the same, as a line of JSON": line,
    }


def _measured(
    readers: dict[str, peers.Reader | None], texts: Texts, scale: Scale
) -> tuple[dict[str, tuple[str, str]], float]:
    """For each reader its speed as two cells; and how many times as fast as jieba the pipeline is."""
    from extractor.text.folding import fold

    say(f"throughput: {texts.name}")
    folded = [fold(text) for text in texts.texts]
    if record := readers[RECORDS]:
        warm(record, texts.texts, scale.warm)
    timings = interleaved(
        {
            name: timed(partial(read_all, reader, folded if name == SCAN else texts.texts))
            for name, reader in readers.items()
            if reader
        },
        scale.rounds,
    )
    cells = {
        name: (f"{texts.size / MB / timings.median(name):,.2f}", f"{timings.ratio(CUT, name):,.2f}")
        if reader
        else (MISSING, "")
        for name, reader in readers.items()
    }
    return cells, timings.ratio(CUT, RECORDS)
