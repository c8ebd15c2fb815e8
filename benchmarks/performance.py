"""Speed: everything that is asked of it, measured in one run; as Markdown, with the ratios that are asked.

python benchmarks/performance.py                                   # some minutes; progress on stderr
python benchmarks/performance.py --dense news/ --gold gold/         # also on these texts, and the quality beside
python benchmarks/performance.py --only stages --profile           # where the time goes
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from growth import growth
from measuring import BOUNDS, FULL, MB, QUICK, Bound, Scale, machine, say, table, work_folder
from memory import memory
from quality import quality
from stages import functions, stages
from startup import startup
from texts import DENSE_ASKED, GENERAL_ASKED, dense, general, given, news
from throughput import throughput

SECTIONS = ("startup", "throughput", "stages", "growth", "memory", "quality")
NEWS = 8  # times as much text for the memory


def measure(asked: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The tables of the sections asked for, as they are measured, and last what is asked of the figures."""
    scale = QUICK if asked.quick else Scale(rounds=asked.rounds, size=int(asked.size * MB))
    made = [general(scale.size), dense(scale.size)]
    kinds = ((asked.general, GENERAL_ASKED), (asked.dense, DENSE_ASKED), (asked.paths, None))
    sets = [*made, *(given(path, scale.size, times) for paths, times in kinds for path in paths)]
    bounds: list[Bound] = []

    def part(title: str, content: str, more: Sequence[Bound] = ()) -> str:
        bounds.extend(more)
        return f"\n### {title}\n\n{content}"

    yield f"{machine()}; medians of {scale.rounds} interleaved rounds."
    for section in asked.only:
        say(section)
        match section:
            case "startup":
                yield part("Start-up", *startup(folder, scale))
            case "throughput":
                yield part("Throughput", *throughput(sets, scale))
            case "stages":
                yield part("Stages", stages(sets, scale))
            case "growth":
                yield part("Growth", *growth(folder, made, scale))
            case "memory":
                yield part("Memory", *memory(folder, [*sets, news(NEWS * scale.size)]))
            case "quality" if asked.gold:
                yield part("Quality", quality(asked.gold))
    if asked.profile:
        say("profile")
        yield part("Functions", functions(sets, scale))
    if bounds:
        yield part("What is asked", table(BOUNDS, [bound.row() for bound in bounds]))


def parser() -> argparse.ArgumentParser:
    """Of the command line."""
    parser_ = argparse.ArgumentParser(description="Measure the speed of the program, and what it is asked to keep.")
    add = parser_.add_argument
    add("paths", nargs="*", type=Path, help="more texts: a .txt file with one a line, a .jsonl file, a folder")
    add("--general", type=Path, action="append", default=[], metavar="PATH", help="the same, general text")
    add("--dense", type=Path, action="append", default=[], metavar="PATH", help="the same, dense news")
    add("--rounds", type=int, default=FULL.rounds, help="how often all is measured (5)")
    add("--size", type=float, default=FULL.size / MB, help="MB of each set of texts (0.5)")
    add("--only", type=_sections, default=SECTIONS, help=f"some of {','.join(SECTIONS)}")
    add("--profile", action="store_true", help="also the functions that take most time")
    add("--gold", type=Path, action="append", default=[], help="a folder of gold, for the quality; can be repeated")
    add("--quick", action="store_true", help="one round over little text, to see whether it runs")
    add("--folder", type=Path, help="where to work (a temporary folder)")
    return parser_


def main() -> None:
    asked = parser().parse_args()
    with work_folder(asked.folder and asked.folder.resolve()) as folder:
        # Neither the cache nor the dictionaries of whoever measures; the processes that are started see the same.
        os.environ |= {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder / "configuration")}
        os.environ.pop("EXTRACTOR_DICTIONARY", None)
        for part in measure(asked, folder):
            print(part, flush=True)


def _sections(names: str) -> list[str]:
    given_ = names.split(",")
    if unknown := sorted(set(given_) - set(SECTIONS)):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: the sections are {', '.join(SECTIONS)}")
    return [section for section in SECTIONS if section in given_]


if __name__ == "__main__":
    main()
