"""Draws mentions from a text of one paragraph a line, for a reader to judge.

`python tools/sample.py PARAGRAPHS --type company --count 200 --seed 20` prints, after a line with the number of all mentions
of that type, one drawn mention a line: paragraph (from 1), start, end (code points of the paragraph), the mention, the name
of what it is linked to, and the words around it, separated by tabs.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

from extractor import Extractor

AROUND = 60  # code points


def draw(paragraphs: list[str], type_: str, count: int, seed: int) -> tuple[int, list[str]]:
    """How many mentions of the type there are, and the lines of those drawn, in the order of the text."""
    extractor = Extractor()
    found = []
    for number, text in enumerate(paragraphs, 1):
        for entity in extractor.extract(text).entities:
            if entity.type == type_:
                found += [(number, m.start, m.end, m.text, entity.name, text) for m in entity.mentions]
    found.sort()
    lines = []
    for number, start, end, mention, name, text in sorted(random.Random(seed).sample(found, min(count, len(found)))):
        around = f"{text[max(0, start - AROUND) : start]}【{mention}】{text[end : end + AROUND]}"
        lines.append(f"{number}\t{start}\t{end}\t{mention}\t{name}\t{around}")
    return len(found), lines


def main() -> None:
    """Reads the command line and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paragraphs", type=Path)
    parser.add_argument("--type", default="company")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20)
    arguments = parser.parse_args()
    paragraphs = arguments.paragraphs.read_text("utf-8").split("\n")
    total, lines = draw(paragraphs, arguments.type, arguments.count, arguments.seed)
    sys.stdout.write("\n".join([f"# {total} mentions of type {arguments.type}", *lines]) + "\n")


if __name__ == "__main__":
    main()
