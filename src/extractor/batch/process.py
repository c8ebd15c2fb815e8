"""One worker process: what it does, and the end of it that the parent holds."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from extractor.batch.answers import Work, answer
from extractor.errors import ExtractorError
from extractor.records import Document

READY = b""  # a worker's first message; any other is the reason why it cannot work
_STOPPING = (signal.SIGINT, signal.SIGTERM)


class Worker:
    """A process that calls `make` once, and what that gives for every document; it ends when its parent does.

    From `pipe` come READY, or why there will be nothing, and then one answer for each document that is sent.
    timeout: seconds; memory: bytes that it may take, in all.
    """

    def __init__(self, make: Callable[[], Work[Any]], timeout: float | None, memory: int | None) -> None:
        # Spawned: the same on every system, and it inherits no end of another worker's pipe.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, make, timeout, memory), daemon=True)
        try:
            with deaf():
                self._process.start()
        except BaseException:
            # An interruption that came just before: the interpreter, at its end, would wait for a worker that nobody ends.
            if self._process.pid is not None:
                self._process.kill()
            raise
        theirs.close()  # so that its death closes the pipe
        self._outbox: SimpleQueue[list[Document] | None] = SimpleQueue()
        self._postman = threading.Thread(target=self._post, daemon=True)
        self._postman.start()

    def send(self, documents: list[Document]) -> None:
        """Sends documents to be done after those that it has; never waits, whatever the worker is stuck in."""
        self._outbox.put(documents)

    def end(self, grace: float = 0) -> str:
        """Kills it, unless it ends by itself within `grace` seconds; tells how it ended."""
        self._process.join(grace)
        self._process.kill()
        self._process.join()
        self._outbox.put(None)
        self._postman.join()
        self.pipe.close()
        return _ending(self._process.exitcode or 0)

    def _post(self) -> None:
        with suppress(OSError):  # the worker is gone; whoever reads the pipe is told too
            while (documents := self._outbox.get()) is not None:
                self.pipe.send(documents)


def _serve(pipe: Connection, make: Callable[[], Work[Any]], timeout: float | None, memory: int | None) -> None:
    """What a worker process does."""
    for number in _STOPPING:  # they reach the whole process group; the parent decides when a worker ends
        signal.signal(number, signal.SIG_IGN)
    with suppress(OSError):  # the parent is gone
        try:
            _limit_memory(memory)
            work = make()
        except Exception as error:
            what = "not enough memory" if isinstance(error, MemoryError) else f"{type(error).__name__}: {error}"
            told = str(error) if isinstance(error, ExtractorError) else f"a worker process cannot begin: {what}"
            pipe.send_bytes(told.encode("utf-8", "surrogatepass"))
            return
        pipe.send_bytes(READY)
        with suppress(EOFError, MemoryError):  # the parent has closed the pipe; or no memory to take more
            while True:
                for document in pipe.recv():
                    with _alarm(timeout):
                        done = answer(work, document)
                    pipe.send_bytes(done)


def _limit_memory(memory: int | None) -> None:
    if memory is not None and sys.platform != "win32":
        import resource

        try:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        except (OSError, ValueError) as error:
            raise ExtractorError(f"--memory: this system does not take the limit: {error}") from None


@contextmanager
def _alarm(timeout: float | None) -> Iterator[None]:
    """Ends this process where a document takes far too long: the parent, which watches the time, must have gone."""
    if timeout is None or not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, 2 * timeout + 1)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def deaf() -> Iterator[None]:
    """Signals that stop are held back: a process started meanwhile never gets them, this one afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which would let the signals in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ending(code: int) -> str:
    """``signal SIGKILL`` or ``exit status 1``."""
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"exit status {code}"
