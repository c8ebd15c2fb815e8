"""Files that others made, read as rows for the dictionaries: the exchanges' lists, jieba's words, any CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractor.choices import nearest, require
from extractor.curation import exchange
from extractor.curation.rows import Row, columns_of
from extractor.errors import ExtractorError
from extractor.records import ENTITY_TYPES, EntityType

FORMATS = ("twse", "tpex", "jieba", "csv")
# jieba's tags of names by their beginning; nz is a name of some other kind.
TAGS: dict[str, EntityType] = {"nr": "person", "ns": "place", "nt": "organization"}
_LISTS = ("aliases", "weak_aliases", "codes")
_JIEBA = re.compile(r"(.+?)(?: ([0-9]+))?(?: ([a-z]+))?")


@dataclass(slots=True)
class Item:
    """What one line of a file says: a row whose id may be empty, and who has posts there, as of `month`.

    `sure` are the names that tell which thing it is; the others may be shared.
    """

    line: int
    row: Row
    sure: tuple[str, ...]
    people: list[exchange.Person] = field(default_factory=list)
    month: str = ""
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Left:
    """A line that gives no row: `wrong`, or no name at all."""

    line: int
    reason: str
    wrong: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a file is to be read. `mapping` is {column of a dictionary: column of the file}."""

    format: str = ""
    type: EntityType | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    month: str = ""
    people: exchange.PeopleReader = field(default_factory=lambda: exchange.PeopleReader((), (), ()))


def find_format(text: str, file_name: str, wanted: Wanted) -> str:
    """The format that was asked for, or that the first line and the ending of the file's name show."""
    if wanted.format:
        return require(wanted.format, FORMATS, "format")
    if wanted.mapping:
        return "csv"
    first = _first_line(text)
    header = [cell.strip(' "\r') for cell in first.split(_delimiter(first))]
    if exchange.find_columns(header):
        return "exchange"
    table = len(header) > 1 or header == ["name"] or Path(file_name).suffix.lower() in (".csv", ".tsv")
    return "csv" if table else "jieba"


def read_items(text: str, source: str, wanted: Wanted) -> Iterator[Item | Left]:
    """What each line of a file says, in order. ExtractorError, with the file's path `source`, where it cannot be taken."""
    try:
        format_ = find_format(text, source, wanted)
        if format_ == "jieba":
            yield from _jieba(text, wanted)
            return
        rows = _rows(text)
        header = next(rows, (1, []))[1]
        if format_ == "csv":
            yield from _mapped(rows, header, wanted)
        else:
            yield from _listed(rows, header, Path(source).name, wanted)
    except _LineError as error:
        raise ExtractorError(f"{source}:{error.line}: {error}") from None
    except ExtractorError as error:
        raise ExtractorError(f"{source}: {error}") from None


class _LineError(ExtractorError):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def _jieba(text: str, wanted: Wanted) -> Iterator[Item | Left]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _JIEBA.fullmatch(line.strip())
        if not match or line.startswith("#"):
            continue
        name, tag = match[1], match[3] or ""
        type_ = TAGS.get(tag[:2])
        if type_ is None and (not tag or tag == "nz"):
            type_ = wanted.type
            if type_ is None:
                yield Left(number, f"{'tag nz' if tag else 'no tag'}: --type says what such words are", False)
                continue
        if type_ is None:
            yield Left(number, f"tag {tag}: no name", False)
            continue
        yield Item(number, Row(type_, "", name), (name,))


def _mapped(rows: Iterator[tuple[int, list[str]]], header: list[str], wanted: Wanted) -> Iterator[Item | Left]:
    known = {column for type_ in ENTITY_TYPES for column in columns_of(type_)} | {"type"}
    mapping = wanted.mapping or {column: column for column in header if column in known}
    type_ = wanted.type
    if type_ is None and "type" not in mapping:
        raise ExtractorError(f"--type says what the rows are: {', '.join(ENTITY_TYPES)}")
    if "name" not in mapping:
        columns = ", ".join(header)
        raise ExtractorError(
            f"--map name=COLUMN says where the names stand; the first line has {columns} (--format jieba: a list of names)"
        )
    places: dict[str, tuple[str, int]] = {}
    for column, source in mapping.items():
        if column not in known:
            near = nearest(column, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the columns are {', '.join(sorted(known))}"
            raise ExtractorError(f"--map {column}={source}: unknown column {column!r}: {hint}")
        # codes=twse:公司代號 puts the market before each number.
        prefix, _, bare = source.rpartition(":") if source not in header else ("", "", source)
        if bare not in header:
            near = nearest(bare, header, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"its columns are {', '.join(header)}"
            raise ExtractorError(f"--map {column}={source}: the file has no column {bare!r}: {hint}")
        places[column] = (prefix, header.index(bare))
    for line, cells in rows:
        if len(cells) != len(header):
            yield Left(line, f"{len(cells)} cells, but the header names {len(header)}")
            continue
        given = {column: exchange.plain(cells[place]) for column, (_, place) in places.items()}
        given |= {c: f"{prefix}:{given[c]}" for c, (prefix, _) in places.items() if prefix and given[c]}
        here = given.pop("type", "") or type_ or ""
        if here not in ENTITY_TYPES:
            yield Left(line, f"type {here!r} is none of {', '.join(ENTITY_TYPES)}")
            continue
        aliases, weak, codes = (list(filter(None, given.pop(c, "").split("|"))) for c in _LISTS)
        id_, name, en = (given.pop(column, "") for column in ("id", "name", "en"))
        own = {column: cell for column, cell in given.items() if cell and column in columns_of(here)}
        names = [name]
        if here == "company" and not id_ and name:
            # News leaves out 股份有限公司; of a single character it would make nothing of use.
            names = [n for n in exchange.full_names(name) if len(n) > 1] or names
        row = Row(here, id_, names[0], en, [*names[1:], *aliases], weak, codes, own)
        yield Item(line, row, (name, *names)) if name or id_ else Left(line, "name is empty")


def _listed(
    rows: Iterator[tuple[int, list[str]]], header: list[str], file_name: str, wanted: Wanted
) -> Iterator[Item | Left]:
    columns = exchange.find_columns(header)
    if not columns:
        raise ExtractorError(
            f"no columns 公司代號 and 公司簡稱 (found: {', '.join(header)}); --format csv with --map reads other files"
        )
    market = wanted.format if wanted.format in ("twse", "tpex") else exchange.find_market(file_name, header, columns)
    if not market and "market" not in columns:
        raise ExtractorError("nothing says which exchange this is; give --format twse or --format tpex")
    places = {what: header.index(column) for what, column in columns.items()}
    for line, cells in rows:
        if len(cells) != len(header):
            yield Left(line, f"{len(cells)} cells, but the header names {len(header)}")
            continue
        given = {what: cells[place] for what, place in places.items()}
        try:
            yield _firm(line, given, market, wanted)
        except ExtractorError as error:
            yield Left(line, str(error))


def _firm(line: int, given: dict[str, str], market: str, wanted: Wanted) -> Item:
    market = market or exchange.MARKETS.get(exchange.plain(given["market"]).casefold(), "")
    number = exchange.plain(given["code"])
    if not market or not number:
        what = "市場" if not market else "公司代號"
        raise ExtractorError(f"{what}: {given['market' if not market else 'code']!r} tells no listed firm")
    full, short = exchange.full_names(given.get("full", "")), exchange.short_names(given.get("short", ""))
    if not (names := list(dict.fromkeys([*short, *full[:1]]))):
        raise ExtractorError("the name is empty")
    en = exchange.english(given.get("en", ""))
    # One English word (Victory) is printed, but not looked for in texts.
    unsought = [f"-{en}"] if en and " " not in en else []
    own = {"trade": exchange.trade(given.get("trade", ""))}
    row = Row("company", "", names[0], en, [*names[1:], *unsought], [], [f"{market}:{number}"], own)
    item = Item(line, row, tuple(full), month=exchange.month(given.get("date", "")) or wanted.month)
    for what, title in exchange.TITLES.items():
        found, unread = wanted.people.read(given.get(what, ""), title)
        item.people += found
        item.unread += [f"{title}: {part!r}" for part in unread]
    return item


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of a CSV file, the header the first, which shows what parts the cells."""
    delimiter = _delimiter(_first_line(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(map(str.strip, cells)) and not cells[0].startswith("#"):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise _LineError(reader.line_num, str(error)) from None


def _first_line(text: str) -> str:
    return next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")


def _delimiter(header: str) -> str:
    """Comma, tab or semicolon, whichever a header has most of."""
    return max(",\t;", key=header.count)
