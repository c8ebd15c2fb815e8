"""Batch runs: does memory grow with the folder, what do two workers bring, and what does writing a store cost?

python benchmarks/batch.py                            # 10,000 and 100,000 articles
python benchmarks/batch.py --few 1000 --many 10000
"""

from __future__ import annotations

import argparse
from pathlib import Path

from articles import write_articles
from measuring import MB, Cost, cost, machine, table, work_folder

MEMORY_BOUND, SPEED_BOUND = 1.3, 1.6  # what is asked of the two ratios


def measure(folder: Path, few: int, many: int) -> str:
    """Two tables, as Markdown, and the ratios that follow."""
    runs: dict[str, Cost] = {}

    def run(name: str, source: Path, output: str, workers: int) -> Cost:
        runs[name] = cost("batch", source, "-o", folder / output, "--workers", str(workers))
        return runs[name]

    write_articles(folder / "few", few)
    write_articles(folder / "many", many)
    # Dense news: every paragraph is about firms.
    write_articles(folder / "dense.jsonl", few, general=0)
    small = run(f"{few:,} files → .db, 2 workers", folder / "few", "few.db", 2)
    large = run(f"{many:,} files → .db, 2 workers", folder / "many", "many.db", 2)
    one = run(f"{few:,} dense articles → .jsonl, 1 worker", folder / "dense.jsonl", "one.jsonl", 1)
    two = run(f"{few:,} dense articles → .jsonl, 2 workers", folder / "dense.jsonl", "two.jsonl", 2)
    rows = [
        [name, f"{spent.seconds:,.1f}", f"{spent.cpu:,.1f}", f"{spent.main:,.1f}", f"{spent.peak / MB:,.0f}"]
        for name, spent in runs.items()
    ]
    ratios = [
        [f"peak memory, {many:,} to {few:,} files", f"{large.peak / small.peak:.2f}", f"at most {MEMORY_BOUND}"],
        ["speed, 2 workers to 1", f"{one.seconds / two.seconds:.2f}", f"at least {SPEED_BOUND}"],
        ["processor time of the process that reads and writes, .db", f"{large.main / large.cpu:.0%}", "small"],
        ["the same, .jsonl", f"{two.main / two.cpu:.0%}", "small"],
    ]
    headings = ("run", "seconds", "processor seconds", "of them the main process", "peak memory, MB")
    return "\n\n".join((machine() + ".", table(headings, rows), table(("ratio", "", "asked"), ratios)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure batch runs: memory, workers, the writer's share.")
    parser.add_argument("--few", type=int, default=10_000, help="articles of the small folder (10000)")
    parser.add_argument("--many", type=int, default=100_000, help="articles of the large folder (100000)")
    parser.add_argument("--folder", type=Path, help="where to work (a temporary folder)")
    given = parser.parse_args()
    with work_folder(given.folder) as folder:
        print(measure(folder, given.few, given.many))


if __name__ == "__main__":
    main()
