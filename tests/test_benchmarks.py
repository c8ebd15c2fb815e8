"""The benchmark of speed runs, and its tables have their rows; what it measures is no test."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor
from extractor.cache import cache_folder
from extractor.knowledge import builtin_folder
from extractor.knowledge.dictionary import load_dictionaries
from extractor.knowledge.rules import load_rules, rule_files
from extractor.text.folding import fold
from extractor.writers import jsonlines
from helpers import write_folder

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"

GOLD = {
    "01.txt": "鴻海與東元簽署MOU。",
    "01.gold.json": json.dumps(
        {
            "entities": [
                {"key": "a", "type": "company", "names": ["鴻海"]},
                {"key": "b", "type": "company", "names": ["東元"]},
            ],
            "triples": [{"head": "a", "relation": "mou", "tail": "b", "modality": "asserted"}],
        }
    ),
}


@pytest.fixture(scope="module")
def benchmark() -> Any:
    """The module of a name in benchmarks/."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield import_module


def measured(benchmark: Any, folder: Path, *arguments: str) -> dict[str, list[list[str]]]:
    """The rows of each table of a quick run, under its heading, as cells."""
    performance = benchmark("performance")
    text = "\n".join(performance.measure(performance.parser().parse_args(["--quick", *arguments]), folder))
    tables: dict[str, list[list[str]]] = {}
    for section in text.split("\n### ")[1:]:
        title, _, content = section.partition("\n")
        lines = [line for line in content.split("\n") if line.startswith("|") and not line.startswith("| ---")]
        tables[title] = [[cell.strip() for cell in line[1:-1].split(" | ")] for line in lines]
    return tables


def first_cells(rows: list[list[str]]) -> list[str]:
    return [row[0] for row in rows]


def test_startup(benchmark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    startup = benchmark("startup")
    monkeypatch.setattr(startup, "process", lambda *arguments, **named: lambda: 0.25)
    tables = measured(benchmark, tmp_path, "--only", "startup")
    names = [startup.BARE, startup.TYPER, startup.APP, startup.JIEBA, startup.HELP, startup.VERSION]
    assert first_cells(tables["Start-up"]) == ["process", *names, startup.WARM, startup.COLD]
    assert [row[1:] for row in tables["What is asked"][1:]] == [
        ["1", "at most 1.4", "yes"],
        ["1", "at most 1.2", "yes"],
        ["1", "at most 0.4", "no"],
    ]


def test_processes(benchmark: Any, tmp_path: Path) -> None:
    startup = benchmark("startup")
    (tmp_path / "app.py").write_text(startup.EMPTY, "utf-8")
    cache = tmp_path / "cache"
    write_folder(cache, {"old": ""})
    assert 0 < startup.process([sys.executable, str(tmp_path / "app.py"), "--help"])() < 60
    assert 0 < startup.process([*startup.command(tmp_path), "--version"], emptied=cache)() < 60
    assert not (cache / "old").exists()
    with pytest.raises(SystemExit):
        startup.process([*startup.command(tmp_path), "--wrong"])()


def test_throughput_of_all_texts(benchmark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark("peers"), "names", lambda: {"foxconn": ["鴻海"]})
    folder = write_folder(tmp_path / "articles", {"1.txt": "鴻海與東元簽署MOU。", "2.txt": "廣達收購緯創。"})
    (tmp_path / "lines.txt").write_text("鴻海與東元簽署MOU。\n\n廣達收購緯創。\n", "utf-8")
    tables = measured(benchmark, tmp_path, "--only", "throughput", str(folder), "--dense", str(tmp_path / "lines.txt"))
    throughput = benchmark("throughput")
    sizes, heading, speeds = tables["Throughput"][1:5], tables["Throughput"][5], tables["Throughput"][6:]
    assert [(row[0], row[1]) for row in sizes[2:]] == [("lines.txt", "2"), ("articles", "2")]
    assert len(heading) == 1 + 2 * 4
    assert {throughput.CUT, throughput.TAGS, throughput.SCAN, throughput.RECORDS} <= set(first_cells(speeds))
    flashtext = next(row for row in speeds if row[0].startswith("FlashText"))
    assert (flashtext[1] == throughput.MISSING) == (find_spec("flashtext") is None)
    cut = next(row for row in speeds if row[0] == throughput.CUT)
    assert cut[2::2] == ["1.00"] * 4
    assert [row[2] for row in tables["What is asked"][1:]] == ["at least 8", "at least 2.5", "at least 2.5"]


def test_stages_and_functions(benchmark: Any, tmp_path: Path) -> None:
    tables = measured(benchmark, tmp_path, "--only", "stages", "--profile")
    stages = benchmark("stages")
    assert first_cells(tables["Stages"]) == ["a document", *stages.STAGES, stages.REST, "all"]
    shares = [[float(cell.rstrip("%")) for cell in row[3::3]] for row in tables["Stages"][1:-1]]
    for column in zip(*shares, strict=True):
        assert sum(column) == pytest.approx(100, abs=2)
    assert len(tables["Functions"]) == 2 * (1 + stages.SHOWN)


def test_every_stage_is_there_and_is_called(benchmark: Any) -> None:
    stages = benchmark("stages")
    before = {path: getattr(*stages.located(path)) for path in stages.STAGES.values()}
    # In 上海面板廠友達成協議 jieba is asked.
    text = "上海面板廠友達成協議。鴻海董事長劉揚偉昨日與東元簽署MOU，並擬以三億元收購緯創。"
    with stages.watched() as clock:
        jsonlines.to_json(Extractor().extract(text).to_dict())
    assert [stage for stage in stages.STAGES if not clock.calls[stage]] == []
    assert before == {path: getattr(*stages.located(path)) for path in stages.STAGES.values()}


def test_time_of_a_stage_is_its_own(benchmark: Any) -> None:
    clock = benchmark("stages").Clock()
    inner = clock.watch("inner", lambda: iter([1, 2]))
    outer = clock.watch("outer", lambda: list(inner()))
    with clock.running("all"):
        assert outer() == [1, 2]
    assert clock.calls == {"inner": 1, "outer": 1}
    assert set(clock.seconds) == {"all", "outer", "inner"}


def test_growth(benchmark: Any, extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    growth, given = benchmark("growth"), []

    def same(dictionaries: Sequence[Path] = ()) -> Extractor:
        given.extend(dictionaries)
        return extractor

    monkeypatch.setattr("extractor.Extractor", same)
    monkeypatch.setattr(benchmark("peers"), "names", lambda: {"x": ["聯發科", "台積電"]})
    monkeypatch.setattr(growth, "process", lambda *arguments, **named: lambda: 0.25)
    rows = measured(benchmark, tmp_path, "--only", "growth")["Growth"][1:]
    assert given == [tmp_path / "names", tmp_path / "other", tmp_path / "same"]
    assert [row[1] for row in rows] == ["general text"] * 5 + ["dense news"] * 5 + ["one article, warm cache"]
    assert rows[-1][2:] == ["250.0", "250.0", "1.00"]


def test_no_other_word_is_a_slot(benchmark: Any, tmp_path: Path) -> None:
    slots = []
    for name, other_words in (("same", False), ("other", True)):
        folder = benchmark("enlarged").more_rules(tmp_path / name, 9, other_words)
        tables = [tomllib.loads(file.read_text("utf-8")) for file in rule_files(folder)]
        text = fold(json.dumps(tables, ensure_ascii=False))
        slots.append([text.count(fold(slot)) for slot in "甲乙動"])
    assert slots[0] == slots[1]


def test_names_of_the_peers(benchmark: Any) -> None:
    names = benchmark("peers").names()
    assert len(names) > 20_000
    assert "鴻海" in {name for of_one in names.values() for name in of_one}


def test_names_can_be_invented(benchmark: Any, tmp_path: Path) -> None:
    folder = benchmark("enlarged").more_names(tmp_path / "names", ["聯發科", "台積電", "友達", "中華電信"], 60)
    entries = load_dictionaries([folder]).entries.values()
    names = {name for entry in entries for name in (*entry.names, *entry.weak) if not name.isascii()}
    assert len(names) == 60
    assert {len(name) for name in names} == {3, 4}
    assert set("".join(names)) <= set("聯發科台積電中華電信")


@pytest.mark.parametrize("other_words", [False, True])
def test_relations_can_be_copied(benchmark: Any, tmp_path: Path, other_words: bool) -> None:
    folder = benchmark("enlarged").more_rules(tmp_path, 1, other_words)
    frames = builtin_folder() / "frames.toml"
    once, copied = load_rules(frames, [builtin_folder()]), load_rules(frames, [folder])
    assert len(copied.relations) == len(once.relations)
    for name, relation in once.relations.items():
        copy = copied.relations[f"{name}-1"]
        assert len(copy.rules) == len(relation.rules)
        assert (copy.types, copy.amounts, copy.agents) == (relation.types, relation.amounts, relation.agents)
    words = [
        {literal for r in book.relations.values() for rule in r.rules for literal in rule.literals}
        for book in (once, copied)
    ]
    assert (words[0] <= words[1]) is not other_words


def test_memory_and_quality(benchmark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = benchmark("memory")
    monkeypatch.setattr(memory, "peak_of", lambda *arguments: 50_000_000)
    gold = write_folder(tmp_path / "gold", GOLD)
    tables = measured(benchmark, tmp_path, "--only", "memory,quality", "--gold", str(gold))
    assert first_cells(tables["Memory"]) == ["texts", memory.FIRST, "one article", "general text", "dense news", "news"]
    assert [row[1:] for row in tables["What is asked"][1:]] == [["50", "at most 200", "yes"]] * 2
    assert tables["Quality"][1] == ["gold", "1", *["1.000"] * 6]


def test_peak_of_a_process(benchmark: Any, tmp_path: Path) -> None:
    texts = benchmark("texts").Texts("one", ["鴻海與東元簽署MOU。"])
    assert 20 < benchmark("memory").peak_of(tmp_path / "texts.jsonl", texts, cache_folder().parent) / 1e6 < 500


def test_a_section_that_is_none(benchmark: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        benchmark("performance").parser().parse_args(["--only", "stages,speed"])
    assert "speed: the sections are startup" in capsys.readouterr().err


def test_ratios_are_those_within_a_round(benchmark: Any) -> None:
    measuring = benchmark("measuring")
    # The machine is slow in the second round: both take longer, and the ratio stays.
    seconds = {"one": iter([9.0, 1.0, 8.0, 1.0]), "other": iter([9.0, 2.0, 16.0, 3.0])}
    order: list[str] = []

    def task(name: str) -> float:
        order.append(name)
        return next(seconds[name])

    timings = measuring.interleaved({name: partial(task, name) for name in seconds}, 3)
    assert order == ["one", "other"] * 4
    assert (timings.median("one"), timings.median("other")) == (1.0, 3.0)
    assert timings.ratio("other", "one") == 2.0


def test_bounds_in_either_direction(benchmark: Any) -> None:
    measuring = benchmark("measuring")
    assert measuring.Bound("memory", 150, 200).row() == ["memory", "150", "at most 200", "yes"]
    assert measuring.Bound("speed", 2.4, 2.5, at_most=False).row() == ["speed", "2.4", "at least 2.5", "no"]
