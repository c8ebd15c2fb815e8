"""Where dictionaries come from: the order of the user's folders, and which may be missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.errors import KnowledgeError
from extractor.knowledge import builtin_folder, folders
from extractor.knowledge.folders import VARIABLE, Folder, folders_in_force, user_folders


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the folders a, b, c in it; the configuration folder is `configuration`, which is not there."""
    for name in "abc":
        (tmp_path / name).mkdir()
    monkeypatch.setattr(folders, "configuration_folder", lambda: tmp_path / "configuration")
    return tmp_path


def name_in_variable(monkeypatch: pytest.MonkeyPatch, *paths: Path | str) -> None:
    monkeypatch.setenv(VARIABLE, os.pathsep.join(map(str, paths)))


def test_none_are_needed(here: Path) -> None:
    assert user_folders() == []
    assert folders_in_force() == [Folder(builtin_folder(), "built-in")]
    assert folders_in_force(builtin=False) == []


def test_the_order(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "configuration").mkdir()
    name_in_variable(monkeypatch, here / "b", "", here / "a")
    assert folders_in_force([here / "c"]) == [
        Folder(builtin_folder(), "built-in"),
        Folder(here / "configuration", "configuration"),
        Folder(here / "b", VARIABLE),
        Folder(here / "a", VARIABLE),
        Folder(here / "c", "--dictionary"),
    ]


def test_a_folder_named_twice_is_read_once_at_its_last_place(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name_in_variable(monkeypatch, here / "a", here / "b")
    assert user_folders([here / "c", here / "b" / ".." / "a"]) == [
        Folder(here / "b", VARIABLE),
        Folder(here / "c", "--dictionary"),
        Folder(here / "b" / ".." / "a", "--dictionary"),
    ]


def test_missing_folders_in_the_variable_are_errors_that_name_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name_in_variable(monkeypatch, here / "a", here / "x", here / "y")
    with pytest.raises(KnowledgeError) as caught:
        user_folders()
    assert [problem.split(": ")[0] for problem in caught.value.problems] == [str(here / "x"), str(here / "y")]
    assert all(VARIABLE in problem for problem in caught.value.problems)


def test_missing_options_and_files_in_their_place_are_errors(here: Path) -> None:
    (here / "d").write_text("", "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        user_folders([here / "x", here / "a", here / "d"])
    assert caught.value.problems == [
        f"{here / 'x'}: no such dictionary folder",
        f"{here / 'd'}: is a file; give the folder that it is in",
    ]
