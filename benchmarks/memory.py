"""Memory: what one process holds at most, for one article and for many."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from articles import articles
from measuring import MB, Bound, table
from texts import Texts

ASKED = 200  # MB
FIRST = "one article, no cache"
READER = Path(__file__).with_name("peak.py")


def memory(folder: Path, sets: Iterable[Texts]) -> tuple[str, list[Bound]]:
    """The table of what a fresh process holds at most for one article, and for each set of texts."""
    one = [next(articles(1))["text"]]
    # The first one makes the cache.
    all_sets = [Texts(FIRST, one), Texts("one article", one), *sets]
    cache, file = folder / "memory", folder / "memory.jsonl"
    peaks = {texts.name: peak_of(file, texts, cache) / MB for texts in all_sets}
    rows = [[t.name, f"{len(t.texts):,}", f"{t.size / MB:.2f}", f"{peaks[t.name]:,.0f}"] for t in all_sets]
    most = max(peaks.keys() - {FIRST}, key=lambda name: peaks[name])
    return table(("texts", "documents", "MB of text", "peak memory, MB"), rows), [
        Bound(f"peak memory of one process in MB, {name}", peaks[name], ASKED) for name in (FIRST, most)
    ]


def peak_of(file: Path, texts: Texts, cache: Path) -> int:
    """The peak of a process that reads these texts, which are written to `file`, with this cache folder."""
    lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts.texts)
    file.write_text("".join(lines), "utf-8")
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    done = subprocess.run([sys.executable, READER, str(file)], stdout=subprocess.PIPE, env=environment, check=True)
    return int(done.stdout)
