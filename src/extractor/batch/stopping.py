"""Stopping: the first Ctrl-C asks for an end, the second one makes it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from types import FrameType
from typing import Any, Self, TypeVar

T = TypeVar("T")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Asked(KeyboardInterrupt):
    """Raised out of a read that may wait for ever."""


class Stopping:
    """While it is entered, Ctrl-C and SIGTERM end what `until` gives; a second one raises KeyboardInterrupt.

    notice: called once, as soon as an end is asked for, though all may be read by then.
    """

    def __init__(self, notice: Callable[[], None] = lambda: None) -> None:
        self.asked = False
        self._notice = notice
        self._reading = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():  # no other may
            self._before = {number: signal.signal(number, self._handle) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def until(self, items: Iterable[T]) -> Iterator[T]:
        """The items, until an end is asked for."""
        source, end = iter(items), object()
        try:
            while True:
                self._reading = True
                if self.asked:
                    break
                item: Any = next(source, end)
                self._reading = False
                if item is end:
                    return
                yield item
        except _Asked:
            pass
        self._reading = False

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        with suppress(RuntimeError):  # it came while something else was being printed
            self._notice()
        if self._reading:
            raise _Asked
