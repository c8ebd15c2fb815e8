"""A job: the sources cut into parts, each made by whichever worker of the cluster is free."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar
from uuid import uuid4

from distributed import Client, Future, KilledWorker

from extractor.batch.stopping import Stopping
from extractor.batch.tally import Tally
from extractor.cluster import ids, manifest
from extractor.cluster.equipment import Equipment, Knowledge, Limits, pack
from extractor.cluster.files import Folder
from extractor.cluster.parts import Summary
from extractor.cluster.scheduler import connect
from extractor.cluster.sources import Input, Item, cut, find_inputs
from extractor.cluster.spans import Span
from extractor.cluster.work import Made, Order, Survey, ids_in_question, lines_of, make_part, survey
from extractor.errors import ExtractorError
from extractor.filters import Filter
from extractor.inputs import ENDINGS

_FORMAT = 1  # of the parts; another number, and none made before is taken for done
_RETRIES = 2  # of what fails for a reason that may pass: a network, a storage
_LOOK = 10  # seconds without news, after which workers are looked for
_AHEAD = 1.25  # parts given out for each thread, so that none waits for the next one

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """What to read and where to write: paths, or URLs that fsspec knows. `dictionaries`: folders, in their order.

    force: make parts that are there already. part_bytes: of the sources, for each part; None: by how much there is.
    """

    source: str
    output: str
    dictionaries: Sequence[Path] = ()
    builtin: bool = True
    encoding: str | None = None
    glob: str | None = None
    keep: Filter = field(default_factory=Filter)
    limits: Limits = field(default_factory=Limits)
    force: bool = False
    part_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how a job goes: `total` how many inputs there are, once; `tally` the numbers, after each part; `failure`
    and `notice` a line each, of the failures and of what else people should know.
    """

    total: Callable[[int], None]
    tally: Callable[[Tally], None]
    failure: Callable[[str], None]
    notice: Callable[[str], None]


def run_job(job: Job, scheduler: str, workers: int | None, stopping: Stopping, watch: Watch) -> Tally:
    """Makes all parts of the job's output that are not there yet, until an end is asked for; then those in hand.

    scheduler: an address, or `local` for `workers` processes of this machine. Raises ExtractorError; finished parts stay.
    """
    knowledge = pack(job.dictionaries, job.builtin)
    items, output = find_inputs(job.source, job.glob), Folder(_absolute(job.output))
    size = manifest.begin(
        output, job.source, sum(item.size for item in items if isinstance(item, Input)), job.part_bytes
    )
    parts = cut(items, size)
    if not items:
        watch.notice(f"{job.source}: no file in it has an ending that is read, such as {', '.join(ENDINGS)}")
    tally, made = Tally(), dict[int, Summary]()
    with connect(scheduler, workers) as client, _equipped(client, job, knowledge) as name:
        hands = _Hands(client, stopping, watch.notice)
        orders = _orders(hands, parts, job, knowledge.key, watch)
        for result in hands.map(make_part, [(name, output, order, job.encoding, job.force) for order in orders]):
            made[result.summary.number] = result.summary
            _count(tally, result)
            for line in result.notices:
                watch.notice(line)
            for line in result.failures:
                watch.failure(line)
            watch.tally(tally)
    tally.interrupted = stopping.asked
    if not tally.interrupted:
        manifest.finish(output, job.source, size, knowledge.key, [made[number] for number in range(len(parts))])
    return tally


def _orders(hands: _Hands, parts: list[list[Item]], job: Job, knowledge: str, watch: Watch) -> list[Order]:
    """What is to be made of each part; fewer where an end was asked for."""
    parts = _numbered(hands, parts)
    surveys = list(hands.map(survey, [(part, job.encoding) for part in parts], in_order=True))
    watch.total(sum(found.inputs for found in surveys))
    doubles = ids.repeated([found.ids for found in surveys])
    renames: list[dict[int, str]] = [{} for _ in surveys]
    if doubles:
        asked = [(part, job.encoding, doubles) for part in parts]
        renames = ids.renames(hands.map(ids_in_question, asked, in_order=True))
    return [
        Order(number, tuple(part), found.content, changed, _key(job, knowledge, found, changed))
        for number, (part, found, changed) in enumerate(zip(parts, surveys, renames, strict=False))
    ]


def _key(job: Job, knowledge: str, found: Survey, renames: dict[int, str]) -> str:
    """A hash of all that a part depends on."""
    of = (_FORMAT, knowledge, repr(job.keep), found.content, sorted(renames.items()))
    return blake2b(repr(of).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _numbered(hands: _Hands, parts: list[list[Item]]) -> list[list[Item]]:
    """The parts with spans that know how many lines are before them."""
    spans = [item for part in parts for item in part if isinstance(item, Input) and item.span]
    counts = dict(zip(spans, hands.map(lines_of, [(item,) for item in spans], in_order=True), strict=False))
    before: dict[str, int] = {}
    numbered: list[list[Item]] = []
    for part in parts:
        numbered.append([])
        for item in part:
            if isinstance(item, Input) and item.span and item in counts:
                start = before.get(item.path, 0)
                before[item.path] = start + counts[item]
                item = replace(item, span=Span(item.span.start, item.span.end, start))
            numbered[-1].append(item)
    return numbered


class _Hands:
    """The workers, as something that does what it is given: only so much at a time, until an end is asked for."""

    def __init__(self, client: Client, stopping: Stopping, notice: Callable[[str], None]) -> None:
        self._client, self._stopping, self._notice = client, stopping, notice
        self._deserted = False

    def map(self, function: Callable[..., T], calls: Sequence[tuple[Any, ...]], in_order: bool = False) -> Iterator[T]:
        """What `function` gives for each of the calls, as they are done or in their order; ExtractorError where one fails."""
        waiting = deque(enumerate(calls))
        # Not dask's `as_completed`: what a signal raises out of its `next` leaves it locked.
        done: SimpleQueue[Future[Any]] = SimpleQueue()
        numbers: dict[Future[Any], int] = {}
        held: dict[int, T] = {}
        given = 0

        def hand_out() -> None:
            room = self._room() if waiting else 0
            while waiting and len(numbers) < room and not self._stopping.asked:
                number, call = waiting.popleft()
                future = self._client.submit(function, *call, pure=False, retries=_RETRIES)
                numbers[future] = number
                future.add_done_callback(done.put)

        def finished() -> Iterator[Future[Any]]:
            while numbers:
                if ready := [future for future in numbers if future.done()]:
                    yield from ready
                else:
                    self._wait(done)  # what a signal takes away from it is not lost

        hand_out()
        # Where an end is asked for, `until` ends at once; what is in hand comes after it.
        before = () if self._stopping.asked else self._stopping.until(finished())
        for future in chain(before, finished()):
            number = numbers.pop(future)
            result: T = _result(future)
            hand_out()
            if not in_order:
                yield result
                continue
            held[number] = result
            while given in held:
                yield held.pop(given)
                given += 1

    def _wait(self, done: SimpleQueue[Future[Any]]) -> None:
        """Until something may be done; tells it when there is nobody to do it."""
        with suppress(Empty):
            done.get(timeout=_LOOK)
            return
        deserted = not self._client.nthreads()
        if deserted and not self._deserted:
            self._notice("the cluster has lost all its workers; waiting for one to join")
        self._deserted = deserted

    def _room(self) -> int:
        return int(sum(self._client.nthreads().values()) * _AHEAD) + 1


def _result(future: Future[Any]) -> Any:
    try:
        return future.result()
    except KilledWorker as error:
        raise ExtractorError(
            f"workers die at a part again and again, the last {error.last_worker.address}; finished parts stay, and the "
            "same command goes on"
        ) from None
    except ExtractorError:
        raise
    except Exception as error:  # of a network, of a storage
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise ExtractorError(
            f"a part cannot be made: {why}; finished parts stay, and the same command goes on"
        ) from None


@contextmanager
def _equipped(client: Client, job: Job, knowledge: Knowledge) -> Iterator[str]:
    """The name under which all workers, also those that join later, have what the job needs."""
    name = f"extractor-{uuid4().hex}"
    try:
        client.register_plugin(Equipment(name, knowledge, job.limits, job.keep))
        yield name
    finally:
        client.unregister_worker_plugin(name)


def _count(tally: Tally, made: Made) -> None:
    summary = made.summary
    if made.again:
        tally.skipped += summary.documents
    else:
        tally.documents += summary.documents
        tally.triples += summary.triples
    tally.failures.update(summary.failed)


def _absolute(output: str) -> str:
    return output if "://" in output else str(Path(output).absolute())
