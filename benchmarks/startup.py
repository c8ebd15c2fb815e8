"""Start-ups: how long whole processes take, from the command to the prompt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from articles import articles
from measuring import Bound, Scale, interleaved, table

# What pip makes of the console script `extractor`.
RUN = "import sys\nfrom extractor.cli import main\nsys.exit(main())\n"
EMPTY = """import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def one(): ...


@app.command()
def two(): ...


@app.command()
def three(): ...


app()
"""
BARE, TYPER, APP, JIEBA = (
    "`python -c pass`",
    "`import typer, rich`",
    "an empty typer app, `--help`",
    "`jieba.initialize()`",
)
HELP, VERSION, WARM, COLD = (
    "`extractor --help`",
    "`extractor --version`",
    "one article, warm cache",
    "one article, no cache",
)


def startup(folder: Path, scale: Scale) -> tuple[str, list[Bound]]:
    """The table of start-ups, and what is asked of them."""
    app, article = folder / "app.py", next(articles(1))["text"].encode("utf-8")
    app.write_text(EMPTY, "utf-8")
    cold = folder / "cold"
    extractor = command(folder)
    tasks = {
        BARE: process([sys.executable, "-c", "pass"]),
        TYPER: process([sys.executable, "-c", "import typer, rich"]),
        APP: process([sys.executable, str(app), "--help"]),
        # It warns of its own use of pkg_resources, and says that it is ready.
        JIEBA: process([sys.executable, "-W", "ignore", "-c", "import jieba; jieba.initialize()"]),
        HELP: process([*extractor, "--help"]),
        VERSION: process([*extractor, "--version"]),
        WARM: process(extractor, article),
        COLD: process(extractor, article, emptied=cold),
    }
    timings = interleaved(tasks, scale.rounds)
    rows = [
        [name, f"{timings.median(name) * 1000:,.0f}", *(f"{timings.ratio(name, base):.2f}" for base in (TYPER, JIEBA))]
        for name in tasks
    ]
    bounds = [
        Bound(f"{HELP} to {TYPER}", timings.ratio(HELP, TYPER), 1.4),
        Bound(f"{HELP} to {APP} (either of the two)", timings.ratio(HELP, APP), 1.2),
        Bound(f"{WARM}, to {JIEBA}", timings.ratio(WARM, JIEBA), 0.4),
    ]
    return table(("process", "ms", f"× {TYPER}", f"× {JIEBA}"), rows), bounds


def command(folder: Path) -> list[str]:
    """The program as a console script that is written to `folder`."""
    script = folder / "run.py"
    script.write_text(RUN, "utf-8")
    return [sys.executable, str(script)]


def process(arguments: Sequence[str], given: bytes = b"", emptied: Path | None = None) -> Callable[[], float]:
    """A process with `given` on stdin as a task; `emptied` is its cache, removed before it begins. It must succeed."""
    environment = os.environ | ({"XDG_CACHE_HOME": str(emptied)} if emptied else {})

    def task() -> float:
        if emptied:
            shutil.rmtree(emptied, ignore_errors=True)
        began = time.perf_counter()
        done = subprocess.run(arguments, input=given, capture_output=True, env=environment, check=False)
        seconds = time.perf_counter() - began
        if done.returncode:
            sys.exit(f"{' '.join(arguments)}: {done.stderr.decode('utf-8', 'replace')}")
        return seconds

    return task
