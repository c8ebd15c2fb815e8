"""`extractor evaluate`: how well the extractor reads articles whose triples people have written down."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from extractor.cli.console import OK, data_output, on_terminal, say
from extractor.cli.options import Dictionaries, Encoding, NoBuiltin, check_encoding
from extractor.cli.run import load_extractor
from extractor.writers.base import one_line

if TYPE_CHECKING:
    from extractor.scores import Count, Evaluation, Part


def evaluate_command(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", show_default=False, help="A folder of NN.txt, each beside NN.gold.json.")
    ],
    errors: Annotated[
        bool, typer.Option("--errors", help="List every miss and every wrong find, with the words around it.")
    ] = False,
    dictionary: Dictionaries = None,
    no_builtin: NoBuiltin = False,
    encoding: Encoding = None,
) -> int:
    """Compare what is extracted with gold: precision, recall, F1. A table on a terminal, JSON in a pipe."""
    check_encoding(encoding)
    return evaluate(gold, errors=errors, dictionaries=dictionary or [], builtin=not no_builtin, encoding=encoding)


def evaluate(folder: Path, *, errors: bool, dictionaries: Sequence[Path], builtin: bool, encoding: str | None) -> int:
    """Prints the evaluation of a gold folder; returns the exit status. ExtractorError lists what is wrong in the gold."""
    from extractor.evaluation import evaluate as compare
    from extractor.gold import read_gold

    extractor = load_extractor(dictionaries, builtin)
    relations = extractor.rules.relations
    gold = read_gold(folder, relations, encoding, notice=say)
    symmetric = {relation.id for relation in relations.values() if relation.symmetric}
    result = compare(((item, extractor.extract(item.document)) for item in gold), symmetric)
    out = data_output()
    if on_terminal(sys.stdout):
        _print_tables(result, errors, out)
    else:
        out.write(json.dumps(result.to_dict(errors), ensure_ascii=False, indent=2) + "\n")
    return OK


def _print_tables(result: Evaluation, errors: bool, out: TextIO) -> None:
    # rich takes a while to load: only here, where it is needed.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out, highlight=False)
    sections: tuple[tuple[str, dict[str, Count | Part]], ...] = (
        (f"{result.documents} documents", {n: getattr(result, n) for n in ("entities", "triples", "full", "pairs")}),
        ("Relations", dict(sorted(result.relations.items()))),
        ("Modalities", dict(result.modalities)),
    )
    for title, counts in sections:
        table = Table("", title=title, title_justify="left", box=box.ROUNDED)
        for heading in ("P", "R", "F1", "right", "wrong", "missed"):
            table.add_column(heading, justify="right")
        for name, count in counts.items():
            data = count.to_dict()
            shares = [_shown(data[share]) for share in ("precision", "recall", "f1")]
            table.add_row(name, *shares, *(str(data[n]) for n in ("right", "wrong", "missed")))
        console.print(table)
    parts = Table("", "share", "of", title="Of the right ones", title_justify="left", box=box.ROUNDED)
    for name in ("boundary", "modality", "must"):
        part: Part = getattr(result, name)
        parts.add_row(name, _shown(part.to_dict()["share"]), f"{part.right} of {part.of}")
    console.print(parts)
    for d in result.differences if errors else ():
        place = "" if d.start is None else f":{d.start}–{d.end}"
        line = Text.assemble(
            (d.kind, "red" if d.kind.endswith("missed") else "yellow"), " ", (one_line(d.what), "bold")
        )
        console.print(line, soft_wrap=True)
        console.print(Text(f"    {d.document}{place} {one_line(d.context)}", style="dim"), soft_wrap=True)


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
