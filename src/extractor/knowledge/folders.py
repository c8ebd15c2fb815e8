"""Folders: where the dictionaries come from, besides the built-in ones the user's own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import KnowledgeError
from extractor.knowledge import builtin_folder

VARIABLE = "EXTRACTOR_DICTIONARY"
OPTION = "--dictionary"


@dataclass(frozen=True, slots=True)
class Folder:
    """A dictionary folder and where it was named: ``built-in``, ``configuration``, the variable or the option."""

    path: Path
    origin: str


def configuration_folder() -> Path:
    """The dictionary folder in the user's configuration, whether it is there or not."""
    from platformdirs import user_config_path

    return user_config_path("extractor") / "dictionary"


def user_folders(given: Iterable[Path] = ()) -> list[Folder]:
    """The user's folders in the order in which they are read: configuration, variable, and those `given` as options.

    A folder that is named twice is read once, at its last place. The configuration folder may be missing; KnowledgeError
    lists the others that are not there.
    """
    found = [Folder(path, "configuration") for path in (configuration_folder(),) if path.is_dir()]
    found += [Folder(Path(name), VARIABLE) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    found += [Folder(Path(path), OPTION) for path in given]
    if missing := [_missing(folder) for folder in found if not folder.path.is_dir()]:
        raise KnowledgeError(missing)
    last = {folder.path.resolve(): number for number, folder in enumerate(found)}
    return [found[number] for number in sorted(last.values())]


def _missing(folder: Folder) -> str:
    reason = "is a file; give the folder that it is in" if folder.path.exists() else "no such dictionary folder"
    named = f"; {VARIABLE} names it: correct or unset it" if folder.origin == VARIABLE else ""
    return f"{folder.path}: {reason}{named}"


def folders_in_force(given: Iterable[Path] = (), builtin: bool = True) -> list[Folder]:
    """All folders that names are read from, in order: the built-in one, then the user's."""
    return [Folder(builtin_folder(), "built-in")] * builtin + user_folders(given)
