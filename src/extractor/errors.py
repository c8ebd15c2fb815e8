"""The errors that a user can mend: one line each, saying what, where, and what to do."""

from __future__ import annotations


class ExtractorError(Exception):
    """A mistake in what the user gave. `str()` is one or more complete lines to print; never needs a traceback."""


class InputError(ExtractorError):
    """One input could not be read; the others can still be done."""


class KnowledgeError(ExtractorError):
    """A dictionary or a rule file is wrong. `problems` lists every wrong line as ``file:line:column: reason``."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
