"""`extractor dictionary import`: a file that others made into a dictionary of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from extractor.cli.console import ERROR, OK, PARTIAL, UsageError, as_usage_error, choose, complain, say
from extractor.cli.dictionary.own import Own, open_curator
from extractor.cli.options import Encoding, check_encoding
from extractor.errors import ExtractorError, InputError
from extractor.records import ENTITY_TYPES, EntityType

if TYPE_CHECKING:
    from extractor.curation.exchange import PeopleReader

# What `extractor.curation.sources` reads; that module takes a while to load.
FORMATS = ("twse", "tpex", "jieba", "csv")


def import_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The file to read.")],
    format_: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}; told by the first line when not given.")
    ] = "",
    type_: Annotated[
        str, typer.Option("--type", help=f"What the rows are, where they do not say so: {', '.join(ENTITY_TYPES)}.")
    ] = "",
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FROM",
            help="Which column of the file gives a column here: name=公司簡稱, codes=twse:公司代號; may be repeated.",
        ),
    ] = None,
    date: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM", help="When posts were held, where no column says it.")
    ] = "",
    encoding: Encoding = None,
    dictionary: Own = None,
) -> int:
    """Add others' lists to a dictionary of your own.

    An exchange's list of firms, jieba's words, or any table with a header.
    """
    if format_:
        choose("format", format_, FORMATS)
    type_or_none = cast(EntityType, choose("type", type_, ENTITY_TYPES)) if type_ else None
    check_encoding(encoding)
    mapping = {}
    for pair in map_ or []:
        column, equals, source = pair.partition("=")
        if not (column and equals and source):
            raise UsageError(f"--map {pair}: write it like name=公司簡稱")
        mapping[column.strip()] = source.strip()
    if mapping and format_ not in ("", "csv"):
        raise UsageError(f"--map goes with --format csv, not {format_}")
    with as_usage_error():
        month = _month(date)
    return import_(file, format_, type_or_none, mapping, month, encoding, dictionary)


def import_(
    file: Path,
    format_: str,
    type_: EntityType | None,
    mapping: dict[str, str],
    month: str,
    encoding: str | None,
    dictionary: Path | None,
) -> int:
    """Writes what the file adds and tells on stderr what became of its rows; returns the exit status.

    Raises ExtractorError, nothing written, where the file cannot be taken.
    """
    from extractor.curation.importing import Import
    from extractor.curation.sources import Wanted, read_items
    from extractor.text.decoding import decode
    from extractor.text.vocabulary import vocabulary

    curator = open_curator(dictionary)
    try:
        decoded = decode(file.read_bytes(), encoding)
    except OSError as error:
        raise ExtractorError(f"{file}: {error.strerror}") from None
    except InputError as error:
        raise ExtractorError(f"{file}: {error}") from None
    if decoded.guessed:
        say(f"{file}: read as {decoded.encoding}, which is a guess; --encoding NAME overrules it")
    items = list(read_items(decoded.text, str(file), Wanted(format_, type_, mapping, month, _people())))
    report = Import(curator, str(file), vocabulary().common).run(items)
    for note in report.notes:
        say(note)
    for line in report.wrong:
        complain(f"{line}; left out")
    say(f"{file}: rows {report.rows}, wrong {len(report.wrong)}; into {curator.target}")
    for what, counts in (("added", report.added), ("added to known ones", report.joined), ("skipped", report.skipped)):
        for kind, count in sorted(counts.items()):
            say(f"  {what}: {kind} {count}")
    if not report.wrong:
        return OK
    return PARTIAL if len(report.wrong) < report.rows else ERROR


def _month(date: str) -> str:
    from extractor.curation.exchange import month

    return month(f"{date}-01" if date.count("-") == 1 else date)


def _people() -> PeopleReader:
    from extractor.curation.exchange import PeopleReader
    from extractor.knowledge import builtin_folder
    from extractor.knowledge.cues import load_titles, load_toml

    titles = {title.name for title in load_titles(builtin_folder() / "titles.toml").by_key.values()}
    names = load_toml(builtin_folder() / "cues.toml")["unknown"]
    compound = [*names["compound_surnames"], *names["people"]["japanese_surnames"]]
    return PeopleReader(titles, set(names["surnames"]), compound)
