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
    lists the folders that the variable names and that are not there. Those given are left to the loader to find.
    """
    found = [Folder(path, "configuration") for path in (configuration_folder(),) if path.is_dir()]
    named = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    missing = [path for path in named if not path.is_dir()]
    if missing:
        raise KnowledgeError([f"{path}: no such folder; {VARIABLE} names it: correct or unset it" for path in missing])
    found += [Folder(path, VARIABLE) for path in named]
    found += [Folder(Path(path), OPTION) for path in given]
    last = {folder.path.resolve(): number for number, folder in enumerate(found)}
    return [found[number] for number in sorted(last.values())]


def folders_in_force(given: Iterable[Path] = (), builtin: bool = True) -> list[Folder]:
    """All folders that names are read from, in order: the built-in one, then the user's."""
    return [Folder(builtin_folder(), "built-in")] * builtin + user_folders(given)
