"""Draws mentions or triples from a text of one paragraph a line, for a reader to judge.

`python tools/sample.py PARAGRAPHS --type company --count 200 --seed 21` prints, after a line with the number of all mentions
of that type, one drawn mention a line: paragraph (from 1), start, end (code points of the paragraph), the mention, the name
of what it is linked to, and the words around it, separated by tabs. With `--triples` in the place of `--type` it draws
triples: paragraph, start and end of their first evidence, the triple, and the paragraph.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from extractor import Extractor, Record

AROUND = 60  # code points

Line = tuple[int, int, int, str]


def mentions(number: int, text: str, record: Record, type_: str) -> Iterator[Line]:
    """The mentions of entities of a type, in one paragraph."""
    for entity in record.entities:
        if entity.type == type_:
            for m in entity.mentions:
                around = f"{text[max(0, m.start - AROUND) : m.start]}【{m.text}】{text[m.end : m.end + AROUND]}"
                yield number, m.start, m.end, f"{m.text}\t{entity.name}\t{around}"


def triples(number: int, text: str, record: Record) -> Iterator[Line]:
    """The triples of one paragraph, at their first evidence."""
    for triple in record.triples:
        evidence = triple.evidence[0]
        yield number, evidence.start, evidence.end, f"{record.line(triple, 'zh')}\t{evidence.text}\t{text}"


def main() -> None:
    """Reads the command line, draws and prints in the order of the text."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paragraphs", type=Path)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--type", help="the type of the entities whose mentions are drawn")
    what.add_argument("--triples", action="store_true")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, required=True)
    arguments = parser.parse_args()
    extractor = Extractor()
    found: list[Line] = []
    for number, text in enumerate(arguments.paragraphs.read_text("utf-8").split("\n"), 1):
        record = extractor.extract(text)
        found += triples(number, text, record) if arguments.triples else mentions(number, text, record, arguments.type)
    found.sort()
    drawn = sorted(random.Random(arguments.seed).sample(found, min(arguments.count, len(found))))
    sys.stdout.write(f"# {len(found)} in all\n")
    sys.stdout.writelines("\t".join(map(str, line)) + "\n" for line in drawn)


if __name__ == "__main__":
    main()
