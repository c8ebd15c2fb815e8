"""`extractor rules`: the relations that can be read, the rules of one, and whether the examples hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import ERROR, OK, UsageError, choose, data_output, say
from extractor.cli.options import Dictionaries
from extractor.cli.run import inputs, load_extractor
from extractor.records import Document

rules_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="List, show and test the relations and their rules.",
)

Relation = Annotated[str, typer.Argument(metavar="RELATION", show_default=False, help="A relation's id, such as mou.")]


@rules_app.command("list")
def list_command(dictionary: Dictionaries = None) -> int:
    """List the relations: id, English and Chinese name, types, how many rules and examples."""
    return list_relations(dictionary or [])


@rules_app.command("show")
def show_command(relation: Relation, dictionary: Dictionaries = None) -> int:
    """Show the rules and the examples of a relation, with the places where they are written."""
    return show_relation(relation, dictionary or [])


@rules_app.command("test")
def test_command(
    relation: Annotated[
        str | None, typer.Argument(metavar="RELATION", show_default=False, help="Only this relation's examples.")
    ] = None,
    dictionary: Dictionaries = None,
    unfired: Annotated[
        bool, typer.Option("--unfired", help="List the rules that read nothing in any example nor in the texts given.")
    ] = False,
    text: Annotated[
        list[str] | None,
        typer.Option(
            "--text", metavar="PATH", help="With --unfired: texts that count beside the examples; repeatable."
        ),
    ] = None,
) -> int:
    """Run the examples of the rules, count the rules that none fires; exit status 1 when an example does not hold."""
    if text and not unfired:
        raise UsageError("--text goes with --unfired")
    return test_relations(relation, dictionary or [], unfired=unfired, texts=text or [])


def list_relations(dictionaries: Sequence[Path]) -> int:
    """Prints one relation a line, its fields separated by tabs; returns the exit status."""
    out = data_output()
    for relation in load_extractor(dictionaries, True).rules.relations.values():
        counts = f"{len(relation.rules)} rules\t{len(relation.examples)} examples"
        out.write(f"{relation.id}\t{relation.en}\t{relation.zh}\t{relation.types}\t{counts}\n")
    return OK


def show_relation(relation_id: str, dictionaries: Sequence[Path]) -> int:
    """Prints a relation with its rules and examples; returns the exit status."""
    relations = load_extractor(dictionaries, True).rules.relations
    relation = relations[choose("relation", relation_id, relations)]
    out = data_output()
    out.write(f"{relation.id}: {relation.en}, {relation.zh}\n")
    out.write(f"types: {relation.types}{', symmetric' if relation.symmetric else ''}\n")
    for rule in relation.rules:
        out.write(f"rule {rule.id}: {rule.pattern}  ({rule.where})\n")
    for example in relation.examples:
        out.write(f"example: {example.text}  ({example.where})\n")
        out.writelines(f"    {line}\n" for line in example.expected or ["(no triple)"])
    return OK


def test_relations(
    relation_id: str | None, dictionaries: Sequence[Path], *, unfired: bool = False, texts: Sequence[str] = ()
) -> int:
    """Runs the examples of one relation or of all; prints those that fail and, with `unfired`, the rules that read nothing in
    them nor in the documents of `texts` (paths); returns the exit status."""
    extractor = load_extractor(dictionaries, True)
    if relation_id is not None:
        choose("relation", relation_id, extractor.rules.relations)
    from extractor.examples import run_examples
    from extractor.examples import unfired as without_reading

    results = run_examples(extractor, relation_id)
    failures = [result for result in results if not result.ok]
    out = data_output()
    for result in failures:
        out.write(f"{result.where}: {result.relation}: {result.text}\n")
        out.write(f"    expected: {'; '.join(result.expected) or 'no triple'}\n")
        out.write(f"    found:    {'; '.join(result.found) or 'no triple'}\n")
    documents = [item.text for item in inputs(texts, None) if isinstance(item, Document)] if texts else []
    idle = without_reading(extractor, documents, relation_id)
    if unfired:
        out.writelines(f"{rule.id}: never fired: {rule.pattern}  ({rule.where})\n" for rule in idle)
    say(f"rules: {len(idle)} never fired{'' if unfired else ' (--unfired lists them)'}")
    say(f"examples: {len(results)}, failed {len(failures)}")
    return ERROR if failures else OK
