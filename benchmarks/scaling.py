"""What a gigabyte costs on one core, on two and on a cluster of two workers, and what follows for a billion articles.

python benchmarks/scaling.py --count 20000        # prints the tables of docs/scaling.md
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from articles import write_articles
from measuring import GB, MB, Cost, cost, machine, size, table, work_folder

MANY = 1_000_000_000  # articles of the plan
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Run:
    """A way to work through the articles."""

    name: str
    output: str
    options: tuple[str, ...]


RUNS = (
    Run("1 worker", "one.jsonl", ("--workers", "1")),
    Run("2 workers", "two.jsonl", ("--workers", "2")),
    Run("2 workers, store", "two.db", ("--workers", "2")),
    Run("cluster of 2 workers", "parts", ("--workers", "2", "--scheduler", "local")),
)


def measure(folder: Path, count: int) -> str:
    """The tables, as Markdown."""
    source, small = folder / "news.jsonl", folder / "few.jsonl"
    volume = write_articles(source, count)
    write_articles(small, 2)
    costs, sizes, starts = {}, {}, {}
    for run in RUNS:
        # What two articles cost is what a run costs before it works: it does not grow with the articles.
        starts[run] = cost("batch", small, "-o", folder / f"few-{run.output}", *run.options)
        costs[run] = cost("batch", source, "-o", folder / run.output, *run.options)
        sizes[run] = size(folder / run.output)
    base = max(1e-9, costs[RUNS[0]].seconds - starts[RUNS[0]].seconds)
    rows = [_row(run, costs[run], starts[run], sizes[run], base, volume, count) for run in RUNS]
    headings = (
        "run",
        "start, s",
        "articles/s",
        "× 1 worker",
        "s per GB",
        "core-s per GB",
        "memory, MB",
        "GB per 1M articles",
    )
    about = f"{count:,} articles, {volume / MB:,.1f} MB of text; {machine()}."
    return "\n\n".join((about, table(headings, rows), _plan(costs, starts, sizes, volume, count)))


def _row(run: Run, spent: Cost, start: Cost, size_: int, base: float, volume: int, count: int) -> list[str]:
    seconds, cpu = max(1e-9, spent.seconds - start.seconds), spent.cpu - start.cpu
    return [
        f"{run.name} → {Path(run.output).suffix or 'Parquet'}",
        f"{start.seconds:.1f}",
        f"{count / seconds:,.0f}",
        f"{base / seconds:.2f}",
        f"{seconds / volume * GB:,.0f}",
        f"{cpu / volume * GB:,.0f}",
        f"{spent.peak / MB:,.0f}",
        f"{size_ / count * 1e6 / GB:.2f}",
    ]


def _plan(costs: dict[Run, Cost], starts: dict[Run, Cost], sizes: dict[Run, int], volume: int, count: int) -> str:
    cluster, store, lines = RUNS[3], RUNS[2], RUNS[0]
    core_hours = (costs[cluster].cpu - starts[cluster].cpu) / count * MANY / HOUR
    text = volume / count * MANY
    rows = [
        ["text", f"{text / GB / 1000:,.1f} TB"],
        ["parts, of 128 MiB of sources", f"{text * 1.05 / 2**27:,.0f}"],
        ["core-hours", f"{core_hours:,.0f}"],
        *([f"hours on {cores:,} cores", f"{core_hours / cores:,.1f}"] for cores in (64, 256, 1024)),
        ["memory a worker", f"{costs[cluster].peak / 2 / MB:,.0f} MB, its share of the scheduler's with it"],
        ["Parquet", f"{sizes[cluster] / count * MANY / GB / 1000:,.2f} TB"],
        ["JSON Lines", f"{sizes[lines] / count * MANY / GB / 1000:,.2f} TB"],
        ["one store", f"{sizes[store] / count * MANY / GB / 1000:,.2f} TB"],
    ]
    return table(("a billion articles", ""), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what a gigabyte of articles costs.")
    parser.add_argument("--count", type=int, default=20_000, help="how many articles (20000)")
    parser.add_argument("--folder", type=Path, help="where to work (a temporary folder)")
    given = parser.parse_args()
    with work_folder(given.folder) as folder:
        print(measure(folder, given.count))


if __name__ == "__main__":
    main()
