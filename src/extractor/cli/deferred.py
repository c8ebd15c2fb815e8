"""Commands that are loaded when they are asked for, and words that are taken as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command


def add_deferred(app: typer.Typer, commands: Mapping[str, tuple[str, str]]) -> None:
    """Gives `app` commands by name: where each stands, ``module:name`` of its function or of an app of further ones, and
    what the help of all says of it, the first paragraph of its own."""
    for name, (place, help_) in commands.items():
        app.command(name, help=help_, cls=_Deferred)(_loader(place))


def _loader(place: str) -> Callable[[], Any]:
    def load() -> Any:
        module, _, name = place.partition(":")
        return getattr(import_module(module), name)

    return load


class _Deferred(TyperCommand):
    """Stands for a command until it is asked for; then that one parses the arguments and runs."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        return self.command().make_context(*args, **more)

    def command(self) -> Any:
        """The command itself."""
        assert self.callback is not None
        found = self.callback()
        if not isinstance(found, typer.Typer):
            function, found = found, typer.Typer(rich_markup_mode=None, add_completion=False)
            found.command(self.name, cls=_Command)(function)
        return get_command(found)


class AsTyped:
    """For a command whose words are taken as they are typed.

    Typer asks pydantic for every value, even for one that is not given: that takes longer to load than an article to read.
    """

    def get_params(self, ctx: Any) -> Any:
        params = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if getattr(param, "_runtime_param", self) is None:  # another version of typer may have no such thing
                param._runtime_param = _Taken()
        return params


class _Command(AsTyped, TyperCommand):
    """A command that is asked for."""


class _Taken:
    """How a parameter takes its value: what is not given, and words, as they are; anything else goes typer's way."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        many = param.multiple or param.nargs == -1
        if value is None:
            return () if many else None
        if param.type_descriptor.annotation == (list[str] if many else str):
            return value
        param._runtime_param = None
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
