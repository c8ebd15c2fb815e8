"""`extractor dictionary where|lookup|check|stats` and dictionaries of one's own, as a shell runs them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from test_terminal import on_terminal

from helpers import SMALL, call, write_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("dictionary") / "small", SMALL)


def renamed(folder: Path, en: str) -> Path:
    """A dictionary that gives alpha-steel another English name."""
    return write_folder(folder, {"companies.csv": f"id,name,en\nalpha-steel,甲辰鋼鐵,{en}\n"})


def test_dictionaries_of_ones_own_are_read_everywhere(small: Path, tmp_path: Path) -> None:
    configured = renamed(tmp_path / "config" / "extractor" / "dictionary", "Configured")
    env = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    text = "甲辰鋼鐵與乙巳食品結盟。"
    outputs = []
    for given, variable in (
        ([], ""),
        ([], renamed(tmp_path / "b", "Variable")),
        ([renamed(tmp_path / "c", "Option")], ""),
    ):
        folders = [argument for folder in (small, *given) for argument in ("--dictionary", folder)]
        result = call(*folders, given=text, **env, EXTRACTOR_DICTIONARY=str(variable))
        assert (result.returncode, result.stderr) == (0, "")
        outputs.append(result.stdout.partition("–")[0])
    # `small` comes last of all but the option, and has its own name for it.
    assert outputs == ["Alpha Steel", "Alpha Steel", "Option"]
    alone = call("--no-builtin", "--entities", given=text, **env)
    assert "Configured" in alone.stdout
    assert str(configured) in call("why", "--text", text, "--name", "甲辰鋼鐵", **env).stdout
    assert call("dictionary", "lookup", "甲辰鋼鐵", **env).returncode == 0


def test_a_relation_of_ones_own_in_the_variable(tmp_path: Path) -> None:
    rule = '["feeds"]\nen = "feeds"\nzh = "餵養"\ntypes = "company → company"\nframes.transitive = ["餵養"]\n'
    folder = write_folder(tmp_path, {"relations/feeds.toml": rule})
    assert "\nfeeds\t" in call("rules", "list", EXTRACTOR_DICTIONARY=str(folder)).stdout


@pytest.mark.parametrize("command", [[], ["dictionary", "where"], ["dictionary", "lookup", "鴻海"], ["rules", "list"]])
def test_a_missing_folder_in_the_variable(command: list[str], tmp_path: Path) -> None:
    result = call(*command, EXTRACTOR_DICTIONARY=str(tmp_path / "none"))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"error: {tmp_path / 'none'}: ")
    assert "EXTRACTOR_DICTIONARY" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["where", "stats", "lookup"])
def test_a_missing_folder_as_option(command: str, tmp_path: Path) -> None:
    arguments = ["鴻海"] if command == "lookup" else []
    result = call("dictionary", command, *arguments, "--dictionary", tmp_path / "none")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"error: {tmp_path / 'none'}: no such dictionary folder\n"


def test_where(small: Path, tmp_path: Path) -> None:
    mine = write_folder(tmp_path / "mine", {"ignore.csv": "name\n日曜\n", "relations/x.toml": ""})
    result = call("dictionary", "where", "--dictionary", mine, "--no-builtin", EXTRACTOR_DICTIONARY=str(small))
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    own = [row[1:] for row in rows if row[1] != "built-in"]
    assert own == [
        ["EXTRACTOR_DICTIONARY", "company", "10", f"{small}/companies.csv"],
        ["EXTRACTOR_DICTIONARY", "organization", "2", f"{small}/organizations.csv"],
        ["EXTRACTOR_DICTIONARY", "person", "3", f"{small}/people.csv"],
        ["EXTRACTOR_DICTIONARY", "place", "2", f"{small}/places.csv"],
        ["EXTRACTOR_DICTIONARY", "policy", "1", f"{small}/policies.csv"],
        ["--dictionary", "ignore", "1", f"{mine}/ignore.csv"],
        ["--dictionary", "relations", "0", f"{mine}/relations/x.toml"],
    ]
    assert {row[2] for row in rows if row[1] == "built-in"} == {"relations"}
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    data = json.loads(call("dictionary", "where", "--json").stdout)
    assert {row["kind"] for row in data} == {
        "company",
        "person",
        "policy",
        "organization",
        "place",
        "ignore",
        "relations",
    }


def test_lookup(small: Path) -> None:
    options = ("--no-builtin", "--dictionary", small)
    result = call("dictionary", "lookup", "甲辰", *options)
    assert (result.returncode, result.stderr) == (0, "")
    (line,) = result.stdout.splitlines()
    assert line.split("\t")[:6] == ["甲辰", "alpha-steel", "company", "甲辰鋼鐵 / Alpha Steel", "alias", "strong"]
    (sense,) = json.loads(call("dictionary", "lookup", "歐陽子涵", *options, "--json").stdout)
    assert (sense["id"], sense["posts"]) == ("person-one", ["董事長:alpha-steel:2025-01"])


def test_lookup_of_what_is_not_there(small: Path) -> None:
    options = ("--no-builtin", "--dictionary", small)
    result = call("dictionary", "lookup", "甲辰鋼廠", *options)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("error: no dictionary has 甲辰鋼廠; the nearest: 甲辰")
    assert call("dictionary", "lookup", "甲辰鋼廠", *options, "--json").stdout == "[]\n"


def test_check(tmp_path: Path) -> None:
    rows = "id,name,en,aliases\nacme-robots,艾克米機器人,Acme,艾克米 \n"
    folder = write_folder(tmp_path / "mine", {"companies.csv": rows})
    result = call("dictionary", "check", folder)
    assert result.returncode == 0
    assert result.stdout == f"{folder}/companies.csv:2: space: aliases: stray space in '艾克米 '; remove it\n"
    assert result.stderr == f"{folder}: errors 0, warnings 1\n"
    strict = call("dictionary", "check", "--strict", folder)
    assert strict.returncode == 1
    assert strict.stderr == f"{folder}: errors 2, warnings 0\n"
    assert [f["kind"] for f in json.loads(call("dictionary", "check", "--strict", "--json", folder).stdout)] == [
        "header",
        "space",
    ]


def test_check_compares_with_the_built_in_names(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"companies.csv": "id,name,parent\nacme-robots,鴻海,hon-hai\n"})
    result = call("dictionary", "check", folder)
    assert result.returncode == 1
    assert result.stdout.startswith(f"{folder}/companies.csv:2: same-thing: 鴻海 ")
    assert result.stdout.count("\n") == 1


def test_check_of_all_that_is_in_force(tmp_path: Path) -> None:
    mine = write_folder(tmp_path / "extractor" / "dictionary", {"companies.csv": "id,name\nacme-robots,艾克米機器人\n"})
    env = {"XDG_CONFIG_HOME": str(tmp_path)}
    result = call("dictionary", "check", **env)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.endswith(f", {mine}: errors 0, warnings 0\n")
    other = write_folder(tmp_path / "other", {"companies.csv": "id,name\nacme,艾克米機器人\n"})
    result = call("dictionary", "check", other, f"{other}/", **env)
    assert (result.returncode, result.stdout.count("\n")) == (1, 1)
    assert f"same-thing: 艾克米機器人 is a strong name of acme and of acme-robots (company, {mine}/" in result.stdout
    assert result.stderr == f"{other}: errors 1, warnings 0\n"


@pytest.mark.parametrize("command", [["check"], ["stats", "--dictionary"], ["where", "--dictionary"]])
def test_a_file_in_the_place_of_a_folder(small: Path, command: list[str]) -> None:
    result = call("dictionary", *command, small / "places.csv")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"error: {small / 'places.csv'}: is a file; give the folder that it is in\n"


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        ({"companies.csv": "id,name\n,甲辰\nb,\nc,丙,午\n"}, [2, 3, 4]),
        ({"companies.csv": "id,name\na,甲\0辰\n"}, [2]),
        ({"companies.csv": "id,name\na,，。\na,甲辰\n"}, [2]),
    ],
)
def test_check_lists_every_wrong_line(tmp_path: Path, files: dict[str, str], lines: list[int]) -> None:
    folder = write_folder(tmp_path, files)
    result = call("dictionary", "check", folder)
    wrong = [line for line in result.stdout.splitlines() if ": wrong-line: " in line]
    assert result.returncode == 1
    assert "compared when no line is wrong" in result.stderr
    assert [line.partition(": ")[0] for line in wrong] == [f"{folder}/companies.csv:{number}" for number in lines]


def test_stats(small: Path) -> None:
    options = ("--no-builtin", "--dictionary", small)
    header, *lines = call("dictionary", "stats", *options).stdout.splitlines()
    columns = header.split("\t")
    rows = {tuple(line.split("\t")[:2]): dict(zip(columns, line.split("\t"), strict=True)) for line in lines}
    assert columns[:4] == ["kind", "name", "rows", "names"]
    assert rows["type", "company"]["rows"] == "10"
    assert rows["file", f"{small}/people.csv"]["with_posts"] == "1"
    assert (rows["market", "twse"]["codes"], rows["market", "twse"]["rows"]) == ("1", "")
    data = json.loads(call("dictionary", "stats", *options, "--json").stdout)
    assert data["types"]["place"]["rows"] == 2


TABLES = [
    (["where"], "relations"),
    (["lookup", "鴻海"], "hon-hai"),
    (["stats"], "with posts"),
]


@pytest.mark.parametrize(("arguments", "expected"), TABLES, ids=[case[0][0] for case in TABLES])
def test_a_terminal_shows_a_table(arguments: list[str], expected: str) -> None:
    status, screen = on_terminal("dictionary", *arguments)
    assert status == 0
    assert expected in screen
    assert "│" in screen
    assert "\t" not in screen
