"""The pool: documents go out to worker processes, and answers come back in the order of the documents.

Each worker has a pipe of its own: there is no lock that a killed one could hold for ever. A worker answers after every
document, so that one that dies or is late names the document that it was at.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Generic, Self, TypeVar

from extractor.batch.answers import Answer, Work, arrived, failed
from extractor.batch.process import READY, Worker, deaf
from extractor.errors import ExtractorError
from extractor.inputs import Failure
from extractor.records import Document

T = TypeVar("T")

CHUNK = 16  # documents that are sent at a time
CHUNK_SIZE = 20_000  # code points; a chunk with as many is full
AHEAD = 2  # chunks that a worker has: one to do, one that waits, so that it never does
WINDOW = 32  # chunks a worker that are read and not yet given back, in their order
WINDOW_SIZE = 8_000_000  # code points
STARTS = 3  # workers in a row that may die before they begin
TICK = 0.5  # seconds between looks at the clock


@dataclass(slots=True)
class _Chunk:
    """Some of the items, and the answers to the documents among them, so far."""

    items: list[Document | Failure]
    documents: list[Document]
    size: int
    answers: list[bytes] = field(default_factory=list)
    suspect: int = -1  # the document at which a worker died once

    @property
    def done(self) -> bool:
        return len(self.answers) == len(self.documents)

    def results(self) -> Iterator[Answer[T] | Failure]:
        answers = iter(self.answers)
        for item in self.items:
            yield item if isinstance(item, Failure) else arrived(item, next(answers))


class _Hand(Worker):
    """A worker with the chunks that it has."""

    ready = False
    waited = 0.0  # seconds since it last answered

    def __init__(self, make: Callable[[], Work[T]], timeout: float | None, memory: int | None) -> None:
        super().__init__(make, timeout, memory)
        self.chunks: deque[_Chunk] = deque()


class Pool(Generic[T]):
    """Up to `count` worker processes, started as they are needed; a context manager that ends them.

    make: called once in each worker, gives what is called for each document; must be picklable. timeout: seconds that a
    document may take. memory: bytes that a worker may take.
    """

    def __init__(
        self,
        make: Callable[[], Work[T]],
        count: int,
        timeout: float | None = None,
        memory: int | None = None,
    ) -> None:
        self._make, self._count, self._timeout, self._memory = make, count, timeout, memory
        self._workers: list[_Hand] = []
        self._waiting: deque[_Chunk] = deque()  # what dead workers have left
        self._deaths = 0  # in a row, before they began
        self._looked = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def map(self, items: Iterable[Document | Failure]) -> Iterator[Answer[T] | Failure]:
        """For every document, in order, what became of it; failures among the items stay where they are.

        Items are read as workers need them. Raises ExtractorError where no worker can begin.
        """
        chunks, window, size = _chunks(items), deque[_Chunk](), 0
        more = True
        while more or window:
            while self._has_room():
                if self._waiting:
                    self._send(self._waiting.popleft())
                elif more and size < WINDOW_SIZE and len(window) < WINDOW * self._count:
                    chunk = next(chunks, None)
                    if chunk is None:
                        more = False
                        continue
                    window.append(chunk)
                    size += chunk.size
                    if chunk.documents:
                        self._send(chunk)
                else:
                    break
            if window and not window[0].done:
                self._listen()
            while window and window[0].done:
                size -= window[0].size
                yield from window.popleft().results()

    def _has_room(self) -> bool:
        return len(self._workers) < self._count or any(len(worker.chunks) < AHEAD for worker in self._workers)

    def _send(self, chunk: _Chunk) -> None:
        worker = min(self._workers, key=lambda worker: len(worker.chunks), default=None)
        if worker is None or (worker.chunks and len(self._workers) < self._count):
            with deaf():  # it is ended with the others from its first moment on
                worker = _Hand(self._make, self._timeout, self._memory)
                self._workers.append(worker)
        if not worker.chunks:
            worker.waited = -TICK  # never judged too early
        worker.chunks.append(chunk)
        rest = chunk.documents[len(chunk.answers) :]
        # After a death one by one: it may have been the size of a later document that the worker could not take.
        for documents in [rest] if chunk.suspect < 0 else [[document] for document in rest]:
            worker.send(documents)

    def _listen(self) -> None:
        """Waits for answers, deaths, or the end of somebody's time."""
        ready = wait([worker.pipe for worker in self._workers], TICK)
        now = time.monotonic()
        # A long gap is this process's own: it was suspended, or had much to write. The workers' clocks stand still for it.
        spent, self._looked = min(now - self._looked, TICK), now
        for worker in list(self._workers):
            if worker.pipe in ready:
                self._receive(worker)
            elif worker.ready and worker.chunks:
                worker.waited += spent
                if self._timeout is not None and worker.waited > self._timeout:
                    self._bury(worker, late=True)

    def _receive(self, worker: _Hand) -> None:
        try:
            data = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            self._bury(worker)
            return
        worker.waited = -TICK
        if worker.ready:
            chunk = worker.chunks[0]
            chunk.answers.append(data)
            if chunk.done:
                worker.chunks.popleft()
        elif data == READY:
            worker.ready, self._deaths = True, 0
        else:
            raise ExtractorError(data.decode("utf-8", "surrogatepass"))

    def _bury(self, worker: _Hand, late: bool = False) -> None:
        """Ends a worker that is dead or late; what it had goes to others, but for the document that it was at.

        A dead worker may have been killed for no fault of the document's (the system was short of memory, say), which is
        tried once more.
        """
        self._workers.remove(worker)
        end = worker.end(0 if late else 5)
        if not worker.ready:
            self._deaths += 1
            if self._deaths >= STARTS:
                raise ExtractorError(f"worker processes die before they begin ({end})")
        elif worker.chunks:
            chunk = worker.chunks[0]
            at = len(chunk.answers)
            if late:
                chunk.answers.append(failed("slow", f"not done within {self._timeout:g} s; --timeout gives it more"))
            elif chunk.suspect == at:
                chunk.answers.append(failed("crashed", f"its worker process died, twice ({end})"))
            else:
                chunk.suspect = at
        self._waiting.extendleft(chunk for chunk in reversed(worker.chunks) if not chunk.done)


def _chunks(items: Iterable[Document | Failure]) -> Iterator[_Chunk]:
    """The items in chunks; what there is when `items` ends is the last one."""
    chunk = _Chunk([], [], 0)
    for item in items:
        chunk.items.append(item)
        if isinstance(item, Document):
            chunk.documents.append(item)
            chunk.size += len(item.text)
        if len(chunk.items) >= CHUNK or chunk.size >= CHUNK_SIZE:
            yield chunk
            chunk = _Chunk([], [], 0)
    if chunk.items:
        yield chunk
