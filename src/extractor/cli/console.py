"""What every command shares: the streams, one-line errors, exit statuses and the choice of the command."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import typer
from typer.core import TyperGroup

from extractor.choices import nearest, require
from extractor.cli.deferred import AsTyped
from extractor.errors import ExtractorError

DEFAULT_COMMAND = "extract"
GROUP_OPTIONS = ("--help", "--version")

OK, ERROR, USAGE, PARTIAL, INTERRUPTED = 0, 1, 2, 3, 130


class Commands(AsTyped, TyperGroup):
    """The commands of `extractor`: the default one, the streams, and errors as one line with their exit status."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the default command in front of `args` where they name none."""
        first = args[0] if args else ""
        if first not in self.commands and first not in GROUP_OPTIONS:
            self._refuse_misspelt_command(ctx, first)
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)

    def _refuse_misspelt_command(self, ctx: Any, first: str) -> None:
        if first.startswith("-") or os.path.lexists(first):
            return
        near = nearest(first, self.commands, 1)
        if near:
            ctx.fail(f"{first}: no such file or command; did you mean `{near[0]}`?")

    def main(self, *args: Any, **extra: Any) -> Any:
        """Runs a command, whose return value is the exit status, and exits with it."""
        standalone = extra.pop("standalone_mode", True)
        _set_streams()
        try:
            status = super().main(*args, **extra | {"standalone_mode": False})
        except typer.TyperException as error:
            status = _show_usage_error(error)
        if standalone:
            sys.exit(status or OK)
        return status

    def invoke(self, ctx: Any) -> Any:
        """Runs the command of `ctx`; the errors that a user can mend become a line on stderr and a status."""
        try:
            status = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            # The reader (`| head -1`) has all that it wanted.
            _drop_output()
            return OK
        except ExtractorError as error:
            complain(str(error))
            return ERROR
        except OSError as error:
            complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
            _drop_output()
            return ERROR
        except KeyboardInterrupt:
            return INTERRUPTED
        return status


def say(*lines: str) -> None:
    """Prints `lines` on stderr; nowhere when that is closed."""
    if sys.stderr is not None:
        for line in lines:
            print(line, file=sys.stderr)


def complain(message: str) -> None:
    """Prints an error on stderr, `error: ` before each of its lines."""
    say(*(f"error: {line}" for line in message.splitlines()))


def data_output() -> TextIO:
    """Standard output, for data; ExtractorError when it is closed."""
    if sys.stdout is None:
        raise ExtractorError("standard output is closed; give a file with --output")
    return sys.stdout


def on_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is open and a terminal."""
    return stream is not None and stream.isatty()


class UsageError(typer.TyperException):
    """Wrong usage: one line on stderr and exit status 2."""

    exit_code = USAGE


@contextmanager
def as_usage_error() -> Iterator[None]:
    """Turns the ExtractorError of a block that checks an option into a UsageError."""
    try:
        yield
    except ExtractorError as error:
        raise UsageError(str(error)) from None


def choose(what: str, value: str, choices: Iterable[str]) -> str:
    """`value` when it is one of `choices`; a UsageError that names the nearest of them otherwise."""
    with as_usage_error():
        return require(value, choices, what)


def _set_streams() -> None:
    # Whatever the locale: UTF-8 and "\n". A lone surrogate (a file name of other bytes) is written as its escape,
    # which is valid inside JSON too.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _drop_output() -> None:
    # What is still buffered has nowhere to go; without this the interpreter complains at its end.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
            continue
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _show_usage_error(error: typer.TyperException) -> int:
    message = error.format_message()
    ctx = getattr(error, "ctx", None)
    if ctx is not None and message == ctx.get_help():
        say(message)
    else:
        complain(message + (f" (see `{ctx.command_path} --help`)" if ctx is not None else ""))
    return error.exit_code
