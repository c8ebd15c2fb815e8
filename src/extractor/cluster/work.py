"""What the workers of a job do: look through a part's sources, and make the part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from extractor.batch.answers import outcome
from extractor.cluster import ids
from extractor.cluster.equipment import equipment
from extractor.cluster.files import Folder
from extractor.cluster.parts import PartWriter, Summary, read_errors, read_summary
from extractor.cluster.sources import Input, Item
from extractor.cluster.spans import count_lines
from extractor.errors import InputError
from extractor.inputs import Failure, read_source
from extractor.outcomes import digest
from extractor.records import Document

_TOLD = 100  # lines


@dataclass(frozen=True, slots=True)
class Survey:
    """What the sources of a part hold: how many inputs, a hash of their contents and names, and hashes of their ids."""

    inputs: int
    content: str
    ids: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """A part to be made. content: of `Survey`; renames: new ids, by the places of the documents; key: all that it depends on."""

    number: int
    items: tuple[Item, ...]
    content: str
    renames: Mapping[int, str]
    key: str


@dataclass(frozen=True, slots=True)
class Made:
    """A part that is there. again: it was there already, of the same contents and knowledge. failures, notices: the first
    lines that are to be shown; all failures are in its file.
    """

    summary: Summary
    again: bool
    failures: list[str]
    notices: list[str]


def lines_of(item: Input) -> int:
    """How many lines a span has."""
    try:
        return 0 if item.span is None else count_lines(replace(item, span=None).open(), item.span)
    except (OSError, InputError):
        return 0  # it is told where the lines are read


def survey(items: Sequence[Item], encoding: str | None) -> Survey:
    """Reads the sources once, without extracting anything: what there is to do, and whether it is done already."""
    content = _Content()
    names = [found.id for found in content.of(_read(items, encoding)) if isinstance(found, Document)]
    return Survey(content.inputs, content.digest, ids.hashes(names))


def ids_in_question(items: Sequence[Item], encoding: str | None, doubles: frozenset[int]) -> list[ids.Placed]:
    """`ids.in_question` of the documents of a part."""
    return ids.in_question((found.id for found in _read(items, encoding) if isinstance(found, Document)), doubles)


def make_part(job: str, output: Folder, order: Order, encoding: str | None, force: bool) -> Made:
    """Makes a part of the output, unless it is there with the same key (`force`: whether or not).

    One in which a document was too slow or killed its process is made again: another time it may not.
    """
    before = None if force else read_summary(output, order.number)
    if before is not None and before.key == order.key and not before.failed.keys() & {"crashed", "slow"}:
        return Made(before, True, read_errors(output, order.number, _TOLD) if before.failed else [], [])
    failures: list[str] = []
    notices: list[str] = []
    content = _Content()
    with PartWriter(output, order.number, order.key) as part, equipment(job).pool() as pool:
        for result in pool.map(_renamed(content.of(_read(order.items, encoding, notices.append)), order.renames)):
            given = outcome(result)
            part.add(given)
            if given.error is not None:
                failures.append(given.error)
        if content.digest != order.content:  # changed since the survey: no later job may take it for what it was to be
            part.summary.key = ""
    return Made(part.summary, False, failures[:_TOLD], notices[:_TOLD])


class _Content:
    """A hash of all that passes, and how many inputs that were."""

    def __init__(self) -> None:
        self.inputs, self._state = 0, blake2b(digest_size=16)

    @property
    def digest(self) -> str:
        return self._state.hexdigest()

    def of(self, found: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        for item in found:
            self.inputs += 1
            told = (item.id, item.source, item.message if isinstance(item, Failure) else digest(item))
            self._state.update(repr(told).encode("utf-8", "surrogatepass"))
            yield item


def _read(
    items: Sequence[Item], encoding: str | None, notice: Callable[[str], None] = lambda line: None
) -> Iterator[Document | Failure]:
    for item in items:
        if isinstance(item, Failure):
            yield item
        else:
            yield from read_source(item.source(), encoding, notice)


def _renamed(found: Iterator[Document | Failure], renames: Mapping[int, str]) -> Iterator[Document | Failure]:
    place = 0
    for item in found:
        if isinstance(item, Document):
            yield replace(item, id=renames[place]) if place in renames else item
            place += 1
        else:
            yield item
